"""All pairs that share a key, of many wordings at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

_BATCH = 1 << 22


def pairs(keys: Numbers, items: Numbers, *, pillars: int, most: int) -> Iterator[tuple[int, int]]:
    """Each pair (a < b) of items with a key in common, once, by number; items are under 2**31.

    `keys` are sorted, and the items of one key by rank. Of a key with over `pillars` items those of lowest rank are
    paired with the first `most` of them.
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
            found.append(np.unique(_packed(items[firsts + a], items[firsts + b])))
    for packed in np.unique(np.concatenate(found)).tolist():
        yield packed >> 32, packed & 0xFFFFFFFF


def _packed(a: Numbers, b: Numbers) -> Numbers:
    packed: Numbers = ((np.minimum(a, b) << 32) | np.maximum(a, b)).ravel()
    return packed
