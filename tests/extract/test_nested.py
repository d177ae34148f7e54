import re

import numpy as np
import pytest
import spacy

from quotes.extract import extract
from quotes.extract.layers import Layers
from quotes.extract.nested import nested_relations
from quotes.extract.relation import Relation
from quotes.model import TextSpan

TEXT = "Hale said that the engineer told her that the bridge was safe."


def span(words, text=TEXT):
    return TextSpan(text.index(words), text.index(words) + len(words))


def layers(text=TEXT, **parts):
    """Layers with the parts of speech that are given by word, X for the others."""
    words = list(re.finditer(r"\w+|[^\w\s]", text))
    spans = np.array([match.span() for match in words], dtype=np.int32)
    return Layers(spans, [], [parts.get(match.group(), "X") for match in words], [0])


OUTER = Relation(
    contents=(span("that the engineer told her that the bridge was safe"),),
    cues=(span("said"),),
    sources=(span("Hale"),),
)


def finding(confidence=0.9, cue="told", source="the engineer"):
    asked = []

    def find(text):
        asked.append(text)
        return [
            Relation(
                contents=(span("the bridge was safe", text),),
                cues=(span(cue, text),),
                sources=(span(source, text),) if source else (),
                confidence=confidence,
            )
        ]

    return find, asked


def test_a_content_is_read_as_a_text_of_its_own_without_its_that():
    find, asked = finding()
    (inner,) = nested_relations([OUTER], TEXT, find, layers(told="VERB"))
    assert asked == ["the engineer told her that the bridge was safe"]
    assert [inner.sources[0].of(TEXT), inner.cues[0].of(TEXT), inner.contents[0].of(TEXT)] == [
        "the engineer",
        "told",
        "the bridge was safe",
    ]


def test_only_speech_with_a_source_is_taken_and_only_when_it_is_likely():
    for find, _ in (finding(confidence=0.3), finding(source=None), finding(cue="her")):
        assert nested_relations([OUTER], TEXT, find, layers(told="VERB")) == []


def test_a_content_that_names_no_saying_is_not_read():
    find, asked = finding()
    text = "Hale said that the bridge was old and long."
    plain = Relation(contents=(span("that the bridge was old and long", text),))
    assert nested_relations([plain], text, find, layers(text)) == []
    assert asked == []


@pytest.mark.parametrize(
    ("content", "parts", "read"),
    [
        ("the engineer told her it was safe", {"told": "VERB"}, True),
        ("his claim that the bridge is safe", {"claim": "NOUN"}, True),
        ("the bridge needs more offers to stand", {"offers": "NOUN"}, True),
        ("the old state and its bridge crumble", {"state": "PROPN"}, False),
        ("bridges in the United States are safe", {"States": "PROPN"}, False),
        ("an accusation in a state so old", {"accusation": "NOUN", "state": "NOUN"}, True),
    ],
)
def test_a_word_of_speech_counts_as_a_verb_or_as_a_noun_that_has_an_owner_or_goes_on(content, parts, read):
    text = f"Hale said that {content}."
    asked = []
    nested_relations(
        [Relation(contents=(span(content, text),))],
        text,
        lambda inner: asked.append(inner) or [],
        layers(text, **parts),
    )
    assert asked == ([content] if read else [])


def test_marks_around_a_content_are_not_read_with_it():
    find, asked = finding()
    text = "“The engineer told her that the bridge was safe,” Hale said."
    quoted = Relation(contents=(span("“The engineer told her that the bridge was safe,”", text),))
    nested_relations([quoted], text, lambda inner: find(inner.replace("The", "the", 1)), layers(text, told="VERB"))
    assert asked == ["the engineer told her that the bridge was safe"]


def test_extract_finds_what_is_said_in_what_is_said_and_what_a_speaker_of_a_transcript_reports():
    text = (
        "HALE: The engineer told me that the bridge is safe.\nORTIZ: When?\nHALE: She said on Monday that it is safe."
    )
    plain = extract(spacy.blank("en").make_doc(text)).quotes
    nested = extract(spacy.blank("en").make_doc(text), nested=True).quotes
    assert [quote.mention for quote in plain] == ["HALE", "ORTIZ", "HALE"]
    assert [quote.mention for quote in nested] == ["HALE", "The engineer", "ORTIZ", "HALE", "She"]
