"""Which two wordings are joined by their words."""

from __future__ import annotations

import pytest

from quotes.group.keys import Wording
from quotes.group.link import by_words

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
        link = by_words(Wording.of(a), Wording.of(b))
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
    assert by_words(Wording.of(a), Wording.of(b)) is None
