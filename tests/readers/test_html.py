from __future__ import annotations

import logging
from pathlib import Path

import pytest

from quotes.errors import EmptyInput, WrongEncoding
from quotes.model import Article
from quotes.readers import Unreadable, read

SENTENCE = "The minister said “we won’t go there” to reporters, adding that the plan remains under review"
STORY = "".join(f"<p>{SENTENCE}, part {number}.</p>" for number in range(6))
PAGE = f"""<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Minister refuses trip | The Daily Test</title>
<link rel="canonical" href="https://news.example.com/2023/03/04/minister">
<meta property="og:site_name" content="The Daily Test"><meta property="og:title" content="Minister refuses trip">
<meta property="article:published_time" content="2023-03-04T10:30:00Z">
<script>var story = "<p>The minister said nothing</p>";</script></head>
<body><nav><ul><li>Home</li><li>World</li></ul></nav>
<article><h1>Minister refuses trip</h1>{STORY}</article>
<div class="comments"><p>A reader: the minister is wrong.</p></div><footer>© 2021 Daily Test</footer></body></html>"""


def only(path: Path, data: bytes, *, encoding: str | None = None) -> Article | Unreadable:
    path.write_bytes(data)
    [outcome] = read([path], encoding=encoding)
    assert isinstance(outcome, Article | Unreadable)
    return outcome


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path("page.html")


def test_html_gives_the_article_and_what_the_page_says_of_it(path: Path) -> None:
    article = only(path, PAGE.encode())
    assert isinstance(article, Article)
    assert (article.title, article.outlet) == ("Minister refuses trip", "The Daily Test")
    assert (article.published, article.language) == ("2023-03-04T10:30:00Z", "en-GB")
    assert article.url == "https://news.example.com/2023/03/04/minister"
    assert article.text.split("\n") == ["Minister refuses trip", *(f"{SENTENCE}, part {n}." for n in range(6))]
    assert article.reader.startswith("html/trafilatura-")
    assert (article.name, article.path) == ("page", str(path.absolute()))


def test_html_keeps_what_a_page_says_twice(path: Path) -> None:
    article = only(path, PAGE.replace(STORY, STORY * 2).encode())
    assert isinstance(article, Article)
    assert article.text.count("part 3.") == 2


def test_html_reads_a_page_the_same_each_time(path: Path) -> None:
    assert [only(path, PAGE.encode()) for _ in range(3)] == [only(path, PAGE.encode())] * 3


def test_html_takes_no_date_from_the_foot_of_a_page(path: Path) -> None:
    article = only(path, PAGE.replace("2023-03-04T10:30:00Z", "").replace("/2023/03/04", "").encode())
    assert isinstance(article, Article)
    assert article.published is None


def test_html_without_metadata_is_an_article(path: Path) -> None:
    article = only(path, f"<html><body>{STORY}</body></html>".encode())
    assert isinstance(article, Article)
    assert (article.title, article.outlet, article.url) == (None, None, None)
    assert "part 5." in article.text


@pytest.mark.parametrize("declared", ["windows-1252", "ISO-8859-1"])
def test_html_takes_the_encoding_that_the_page_declares(path: Path, declared: str) -> None:
    article = only(path, PAGE.replace("utf-8", declared).encode("cp1252"))
    assert isinstance(article, Article)
    assert SENTENCE in article.text


def test_html_believes_utf8_before_a_declaration(path: Path) -> None:
    article = only(path, PAGE.replace("utf-8", "windows-1252").encode())
    assert isinstance(article, Article)
    assert SENTENCE in article.text


def test_html_believes_a_declared_encoding_of_seven_bits(path: Path) -> None:
    words = "防衛大臣は、我々はイラクとともにあると述べた。"
    article = only(
        path,
        f'<html><head><meta charset="iso-2022-jp"></head><body><p>{words * 5}</p></body></html>'.encode("iso-2022-jp"),
    )
    assert isinstance(article, Article)
    assert words in article.text


@pytest.mark.parametrize("declared", ["klingon", "unicode_escape", "utf-7", "utf-8"])
def test_html_passes_over_a_declaration_that_is_no_encoding_of_the_web(path: Path, declared: str) -> None:
    article = only(path, PAGE.replace("utf-8", declared).encode())
    assert isinstance(article, Article)
    assert SENTENCE in article.text


def test_html_in_an_undeclared_encoding_names_the_cure(path: Path) -> None:
    outcome = only(path, PAGE.replace('<meta charset="utf-8">', "").encode("cp1252"))
    assert isinstance(outcome, Unreadable)
    assert isinstance(outcome.error, WrongEncoding)
    assert str(outcome.error) == (
        "page.html is not UTF-8 (line 8, byte 61, 0x93) but looks like cp1252; give `--encoding cp1252`."
    )
    assert isinstance(only(path, path.read_bytes(), encoding="cp1252"), Article)


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("The minister said no, without any markup.", "The minister said no, without any markup."),
        ("<div>" * 50_000 + "The minister said no.", "The minister said no."),
        ('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><html><p>&e; He said no.', "&e; He said no."),
        ('<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><html><body><p>&b; No.', "&b; No."),
    ],
    ids=["no markup", "deep", "external entity", "entity bomb"],
)
def test_html_without_a_recognised_article_gives_all_words(path: Path, page: str, text: str) -> None:
    article = only(path, page.encode())
    assert isinstance(article, Article)
    assert (article.text, article.reader) == (text, "html/all-words-1")


@pytest.mark.parametrize(
    "page", ["<html><head><title>Only a title</title></head></html>", "<script>alert('x')</script>", "<!-- words -->"]
)
def test_html_without_words_is_empty(path: Path, page: str) -> None:
    outcome = only(path, page.encode())
    assert isinstance(outcome, Unreadable)
    assert isinstance(outcome.error, EmptyInput)
    assert str(outcome.error) == (
        "page.html is a page without words; save the article's text as a .txt file and read that."
    )


def test_html_outlives_whatever_the_parser_raises(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import trafilatura

    def fail(*_: object, **__: object) -> None:
        raise RecursionError

    monkeypatch.setattr(trafilatura, "bare_extraction", fail)
    article = only(path, b"<p>The minister said no.</p>")
    assert isinstance(article, Article)
    assert (article.text, article.reader) == ("The minister said no.", "html/all-words-1")


def test_html_reads_in_silence(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        only(path, b"<title>Only a title</title>")
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []
