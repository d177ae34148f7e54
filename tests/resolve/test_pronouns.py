import pytest

from quotes.resolve.candidates import PRONOUN, Reader
from quotes.resolve.capitals import find_names
from quotes.resolve.features import FEATURES, NOBODY
from quotes.resolve.layout import Layout
from quotes.resolve.people import find_people
from quotes.resolve.places import Statement
from quotes.resolve.pronouns import learn_genders, resolve_pronouns, shipped_weights


def people_of(text):
    return find_people(find_names(text), text)


def answers(text, statements=None, quoted=lambda _: False):
    """Whom each pronoun means, as the source of a statement where none are given."""
    if statements is None:
        statements = [Statement(pronoun.span()) for pronoun in PRONOUN.finditer(text)]
    found = resolve_pronouns(Layout(text, quoted), people_of(text), statements)
    return [(person.name if person else None) for person, _ in found.values()]


def statement(text, source, *contents):
    def span(words):
        return text.index(words), text.index(words) + len(words)

    return Statement(span(source), tuple(map(span, contents)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mary Hale met John Diaz. She said that it rained, and he agreed.", ["Mary Hale", "John Diaz"]),
        ("Mary Hale spoke. John Diaz listened. She left.", ["Mary Hale"]),
        ("She spoke.", [None]),
        ("The road is closed. He said so.", [None]),
        ("John Diaz spoke at length. He said that his brother agreed.", ["John Diaz", "John Diaz"]),
        ("Then there is nobody.", []),
    ],
)
def test_pronouns_mean_somebody_named_before_who_fits(text, expected):
    assert answers(text) == expected


def test_the_source_of_the_last_statement_goes_on_speaking():
    text = "Diaz met Hale in Rome. “Yes,” Diaz said of Hale. “No,” he said."
    statements = [statement(text, "Diaz said", "“Yes,”"), statement(text, "he said", "“No,”")]
    assert answers(text, statements) == ["Diaz"]


def test_who_speaks_does_not_name_himself():
    text = "John Diaz opposed the plan of Piet Mol. “Mol is wrong about the bridge,” he said."
    assert answers(text, [statement(text, "he said", "“Mol is wrong about the bridge,”")]) == ["John Diaz"]


def test_whom_a_quotation_names_is_not_whom_the_article_goes_on_about():
    text = "“Nobody understands it less than Piet Mol,” said John Diaz. “It was Mol,” he said."
    marks = [
        (text.index(q), text.index(q) + len(q))
        for q in ("“Nobody understands it less than Piet Mol,”", "“It was Mol,”")
    ]
    statements = [
        statement(text, "John Diaz", "“Nobody understands it less than Piet Mol,”"),
        statement(text, "he said", "“It was Mol,”"),
    ]
    assert answers(text, statements, lambda at: any(start <= at < end for start, end in marks)) == ["John Diaz"]


def test_the_first_whom_a_source_names_bears_it():
    text = "Juan Hale, an adviser to Piet Mol, objected to the plan. “It will not work,” he said."
    statements = [
        statement(text, "Juan Hale, an adviser to Piet Mol", "the plan"),
        statement(text, "he said", "“It will not work,”"),
    ]
    assert answers(text, statements) == ["Juan Hale"]


def test_an_office_that_means_somebody_counts_as_a_mention():
    text = "John Diaz met Piet Mol. The mayor spoke. He left."
    people = people_of(text)
    layout = Layout(text)
    at = text.index("The mayor")
    reader = Reader(layout, people, offices=[(at, at + 9, people[0])])
    question = reader.ask(PRONOUN.search(text))
    assert question.candidates[0] is people[0]


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


@pytest.mark.parametrize("text", ["They met Lt. Gen. Hale.", "They met J. Hale.", "They met Gov. Hale."])
def test_layout_takes_the_full_stop_of_a_title_or_an_initial_for_no_end_of_a_sentence(text):
    assert Layout(text).sentences(0, text.index("Hale")) == 0


def test_layout_counts_words_sentences_and_paragraphs():
    layout = Layout("One two. Three\nfour")
    assert (layout.words(0, 19), layout.sentences(0, 9)) == (4, 1)
    assert layout.position(0) == (0, 0, 0)
    assert layout.position(19) == (4, 2, 1)
    assert layout.begins_sentence(9)
