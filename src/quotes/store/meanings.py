"""Look-up by meaning: the wordings that say what some words ask for, in whatever words.

No vectors are stored. Wordings that share beginnings of words with the question are counted through the full-text
index, the rarer a beginning the more, and only the few that share most are read by the model.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from quotes.lexicon import word_list
from quotes.store import matching
from quotes.store.sql import numbers

if TYPE_CHECKING:
    from sqlite3 import Connection

LEAST = 0.42
"""The likeness from which a wording answers; words about another matter reach 0.35 with the nearest of 2,000."""

_MOST_READ = 200
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
    """The wordings that share most with a text for their length, each by the number of one of its quotes."""
    shared = _sharing(conn, text)
    counted = [quote for quote, _ in shared.most_common(_MOST_COUNTED)]
    rows = conn.execute(f"SELECT id, fingerprint, text FROM quote WHERE id IN ({numbers(counted)}) ORDER BY id DESC")
    wordings = {row["fingerprint"]: (row["id"], row["text"]) for row in rows}
    ranked = sorted(wordings.values(), key=lambda found: (-shared[found[0]] / math.sqrt(len(found[1])), found[0]))
    return dict(ranked[:_MOST_READ])


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
    words = matching.query_words(text)
    telling = [word for word in words if word not in word_list("function_words")] or words
    bare = (word.removesuffix("s") if len(word) > _LEAST_BEGINNING else word for word in telling)
    return list(dict.fromkeys(word[:_BEGINNING] for word in bare if len(word) >= _LEAST_BEGINNING or word.isdigit()))
