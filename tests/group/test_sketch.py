"""Sketches of sets of numbers, and of the runs of words in a text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quotes.group.sketch import grams, hash_word, likeness, sketch, sketch_all_runs, sketch_runs


@given(st.lists(st.lists(st.sampled_from("abcdefg"), max_size=30), max_size=5), st.integers(1, 5))
def test_sketches_of_runs_are_those_of_their_grams(texts: list[list[str]], length: int) -> None:
    expected = [sketch(set(grams([hash_word(word) for word in words], length)), 16).tolist() for words in texts]
    assert [sketch_runs(words, length, 16).tolist() for words in texts] == expected
    assert [found.tolist() for found in sketch_all_runs(texts, length, 16)] == expected


def test_sketches_of_many_long_texts_are_those_of_each() -> None:
    texts = [[f"{number}w{place}" for place in range(number * 1500)] for number in range(9)]
    assert [found.tolist() for found in sketch_all_runs(texts, 3, 8)] == [
        sketch_runs(words, 3, 8).tolist() for words in texts
    ]


def test_sketch_of_nothing_is_like_nothing() -> None:
    assert likeness(sketch((), 16), sketch((), 16)) == 0.0
    assert likeness(sketch({1, 2}, 16), sketch({1, 2}, 16)) == 1.0
