"""The edges of all wordings at once: by their words, then by the meaning of what words leave open."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from quotes.group.link import SHORT, Link
from quotes.group.paraphrase import METHOD, MOST_ASKED, MOST_WORDS, ask_meaning
from quotes.group.sets import Sets
from quotes.parallel import map_in_order
from quotes.store.groups import edges
from quotes.store.groups.edges import MOST_SUGGESTED, indexed_wording
from quotes.store.groups.near import Batch, compare

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from sqlite3 import Connection

    from numpy.typing import NDArray

    from quotes.store.groups.near import Pair
    from quotes.store.groups.wordings import Candidates, Wordings

    _Asked = tuple[int, int, str, str]
    Answers = dict[Pair, Link]

_PAIRS, _MOST_PAIRS = 4000, 100_000
_ASKED = 100
_WORTHWHILE = 50_000
_WORTH_ASKING = 1000


@dataclass(slots=True)
class Left:
    """Pairs that words leave open: [N, 2], how likely they say the same, [N], and which are one utterance already."""

    pairs: NDArray[np.int64]
    likelihood: NDArray[np.float64]
    joined: Sets


def by_words(conn: Connection, wordings: Wordings, candidates: Candidates, *, workers: int) -> Left:
    """Store the edges that words settle; what they leave open, but for wordings which are one utterance already."""
    joined = Sets(wordings.texts)
    pairs: list[Pair] = []
    likely: list[float] = []
    batches = (
        _batch(wordings, candidates.near[part].tolist(), candidates.near_likelihood[part].tolist())
        for part in _parts(wordings, candidates.near[:, 0].tolist())
    )
    for _, found in map_in_order(compare, batches, workers=workers, size=len, worthwhile=_WORTHWHILE):
        if found:
            edges.write_all(conn, found.edges)
            pairs += [(a, b) for _, a, b in found.left]
            likely += [likelihood for likelihood, _, _ in found.left]
            for a, b, edge in found.edges:
                if edge.linked and edge.kind == "near":
                    joined.join(a, b)
    return Left(
        np.concatenate((candidates.left, np.array(pairs, dtype=np.int64).reshape(-1, 2))),
        np.concatenate((candidates.likelihood, np.array(likely, dtype=np.float64))),
        joined,
    )


def answers(conn: Connection) -> Answers:
    """The edges that the meaning has given, by the present method, before all are made anew."""
    rows = conn.execute("SELECT a, b, kind, score, linked, contradiction FROM edge WHERE method = ?", (METHOD,))
    return {
        # a fragment counts as linked only as long as it has a place, which is found again
        (a, b): Link(
            kind=kind, score=score, linked=kind == "fragment" or bool(linked), contradiction=told, method=METHOD
        )
        for a, b, kind, score, linked, told in rows
    }


def by_meaning(conn: Connection, wordings: Wordings, left: Left, known: Answers, *, workers: int) -> None:
    """Store the edges of those pairs that are likeliest to say the same: few of each wording, and so much in all.

    What is `known` is not asked again, and does not count.
    """
    again = [pair for pair in _apart(left) if pair in known] if known else []
    edges.write_all(conn, ((*pair, known[pair]) for pair in again))
    pairs = sorted(_likeliest(wordings, left, set(again)))
    asked = [(a, b, wordings.texts[a], wordings.texts[b]) for a, b in pairs]
    batches = (asked[start : start + _ASKED] for start in range(0, len(asked), _ASKED))
    for _, found in map_in_order(_ask, batches, workers=workers, size=len, worthwhile=_WORTH_ASKING):
        edges.write_all(conn, found or ())


def with_short(conn: Connection, wordings: Wordings) -> None:
    """Suggest short wordings where longer ones hold them word for word."""
    beginnings: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, wording in wordings.known.items():
        if wording.short and wording.coded:
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


def _batch(wordings: Wordings, pairs: Sequence[Pair], likelihood: Sequence[float]) -> Batch:
    own = [(a, b) for a, b in pairs]
    return Batch(own, {number: wordings.texts[number] for pair in own for number in pair}, list(likelihood))


def _parts(wordings: Wordings, firsts: Sequence[int]) -> Iterator[slice]:
    """Pairs, of these first wordings, in parts for the workers: what is likely of one utterance is in one part."""
    nearness = [wordings.known[number].nearness for number in firsts]
    start = 0
    while start < len(nearness):
        end, most = (min(start + number, len(nearness)) for number in (_PAIRS, _MOST_PAIRS))
        while end < most and nearness[end] == nearness[end - 1]:
            end += 1
        yield slice(start, end)
        start = end


def _ask(pairs: Sequence[_Asked]) -> list[tuple[int, int, Link]]:
    """What a worker does."""
    answers = ((a, b, ask_meaning(indexed_wording(ours), indexed_wording(theirs))) for a, b, ours, theirs in pairs)
    return [(a, b, edge) for a, b, edge in answers if edge]


def _apart(left: Left) -> Iterator[Pair]:
    """What is left open of wordings that are not in one utterance, the lower number first."""
    for a, b in np.sort(left.pairs, axis=1).tolist():
        if left.joined.find(a) != left.joined.find(b):
            yield a, b


def _likeliest(wordings: Wordings, left: Left, known: Collection[Pair]) -> Iterator[Pair]:
    asked: Counter[int] = Counter()
    read = 0
    for a, b in _in_order(wordings, left):
        pair = (min(a, b), max(a, b))
        free = pair not in known and min(asked[a], asked[b]) < MOST_ASKED
        if free and left.joined.find(a) != left.joined.find(b):
            read += sum(wordings.known[number].words.count(" ") + 1 for number in pair)
            if read > MOST_WORDS:
                return
            asked.update(pair)
            yield pair


def _in_order(wordings: Wordings, left: Left) -> Iterator[Pair]:
    """The likeliest first; what is equally likely is ordered by the wordings, not by the numbers of quotes."""
    found = np.argsort(-left.likelihood, kind="stable")
    ends = np.flatnonzero(np.diff(left.likelihood[found], append=-np.inf)) + 1
    for start, end in pairwise((0, *ends.tolist())):
        alike: list[Pair] = [(a, b) for a, b in left.pairs[found[start:end]].tolist()]
        yield from sorted(alike, key=lambda pair: sorted(wordings.known[number].rank for number in pair))
