"""Look-up by meaning: the wordings that say what some words ask for, in whatever words.

Wordings that share beginnings of words with the question are counted through the full-text index, the rarer a beginning
the more; those of which a vector falls near the question's (`quotes.group.vectors`) are found through the index of
wordings, which may share no word with it. Only the first of each are read by the model.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from quotes.lexicon import word_list
from quotes.store import matching
from quotes.store.sql import numbers
from quotes.text import words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from sqlite3 import Connection, Row

LEAST = 0.42
"""The likeness from which a wording answers; words about another matter reach 0.35 with the nearest of 2,000."""

_MOST_READ, _MOST_READ_NEAR = 150, 50
_MOST_COUNTED = 1000
_MOST_SHARING = 5000
_MOST_WORDS = 12
_LEAST_TELLING, _LEAST_WORDS = 4, 5
_BEGINNING = 5
_LEAST_BEGINNING = 3


def like(conn: Connection, text: str) -> dict[int, float]:
    """The wordings that say something like a text, each by the number of one of its quotes, with 0 to 1 how like it.

    There are none where the text has too few words to say anything itself.
    """
    candidates = _candidates(conn, text) if _is_statement(text) else {}
    if not candidates:
        return {}
    from quotes.group import meaning

    likeness = meaning.likeness(text, list(candidates.values()))
    return {quote: score for quote, score in zip(candidates, likeness, strict=True) if score >= LEAST}


def _candidates(conn: Connection, text: str) -> dict[int, str]:
    """The wordings that share most with a text for their length, and those nearest to it, by one quote of each."""
    shared = _sharing(conn, text)
    counted = _wordings(conn, [quote for quote, _ in shared.most_common(_MOST_COUNTED)])
    counted.sort(key=lambda row: (-shared[row["id"]] / math.sqrt(len(row["text"])), row["id"]))
    found = {row["fingerprint"]: row for row in (*_near(conn, text), *counted[:_MOST_READ])}
    return {row["id"]: row["text"] for row in found.values()}


def _near(conn: Connection, text: str) -> list[Row]:
    """The wordings whose vectors are most like that of a text."""
    from quotes.group.keys import cell_keys
    from quotes.group.vectors import likeness, vector, vectors
    from quotes.store.groups.edges import under

    own = vector(tuple(words(text)))
    (keys,) = cell_keys(own[None])
    found = _wordings(conn, {row["quote_id"] for key in keys for row in under(conn, key)})
    alike = likeness(own, vectors([words(row["text"]) for row in found])).tolist()
    nearest = sorted(zip(alike, found, strict=True), key=lambda pair: (-pair[0], pair[1]["id"]))
    return [row for _, row in nearest[:_MOST_READ_NEAR]]


def _wordings(conn: Connection, quotes: Iterable[int]) -> list[Row]:
    """The wordings of quotes, each as the first of its quotes among these."""
    rows = conn.execute(f"SELECT id, fingerprint, text FROM quote WHERE id IN ({numbers(quotes)}) ORDER BY id DESC")
    return list({row["fingerprint"]: row for row in rows}.values())


def _is_statement(text: str) -> bool:
    """Whether it has the words to say something; two words are a subject at most."""
    return len(_beginnings(text)) >= _LEAST_TELLING or len(matching.query_words(text)) >= _LEAST_WORDS


def _sharing(conn: Connection, text: str) -> Counter[int]:
    """What the quotes share with a text: of each beginning of a word the logarithm of how few quotes have it."""
    (last,) = conn.execute("SELECT coalesce(max(id), 0) FROM quote").fetchone()
    query = "SELECT rowid FROM quote_fts WHERE quote_fts MATCH ? ORDER BY rowid DESC LIMIT ?"
    found = [
        [row[0] for row in conn.execute(query, (matching.beginning(word), _MOST_SHARING))] for word in _beginnings(text)
    ]
    shared: Counter[int] = Counter()
    for quotes in sorted(found, key=len)[:_MOST_WORDS]:
        weight = math.log(1 + last / (1 + len(quotes)))
        shared.update(dict.fromkeys(quotes, weight))
    return shared


def _beginnings(text: str) -> list[str]:
    """The first letters of the words that say most, without the ending of a plural."""
    asked = matching.query_words(text)
    telling = [word for word in asked if word not in word_list("function_words")] or asked
    bare = (word.removesuffix("s") if len(word) > _LEAST_BEGINNING else word for word in telling)
    return list(dict.fromkeys(word[:_BEGINNING] for word in bare if len(word) >= _LEAST_BEGINNING or word.isdigit()))
