"""Every wording of a database, with what it is looked up by."""

from __future__ import annotations

from array import array
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz.distance import LCSseq
from rapidfuzz.process import cpdist

from quotes.group.keys import (
    MOST_IN_BUCKET,
    PILLARS,
    IndexedWording,
    index_keys,
    joins_from_one_mouth,
    nearness,
)
from quotes.group.link import IDENTICAL, LEAST_SHARED
from quotes.group.pairs import Signatures, pairs
from quotes.group.screen import LEAST_LIKELY
from quotes.group.vectors import WIDTH, vectors
from quotes.group.wording import LIGHT
from quotes.parallel import map_in_order
from quotes.store.groups import edges

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from sqlite3 import Connection

    from numpy.typing import NDArray

    from quotes.group.vectors import Vectors

    Numbers = NDArray[np.int64]

_BATCH = 2000
_WORTHWHILE = 20_000
_ROWS = 100_000


@dataclass(slots=True)
class Indexed:
    """What is known of a wording; `words` are joined by spaces."""

    short: bool
    words: str
    fingerprint: str
    rank: int
    nearness: tuple[int, int]
    signature: int
    coded: str
    coded_light: str
    weight: float
    vector: bytes
    """As `quotes.group.vectors` has it; dropped when all are brought together."""
    keys: bytes
    """64 bits with a sign each, as this machine writes them; dropped when they are in the index."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs of long wordings, by their first quotes, each once.

    near: [N, 2], those that may have nearly the same words; what is near stands together, so that wordings which are
    compared with each other are read once. left: [M, 2], others that may say the same. near_likelihood, likelihood:
    [N] and [M], how likely.
    """

    near: Numbers
    near_likelihood: NDArray[np.float64]
    left: Numbers
    likelihood: NDArray[np.float64]


