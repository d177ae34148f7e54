"""Which two wordings are joined by their words."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quotes.group.compare import compare
from quotes.group.keys import IndexedWording
from quotes.group.link import at_most, by_words
from quotes.text import words

FULL = "The council will spend twelve million euros on new tram lines in the eastern districts"


@pytest.mark.parametrize(
    ("other", "kind", "linked", "contradiction"),
    [
        ("The council will spend twelve million euros on tram lines in the eastern districts", "near", True, None),
        ("twelve million euros on new tram lines in the eastern districts", "fragment", True, None),
        (FULL.replace("twelve", "fifteen"), "near", False, "number"),
        (FULL.replace("will", "will not"), "near", False, "negation"),
        (FULL.replace("will", "might"), "near", False, "modal"),
    ],
)
def test_link_tells_near_words_and_parts_and_never_joins_what_may_contradict(
    other: str, kind: str, linked: bool, contradiction: str | None
) -> None:
    for a, b in ((FULL, other), (other, FULL)):
        link = by_words(IndexedWording.of(a), IndexedWording.of(b))
        assert link is not None
        assert (link.kind, link.linked, link.contradiction) == (kind, linked, contradiction)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (FULL, "new tram lines"),
        ("artificial crises", "an artificial crisis"),
        (FULL, "Fishermen in the south say that the catch was the worst in a decade"),
    ],
)
def test_link_joins_neither_short_nor_unlike_wordings(a: str, b: str) -> None:
    assert by_words(IndexedWording.of(a), IndexedWording.of(b)) is None


CONTRACTED = "We won’t close five schools, we can't sell 2 hospitals and it isn’t our plan, they've said 1,000 times"
IN_FULL = (
    "We will not close 5 schools, we cannot sell two hospitals and it is not our plan, they have said a thousand times"
)


def test_link_is_found_where_contractions_and_numbers_are_written_in_full() -> None:
    a, b = CONTRACTED, f"{IN_FULL}, so let us all go home and think again about what the town needs"
    link = by_words(IndexedWording.of(a), IndexedWording.of(b))
    assert link is not None
    assert (link.kind, link.linked) == ("fragment", True)


WORDS = [
    *"We won't will not close five 5 schools can't cannot 1,000 a thousand the of U.S. [t]hey percent %".split(),
    "…",
]


@given(*[st.lists(st.sampled_from(WORDS), min_size=1, max_size=25).map(" ".join)] * 2)
def test_link_is_never_scored_above_its_bound(a: str, b: str) -> None:
    assume(words(a) != words(b))
    assert compare(a, b).score <= at_most(a, b) + 1e-4
