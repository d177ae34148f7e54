import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.group.headlines import Passage, headline_quotes, supported

SOURCES = ("Mayor Ana Lopez", "the council", "she", "Jon Baker")


@pytest.mark.parametrize(
    ("headline", "quoted"),
    [
        ("Mayor calls new deck ‘a death trap’", [("a death trap", True)]),
        ("‘We stay’: Lopez", [("We stay", True)]),
        ("Mayor: “We stay” and “we fight”", [("We stay", True), ("we fight", True)]),
        ("Mayor's 'floating' deck a risk", [("floating", True)]),
        ("Mayor: Bridge will open in May", [("Bridge will open in May", False)]),
        ("Ana Lopez : bridge will open", [("bridge will open", False)]),
        ("Bridge will open in May: mayor", [("Bridge will open in May", False)]),
        ("Bridge will open in May – Lopez", [("Bridge will open in May", False)]),
        ("Bridge: two plans: mayor", [("Bridge: two plans", False)]),
        ("Bridge: what we know", []),
        ("She: a new film", []),
        ("The council of the old town by the river: a history", []),
        ("Bridge opens at 10:30", []),
        ("Mayor:", []),
        ("Workers’ rights in the ’90s", []),
        ("Bridge opens", []),
        ("", []),
    ],
)
def test_a_headline_quotes_with_marks_or_beside_a_colon(headline, quoted):
    found = headline_quotes(headline, SOURCES)
    assert [(quote.text, quote.marked) for quote in found] == quoted
    assert all(headline[quote.start : quote.end].strip() == quote.text for quote in found)


@pytest.mark.parametrize(
    ("headline", "body", "support"),
    [
        ("‘A death trap’", "“It is a death trap,”", "quoted"),
        ("‘A death trap’", "the deck was “a death trap” for all", "quoted"),
        ("‘A death trap’", "the deck was a death trap for all", "reported"),
        ("‘A death trap’", "“It is a trap,”", "none"),
        ("‘We will shut the old bridge’", "“We will shut the bridge,”", "reported"),
        ("‘We will shut 5 bridges’", "“We will shut 50 bridges,”", "changed"),
        ("‘We will not shut the bridge’", "“We will shut the bridge,”", "changed"),
        ("Mayor: bridge to open in May", "“We will be opening this bridge in May,”", "reported"),
        ("Mayor: schools to shut for good", "“We will be opening this bridge in May,”", "none"),
    ],
)
def test_the_body_supports_what_it_quotes_or_reports(headline, body, support):
    (quote,) = headline_quotes(headline, SOURCES)
    found = supported(quote, [Passage("Nobody was there.", quoted=False), Passage(body, quoted=False)])
    assert found.support == support
    assert found.passage == (None if support == "none" else 1)
    assert bool(found.changes) == (support == "changed")


def test_the_best_support_counts():
    (quote,) = headline_quotes("‘5 roads shut today’", ())
    passages = [
        Passage("50 roads shut today", quoted=True),
        Passage("5 roads shut today", quoted=False),
        Passage("5 roads shut today", quoted=True),
    ]
    assert [supported(quote, passages[:n]).support for n in range(4)] == ["none", "changed", "reported", "quoted"]


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_headline_is_held_against_any_body(headline, body):
    for quote in headline_quotes(headline, [body]):
        assert supported(quote, [Passage(body, quoted=False)]).support in {"quoted", "reported", "changed", "none"}
        assert supported(quote, [Passage(quote.text, quoted=True)]).support == "quoted"
