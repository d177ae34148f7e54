"""All groups anew: the indexes and edges of the whole database at once, then its utterances and claims."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from itertools import islice, repeat, takewhile
from typing import TYPE_CHECKING

import numpy as np

from quotes.group.keys import (
    MOST_IN_BUCKET,
    PILLARS,
    IndexedWording,
    contained_short_keys,
    joins_from_one_mouth,
    meaning_keys,
    short_key,
    word_keys,
)
from quotes.group.link import SHORT, by_words
from quotes.group.pairs import pairs
from quotes.group.paraphrase import link
from quotes.group.sets import Sets
from quotes.parallel import map_in_order
from quotes.store.groups import edges, events, families
from quotes.store.groups.edges import MOST_SUGGESTED, indexed_wording
from quotes.store.groups.regroup import regroup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from sqlite3 import Connection

    from numpy.typing import NDArray

    from quotes.group.link import Link

    _Numbers = NDArray[np.int64]
    _Pair = tuple[int, int, str, str, bool]
    Report = Callable[[str], None]

_TABLES = (
    "conflict", "claim_topic", "utterance", "claim", "edge",
    "wording_key", "article_key", "article_sketch", "quote_sketch",
)  # fmt: skip
_BATCH = 5000
_LARGE = 16
_PAIRS = 2000
_WORTHWHILE = 50_000


def rebuild(conn: Connection, report: Report = lambda _: None, *, workers: int = 1) -> None:
    """Group every quote of a database anew, in the caller's transaction; `report` is told what is being done.

    Pairs of wordings are compared in so many processes.
    """
    report("indexes are made")
    for table in _TABLES:
        conn.execute(f"DELETE FROM {table}")
    conn.execute("UPDATE quote SET utterance_id = NULL, claim_id = NULL WHERE claim_id IS NOT NULL")
    families.rebuild(conn)
    texts, short = _wordings(conn)
    keys, numbers = _index(conn, texts, short)
    report("wordings are compared")
    _write_pairs(conn, texts, pairs(keys, numbers, pillars=PILLARS, most=MOST_IN_BUCKET), workers)
    _write_short(conn, texts, short)
    for (article_id,) in conn.execute("SELECT id FROM article ORDER BY id").fetchall():
        events.settle(conn, article_id)
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
    mouths: dict[tuple[str, str, int, int], int] = {}
    printed: Counter[tuple[str, int]] = Counter()
    rows = conn.execute(
        "SELECT quote.id, quote.text, quote.fingerprint, quote.speaker_id, article.family_id, article.id FROM quote "
        "JOIN article ON article.id = quote.article_id ORDER BY quote.id"
    ).fetchall()
    for number, text, fingerprint, speaker, family, article in rows:
        first = firsts.setdefault(fingerprint, number)
        is_short = first in short if first != number else IndexedWording.of(text).short
        if first == number:
            (short if is_short else texts)[number] = text
        elif not is_short:
            edges.same_words(conn, number, first)
        if is_short:
            facts = [("family", family, printed[fingerprint, article])]
            printed[fingerprint, article] += 1
            if speaker is not None and joins_from_one_mouth(IndexedWording.of(text)):
                facts.append(("speaker", speaker, 0))
            alike = [mouths.setdefault((fingerprint, *fact), number) for fact in facts]
            edges.same_words(conn, number, *alike)
    return texts, short


def _index(conn: Connection, texts: Mapping[int, str], short: Mapping[int, str]) -> tuple[_Numbers, _Numbers]:
    """Fill the index; the keys of the long wordings, with the numbers that have them, in its order."""
    long, few = _Keys(), _Keys()
    for number, text in texts.items():
        wording = IndexedWording.of(text)
        long.add(word_keys(wording) | meaning_keys(wording), wording.rank, number)
    for number, text in short.items():
        wording = IndexedWording.of(text)
        if wording.content:
            few.add((short_key(wording.content),), wording.rank, number)
    for keys, ranks, numbers in (columns := long.in_order(), few.in_order()):
        for start in range(0, len(keys), _BATCH):
            part = slice(start, start + _BATCH)
            rows = zip(keys[part].tolist(), ranks[part].tolist(), numbers[part].tolist(), strict=True)
            conn.executemany("INSERT OR IGNORE INTO wording_key VALUES (?, ?, ?)", rows)
    return columns[0], columns[2]


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


def _write_pairs(
    conn: Connection, texts: Mapping[int, str], candidates: Iterator[tuple[int, int]], workers: int
) -> None:
    """Edges of the pairs that have one.

    In an utterance of many wordings not every pair is compared: one edge more makes no difference to it.
    """
    joined = Sets(texts)
    size: dict[int, int] = {}
    worth = (pair for pair in candidates if _size(joined, size, *pair) <= _LARGE)
    batches = ([_pair(joined, texts, *pair) for pair in islice(worth, _PAIRS)] for _ in repeat(None))
    work = takewhile(bool, batches)
    for _, answers in map_in_order(_links, work, workers=workers, size=len, worthwhile=_WORTHWHILE):
        for a, b, found in answers or ():
            edges.write(conn, a, [(b, found)])
            ours, theirs = joined.find(a), joined.find(b)
            if found.linked and found.kind == "near" and ours != theirs:
                together = size.pop(ours, 1) + size.pop(theirs, 1)
                joined.join(ours, theirs)
                size[joined.find(ours)] = together


def _size(joined: Sets, size: Mapping[int, int], a: int, b: int) -> int:
    """How many wordings the utterance has that both are in; 0 where they are in two."""
    ours = joined.find(a)
    return size[ours] if ours == joined.find(b) else 0


def _pair(joined: Sets, texts: Mapping[int, str], a: int, b: int) -> _Pair:
    return a, b, texts[a], texts[b], joined.find(a) == joined.find(b)


def _links(pairs_: list[_Pair]) -> list[tuple[int, int, Link]]:
    """What a worker does: the edges of some pairs. Of two in one utterance only a contradiction still matters."""
    found: list[tuple[int, int, Link]] = []
    for a, b, ours, theirs, is_joined in pairs_:
        compare = by_words if is_joined else link
        edge = compare(indexed_wording(ours), indexed_wording(theirs))
        if edge and (edge.contradiction or not is_joined):
            found.append((a, b, edge))
    return found


def _write_short(conn: Connection, texts: Mapping[int, str], short: Mapping[int, str]) -> None:
    """Suggest short wordings where longer ones hold them."""
    by_key: defaultdict[int, list[int]] = defaultdict(list)
    for number, text in short.items():
        wording = indexed_wording(text)
        if wording.content:
            by_key[short_key(wording.content)].append(number)
    if not by_key:
        return
    held: defaultdict[int, int] = defaultdict(int)
    for number, text in texts.items():
        wording = indexed_wording(text)
        own = f" {' '.join(wording.words)} "
        found: list[tuple[int, Link]] = []
        for key in contained_short_keys(wording) & by_key.keys():
            for other in by_key[key]:
                fits = f" {' '.join(indexed_wording(short[other]).words)} " in own
                if fits and held[other] < MOST_SUGGESTED and len(found) < MOST_SUGGESTED:
                    held[other] += 1
                    found.append((other, SHORT))
        edges.write(conn, number, found)
