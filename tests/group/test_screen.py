"""What a few bits of each wording tell of a pair, alone and among many."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.group.keys import IndexedWording
from quotes.group.pairs import Signatures
from quotes.group.screen import BITS, LEAST_LIKELY, likelihood, may_be_near

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
    a, b = (IndexedWording.of(text).signature for text in (FULL, other))
    assert may_be_near(a, b) is may_be_near(b, a) is near
    assert likelihood(a, b) == likelihood(b, a)
    assert (likelihood(a, b) >= LEAST_LIKELY) is worth


@given(st.lists(signatures, min_size=1, max_size=12))
def test_screen_says_of_a_pair_what_it_says_of_it_among_many(drawn: list[int]) -> None:
    a, b = np.divmod(np.arange(len(drawn) ** 2), len(drawn))
    pairs = [(drawn[i], drawn[j]) for i, j in zip(a, b, strict=True)]
    many = Signatures(drawn)
    assert many.may_be_near(a, b).tolist() == [may_be_near(*pair) for pair in pairs]
    assert many.likelihood(a, b).tolist() == [likelihood(*pair) for pair in pairs]
    assert many.worth_comparing(a, b).tolist() == [
        may_be_near(*pair) or likelihood(*pair) >= LEAST_LIKELY for pair in pairs
    ]
