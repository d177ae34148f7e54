"""All pairs that share a key and are worth comparing, of many wordings at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from quotes.group.screen import (
    ALIKE,
    BIAS,
    BITS,
    LEAST_LIKELY,
    LOGARITHMS,
    LONGER,
    OF_ALIKE,
    OF_LONGER,
    OF_SHORTER,
    SHARE,
    SHORTER,
)
from quotes.group.vectors import likeness

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from quotes.group.vectors import Vectors

    Bits = NDArray[np.uint64]
    Mask = NDArray[np.bool_]
    Numbers = NDArray[np.int64]

_BATCH = 1 << 20
_READ = 1 << 16
_WORD = 64


def pairs(
    keys: Numbers, items: Numbers, *, pillars: int, most: int, worth: Callable[[Numbers, Numbers], Mask] | None = None
) -> Numbers:
    """[N, 2], each pair (a < b) of items with a key in common, once, in order; items are at least 0 and under 2**31.

    `keys` are sorted, and the items of one key by rank. Of a key with over `pillars` items those of lowest rank are
    paired with the first `most` of them. Pairs that `worth` has no use for are left out.
    """
    starts = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]]) if len(keys) else np.empty(0, dtype=np.int64)
    sizes = np.diff(np.r_[starts, len(keys)])
    found = [np.empty(0, dtype=np.int64)]
    for size in np.unique(sizes[sizes > 1]).tolist():
        of_size = starts[sizes == size]
        shown = min(size, most)
        a, b = np.triu_indices(shown, 1)
        near = a < pillars
        a, b = a[near], b[near]
        for start in range(0, len(of_size), max(1, _BATCH // len(a))):
            firsts = of_size[start : start + max(1, _BATCH // len(a)), None]
            ours, theirs = items[firsts + a].ravel(), items[firsts + b].ravel()
            if worth is not None:
                used = worth(ours, theirs)
                ours, theirs = ours[used], theirs[used]
            found.append((np.minimum(ours, theirs) << 32) | np.maximum(ours, theirs))
            if sum(map(len, found[1:])) > max(_BATCH, len(found[0])):
                found = [_distinct(found)]
    packed = _distinct(found)
    return np.stack((packed >> 32, packed & 0xFFFFFFFF), axis=1)


def _distinct(arrays: Sequence[Numbers]) -> Numbers:
    """The values of all, in order; sorted in place, which takes half the time and memory of `np.unique`."""
    values = np.concatenate(arrays)
    values.sort()
    distinct: Numbers = values[np.diff(values, prepend=-1) != 0]
    return distinct


class Signatures:
    """What `quotes.group.screen` says of pairs of many wordings, by the places of these.

    `signatures` are theirs, `vectors` [N, WIDTH] what `quotes.group.vectors` has of them.
    """

    def __init__(self, signatures: Iterable[int], vectors: Vectors) -> None:
        data = b"".join(bits.to_bytes(BITS // 8, "little") for bits in signatures)
        packed: Bits = np.frombuffer(data, dtype="<u8").reshape(-1, BITS // _WORD)
        self._columns = [np.ascontiguousarray(column) for column in packed.T]
        self._sizes = np.bitwise_count(packed).sum(axis=1, dtype=np.int64)
        self._vectors = vectors

    def may_be_near(self, a: Numbers, b: Numbers) -> Mask:
        """[N], `screen.may_be_near` of each pair."""
        least, of = SHARE
        found: Mask = of * self._shared(a, b) >= least * np.minimum(self._sizes[a], self._sizes[b])
        return found

    def likelihood(self, a: Numbers, b: Numbers) -> NDArray[np.float64]:
        """[N], `screen.likelihood` of each pair, to the last bit."""
        return self._by_stems(a, b) + OF_ALIKE * (self._alike(a, b) / ALIKE)

    def worth_comparing(self, a: Numbers, b: Numbers) -> Mask:
        """[N], whether the two may be near, or say the same in other words."""
        worth = self.may_be_near(a, b)
        # vectors are far more to read than signatures, so only those are read that may decide something
        unsure = np.flatnonzero(~worth & (self._by_stems(a, b) + OF_ALIKE >= LEAST_LIKELY))
        worth[unsure] = self.likelihood(a[unsure], b[unsure]) >= LEAST_LIKELY
        return worth

    def _by_stems(self, a: Numbers, b: Numbers) -> NDArray[np.float64]:
        shared, sizes = self._shared(a, b), (self._sizes[a], self._sizes[b])
        shorter, longer, logarithms = np.minimum(*sizes), np.maximum(*sizes), np.array(LOGARITHMS)
        found: NDArray[np.float64] = (
            OF_SHORTER * (shared / (shorter + 1))
            + OF_LONGER * (shared / (longer + 1))
            + SHORTER * logarithms[shorter]
            + LONGER * logarithms[longer]
            + BIAS
        )
        return found

    def _alike(self, a: Numbers, b: Numbers) -> NDArray[np.int32]:
        found = np.empty(len(a), dtype=np.int32)
        for start in range(0, len(a), _READ):
            part = slice(start, start + _READ)
            found[part] = likeness(self._vectors[a[part]], self._vectors[b[part]])
        return found

    def _shared(self, a: Numbers, b: Numbers) -> Numbers:
        shared = np.zeros(len(a), dtype=np.int64)
        for column in self._columns:
            shared += np.bitwise_count(column[a] & column[b])
        return shared
