"""What is read from made-up pages in the shapes that news sites use (fixtures/pages/made.py)."""

from __future__ import annotations

import runpy
from pathlib import Path
from types import SimpleNamespace

import pytest

from quotes.readers.pages import read_page

MADE = SimpleNamespace(
    **runpy.run_path(str(Path(__file__).parents[2] / "fixtures" / "pages" / "made.py"), run_name="made")
)
PAGES = {made.name: made for made in MADE.pages()}


def test_pages_are_made_the_same_each_time() -> None:
    assert {made.name: made for made in MADE.pages()} == PAGES
    assert len(PAGES) >= 50


def test_pages_are_read_whole_and_without_furniture() -> None:
    scores = MADE.measure()
    text = scores["all"]["text"]
    assert text.precision > 0.999
    assert text.recall == 1.0
    told = {name: (score.precision, score.recall) for name, score in scores["all"].items() if name != "text"}
    assert told == dict.fromkeys(MADE.FIELDS, (1.0, 1.0))


def test_pages_of_shapes_that_were_not_seen_before_are_read_whole() -> None:
    scores = MADE.measure(MADE.UNSEEN)["all"]
    assert scores["text"].precision > 0.96
    assert scores["text"].recall == 1.0
    assert min(scores[name].precision for name in MADE.FIELDS) == 1.0


def test_pages_count_a_pull_quote_once_whatever_it_is_called() -> None:
    pulled = "We kept our word, and the work was worth it"
    story = f"<p>“{pulled},” the mayor said on Monday in the town hall.</p>{BODY}"
    block = f'<div class="x1"><p>“{pulled}.”</p></div>'
    page = read_page(f"<html><body><article>{story}{block}{BODY}</article></body></html>")
    assert page.text.count(pulled) == 1
    alone = read_page(f"<html><body><article>{BODY}{block}{BODY}</article></body></html>")
    assert alone.text.count(pulled) == 1


@pytest.mark.parametrize("name", PAGES)
def test_pages_keep_the_order_of_their_paragraphs(name: str) -> None:
    made = PAGES[name]
    text = " ".join(read_page(made.markup, address=made.address).text.split())
    places = [text.find(" ".join(paragraph.split())) for paragraph in made.paragraphs]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("name", ["paywall-1", "line-breaks-1", "tables-1", "json-ld-1"])
def test_pages_tell_what_they_lack(name: str) -> None:
    made = PAGES[name]
    assert read_page(made.markup, address=made.address).missing == made.missing


def test_pages_count_a_pull_quote_once_and_keep_other_block_quotes() -> None:
    made = PAGES["pull-quotes-1"]
    text = read_page(made.markup, address=made.address).text
    assert text.count("will have to wait for another winter") == 1
    assert "We regret the delay" in read_page(PAGES["block-quotes-1"].markup).text


def test_pages_tell_with_what_they_were_read() -> None:
    import htmldate
    import trafilatura

    page = read_page(PAGES["json-ld-1"].markup)
    assert page.reader == f"html/trafilatura-{trafilatura.__version__}+htmldate-{htmldate.__version__}+1"


BODY = "".join(
    f"<p>The harbour will open again in spring, the mayor said on day {number} of the talks.</p>" for number in range(8)
)


def facts(head: str, body: str = "", *, address: str | None = None):  # type: ignore[no-untyped-def]
    return read_page(
        f"<html><head>{head}</head><body><article>{body}{BODY}</article></body></html>", address=address
    ).metadata


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("By Ana Lopez", ("Ana Lopez",)),
        ("By Ana Lopez and Jon Baker in Riverton", ("Ana Lopez", "Jon Baker")),
        ("Words by ANA LOPEZ, Jon Baker &amp; Li Wei", ("ANA LOPEZ", "Jon Baker", "Li Wei")),
        ("Ana Lopez, political correspondent", ("Ana Lopez",)),
        ("By https://news.example/people/ana", ()),
    ],
)
def test_pages_have_the_names_of_their_bylines(byline: str, authors: tuple[str, ...]) -> None:
    assert facts("", f'<div class="byline">{byline}</div>').authors == authors


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2024-05-06T10:30:00.123Z", "2024-05-06T10:30:00Z"),
        ("2024-05-06T10:30:00+02:00", "2024-05-06T10:30:00+02:00"),
        ("2024-05-06 10:30:00 UTC", "2024-05-06T10:30:00Z"),
        ("2024-05-06", "2024-05-06"),
        ("soon", None),
        ("2024-13-45", None),
    ],
)
def test_pages_have_dates_as_exact_as_they_tell_them(date: str, expected: str | None) -> None:
    assert facts(f'<meta property="article:published_time" content="{date}">').published == expected


def test_pages_were_updated_only_after_they_were_published() -> None:
    times = [
        f'<meta property="article:{name}_time" content="2024-05-06T10:30:00Z">' for name in ("published", "modified")
    ]
    assert facts("".join(times)).updated is None


def test_pages_take_their_outlet_from_the_host_where_they_do_not_tell_it() -> None:
    assert facts("", address="https://www.news.example/a").outlet == "news.example"


def test_pages_find_a_correction_outside_the_article() -> None:
    notice = "Correction: the bridge opened in 1998."
    page = read_page(f"<html><body><article>{BODY}</article><footer><p>{notice}</p></footer></body></html>")
    assert page.correction == notice
