"""MinHash: how much two sets of words overlap, told from a few numbers each (Broder 1997).

The hash functions are fixed, so that what was sketched yesterday can be compared with what is sketched tomorrow.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    Sketch = NDArray[np.uint32]

_MOST = 64
_MASK = (1 << 64) - 1
_NONE = np.uint32(0xFFFFFFFF)
_SPREAD = 0x9E3779B97F4A7C15  # 2**64 over the golden ratio: Knuth's multiplicative hashing

# odd multipliers and addends of multiply-shift hashing (Dietzfelbinger 1997), the same on every machine
_FACTORS = np.random.Generator(np.random.PCG64(20230304)).integers(1, 1 << 63, size=(2, _MOST, 1), dtype=np.uint64)
_FACTORS[0] |= np.uint64(1)


@lru_cache(maxsize=1 << 18)
def hash_word(word: str) -> int:
    """64 bits of a word, the same in every process."""
    return int.from_bytes(blake2b(word.encode("utf-8"), digest_size=8).digest(), "little")


def grams(hashes: Sequence[int], length: int) -> list[int]:
    """64 bits for each run of `length` words, of the words' own."""
    runs = []
    for i in range(len(hashes) - length + 1):
        value = length
        for item in hashes[i : i + length]:
            value = ((value ^ item) * _SPREAD) & _MASK
            value ^= value >> 29
        runs.append(value)
    return runs


def sketch(items: Iterable[int], size: int) -> Sketch:
    """The least value of each of `size` (up to 64) hash functions over a set of 64-bit numbers; of none, all ones."""
    values = np.fromiter(items, dtype=np.uint64)
    if not len(values):
        return np.full(size, _NONE)
    factors = _FACTORS[:, :size]
    least: Sketch = ((values * factors[0] + factors[1]) >> np.uint64(32)).min(axis=1).astype(np.uint32)
    return least


def bands(sketched: Sketch, rows: int) -> list[int]:
    """A 64-bit number for each run of `rows` values: two sets that share one are likely alike."""
    values = sketched.tolist()
    return [grams([row, *values[row : row + rows]], rows + 1)[0] for row in range(0, len(values), rows)]


def likeness(a: Sketch, b: Sketch) -> float:
    """The Jaccard similarity of two sets, estimated; 0 where one is empty."""
    if a[0] == b[0] == _NONE:
        return 0.0
    return float(np.mean(a == b))


def read_sketch(data: bytes) -> Sketch:
    """A sketch as its `tobytes` wrote it."""
    return np.frombuffer(data, dtype=np.uint32)
