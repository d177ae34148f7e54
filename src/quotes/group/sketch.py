"""MinHash: how much two sets of words overlap, told from a few numbers each (Broder 1997).

The hash functions are fixed, so that what was sketched yesterday can be compared with what is sketched tomorrow.
"""

from __future__ import annotations

from functools import cache, lru_cache
from hashlib import blake2b
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    Bits = NDArray[np.uint64]
    Numbers = NDArray[np.int64]
    Sketch = NDArray[np.uint32]

_MOST = 64
_AT_ONCE = 1 << 14
_MASK = (1 << 64) - 1
_NONE = 0xFFFFFFFF
_CHARACTERS = 0xD800  # beyond it are surrogates, which no file can hold
_SPREAD = 0x9E3779B97F4A7C15  # 2**64 over the golden ratio: Knuth's multiplicative hashing


@cache
def _factors() -> NDArray[np.uint64]:
    """Multipliers and addends of multiply-shift hashing (Dietzfelbinger 1997), the same on every machine."""
    import numpy as np

    factors = np.random.PCG64(20230304).random_raw(2 * _MOST).reshape(2, _MOST, 1)
    factors[0] |= np.uint64(1)
    return factors


@lru_cache(maxsize=1 << 18)
def hash_word(word: str) -> int:
    """64 bits of a word, the same in every process."""
    return int.from_bytes(blake2b(word.encode("utf-8"), digest_size=8).digest(), "little")


def coded(words: Iterable[str]) -> str:
    """A character for each word, for comparing many texts by their words; two words seldom have the same one."""
    return "".join([_character(word) for word in words])


@lru_cache(maxsize=1 << 18)
def _character(word: str) -> str:
    return chr(hash_word(word) % _CHARACTERS)


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


def sketch_all_runs(texts: Sequence[Sequence[str]], length: int, size: int) -> list[Sketch]:
    """The least value of each of `size` (up to 64) hash functions over a text's runs of `length` words, for each text.

    Where a text has no such run they are all ones.
    """
    found: list[Sketch] = []
    start = held = 0
    for end, text in enumerate(texts, 1):
        held += len(text)
        if held > _AT_ONCE or end == len(texts):
            found += _sketch_together(texts[start:end], length, size)
            start, held = end, 0
    return found


def _sketch_together(texts: Sequence[Sequence[str]], length: int, size: int) -> list[Sketch]:
    import numpy as np

    counts = np.array([len(text) for text in texts])
    hashes = np.fromiter(map(hash_word, chain.from_iterable(texts)), dtype=np.uint64, count=counts.sum())
    runs, each = runs_of(hashes, counts, length)
    return list(least_of_each(runs, each, size))


def runs_of(hashes: Bits, counts: Numbers, length: int) -> tuple[Bits, Numbers]:
    """The `grams` of many texts, one after the other, and how many each has.

    `hashes` are of the words of all texts, and `counts` how many words each has.
    """
    import numpy as np

    last = max(0, len(hashes) - length + 1)
    values = mixed(*(hashes[place : place + last] for place in range(length)))
    each = np.maximum(counts - length + 1, 0)
    # the first run of each text among those of all, without the runs that reach into the next text
    first, begins = np.cumsum(counts) - counts, np.cumsum(each) - each
    return values[np.repeat(first - begins, each) + np.arange(each.sum())], each


def mixed(*columns: Bits) -> Bits:
    """For each place in arrays of one shape, the one of `grams` for a run of that many values."""
    import numpy as np

    values = np.full(columns[0].shape, len(columns), dtype=np.uint64)
    for column in columns:
        values = (values ^ column) * np.uint64(_SPREAD)
        values ^= values >> np.uint64(29)
    return values


def least_of_each(values: Bits, counts: Numbers, size: int) -> NDArray[np.uint32]:
    """[N, size], the least value of each of `size` (up to 64) hash functions over each of N sets; of none, all ones.

    The values of the sets stand one after the other, `counts` of each.
    """
    import numpy as np

    least = np.full((len(counts), size), _NONE, dtype=np.uint32)
    some = np.flatnonzero(counts)
    if len(some):
        begins = np.cumsum(counts) - counts
        least[some] = np.minimum.reduceat(_hashed(values, size), begins[some], axis=1).T
    return least


def _hashed(values: NDArray[np.uint64], size: int) -> NDArray[np.uint32]:
    """[size, N], by each hash function."""
    import numpy as np

    factors = _factors()[:, :size]
    found: NDArray[np.uint32] = ((values * factors[0] + factors[1]) >> np.uint64(32)).astype(np.uint32)
    return found


def bands(sketches: NDArray[np.uint32], rows: int) -> Bits:
    """[N, size / rows], numbers of each of N sketches: two sets that share one are likely alike."""
    import numpy as np

    parts = sketches.astype(np.uint64).reshape(len(sketches), -1, rows)
    places = np.arange(0, sketches.shape[1], rows, dtype=np.uint64)
    return mixed(np.broadcast_to(places, parts.shape[:2]), *np.moveaxis(parts, 2, 0))


def likeness(a: Sketch, b: Sketch) -> float:
    """The Jaccard similarity of two sets, estimated; 0 where one is empty."""
    if int(a[0]) == int(b[0]) == _NONE:
        return 0.0
    return float((a == b).mean())


def read_sketch(data: bytes) -> Sketch:
    """A sketch as its `tobytes` wrote it."""
    import numpy as np

    return np.frombuffer(data, dtype=np.uint32)
