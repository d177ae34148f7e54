import pytest

from quotes.lexicon import reporting_verbs, word_list


@pytest.mark.parametrize(
    ("form", "cue_class"),
    [
        ("said", "says"),
        ("saying", "says"),
        ("replied", "says"),
        ("tweeted", "writes"),
        ("asks", "asks"),
        ("denies", "denies"),
        ("denied", "denies"),
        ("alleged", "claims"),
        ("admitted", "admits"),
        ("vowed", "promises"),
        ("urging", "orders"),
        ("warned", "warns"),
        ("thanked", "praises"),
        ("condemning", "criticizes"),
        ("believes", "believes"),
    ],
)
def test_lexicon_knows_the_forms_of_a_reporting_verb(form, cue_class):
    assert reporting_verbs()[form] == cue_class


@pytest.mark.parametrize("form", ["sayed", "telled", "thinked", "agreing", "tryed"])
def test_lexicon_makes_no_regular_past_of_an_irregular_verb(form):
    assert form not in reporting_verbs()


@pytest.mark.parametrize("name", ["titles", "bodies", "particles", "pronouns", "function_words"])
def test_lexicon_word_lists_are_folded_words(name):
    assert word_list(name)
    assert all(word == word.casefold() and not word.startswith("#") for word in word_list(name))
