import pytest

from quotes.model import NameSpan
from quotes.resolve.mentions import bodies_named, people_named


def spans(text, kind, *names):
    return [NameSpan(text.index(name), text.index(name) + len(name), kind) for name in names]


def named(mentions):
    return [" ".join(mention.words) for mention in mentions]


@pytest.mark.parametrize(
    ("text", "person", "name"),
    [
        ("Pan-democrat Gary Hale spoke.", "Gary Hale", "Gary Hale"),
        ("Then came Mohammad Reza Hale with two others.", "Reza Hale", "Mohammad Reza Hale"),
        ("Then I. Charles Hale spoke.", "Charles Hale", "I. Charles Hale"),
    ],
)
def test_mentions_begin_at_the_first_name_where_the_models_name_does(text, person, name):
    assert named(people_named(spans(text, "person", person), text)) == [name]


def test_mentions_in_a_headline_end_at_a_verb():
    text = "Ada Hale Says Piet Mol Will Never Leave Office"
    assert named(people_named(spans(text, "person", "Ada Hale Says Piet Mol"), text)) == ["Ada Hale", "Piet Mol"]


@pytest.mark.parametrize(
    ("found", "name"),
    [
        ("Pew CEO", "Pew"),
        ("Pew board of", "Pew"),
        ("Pew and", "Pew"),
        ("Federation of", "Federation of"),
        ("Democratic Senate", "Senate"),
        ("Democratic Party", "Democratic Party"),
    ],
)
def test_mentions_of_bodies_are_without_what_the_model_took_along(found, name):
    text = f"The {found} Hale spoke."
    (mention,) = bodies_named(spans(text, "organization", found), text)
    assert " ".join(mention.words) == name
    assert text[mention.start : mention.end] == name
