import pytest

from quotes.model import Extraction, NameSpan, Quote, TextSpan
from quotes.resolve.bodies import Bodies
from quotes.resolve.people import NameMention
from quotes.resolve.within import resolve


def bodies(*names):
    return Bodies(NameMention(i * 100, i * 100 + len(name), tuple(name.split())) for i, name in enumerate(names))


@pytest.mark.parametrize(
    ("named", "short", "fullest"),
    [
        (["Pew Research", "Pew"], "Pew", "Pew Research"),
        (["The Nairobi Post", "The Post"], "The Post", "Nairobi Post"),
        (["Kenya Dairy Board", "KDB"], "KDB", "Kenya Dairy Board"),
        (["Union of Flight Crews", "UFC"], "UFC", "Union of Flight Crews"),
        (["Kenya Dairy Board", "Kenya Power"], "Kenya", "Kenya"),  # of two
        (["Reuters"], "Reuters", "Reuters"),
    ],
)
def test_bodies_are_called_by_the_fullest_name(named, short, fullest):
    assert bodies(*named).fullest(tuple(short.split())) == fullest


def test_bodies_are_known_by_what_they_are_when_there_is_only_one():
    assert bodies("Kenya Dairy Union", "Reuters").only_called("union") == "Kenya Dairy Union"
    assert bodies("Kenya Dairy Union", "Flight Union").only_called("union") is None
    assert bodies("Kenya Dairy Union").only_called("road") is None


def resolved(text, mention, *names):
    at = text.rindex(mention)
    quote = Quote(
        kind="indirect", contents=(TextSpan(0, 1),), sources=(TextSpan(at, at + len(mention)),), mention=mention
    )
    spans = tuple(NameSpan(text.index(n), text.index(n) + len(n), kind) for n, kind in names)
    (found,) = resolve(Extraction(quotes=(quote,), marks=(), extractor="test/1", names=spans), text).quotes
    return found.speaker.name if found.speaker else None


@pytest.mark.parametrize(
    ("text", "mention", "speaker"),
    [
        ("The Kenya Dairy Union objected.", "The Kenya Dairy Union", "Kenya Dairy Union"),
        ("The Kenya Dairy Union met. The union objected.", "The union", "Kenya Dairy Union"),
        ("The Kenya Dairy Union, which objected, met.", "which", "Kenya Dairy Union"),
        ("A spokesman for the Kenya Dairy Union objected.", "A spokesman for the Kenya Dairy Union", None),
        ("It wrote to the Kenya Dairy Union. A letter to the Kenya Dairy Union said so.", "A letter", None),
    ],
)
def test_within_leads_to_the_body_that_a_mention_bears(text, mention, speaker):
    assert resolved(text, mention, ("Kenya Dairy Union", "organization")) == speaker


@pytest.mark.parametrize("mention", ["Republicans", "Americans", "the Republican", "Strategists"])
def test_within_takes_what_many_people_are_for_no_name(mention):
    assert resolved(f"Amina Hale left. {mention} objected.", mention, ("Amina Hale", "person")) is None
