"""An edge by words, else by meaning."""

from __future__ import annotations

import pytest

from quotes.group.edges import Likeness
from quotes.group.keys import IndexedWording
from quotes.group.link import by_words
from quotes.group.paraphrase import METHOD, link, link_of_words

FULL = "The old dam above the valley will be torn down before the winter rains begin"


@pytest.mark.parametrize(
    ("other", "kind", "contradiction"),
    [
        (FULL.replace("begin", "start"), "near", None),
        (FULL.replace("will be", "will not be"), "near", "negation"),
        ("will be torn down before the winter rains begin", "fragment", None),
        ("Nobody knows what the harbour will cost the town in the end", None, None),
    ],
)
def test_paraphrase_settles_by_words_what_they_tell(other, kind, contradiction):
    one, two = IndexedWording.of(FULL), IndexedWording.of(other)
    found = link_of_words(one, two)
    assert found == link(one, two)
    assert (found.kind, found.contradiction) == (kind, contradiction) if kind else found is None


def test_paraphrase_is_no_edge_of_words():
    texts = ("He promised to cut the taxes of farmers", "He vowed to lower taxes for farmers")
    one, two = map(IndexedWording.of, texts)
    assert link(one, two).kind == "paraphrase"
    assert link_of_words(one, two) is None


@pytest.mark.parametrize(("kind", "suggested"), [("near", False), (None, True), (None, False)])
def test_paraphrase_asks_the_meaning_where_words_leave_it_open(monkeypatch, kind, suggested):
    likeness = Likeness(score=0.8, kind=kind, suggested=suggested, contradiction=None, changes=())
    monkeypatch.setattr("quotes.group.paraphrase.decide", lambda *_: likeness)
    one, two = map(
        IndexedWording.of, (f"The harbour reopens for {boats} in April" for boats in ("fishing boats", "sailing boats"))
    )
    assert by_words(one, two).linked
    found = link_of_words(one, two)
    assert (found.kind, found.method) == (kind, METHOD) if kind else found is None
