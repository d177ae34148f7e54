"""Sketches of sets of numbers, and of the runs of words in a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from quotes.group.sketch import bands, grams, hash_word, least_of_each, likeness, sketch_all_runs

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from quotes.group.sketch import Sketch


def sketch(values: Collection[int], size: int = 16) -> Sketch:
    (found,) = least_of_each(np.array(list(values), dtype=np.uint64), np.array([len(values)]), size)
    return found


def sketch_of_grams(words: Sequence[str], length: int, size: int) -> list[int]:
    return sketch(set(grams([hash_word(word) for word in words], length)), size).tolist()


@given(st.lists(st.lists(st.sampled_from("abcdefg"), max_size=30), max_size=5), st.integers(1, 5))
def test_sketches_of_runs_are_those_of_their_grams(texts: list[list[str]], length: int) -> None:
    expected = [sketch_of_grams(words, length, 16) for words in texts]
    assert [found.tolist() for found in sketch_all_runs(texts, length, 16)] == expected


def test_sketches_of_many_long_texts_are_those_of_each() -> None:
    texts = [[f"{number}w{place}" for place in range(number * 1500)] for number in range(9)]
    expected = [sketch_of_grams(words, 3, 8) for words in texts]
    assert [found.tolist() for found in sketch_all_runs(texts, 3, 8)] == expected


def test_bands_are_the_grams_of_a_place_and_the_values_from_there() -> None:
    sketches = [sketch({1, 2, 3}, 6), sketch({2, 3, 4, 5}, 6)]
    assert bands(np.stack(sketches), 3).tolist() == [
        [grams([place, *own.tolist()[place : place + 3]], 4)[0] for place in (0, 3)] for own in sketches
    ]


def test_sketch_of_nothing_is_like_nothing() -> None:
    assert likeness(sketch(()), sketch(())) == 0.0
    assert likeness(sketch({1, 2}), sketch({1, 2})) == 1.0
