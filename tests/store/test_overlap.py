"""Which quote has most of what stands between two marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.model import MarkPair, TextSpan
from quotes.store.overlap import most_overlapping

Spans = list[list[tuple[int, int]]]


def owner(inside: tuple[int, int], contents: Spans) -> int | None:
    mark = MarkPair(start=inside[0], end=inside[1], opening=None, closing=None, status="closed")
    (found,) = most_overlapping([mark], [[TextSpan(*span) for span in of_quote] for of_quote in contents])
    return found


@pytest.mark.parametrize(
    ("inside", "contents", "found"),
    [
        ((5, 9), [], None),
        ((5, 9), [[(0, 5)], [(9, 12)]], None),
        ((5, 9), [[(0, 6)], [(6, 12)]], 1),
        ((5, 9), [[(0, 7)], [(7, 12)]], 0),
        ((5, 9), [[(6, 8)], [(0, 20)]], 1),
        ((0, 9), [[(3, 7)], [(0, 3), (7, 9)]], 1),
        ((5, 5), [[(0, 20)]], None),
    ],
)
def test_overlap_decides_by_the_most_characters(inside: tuple[int, int], contents: Spans, found: int | None) -> None:
    assert owner(inside, contents) == found


spans = st.tuples(st.integers(0, 20), st.integers(1, 10)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(inside=spans, contents=st.lists(st.lists(spans, min_size=1, max_size=3), max_size=5))
def test_overlap_agrees_with_counting_each_quote(inside: tuple[int, int], contents: Spans) -> None:
    shared = [sum(max(0, min(e, inside[1]) - max(s, inside[0])) for s, e in of_quote) for of_quote in contents]
    best = max(shared, default=0)
    assert owner(inside, contents) == (shared.index(best) if best else None)
