"""The edges of all wordings at once: by their words, then by the meaning of what words leave open."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from quotes.group.link import SHORT
from quotes.group.paraphrase import MOST_ASKED, Open, ask_meaning, read_words
from quotes.group.sets import Sets
from quotes.parallel import map_in_order
from quotes.store.groups import edges
from quotes.store.groups.edges import MOST_SUGGESTED, indexed_wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from sqlite3 import Connection

    import numpy as np
    from numpy.typing import NDArray

    from quotes.group.link import Link
    from quotes.store.groups.wordings import Wordings

    _Pair = tuple[int, int]
    _Left = tuple[float, int, int]

MOST_IN_ALL = 50_000
"""Pairs whose meaning is compared when all groups are made anew, the likeliest."""

_LARGE = 8
_PAIRS = 4000
_ASKED = 100
_WORTHWHILE = 50_000
_WORTH_ASKING = 1000


@dataclass(slots=True)
class _Batch:
    """Pairs of wordings by their first quotes, and the texts of these."""

    pairs: list[_Pair]
    texts: dict[int, str]


@dataclass(slots=True)
class _Found:
    edges: list[tuple[int, int, Link]] = field(default_factory=list)
    left: list[_Left] = field(default_factory=list)
    """Pairs that words leave open, after their likelihood."""


def by_words(conn: Connection, wordings: Wordings, pairs: NDArray[np.int64], *, workers: int) -> list[_Left]:
    """Store the edges that words settle; what they leave open, but for wordings which are one utterance already."""
    joined = Sets(wordings.texts)
    left: list[_Left] = []
    batches = (_batch(wordings, pairs[start : start + _PAIRS].tolist()) for start in range(0, len(pairs), _PAIRS))
    size = lambda batch: len(batch.pairs)  # noqa: E731
    for _, found in map_in_order(_compare, batches, workers=workers, size=size, worthwhile=_WORTHWHILE):
        if found:
            edges.write_all(conn, found.edges)
            left += found.left
            for a, b, edge in found.edges:
                if edge.linked and edge.kind == "near":
                    joined.join(a, b)
    return [(likely, a, b) for likely, a, b in left if joined.find(a) != joined.find(b)]


def by_meaning(conn: Connection, wordings: Wordings, left: Iterable[_Left], *, workers: int) -> None:
    """Store the edges of those pairs that are likeliest to say the same: few of each wording, and so many in all."""
    pairs = sorted(_likeliest(wordings, left))
    batches = (_batch(wordings, pairs[start : start + _ASKED]) for start in range(0, len(pairs), _ASKED))
    size = lambda batch: len(batch.pairs)  # noqa: E731
    for _, found in map_in_order(_ask, batches, workers=workers, size=size, worthwhile=_WORTH_ASKING):
        edges.write_all(conn, found or ())


def with_short(conn: Connection, wordings: Wordings) -> None:
    """Suggest short wordings where longer ones hold them word for word."""
    beginnings: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, wording in wordings.known.items():
        if wording.short and wording.keys:
            beginnings[tuple(wording.words.split(" ")[:2])].append(number)
    held: Counter[int] = Counter()
    for number, wording in wordings.known.items() if beginnings else ():
        if wording.short:
            continue
        words, own = wording.words.split(" "), f" {wording.words} "
        starts = {start for pair in pairwise(words) for start in (pair, pair[:1])} | {(words[-1],)}
        found: list[tuple[int, Link]] = []
        for other in sorted(other for start in starts & beginnings.keys() for other in beginnings[start]):
            fits = f" {wordings.known[other].words} " in own
            if fits and held[other] < MOST_SUGGESTED and len(found) < MOST_SUGGESTED:
                held[other] += 1
                found.append((other, SHORT))
        edges.write(conn, number, found)


def _batch(wordings: Wordings, pairs: Sequence[_Pair]) -> _Batch:
    own = [(a, b) for a, b in pairs]
    return _Batch(own, {number: wordings.texts[number] for pair in own for number in pair})


def _compare(batch: _Batch) -> _Found:
    """What a worker does.

    In an utterance of many wordings not every pair is compared, nor is a wording with all of those: one edge more makes
    no difference. Of two wordings in one utterance only a contradiction still matters.
    """
    found = _Found()
    joined, size = Sets(batch.texts), Counter(dict.fromkeys(batch.texts, 1))
    met: Counter[tuple[int, int]] = Counter()
    for a, b in batch.pairs:
        ours, theirs = joined.find(a), joined.find(b)
        if (ours == theirs and size[ours] > _LARGE) or max(met[a, theirs], met[b, ours]) >= _LARGE:
            continue
        edge = read_words(indexed_wording(batch.texts[a]), indexed_wording(batch.texts[b]))
        if edge is None or (ours == theirs and (isinstance(edge, Open) or not edge.contradiction)):
            continue
        met.update(((a, theirs), (b, ours)))
        if isinstance(edge, Open):
            found.left.append((edge.likelihood, a, b))
            continue
        found.edges.append((a, b, edge))
        if edge.linked and edge.kind == "near":
            joined.join(a, b)
            size[joined.find(a)] = size[ours] + size[theirs]
    return found


def _ask(batch: _Batch) -> list[tuple[int, int, Link]]:
    """What a worker does."""
    answers = (
        (a, b, ask_meaning(*(indexed_wording(batch.texts[number]) for number in (a, b)))) for a, b in batch.pairs
    )
    return [(a, b, edge) for a, b, edge in answers if edge]


def _likeliest(wordings: Wordings, left: Iterable[_Left]) -> Iterator[_Pair]:
    def order(pair: _Left) -> tuple[float, list[str]]:
        return -pair[0], sorted(wordings.known[number].fingerprint for number in pair[1:])

    asked: Counter[int] = Counter()
    chosen = 0
    for _, a, b in sorted(left, key=order):
        if chosen < MOST_IN_ALL and max(asked[a], asked[b]) < MOST_ASKED:
            asked.update((a, b))
            chosen += 1
            yield a, b
