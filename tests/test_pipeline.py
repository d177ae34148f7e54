import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes import pipeline
from quotes.model import Article
from quotes.pipeline import EXTRACTORS, annotate_article, extract_article, extract_articles, read_articles


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


STORY = (
    "Amina Odhiambo, the mayor, spoke. “The road is open,” she said. “We checked it.”\n"
    "Piet van der Berg told Radio Coast that nobody had called.\n"
)


def test_pipeline_finds_the_same_with_any_number_of_workers(monkeypatch):
    monkeypatch.setattr(pipeline, "WORTHWHILE", 0)
    articles = [Article(text=STORY * n, name=str(n)) for n in (3, 1, 40, 0, 2, 7)]
    one, two, three = (list(extract_articles(articles, workers=workers)) for workers in (1, 2, 3))
    assert one == two == three
    assert [article.name for article, _ in two] == [article.name for article in articles]
    assert sum(len(extraction.quotes) for _, extraction in one) > 50


def test_pipeline_finds_the_same_in_an_article_whatever_stands_beside_it():
    article = Article(text=STORY)
    among_others = dict(extract_articles([Article(text=STORY * 9), article, Article(text="None.")]))
    assert among_others[article] == extract_article(article)


def test_pipeline_does_not_read_what_is_to_be_skipped():
    def never(article):
        raise AssertionError(article)

    article = Article(text=STORY)
    assert list(read_articles(never, [article], skip=lambda _: True)) == [(article, None)]


def test_pipeline_hands_out_the_doc_with_its_layers():
    doc, extraction = annotate_article(Article(text=STORY))
    assert extraction == extract_article(Article(text=STORY))
    assert [doc.has_annotation(name) for name in ("ENT_IOB", "POS", "LEMMA", "SENT_START")] == [True] * 4


def test_pipeline_hands_out_a_bare_doc_where_no_model_reads():
    doc, extraction = annotate_article(Article(text=STORY), extractor="rules")
    assert extraction == extract_article(Article(text=STORY), extractor="rules")
    assert not doc.has_annotation("POS")
