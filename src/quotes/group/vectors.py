"""What a statement says, without a network: the sum of what its word pieces say by themselves, and where that falls.

The second shipped model takes milliseconds for a statement, and an index has a million. So each piece of its vocabulary
was read alone once, and weighed by how rare it is (`training/static_vectors.py`); their sum is a vector by which other
words for the same are found, among many, and ranked, before the model is asked about few. For an index, the space is
cut into cells (an inverted file: Sivic and Zisserman 2003), and a statement is looked up in those nearest to it.

All is in whole numbers, so that a vector, a likeness and a cell hang on the wording alone: whether it is read by itself
or among many, on whatever machine.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import as_file, files
from itertools import chain
from typing import TYPE_CHECKING, cast

import numpy as np

from quotes.group.screen import ALIKE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Vectors = NDArray[np.int8]

WIDTH = 96
"""The numbers of a vector, of one byte each."""

NEAREST = 3
"""The cells that a statement is looked up in."""

_AT_ONCE = 512
_MOST_WORDS = 1 << 17


def vectors(wordings: Sequence[Sequence[str]]) -> Vectors:
    """[N, WIDTH], a vector of length 127 for the words of each wording; of zeros where no word is known."""
    found = np.zeros((len(wordings), WIDTH), dtype=np.int8)
    for start in range(0, len(wordings), _AT_ONCE):
        part = wordings[start : start + _AT_ONCE]
        rows = _words().rows(part)
        found[start : start + len(part)] = add_up(_words().table, rows)
    return found


@lru_cache(maxsize=1 << 14)
def vector(words: tuple[str, ...]) -> Vectors:
    """[WIDTH], that of one wording; kept for a while, since it is compared with many candidates."""
    (found,) = vectors([words])
    return cast("Vectors", found)


def likeness(ours: Vectors, theirs: Vectors) -> NDArray[np.int32]:
    """[N], up to ALIKE, how alike vectors are: of [N, WIDTH] and [N, WIDTH] each with the other of its place."""
    found: NDArray[np.int32] = np.einsum("...i,...i", ours, theirs, dtype=np.int32, casting="safe")
    return np.minimum(found, ALIKE)


def cells(found: Vectors) -> list[list[int]]:
    """The numbers of the NEAREST cells to each vector; of those equally near to it all, and none where it is zero."""
    near: list[list[int]] = []
    for start in range(0, len(found), _AT_ONCE):
        # whole numbers below 2**24, so that no order of adding them up rounds anything
        scores = found[start : start + _AT_ONCE].astype(np.float32) @ _cells().T
        least = np.partition(scores, -NEAREST, axis=1)[:, -NEAREST, None]
        near.extend(np.flatnonzero(row).tolist() for row in (scores >= least) & (scores > 0))
    return near


def add_up(table: NDArray[np.integer], rows: Sequence[Sequence[int]]) -> Vectors:
    """[N, WIDTH], the sum of the table's lines that each row names, brought to a length of 127."""
    sums = np.zeros((len(rows), table.shape[1]), dtype=np.int64)
    counts = np.array([len(row) for row in rows], dtype=np.int64)
    known = np.flatnonzero(counts)
    if len(known):
        starts = np.cumsum(counts[known]) - counts[known]
        lines = np.fromiter(chain.from_iterable(rows), dtype=np.int64, count=counts.sum())
        sums[known] = np.add.reduceat(table[lines], starts, axis=0, dtype=np.int64)
    lengths = np.sqrt((sums * sums).sum(axis=1, keepdims=True).astype(np.float64))
    found: Vectors = np.rint(sums * (127 / np.maximum(lengths, 1.0))).astype(np.int8)
    return found


class _Words:
    """What words say, each the sum of its pieces: cut once, not once for every statement that has it."""

    def __init__(self) -> None:
        from quotes.words import WordReader

        with as_file(files("quotes") / "data" / "model" / "vocabulary.txt") as vocabulary:
            self._reader = WordReader(vocabulary)
        self._pieces = _load("pieces")
        self._places: dict[str, int] = {}
        self.table = np.zeros((0, WIDTH), dtype=np.int16)

    def rows(self, wordings: Sequence[Sequence[str]]) -> list[list[int]]:
        """The lines of `table` for the words of each wording; good until it is asked for more."""
        if len(self._places) > _MOST_WORDS:
            self._places.clear()
        new = list(dict.fromkeys(word for words in wordings for word in words if word not in self._places))
        if new:
            lines = [self._pieces[ids].sum(axis=0, dtype=np.int16) for ids in self._reader.pieces_of_all(new)]
            start = len(self._places)
            if start + len(new) > len(self.table):
                self.table = np.concatenate((self.table, np.zeros((start + len(new), WIDTH), dtype=np.int16)))
            self.table[start : start + len(new)] = lines
            self._places.update(zip(new, range(start, start + len(new)), strict=True))
        return [[self._places[word] for word in words] for words in wordings]


@cache
def _words() -> _Words:
    return _Words()


@cache
def _cells() -> NDArray[np.float32]:
    return _load("cells").astype(np.float32)


def _load(name: str) -> Vectors:
    with (files("quotes") / "data" / "meaning" / f"{name}.npy").open("rb") as data:
        found: Vectors = np.load(data)
    return found
