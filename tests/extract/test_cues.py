import pytest

from quotes.extract.cues import CUE_CLASSES, cue_class, read_cue
from quotes.lexicon import reporting_nouns, reporting_verbs


@pytest.mark.parametrize(
    ("cue", "expected"),
    [
        ("said", "says"),
        ("According to", "says"),
        (":", "says"),
        (" — ", "says"),
        ("wrote on his blog", "writes"),
        ("asked", "asks"),
        ("alleged", "claims"),
        ("denied", "denies"),
        ("denied saying", "denies"),
        ("denied having claimed", "denies"),
        ("has confirmed", "admits"),
        ("promised", "promises"),
        ("is urging", "orders"),
        ("predicts", "warns"),
        ("thanked", "praises"),
        ("slammed", "criticizes"),
        ("endorsed", "supports"),
        ("hopes", "wants"),
        ("does not believe", "believes"),
        ("a poll found", "shows"),
        ("seemed", "appears"),
        ("in a statement", "says"),
        ("his allegations", "claims"),
        ("made the promise", "promises"),
        ("declined to say", "says"),
        ("refused", "says"),
        ("hm", None),
        ("", None),
    ],
)
def test_cue_class_tells_what_the_source_does(cue, expected):
    assert cue_class(cue) == expected


@pytest.mark.parametrize(
    "cue",
    [
        "did not say",
        "didn’t say",
        "don't believe",
        "never said",
        "declined to say",
        "refused",
        "would not say",
        "failed to mention",
    ],
)
def test_read_cue_sees_that_nothing_was_said(cue):
    assert read_cue(cue).negated


@pytest.mark.parametrize("cue", ["said", "denied", "noted", "announced", "knows"])
def test_read_cue_takes_no_other_cue_for_negated(cue):
    assert not read_cue(cue).negated


@pytest.mark.parametrize(
    ("cue", "expected"),
    [
        ("said", None),
        ("did not say", None),
        ("would not say", None),
        ("wouldn't say", None),
        ("may have said", "possible"),
        ("perhaps thinks", "possible"),
        ("reportedly said", "reported"),
        ("was quoted as saying", "reported"),
        ("is said to believe", "reported"),
        ("is widely believed to think", "reported"),
        ("will say", "future"),
        ("is expected to announce", "future"),
        ("would argue", "conditional"),
        ("is willing to say", None),
    ],
)
def test_read_cue_tells_how_firmly_it_is_reported(cue, expected):
    assert read_cue(cue).modality == expected


def test_every_class_of_the_word_lists_is_documented_and_used():
    assert {*reporting_verbs().values(), *reporting_nouns().values()} == set(CUE_CLASSES)
