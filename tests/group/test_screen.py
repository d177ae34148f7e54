"""What a few bits of each wording tell of a pair, alone and among many."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.group.keys import IndexedWording
from quotes.group.pairs import Signatures
from quotes.group.screen import ALIKE, BITS, LEAST_LIKELY, likelihood, may_be_near
from quotes.group.vectors import WIDTH, likeness, vector

FULL = "The council will spend twelve million euros on new tram lines in the eastern districts"

signatures = st.integers(0, 2**BITS - 1) | st.sets(st.integers(0, BITS - 1), max_size=8).map(
    lambda places: sum(1 << place for place in places)
)


@pytest.mark.parametrize(
    ("other", "near", "worth"),
    [
        pytest.param(FULL.replace("twelve", "fifteen"), True, True, id="a word replaced"),
        pytest.param("new tram lines in the east", True, True, id="a part"),
        pytest.param(
            "Lines of trams are what the council wants to build for commuters in eastern suburbs",
            False,
            True,
            id="other",
        ),
        pytest.param("Fishermen in the south say the catch was the worst in a decade", False, False, id="unlike"),
    ],
)
def test_screen_keeps_what_may_be_alike(other: str, near: bool, worth: bool) -> None:
    one, two = map(IndexedWording.of, (FULL, other))
    a, b, alike = one.signature, two.signature, int(likeness(vector(one.words), vector(two.words)))
    assert may_be_near(a, b) is may_be_near(b, a) is near
    assert likelihood(a, b, alike) == likelihood(b, a, alike)
    assert (likelihood(a, b, alike) >= LEAST_LIKELY) is worth


def test_screen_takes_what_is_more_alike_for_likelier() -> None:
    a, b = (IndexedWording.of(text).signature for text in (FULL, "The town wants trams in the east"))
    assert likelihood(a, b, ALIKE) > likelihood(a, b, ALIKE // 2) > likelihood(a, b, 0) > likelihood(a, b, -ALIKE)


@given(st.lists(signatures, min_size=1, max_size=12), st.integers(0, 99))
def test_screen_says_of_a_pair_what_it_says_of_it_among_many(drawn: list[int], seed: int) -> None:
    a, b = np.divmod(np.arange(len(drawn) ** 2), len(drawn))
    vectors = np.random.default_rng(seed).integers(-22, 23, (len(drawn), WIDTH), dtype=np.int8)
    many = Signatures(drawn, vectors)
    alike = likeness(vectors[a], vectors[b]).tolist()
    triples = [(drawn[i], drawn[j], own) for i, j, own in zip(a, b, alike, strict=True)]
    assert many.may_be_near(a, b).tolist() == [may_be_near(*pair) for *pair, _ in triples]
    assert many.likelihood(a, b).tolist() == [likelihood(*triple) for triple in triples]
    assert many.worth_comparing(a, b).tolist() == [
        may_be_near(*triple[:2]) or likelihood(*triple) >= LEAST_LIKELY for triple in triples
    ]
