"""The Python interface, as docs/python.md shows it."""

import subprocess
import sys

import pytest

import quotes
from quotes.errors import DatabaseMissing, EmptyInput

TEXT = "Amina Odhiambo said, “The road is open again.”\n"


@pytest.fixture
def news(tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT)
    (folder / "b.txt").write_text("")
    (folder / "c.txt").write_text("“We saw nothing at all,” said Piet van der Berg.\n")
    return folder


def test_api_reads_articles_and_raises_at_what_it_cannot_read(news):
    articles = quotes.read(news)
    assert next(articles).text == TEXT
    with pytest.raises(EmptyInput):
        next(articles)


def test_api_goes_on_where_faults_are_asked_for(news):
    faults = []
    assert [article.name for article in quotes.read(news, on_fault=faults.append)] == ["a", "c"]
    assert [str(fault) for fault in faults] == [
        f"{news}/b.txt is empty; put the article's text into it or leave it out."
    ]


def test_api_extracts_from_an_article_and_from_a_text():
    (quote,) = quotes.extract(TEXT).quotes
    assert (quote.speaker.name, quote.contents[0].of(TEXT)) == ("Amina Odhiambo", "“The road is open again.”")
    assert quotes.extract(quotes.Article(text=TEXT)).quotes == (quote,)


def test_api_finds_no_quotes_in_another_language():
    text = "Le ministre a déclaré samedi que « la route est de nouveau ouverte », selon l'agence de presse."
    extraction = quotes.extract(text)
    assert (extraction.quotes, extraction.extractor) == ((), "none/fr")


def test_api_takes_a_text_with_half_a_character():
    assert quotes.extract("half \ud800 of it").quotes == ()


def test_api_stores_and_looks_up(news, tmp_path):
    store = quotes.Store(tmp_path / "quotes.db")
    faults = []
    summary = store.add(news, on_fault=faults.append)
    assert (summary.outcomes["added"], summary.quotes, summary.faults, len(faults)) == (2, 2, 1, 1)
    assert store.add(news / "a.txt").outcomes == {"unchanged": 1}
    (quote,) = store.who("the road is open").quotes
    assert quote.speaker.name == "Amina Odhiambo"
    assert [quote.text for quote in store.by("van der Berg")] == ["“We saw nothing at all,”"]
    assert {speaker.name for speaker in store.speakers()} == {"Amina Odhiambo", "Piet van der Berg"}
    assert [article.label for article in store.articles()] == ["a", "c"]
    assert store.text(quote.article.id)[quote.start : quote.end] == quote.text


def test_api_stores_articles_made_by_hand(tmp_path):
    store = quotes.Store(tmp_path / "quotes.db")
    store.add(quotes.Article(text=TEXT, url="https://example.org/a", outlet="Radio Coast"))
    (article,) = store.articles()
    assert (article.outlet, article.language, article.quotes) == ("Radio Coast", "en", 1)


def test_api_look_up_without_a_database_says_so(tmp_path):
    with pytest.raises(DatabaseMissing):
        quotes.Store(tmp_path / "none.db").articles()


def test_api_is_loaded_when_it_is_used():
    heavy = {"spacy", "numpy", "sqlite3", "quotes.api", "quotes.extract"}
    code = f"import sys, quotes; print(*({heavy} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "\n"


def test_api_leaves_the_subpackage_where_it_was():
    import quotes.extract.marks

    assert quotes.extract.marks.pair_marks("“a”")
    assert quotes.extract("Nothing.").quotes == ()


def test_api_has_no_other_names():
    with pytest.raises(AttributeError, match="module 'quotes' has no attribute 'nothing'"):
        _ = quotes.nothing
