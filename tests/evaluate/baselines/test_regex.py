"""The regular expression on made-up lines."""

import pytest

from quotes.evaluate.baselines.regex import find_relations
from quotes.model import Article


def found(text):
    relations = find_relations(Article(text=text))
    return [
        ([span.of(text) for span in relation.cues], [span.of(text) for span in relation.contents])
        for relation in relations
    ]


CASES = {
    "the verb before": ("Ada said: “The mill is closed now.”", [(["said"], ["“The mill is closed now.”"])]),
    "the verb behind": ('"The mill is closed now," Ada said.', [(["said"], ['"The mill is closed now,"'])]),
    "the nearer of two verbs": (
        "Ada claimed that all was well. «The mill is closed now», Ben told us.",
        [(["told"], ["«The mill is closed now»"])],
    ),
    "no verb in the line": ("“The mill is closed now.”\nAda said so.", [([], ["“The mill is closed now.”"])]),
    "verbs inside quotations are none": (
        "“We said it is closed.” “She told us to go.”",
        [([], ["“We said it is closed.”"]), ([], ["“She told us to go.”"])],
    ),
    "three words are too few": ("Ada said “it is closed”.", []),
    "a mark without its partner": ("Ada said: “The mill is closed now.", []),
    "no quotation over two lines": ('Ada said: "The mill is\nclosed for good now."', []),
    "nothing": ("", []),
}


@pytest.mark.parametrize(("text", "relations"), CASES.values(), ids=CASES)
def test_regex_finds_quotations_with_the_nearest_verb(text, relations):
    assert found(text) == relations


def test_regex_keeps_offsets_over_every_kind_of_line_break():
    text = "One.\r\nTwo.\u2028\x0cAda said: “The mill is closed now.”"
    assert found(text) == [(["said"], ["“The mill is closed now.”"])]
