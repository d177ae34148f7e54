"""All pairs that share a key."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from quotes.group.pairs import pairs

if TYPE_CHECKING:
    from collections.abc import Sequence


def found(rows: Sequence[tuple[int, int]], *, pillars: int = 64, most: int = 1000) -> list[tuple[int, int]]:
    keys = np.array([key for key, _ in rows], dtype=np.int64)
    items = np.array([item for _, item in rows], dtype=np.int64)
    return [(a, b) for a, b in pairs(keys, items, pillars=pillars, most=most).tolist()]


@given(st.lists(st.tuples(st.integers(-5, 5), st.integers(0, 9)), unique=True))
def test_pairs_are_those_that_share_a_key_each_once(rows: list[tuple[int, int]]) -> None:
    rows.sort()
    expected = {(a, b) for (x, a), (y, b) in combinations(rows, 2) if x == y}
    assert found(rows) == sorted({(min(pair), max(pair)) for pair in expected})


def test_pairs_of_a_common_key_hold_a_pillar() -> None:
    assert found([(1, item) for item in (7, 3, 5, 9)], pillars=1, most=3) == [(3, 7), (5, 7)]
