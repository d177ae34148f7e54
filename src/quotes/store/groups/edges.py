"""Finding and writing the edges of a wording: what shares a key with it is compared with it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING

from quotes.group.keys import (
    MOST_IN_BUCKET,
    PILLARS,
    IndexedWording,
    cell_keys,
    contained_short_keys,
    index_keys,
    meaning_keys,
    word_keys,
)
from quotes.group.link import IDENTICAL, SHORT
from quotes.group.paraphrase import MOST_ASKED, Open, ask_meaning, read_words
from quotes.group.vectors import likeness, vector, vectors
from quotes.store import matching
from quotes.store.sql import numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from sqlite3 import Connection, Row

    from quotes.group.link import Link

_MOST_COMPARED = 256
_BY_WORDS = 2  # what a key counts that words make; those of cells are shared by more that is unlike
MOST_SUGGESTED = 20
MOST_AT_ONCE = 64
"""Pairs whose meaning is compared when an article is added, the likeliest."""

indexed_wording = lru_cache(maxsize=1 << 16)(IndexedWording.of)


def index(conn: Connection, quote_id: int, wording: IndexedWording) -> None:
    """Put a wording's keys into the index, under the number of its first quote."""
    rows = ((key, wording.rank, quote_id) for key in sorted(_keys(wording)))
    conn.executemany("INSERT OR IGNORE INTO wording_key VALUES (?, ?, ?)", rows)


def unindex(conn: Connection, quote_id: int, wording: IndexedWording) -> None:
    """Take a wording's keys out of the index."""
    rows = ((key, wording.rank, quote_id) for key in _keys(wording))
    conn.executemany("DELETE FROM wording_key WHERE key = ? AND rank = ? AND quote_id = ?", rows)


@dataclass(frozen=True, slots=True)
class Question:
    """Two wordings, by their first quotes, of which their words leave open whether they say the same."""

    likelihood: float
    a: int
    b: int
    ours: IndexedWording
    theirs: IndexedWording

    @property
    def order(self) -> tuple[float, list[str]]:
        """The likeliest first; what is equally likely in an order that hangs on the wordings alone."""
        return -self.likelihood, sorted((self.ours.fingerprint, self.theirs.fingerprint))


def find(conn: Connection, quote_id: int, wording: IndexedWording) -> list[Question]:
    """Store the edges of a wording that its words settle, by its first quote; what they leave open, the likeliest."""
    if wording.short:
        write(conn, quote_id, list(_holders(conn, quote_id, wording)))
        return []
    settled: list[tuple[int, Link]] = []
    left: list[Question] = []
    candidates = [(other, indexed_wording(text)) for other, text in _sharing(conn, quote_id, wording)]
    alike = likeness(vector(wording.words), vectors([theirs.words for _, theirs in candidates]))
    for (other, theirs), likely in zip(candidates, alike.tolist(), strict=True):
        found = read_words(wording, theirs, likely)
        if isinstance(found, Open):
            left.append(Question(found.likelihood, quote_id, other, wording, theirs))
        elif found:
            settled.append((other, found))
    write(conn, quote_id, [*settled, *_held(conn, wording)])
    return sorted(left, key=attrgetter("order"))[:MOST_ASKED]


def ask(conn: Connection, questions: Iterable[Question]) -> None:
    """Store the edges that the meaning gives, of the likeliest pairs."""
    for question in sorted(questions, key=attrgetter("order"))[:MOST_AT_ONCE]:
        found = ask_meaning(question.ours, question.theirs)
        if found:
            write(conn, question.a, [(question.b, found)])


def write(conn: Connection, quote_id: int, found: Iterable[tuple[int, Link]]) -> None:
    """Store edges of a quote."""
    write_all(conn, ((quote_id, other, edge) for other, edge in found))


def write_all(conn: Connection, found: Iterable[tuple[int, int, Link]]) -> None:
    """Store edges between quotes."""
    rows = (
        (min(a, b), max(a, b), edge.kind, edge.score, int(edge.linked), edge.contradiction, edge.method)
        for a, b, edge in found
    )
    conn.executemany("INSERT OR IGNORE INTO edge VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


def same_words(conn: Connection, quote_id: int, *others: int | None) -> None:
    """Store that a quote has the very words of others."""
    write(conn, quote_id, ((other, IDENTICAL) for other in others if other is not None and other != quote_id))


def _keys(wording: IndexedWording) -> frozenset[int]:
    (keys,) = index_keys([wording], vector(wording.words)[None])
    return keys


def under(conn: Connection, key: int) -> list[Row]:
    """The wordings under a key of the index by their first quotes, `quote_id`, those of lowest `rank`."""
    query = "SELECT quote_id, rank FROM wording_key WHERE key = ? ORDER BY rank LIMIT ?"
    return conn.execute(query, (key, MOST_IN_BUCKET)).fetchall()


def _sharing(conn: Connection, quote_id: int, wording: IndexedWording) -> Iterator[tuple[int, str]]:
    """The wordings that share keys with this one, those that share most first."""
    shared: Counter[int] = Counter()
    (cells,) = cell_keys(vector(wording.words)[None])
    for keys, weight in ((word_keys(wording) | meaning_keys(wording), _BY_WORDS), (cells, 1)):
        for key in keys:
            rows = under(conn, key)
            if len(rows) > PILLARS and wording.rank > rows[PILLARS - 1][1]:
                rows = rows[:PILLARS]
            for other, _ in rows:
                shared[other] += weight
    del shared[quote_id]
    ids = [other for other, _ in shared.most_common(_MOST_COMPARED)]
    yield from conn.execute(f"SELECT id, text FROM quote WHERE id IN ({numbers(ids)})")


def _holders(conn: Connection, quote_id: int, wording: IndexedWording) -> Iterator[tuple[int, Link]]:
    """Longer statements that hold a short one's words one after the other."""
    if not wording.content:
        return
    phrase = matching.phrase(matching.query_words(wording.text))
    rows = conn.execute(
        "SELECT quote.id, quote.text FROM quote_fts JOIN quote ON quote.id = quote_fts.rowid WHERE quote_fts MATCH ? "
        "AND NOT EXISTS (SELECT 1 FROM quote AS first WHERE first.fingerprint = quote.fingerprint "
        "AND first.id < quote.id) LIMIT ?",
        (phrase, MOST_SUGGESTED),
    )
    for other, text in rows.fetchall():
        if other != quote_id and not indexed_wording(text).short:
            yield other, SHORT


def _held(conn: Connection, wording: IndexedWording) -> Iterator[tuple[int, Link]]:
    """Short statements whose words a longer one holds one after the other."""
    keys = contained_short_keys(wording)
    rows = conn.execute(
        "SELECT DISTINCT quote.id, quote.text FROM wording_key JOIN quote ON quote.id = wording_key.quote_id "
        f"WHERE wording_key.key IN ({numbers(keys)}) LIMIT ?",
        (MOST_SUGGESTED,),
    )
    own = f" {' '.join(wording.words)} "
    for other, text in rows.fetchall():
        if f" {' '.join(indexed_wording(text).words)} " in own:
            yield other, SHORT
