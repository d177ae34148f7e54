"""All groups anew: the indexes and edges of the whole database at once, then its utterances and claims."""

from __future__ import annotations

from array import array
from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from quotes.group.keys import Wording, contained_short_keys, meaning_keys, short_key, word_keys
from quotes.group.link import SHORT, by_words
from quotes.group.pairs import pairs
from quotes.group.paraphrase import by_meaning
from quotes.group.sets import Sets
from quotes.store.groups import edges, families
from quotes.store.groups.edges import MOST_IN_BUCKET, MOST_SUGGESTED, PILLARS, read_wording
from quotes.store.groups.regroup import regroup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from sqlite3 import Connection

    from numpy.typing import NDArray

    from quotes.group.link import Link

    _Numbers = NDArray[np.int64]
    Report = Callable[[str], None]

_TABLES = (
    "conflict", "claim_topic", "utterance", "claim", "edge",
    "wording_key", "article_key", "article_sketch", "quote_sketch",
)  # fmt: skip
_BATCH = 5000
_LARGE = 32


def rebuild(conn: Connection, report: Report = lambda _: None) -> None:
    """Group every quote of a database anew, in the caller's transaction; `report` is told what is being done."""
    report("indexes are made")
    for table in _TABLES:
        conn.execute(f"DELETE FROM {table}")
    conn.execute("UPDATE quote SET utterance_id = NULL, claim_id = NULL WHERE claim_id IS NOT NULL")
    families.rebuild(conn)
    texts, short = _wordings(conn)
    words, meanings = _index(conn, texts, short)
    report("wordings are compared")
    linked = _write_pairs(conn, texts, words)
    report("meanings are compared")
    _write_meanings(conn, texts, meanings, linked)
    _write_short(conn, texts, short)
    report("claims are made")
    while batch := conn.execute(
        "SELECT id FROM quote WHERE claim_id IS NULL ORDER BY id LIMIT ?", (_BATCH,)
    ).fetchall():
        regroup(conn, [row[0] for row in batch])


def _wordings(conn: Connection) -> tuple[dict[int, str], dict[int, str]]:
    """The long and the short wordings by the numbers of their first quotes; edges of the quotes that repeat them."""
    firsts: dict[str, int] = {}
    texts: dict[int, str] = {}
    short: dict[int, str] = {}
    mouths: dict[tuple[str, str, int], int] = {}
    rows = conn.execute(
        "SELECT quote.id, quote.text, quote.fingerprint, quote.speaker_id, article.family_id FROM quote "
        "JOIN article ON article.id = quote.article_id ORDER BY quote.id"
    ).fetchall()
    for number, text, fingerprint, speaker, family in rows:
        first = firsts.setdefault(fingerprint, number)
        is_short = first in short if first != number else Wording.of(text).short
        if first == number:
            (short if is_short else texts)[number] = text
        elif not is_short:
            edges.same_words(conn, number, first)
        if is_short:
            facts = [("speaker", speaker), ("family", family)]
            alike = [mouths.setdefault((fingerprint, *fact), number) for fact in facts if fact[1] is not None]
            edges.same_words(conn, number, *alike)
    return texts, short


def _index(
    conn: Connection, texts: Mapping[int, str], short: Mapping[int, str]
) -> tuple[tuple[_Numbers, _Numbers], tuple[_Numbers, _Numbers]]:
    """Fill the index; its keys by words and by meaning, each with the numbers that have them, in its order."""
    sorts = [_Keys(), _Keys(), _Keys()]
    for number, text in texts.items():
        wording = Wording.of(text)
        sorts[0].add(word_keys(wording), wording.rank, number)
        sorts[1].add(meaning_keys(wording), wording.rank, number)
    for number, text in short.items():
        wording = Wording.of(text)
        if wording.content:
            sorts[2].add((short_key(wording.content),), wording.rank, number)
    every = [keys.in_order() for keys in sorts]
    for keys, ranks, numbers in every:
        for start in range(0, len(keys), _BATCH):
            part = slice(start, start + _BATCH)
            rows = zip(keys[part].tolist(), ranks[part].tolist(), numbers[part].tolist(), strict=True)
            conn.executemany("INSERT OR IGNORE INTO wording_key VALUES (?, ?, ?)", rows)
    return (every[0][0], every[0][2]), (every[1][0], every[1][2])


class _Keys:
    """Columns of the index, eight bytes a value."""

    def __init__(self) -> None:
        self._columns = array("q"), array("q"), array("q")

    def add(self, keys: Iterable[int], rank: int, number: int) -> None:
        for key in keys:
            for column, value in zip(self._columns, (key, rank, number), strict=True):
                column.append(value)

    def in_order(self) -> tuple[_Numbers, _Numbers, _Numbers]:
        keys, ranks, numbers = (np.frombuffer(column, dtype=np.int64) for column in self._columns)
        order = np.lexsort((numbers, ranks, keys))
        return keys[order], ranks[order], numbers[order]


def _write_pairs(conn: Connection, texts: Mapping[int, str], index: tuple[_Numbers, _Numbers]) -> set[tuple[int, int]]:
    """Edges by words; the pairs that have one.

    In an utterance of many wordings not every pair is compared: one edge more makes no difference to it.
    """
    joined = Sets(texts)
    size: defaultdict[int, int] = defaultdict(lambda: 1)
    linked: set[tuple[int, int]] = set()
    for a, b in pairs(*index, pillars=PILLARS, most=MOST_IN_BUCKET):
        ours, theirs = joined.find(a), joined.find(b)
        if ours == theirs and size[ours] > _LARGE:
            continue
        link = by_words(read_wording(texts[a]), read_wording(texts[b]))
        if link:
            edges.write(conn, a, [(b, link)])
            linked.add((a, b))
            if link.linked and link.kind == "near" and ours != theirs:
                together = size.pop(ours, 1) + size.pop(theirs, 1)
                joined.join(ours, theirs)
                size[joined.find(ours)] = together
    return linked


def _write_meanings(
    conn: Connection, texts: Mapping[int, str], index: tuple[_Numbers, _Numbers], linked: set[tuple[int, int]]
) -> None:
    """Edges by meaning, for pairs without one by words."""
    candidates = (pair for pair in pairs(*index, pillars=PILLARS, most=MOST_IN_BUCKET) if pair not in linked)
    for a, same in groupby(candidates, key=lambda pair: pair[0]):
        others = [(b, read_wording(texts[b])) for _, b in same]
        edges.write(conn, a, by_meaning(read_wording(texts[a]), others))


def _write_short(conn: Connection, texts: Mapping[int, str], short: Mapping[int, str]) -> None:
    """Suggest short wordings where longer ones hold them."""
    by_key: defaultdict[int, list[int]] = defaultdict(list)
    for number, text in short.items():
        wording = read_wording(text)
        if wording.content:
            by_key[short_key(wording.content)].append(number)
    if not by_key:
        return
    held: defaultdict[int, int] = defaultdict(int)
    for number, text in texts.items():
        wording = read_wording(text)
        own = f" {' '.join(wording.words)} "
        found: list[tuple[int, Link]] = []
        for key in contained_short_keys(wording) & by_key.keys():
            for other in by_key[key]:
                fits = f" {' '.join(read_wording(short[other]).words)} " in own
                if fits and held[other] < MOST_SUGGESTED and len(found) < MOST_SUGGESTED:
                    held[other] += 1
                    found.append((other, SHORT))
        edges.write(conn, number, found)
