"""What words settle of two wordings, and what they leave to the meaning."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.group.edges import Likeness
from quotes.group.keys import IndexedWording
from quotes.group.link import Link, by_words
from quotes.group.paraphrase import (
    METHOD,
    Open,
    ask_meaning,
    read_same_words,
    read_words,
)
from quotes.group.screen import LEAST_LIKELY, likelihood
from quotes.group.vectors import likeness, vector

FULL = "The council will spend twelve million euros on new tram lines in the eastern districts"
ALIKE = "New tram lines in eastern districts are to cost the council twelve million"
RELATED = "Tram drivers of the council want longer breaks, new lines or not, their union said after a vote"

DISTANT = (
    f"{RELATED}, where a speaker from the south warned of a winter without heating and of schools that close at noon, "
    "while nobody from the ministry came to hear what people there have to say"
)


def of(text: str) -> IndexedWording:
    return IndexedWording.of(text)


def test_paraphrase_words_settle_what_they_can() -> None:
    found = read_words(of(FULL), of(FULL.replace("new ", "")))
    assert isinstance(found, Link)
    assert (found.kind, found.linked) == ("near", True)


@pytest.mark.parametrize("other", ["the tram lines", "Fishermen in the south had the worst catch in a decade", DISTANT])
def test_paraphrase_the_meaning_is_not_asked_of_short_or_unlike_wordings(other: str) -> None:
    assert read_words(of(FULL), of(other)) is None


def test_paraphrase_the_meaning_is_left_open_where_much_is_shared_and_likelier_where_more_is() -> None:
    found = read_words(of(FULL), of(ALIKE))
    assert isinstance(found, Open)
    assert found.likelihood > LEAST_LIKELY
    related = likeness(vector(of(FULL).words), vector(of(RELATED).words))
    assert found.likelihood > likelihood(of(FULL).signature, of(RELATED).signature, int(related))


@settings(deadline=None)
@given(st.text("abcdef 12.", max_size=60), st.text("abcdef 12.", max_size=60))
def test_paraphrase_the_answer_is_the_same_in_either_order(a: str, b: str) -> None:
    assert read_words(of(a), of(b)) == read_words(of(b), of(a))


DAM = "The old dam above the valley will be torn down before the winter rains begin"


@pytest.mark.parametrize(
    ("other", "kind", "contradiction"),
    [
        (DAM.replace("begin", "start"), "near", None),
        (DAM.replace("will be", "will not be"), "near", "negation"),
        ("will be torn down before the winter rains begin", "fragment", None),
        ("Nobody knows what the harbour will cost the town in the end", None, None),
    ],
)
def test_paraphrase_settles_by_words_what_they_tell(other, kind, contradiction):
    one, two = IndexedWording.of(DAM), IndexedWording.of(other)
    found = read_same_words(one, two)
    assert found == read_words(one, two)
    assert (found.kind, found.contradiction) == (kind, contradiction) if kind else found is None


def test_paraphrase_is_no_edge_of_words():
    texts = ("He promised to cut the taxes of farmers", "He vowed to lower taxes for farmers")
    one, two = map(IndexedWording.of, texts)
    assert isinstance(read_words(one, two), Open)
    assert ask_meaning(one, two).kind == "paraphrase"
    assert read_same_words(one, two) is None


@pytest.mark.parametrize(("kind", "suggested"), [("near", False), (None, True), (None, False)])
def test_paraphrase_asks_the_meaning_where_words_leave_it_open(monkeypatch, kind, suggested):
    likeness = Likeness(score=0.8, kind=kind, suggested=suggested, contradiction=None)
    monkeypatch.setattr("quotes.group.paraphrase.decide", lambda *_: likeness)
    one, two = (
        IndexedWording.of(f"The harbour reopens for {boats} boats in April") for boats in ("fishing", "sailing")
    )
    assert by_words(one, two).linked
    assert read_same_words(one, two) == read_words(one, two)
    assert isinstance(read_same_words(one, two), Open)
    found = ask_meaning(one, two)
    assert (found.kind, found.method) == (kind or "paraphrase", METHOD) if kind or suggested else found is None
