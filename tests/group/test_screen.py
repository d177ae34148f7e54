"""What a few bits of each wording tell of a pair, alone and among many."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.group.keys import IndexedWording
from quotes.group.pairs import Signatures
from quotes.group.screen import BITS, may_be_near, worth_comparing

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
            "The new harbour of the eastern island cost our council half of its budget, say critics",
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
    assert worth_comparing(a, b) is worth_comparing(b, a) is worth


@given(st.lists(signatures, min_size=1, max_size=12))
def test_screen_says_of_a_pair_what_it_says_of_it_among_many(drawn: list[int]) -> None:
    a, b = np.divmod(np.arange(len(drawn) ** 2), len(drawn))
    expected = [worth_comparing(drawn[i], drawn[j]) for i, j in zip(a, b, strict=True)]
    assert Signatures(drawn).worth_comparing(a, b).tolist() == expected
