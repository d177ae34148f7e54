import pytest

from quotes.store.connection import reading
from quotes.store.headlines import checked_headlines

BODY = (
    "RIVERTON - “The deck will stay open,” Mayor Ana Lopez said.\n\nEngineers call it a “floating” risk, a death trap."
)


@pytest.fixture
def check(make, add, db):
    def check_one(text=BODY, title=None, *, every=True, **known):
        said = "“The deck will stay open,”"
        quote = make.quote(text, said, speaker="Ana Lopez", source="Mayor Ana Lopez", cue="said")
        marks = (make.mark(text, said), make.mark(text, "“floating”"))
        add(make.article(text, title=title, **known), make.extraction(quote, marks=marks))
        with reading(db) as conn:
            return [
                (found.quote.text, found.support, found.quote_id, found.printed)
                for found in checked_headlines(conn, every=every)
            ]

    return check_one


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Deck ‘will stay open’", [("will stay open", "quoted", 1, False)]),
        ("Deck is ‘floating’", [("floating", "quoted", None, False)]),
        ("Deck is ‘a death trap’", [("a death trap", "none", None, True)]),
        ("Deck is ‘rotten’", [("rotten", "none", None, False)]),
        ("‘The deck will not stay open’", [("The deck will not stay open", "changed", 1, False)]),
        ("Lopez: deck to stay open", [("deck to stay open", "reported", 1, False)]),
        ("Deck stays open", []),
        (None, []),
    ],
)
def test_a_title_is_held_against_the_body(check, title, found):
    assert check(title=title) == found


def test_only_what_the_body_does_not_support_is_flagged(check):
    assert check(title="‘Floating’ deck is ‘rotten’", every=False) == [("rotten", "none", None, False)]


@pytest.mark.parametrize("title", ["Deck is ‘floating risk’", None])
def test_the_headline_in_the_text_supports_nothing(check, title):
    text = f"Deck is ‘floating risk’\n\n{BODY}"
    assert check(text, title) == [("floating risk", "none", None, True)]


def test_a_first_line_that_is_a_sentence_is_no_headline(check):
    assert check(f"He said ‘rotten’ twice.\n\n{BODY}") == []
    assert check(f"Mayor Ana Lopez: deck to stay open\n\n{BODY}") == []


def test_a_superseded_version_is_left_out(check):
    assert check(title="Deck is ‘rotten’", url="https://example.org/deck") == [("rotten", "none", None, False)]
    assert check(f"{BODY} It rained.", title="Deck stays", url="https://example.org/deck") == []
