"""Sketches of sets of numbers, and of the runs of words in a text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quotes.group.sketch import grams, hash_word, likeness, sketch, sketch_runs


@given(st.lists(st.sampled_from("abcdefg"), max_size=30), st.integers(1, 5))
def test_sketch_of_runs_is_that_of_their_grams(words: list[str], length: int) -> None:
    expected = sketch(set(grams([hash_word(word) for word in words], length)), 16)
    assert sketch_runs(words, length, 16).tolist() == expected.tolist()


def test_sketch_of_nothing_is_like_nothing() -> None:
    assert likeness(sketch((), 16), sketch((), 16)) == 0.0
    assert likeness(sketch({1, 2}, 16), sketch({1, 2}, 16)) == 1.0