@dataclass(slots=True)
class Wordings:
    """The wordings by the numbers of their first quotes, and the quotes that repeat them."""

    texts: dict[int, str] = field(default_factory=dict)
    known: dict[int, Indexed] = field(default_factory=dict)
    firsts: dict[int, int] = field(default_factory=dict)
    """The first quote of its wording for each quote that is not the first itself."""
    repeated: list[tuple[int, int]] = field(default_factory=list)
    """Pairs of quotes in the same words, which makes them one utterance."""

    def is_short(self, number: int) -> bool:
        """Whether the wording of a first quote says too little to join anything by itself."""
        return self.known[number].short

    def write_repeated(self, conn: Connection) -> None:
        """Store the edges of the quotes that repeat a wording."""
        edges.write_all(conn, ((a, b, IDENTICAL) for a, b in sorted(self.repeated)))

    def write_index(self, conn: Connection) -> Candidates:
        """Fill the index of what wordings are looked up by; the pairs of long wordings that are worth comparing."""
        long = [number for number, wording in self.known.items() if not wording.short]
        long.sort(key=lambda number: (self.known[number].nearness, self.known[number].rank, number))
        every = np.array([*long, *(number for number, wording in self.known.items() if wording.short)], dtype=np.int64)
        keys, ranks, places = self._keys(every)
        is_long = places < len(long)
        # numpy and SQLite both let other threads run meanwhile
        with ThreadPoolExecutor(1) as thread:
            found = thread.submit(self._candidates, every[: len(long)], keys[is_long], places[is_long])
            for start in range(0, len(keys), _ROWS):
                part = slice(start, start + _ROWS)
                rows = zip(keys[part].tolist(), ranks[part].tolist(), every[places[part]].tolist(), strict=True)
                conn.executemany("INSERT OR IGNORE INTO wording_key VALUES (?, ?, ?)", rows)
            return found.result()

    def _keys(self, every: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """The keys of these wordings in the order of the index, with the ranks and places of the wordings."""
        ranks = np.array([self.known[number].rank for number in every.tolist()], dtype=np.int64)
        by_rank = np.lexsort((every, ranks))
        known = [self.known[number] for number in every[by_rank].tolist()]
        keys = np.frombuffer(b"".join(wording.keys for wording in known), dtype=np.int64)
        counts = [len(wording.keys) // keys.itemsize for wording in known]
        for wording in known:
            wording.keys = b""
        order = np.argsort(keys, kind="stable")  # those of one key stay in the order of their ranks
        return keys[order], np.repeat(ranks[by_rank], counts)[order], np.repeat(by_rank, counts)[order]

    def _vectors(self, numbers: Sequence[int]) -> Vectors:
        """[N, WIDTH], in their order."""
        known = [self.known[number] for number in numbers]
        found = np.frombuffer(b"".join(wording.vector for wording in known), dtype=np.int8).reshape(-1, WIDTH)
        for wording in known:
            wording.vector = b""
        return found

    def _candidates(self, numbers: Numbers, keys: Numbers, places: Numbers) -> Candidates:
        """The pairs of long wordings that share a key, of which `places` are places in `numbers`."""
        long = numbers.tolist()
        signatures = Signatures((self.known[number].signature for number in long), self._vectors(long))
        found = pairs(keys, places, pillars=PILLARS, most=MOST_IN_BUCKET, worth=signatures.worth_comparing)
        known = [self.known[number] for number in long]
        coded, coded_light = [wording.coded for wording in known], [wording.coded_light for wording in known]
        weights = np.array([wording.weight for wording in known], dtype=np.float64)
        near = np.zeros(len(found), dtype=np.bool_)
        likely = np.zeros(len(found), dtype=np.float64)
        for start in range(0, len(found), _ROWS):
            a, b = found[start : start + _ROWS].T
            likely[start : start + _ROWS] = signatures.likelihood(a, b)
            alike = np.flatnonzero(signatures.may_be_near(a, b))
            a, b = a[alike], b[alike]
            shared = _shared(coded, a, b) + LIGHT * _shared(coded_light, a, b)
            near[start + alike] = shared >= LEAST_SHARED * np.minimum(weights[a], weights[b])  # `link.may_share`
        left = ~near & (likely >= LEAST_LIKELY)
        return Candidates(numbers[found[near]], likely[near], numbers[found[left]], likely[left])


def _shared(coded: Sequence[str], a: Numbers, b: Numbers) -> NDArray[np.float64]:
    ours, theirs = ([coded[place] for place in places.tolist()] for places in (a, b))
    return cpdist(ours, theirs, scorer=LCSseq.similarity, dtype=np.float64, workers=-1)


def read_wordings(conn: Connection, *, workers: int) -> Wordings:
    """All wordings of a database."""
    found = Wordings()
    first_of: dict[str, int] = {}
    rows = conn.execute("SELECT id, text, fingerprint FROM quote ORDER BY id")
    for number, text, fingerprint in rows:
        first = first_of.setdefault(fingerprint, number)
        if first == number:
            found.texts[number] = text
        else:
            found.firsts[number] = first
    every = iter(found.texts.items())
    batches = iter(lambda: list(islice(every, _BATCH)), [])
    for batch, known in map_in_order(_read, batches, workers=workers, size=len, worthwhile=_WORTHWHILE):
        found.known.update(zip((number for number, _ in batch), known or (), strict=True))
    found.repeated.extend((first, number) for number, first in found.firsts.items() if not found.is_short(first))
    found.repeated.extend(_repeated_short(conn, found))
    return found


def _read(batch: Sequence[tuple[int, str]]) -> list[Indexed]:
    """What a worker does."""
    wordings = [IndexedWording.of(text) for _, text in batch]
    own = vectors([wording.words for wording in wordings])
    every = zip(wordings, index_keys(wordings, own), own, strict=True)
    return [_indexed(wording, keys, vector) for wording, keys, vector in every]


def _indexed(wording: IndexedWording, keys: Iterable[int], vector: Vectors) -> Indexed:
    return Indexed(
        short=wording.short,
        words=" ".join(wording.words),
        fingerprint=wording.fingerprint,
        rank=wording.rank,
        nearness=nearness(wording),
        signature=wording.signature,
        coded=wording.coded,
        coded_light=wording.coded_light,
        weight=wording.weight,
        vector=b"" if wording.short else vector.tobytes(),
        keys=array("q", sorted(keys)).tobytes(),
    )


def _repeated_short(conn: Connection, wordings: Wordings) -> Iterator[tuple[int, int]]:
    """Few words are one utterance only from one mouth, or in copies of one text; hardly any, only in copies."""
    mouths: dict[tuple[str | int, ...], int] = {}
    printed: Counter[tuple[int, int]] = Counter()
    rows = conn.execute(
        "SELECT quote.id, quote.speaker_id, article.family_id, article.id FROM quote "
        "JOIN article ON article.id = quote.article_id ORDER BY quote.id"
    )
    for number, speaker, family, article in rows:
        first = wordings.firsts.get(number, number)
        if not wordings.is_short(first):
            continue
        facts = [("family", family, printed[first, article])]
        printed[first, article] += 1
        if speaker is not None and joins_from_one_mouth(IndexedWording.of(wordings.texts[first])):
            facts.append(("speaker", speaker, 0))
        for fact in facts:
            known = mouths.setdefault((first, *fact), number)
            if known != number:
                yield known, number
