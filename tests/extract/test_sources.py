import numpy as np
import pytest

from quotes.extract.sources import with_noun_phrase
from quotes.words import WordReader


@pytest.fixture(scope="module")
def reader(shipped_model):
    return WordReader(shipped_model / "vocabulary.txt")


def span(words, text):
    return text.index(words), text.index(words) + len(words)


@pytest.mark.parametrize(
    ("text", "nominal", "source", "cue", "whole"),
    [
        ("the state governor said so", "state governor", "the", "said", "the state governor"),
        ("The DOJ demand was met", "DOJ demand", "The", "demand", "The DOJ"),
        ("a doctor had typed it", "doctor", "a", "typed", "a doctor"),
        ("the said road", "road", "the", "said", "the"),
        ("the\ngovernor said so", "governor", "the", "said", "the"),
        ("his governor said so", "governor", "his", "said", "his"),
        ("so said the governor", "governor", "the", "said", "the governor"),
        ("so said the", "", "the", "said", "the"),
    ],
)
def test_a_source_that_is_an_article_alone_takes_in_its_noun_phrase(reader, text, nominal, source, cue, whole):
    words = reader.read(text)
    mask = np.array([text[start:end] in nominal.split() for start, end in words.spans.tolist()])
    start, end = with_noun_phrase(span(source, text), [span(cue, text)], text, words, nominal=mask)
    assert text[start:end] == whole
