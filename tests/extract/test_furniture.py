"""Relations against the furniture of their text."""

import pytest

from quotes.extract.furniture import without_furniture
from quotes.extract.relation import Relation
from quotes.model import Article, TextSpan
from quotes.pipeline import extract_article

TEXT = (
    "NAIROBI (AP) — The road is open again after a week of works on the bridge, Amina Odhiambo said on Monday.\n"
    "• source : Coasttimes\n"
)


def span(words):
    start = TEXT.index(words)
    return TextSpan(start, start + len(words))


def test_furniture_is_cut_from_a_content():
    relation = Relation(contents=(span("NAIROBI (AP) — The road is open again"),), sources=(span("Amina Odhiambo"),))
    (kept,) = without_furniture([relation], TEXT)
    assert [part.of(TEXT) for part in kept.contents] == ["The road is open again"]
    assert kept.sources == relation.sources


def test_furniture_alone_is_no_statement():
    relation = Relation(contents=(span("Coasttimes"),), cues=(span("source"),))
    assert without_furniture([relation], TEXT) == []


def test_furniture_is_no_source():
    relation = Relation(contents=(span("The road is open again"),), sources=(span("AP"),))
    (kept,) = without_furniture([relation], TEXT)
    assert kept.sources == ()


def test_relations_outside_furniture_stay_as_they_are():
    relation = Relation(contents=(span("The road is open again"),), sources=(span("Amina Odhiambo"),))
    assert without_furniture([relation], TEXT) == [relation]


@pytest.mark.parametrize("extractor", ["model", "rules"])
def test_extraction_finds_nothing_in_furniture(extractor):
    text = TEXT + "Original News : https://example.org/a\nAll Content by Coast News is licensed under a License.\n"
    for quote in extract_article(Article(text=text), extractor=extractor).quotes:
        assert all(part.start >= 15 and part.end <= text.index("\n") for part in quote.contents)
