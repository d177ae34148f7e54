"""SQL functions that turn what a person types into full-text queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.resolve.names import strip_titles
from quotes.store import matching

if TYPE_CHECKING:
    import sqlite3

NO_WORDS = '""'
"""The FTS5 query that finds nothing; an empty one is an error."""

_FORMS = {"exact": matching.phrase, "all words": matching.all_of, "some words": matching.any_of}


def register(connection: sqlite3.Connection) -> None:
    """Let SQL on this connection call `quotes_match(words, how)` and `quotes_name(name)`."""
    connection.create_function("quotes_match", 2, match_query, deterministic=True)
    connection.create_function("quotes_name", 1, name_query, deterministic=True)


def match_query(text: object, how: object) -> str:
    """The FTS5 query for the words of a text, `how` being a `rows.Match`; no character of the text is syntax."""
    words = matching.query_words(_typed(text))
    form = _FORMS.get(str(how))
    return form(words) if form and words else NO_WORDS


def name_query(name: object) -> str:
    """The FTS5 query for each word of a name, titles aside."""
    return match_query(strip_titles(_typed(name)), "all words")


def _typed(value: object) -> str:
    # SQL may hand over a number, a blob or NULL
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else "" if value is None else str(value)
