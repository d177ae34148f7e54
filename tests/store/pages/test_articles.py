import pytest

from quotes.errors import NoSuchRow
from quotes.store.pages.articles import article, place_of


def test_article_has_the_spans_of_each_quote_and_the_marks_that_none_takes_up(told_connection):
    page = article(told_connection, 1)
    (relation,) = page.relations
    text = page.text
    assert [span.of(text) for span in relation.contents] == ["“We will open the bridge in May,”"]
    assert [span.of(text) for span in (*relation.sources, *relation.cues)] == ["Mayor Ana Ruiz", "said"]
    assert [span.of(text) for span in page.uncovered] == ["“miracle"]  # the closing mark was left out of the marks


def test_article_has_its_facts_and_topics(told_connection):
    page = article(told_connection, 2)
    assert (page.outlet, page.published, page.url) == ("Evening Post", "2024-03-02", "https://news.example/2")
    assert page.topics == ("bridge", "May")
    assert (page.marks, page.covered) == (1, 1)
    assert [version.id for version in page.versions] == [2]
    assert page.copies == ()


def test_article_without_a_row_is_no_such_row(told_connection):
    with pytest.raises(NoSuchRow) as raised:
        article(told_connection, 99)
    assert str(raised.value) == "There is no article 99: `quotes articles` lists the numbers of articles."


def test_article_of_a_quote(told_connection):
    assert place_of(told_connection, 4) == 3
    with pytest.raises(NoSuchRow) as raised:
        place_of(told_connection, 99)
    assert str(raised.value) == (
        "There is no quote 99: `quotes who WORDS` and `quotes by NAME` print the numbers of quotes."
    )
