import pytest

from quotes.resolve.capitals import find_names
from quotes.resolve.people import NameMention, find_people
from quotes.resolve.pronouns import FEATURES, NOBODY, PRONOUN, Layout, learn_genders, resolve_pronouns, shipped_weights


def people_of(text):
    return find_people([NameMention(name.start, name.end, name.words) for name in find_names(text)], text)


def answers(text, sources=()):
    found = resolve_pronouns(Layout(text), people_of(text), sources)
    return [(person.name if person else None) for person, _ in found.values()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mary Hale met John Diaz. She spoke and he left.", ["Mary Hale", "John Diaz"]),
        ("Mary Hale spoke. John Diaz listened. She left.", ["Mary Hale"]),
        ("She spoke.", [None]),
        ("The road is closed. He said so.", [None]),
        ("John Diaz spoke at length. He said that his brother agreed.", ["John Diaz", "John Diaz"]),
        ("Then there is nobody.", []),
    ],
)
def test_pronouns_mean_somebody_named_before_who_fits(text, expected):
    assert answers(text) == expected


def test_the_source_of_the_last_quote_goes_on_speaking():
    text = "Diaz met Hale in Rome. “Yes,” Diaz said of Hale. “No,” he said."
    at = text.index("Diaz said")
    assert answers(text, [(at, at + 4), (text.rindex("he"), text.rindex("he") + 2)]) == ["Diaz"]


def test_answers_have_probabilities():
    text = "Mary Hale spoke. She left."
    ((_, chance),) = resolve_pronouns(Layout(text), people_of(text)).values()
    assert 0.5 < chance < 1


def test_learn_genders_takes_over_what_the_article_says():
    text = "Zaha Hale built houses. She lived in Rome. She spoke of her work. Piet Mol knew her."
    people = people_of(text)
    assert people[0].gender is None
    learn_genders(Layout(text), people, {m.start(): (people[0], 0.9) for m in PRONOUN.finditer(text)})
    assert people[0].gender == "female"


def test_learn_genders_wants_more_than_a_guess():
    text = "Zaha Hale built houses. She lived in Rome. He did too."
    people = people_of(text)
    learn_genders(Layout(text), people, {m.start(): (people[0], 0.9) for m in PRONOUN.finditer(text)})
    assert people[0].gender is None


def test_the_shipped_weights_are_for_these_features():
    weights = shipped_weights()
    assert (len(weights.person), len(weights.nobody)) == (len(FEATURES), len(NOBODY))


def test_layout_counts_words_sentences_and_paragraphs():
    layout = Layout("One two. Three\nfour")
    assert (layout.words(0, 19), layout.sentences(0, 9), layout.paragraphs(0, 19)) == (4, 1, 1)
    assert layout.begins_sentence(9)
