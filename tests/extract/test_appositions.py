import pytest

from quotes.extract.appositions import with_appositions
from quotes.extract.relation import Relation
from quotes.model import TextSpan


def read(text, source, content, cue="According to"):
    def span(words):
        return TextSpan(text.index(words), text.index(words) + len(words))

    relation = Relation(contents=(span(content),), cues=(span(cue),), sources=(span(source),))
    (found,) = with_appositions([relation], text)
    return [s.of(text) for s in found.sources], [s.of(text) for s in found.contents]


@pytest.mark.parametrize(
    ("text", "source", "content", "whole", "rest"),
    [
        (
            "According to the team's coach, Amina Hale, the robot fell.",
            "the team's coach",
            "Amina Hale, the robot fell",
            "the team's coach, Amina Hale",
            "the robot fell",
        ),
        (
            "According to the director of the museum, Piet van der Berg, it is closed.",
            "the director of the museum",
            "it is closed",
            "the director of the museum, Piet van der Berg",
            "it is closed",
        ),
        (
            "According to Piet Mol, the mayor of Rotterdam, the bridge is closed.",
            "Piet Mol",
            "the mayor of Rotterdam, the bridge is closed",
            "Piet Mol, the mayor of Rotterdam",
            "the bridge is closed",
        ),
    ],
)
def test_an_apposition_belongs_to_the_source(text, source, content, whole, rest):
    assert read(text, source, content) == ([whole], [rest])


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (
            "According to officials, North Korea, a neighbour, tested it.",
            "officials",
            "North Korea, a neighbour, tested it",
        ),
        ("According to the ministry, Piet Mol, a spy, was caught.", "the ministry", "Piet Mol, a spy, was caught"),
        (
            "According to the mayor, United Kingdom, France and Spain agreed.",
            "the mayor",
            "United Kingdom, France and Spain agreed",
        ),
        ("According to Piet Mol, the bridge, an old one, is closed.", "Piet Mol", "the bridge, an old one, is closed"),
        ("According to Piet Mol, the president, who is ill, left.", "Piet Mol", "the president, who is ill, left"),
        ("According to the coach, Amina Hale", "the coach", "Amina Hale"),  # all that it says
    ],
)
def test_what_is_no_apposition_of_the_source_stays_in_the_content(text, source, content):
    assert read(text, source, content) == ([source], [content])


def test_a_relation_without_a_source_stays_as_it_is():
    relation = Relation(contents=(TextSpan(0, 4),))
    assert with_appositions([relation], "Rain fell.") == [relation]
