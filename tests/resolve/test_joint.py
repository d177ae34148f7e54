import pytest

from quotes.model import Extraction, Quote, TextSpan
from quotes.resolve.joint import listed, members_of
from quotes.resolve.within import resolve


def resolved(text, *mentions):
    quotes = []
    for mention in mentions:
        at = text.index(mention)
        content = TextSpan(at + len(mention) + 1, at + len(mention) + 2)
        quotes.append(
            Quote(kind="indirect", contents=(content,), sources=(TextSpan(at, at + len(mention)),), mention=mention)
        )
    return resolve(Extraction(quotes=tuple(quotes), marks=(), extractor="test/1"), text).quotes


@pytest.mark.parametrize(
    ("mention", "members"),
    [
        ("Amina Odhiambo and Piet Mol", ("Amina Odhiambo", "Piet Mol")),
        ("Senator Amina Odhiambo and her Dutch counterpart Piet Mol", ("Amina Odhiambo", "Piet Mol")),
        ("Amina Odhiambo, Piet Mol and Omar Deeb", ("Amina Odhiambo", "Piet Mol", "Omar Deeb")),
        ("Amina Odhiambo (left) and Piet Mol (right)", ("Amina Odhiambo", "Piet Mol")),
        ("Amina Odhiambo, the mayor, and Piet Mol", ("Amina Odhiambo", "Piet Mol")),
        ("the wife of Amina Odhiambo and Piet Mol", ()),
        ("Amina Odhiambo, curator and director of exhibits at Piet Mol", ()),
        ("Amina Odhiambo, an adviser to Piet Mol", ()),
        ("Amina Odhiambo and her lawyers", ()),
    ],
)
def test_joint_speakers_are_the_people_named_side_by_side(mention, members):
    (quote,) = resolved(f"Yesterday {mention} agreed.", mention)
    assert quote.members == members
    if members:
        assert quote.speaker is None
        assert quote.speaker_description == listed(members)


@pytest.mark.parametrize(
    ("description", "members"),
    [
        (listed(("Ada", "Piet Mol")), ("Ada", "Piet Mol")),
        (listed(("Ada", "Piet Mol", "Omar Deeb")), ("Ada", "Piet Mol", "Omar Deeb")),
        ("the two ministers (Ada and Piet Mol)", ("Ada", "Piet Mol")),
        ("a senior official", ()),
        ("Amina Odhiambo and her lawyers", ()),
        ("Secretary of Health and Human Services", ()),
        ("Amina Odhiambo (left", ()),
        ("", ()),
    ],
)
def test_joint_speakers_are_read_back_from_their_description(description, members):
    assert members_of(description) == members


MEETING = "Kenyan Foreign Minister Amina Odhiambo met Dutch Foreign Minister Piet Mol. "


@pytest.mark.parametrize(
    ("mention", "members"),
    [
        ("The two ministers", ("Amina Odhiambo", "Piet Mol")),
        ("both foreign ministers", ("Amina Odhiambo", "Piet Mol")),
        ("the two", ("Amina Odhiambo", "Piet Mol")),
        ("The three ministers", ()),
        ("the two generals", ()),
        ("The ministers", ()),  # how many, it does not say
        ("two witnesses", ()),
    ],
)
def test_joint_speakers_by_number_are_the_last_ones_who_fit(mention, members):
    (quote,) = resolved(f"{MEETING}{mention} agreed.", mention)
    assert quote.members == members


def test_joint_speakers_by_number_keep_their_words():
    (quote,) = resolved(f"{MEETING}The two ministers agreed.", "The two ministers")
    assert quote.speaker is None
    assert quote.speaker_description == "The two ministers (Amina Odhiambo and Piet Mol)"


def test_joint_speakers_in_general_are_nobody_when_three_were_named():
    (quote,) = resolved("Amina Odhiambo met Piet Mol and Omar Deeb. The two agreed.", "The two")
    assert quote.members == ()
    assert quote.speaker_description == "The two"


def test_they_are_those_who_spoke_together_just_before():
    text = "Amina Odhiambo and Piet Mol agreed. They said more. It rained. It rained. It rained. They left."
    first, second = resolved(text, "Amina Odhiambo and Piet Mol", "They")
    assert second.members == first.members == ("Amina Odhiambo", "Piet Mol")
    assert second.speaker_description == "they (Amina Odhiambo and Piet Mol)"


def test_they_long_after_are_nobody():
    text = "Amina Odhiambo and Piet Mol agreed. It rained. It rained. It rained. They left."
    _, second = resolved(text, "Amina Odhiambo and Piet Mol", "They")
    assert (second.members, second.speaker_description) == ((), None)
