"""SQL functions that turn what a person types into full-text queries and into speakers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from quotes.store import matching, speakers

if TYPE_CHECKING:
    import sqlite3

NO_WORDS = '""'
"""The FTS5 query that finds nothing; an empty one is an error."""

_FORMS = {"exact": matching.phrase, "all words": matching.all_of, "some words": matching.any_of}


def register(connection: sqlite3.Connection) -> None:
    """Let SQL on this connection call `quotes_match(words, how)` and `quotes_speakers(name)`."""
    connection.create_function("quotes_match", 2, match_query, deterministic=True)
    connection.create_function("quotes_speakers", 1, lambda name: speakers_meant(connection, name))


def match_query(text: object, how: object) -> str:
    """The FTS5 query for the words of a text, `how` being a `rows.Match`; no character of the text is syntax."""
    words = matching.query_words(_typed(text))
    form = _FORMS.get(str(how))
    return form(words) if form and words else NO_WORDS


def speakers_meant(connection: sqlite3.Connection, name: object) -> str:
    """The numbers of the speakers that `quotes by` finds under a name, as a JSON list."""
    return json.dumps([row.id for row in speakers.by(connection, _typed(name))])


def _typed(value: object) -> str:
    # SQL may hand over a number, a blob or NULL
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else "" if value is None else str(value)
