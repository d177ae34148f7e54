import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.model import Article
from quotes.pipeline import EXTRACTORS, extract_article, extract_articles


def test_pipeline_finds_quotes_with_their_speakers():
    (quote,) = extract_article(Article(text="Amina Odhiambo spoke. Odhiambo said, “The road is open.”")).quotes
    assert (quote.mention, quote.speaker.name) == ("Odhiambo", "Amina Odhiambo")


def test_pipeline_keeps_the_order_of_the_articles():
    articles = [Article(text=f"Text {i}.", name=str(i)) for i in range(3)]
    assert [article.name for article, _ in extract_articles(iter(articles))] == ["0", "1", "2"]


@pytest.mark.parametrize("text", ["", " ", "\0", "\n\n\n", "“", "\u202e\u2069", "😀" * 50, "a\r\nb\u2028c"])
@pytest.mark.parametrize("extractor", EXTRACTORS)
def test_pipeline_takes_texts_without_sense(text, extractor):
    extract_article(Article(text=text), extractor=extractor)


@pytest.mark.parametrize("extractor", EXTRACTORS)
@settings(deadline=None, max_examples=30)
@given(text=st.text())
def test_pipeline_takes_any_text(text, extractor):
    extraction = extract_article(Article(text=text), extractor=extractor)
    assert extraction.extractor.startswith(f"{extractor}/")


def test_pipeline_reads_with_the_model_unless_told_otherwise():
    assert extract_article(Article(text="Nothing.")).extractor.startswith("model/")


@pytest.mark.parametrize(("extractor", "words"), [("model", 6_000), ("rules", 60_000)])
def test_pipeline_takes_a_paragraph_of_many_words_without_a_stop(extractor, words):
    extract_article(Article(text="word and said " * (words // 3)), extractor=extractor)
