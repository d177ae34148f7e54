from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.addresses import is_web_address, of_one_site, same_address

KEY = "https://news.example/2024/05/road-open"


@pytest.mark.parametrize(
    "url",
    [
        "http://news.example/2024/05/road-open",
        "HTTPS://WWW.News.Example:443/2024/05/road-open/",
        "https://m.news.example/2024/05/road-open",
        "https://mobile.news.example/2024/05/road-open?utm_source=x&utm_medium=social",
        "https://amp.news.example/2024/05/road-open",
        "https://news.example/amp/2024/05/road-open",
        "https://news.example/2024/05/road-open/amp/",
        "https://news.example/2024/05/road-open?amp=1&fbclid=abc",
        "https://news.example/2024/05/road-open?outputType=amp",
        "https://news.example/2024/05/road-open.amp",
        "https://news.example/2024/05/road-open/print",
        "https://news.example/print/2024/05/road-open?print=true",
        "https://news.example/2024/./x/../05//road-open/index.html",
        "https://news.example/2024/05/road-open#comments",
        "https://reader:secret@news.example/2024/05/road-open",
        "https://news.example./2024/05/road%2Dopen",
        "https://www.google.com/amp/s/www.news.example/2024/05/road-open",
        "https://news-example.cdn.ampproject.org/c/s/news.example/2024/05/road-open?amp",
        " https://news.example/2024/05/road-open ",
    ],
)
def test_addresses_of_one_page_share_a_key(url: str) -> None:
    assert same_address(url) == KEY


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("https://news.example/story?id=1", "https://news.example/story?id=2"),
        ("https://news.example/?p=1", "https://news.example/?p=2"),
        ("https://news.example/story?cid=1", "https://news.example/story"),
        ("https://news.example/story?page=2", "https://news.example/story"),
        ("https://news.example/story?amp=3", "https://news.example/story"),
        ("https://news.example/Story", "https://news.example/story"),
        ("https://news.example/amp", "https://news.example/print"),
        ("https://news.example:8080/story", "https://news.example/story"),
        ("https://uk.news.example/story", "https://news.example/story"),
        ("https://amp.example/story", "https://example/story"),
    ],
)
def test_addresses_that_may_be_of_two_articles_stay_apart(a: str, b: str) -> None:
    assert same_address(a) != same_address(b)


def test_addresses_keep_the_order_of_parameters_out_of_the_key() -> None:
    assert same_address("http://a.example/x?b=2&a=1") == same_address("https://a.example/x?a=1&b=2&ref=home")


@pytest.mark.parametrize("name", ["urn:isbn:1", "text:sha256:00", "news/a.txt", "http://[/", "ftp://a.example/x", ""])
def test_addresses_that_are_not_of_the_web_stay_as_they_are(name: str) -> None:
    assert same_address(name) == name


def test_addresses_in_other_scripts_have_one_form() -> None:
    assert same_address("http://bücher.example/ä b") == "https://xn--bcher-kva.example/%C3%A4%20b"
    assert same_address("http://xn--bcher-kva.example/%c3%a4%20b") == "https://xn--bcher-kva.example/%C3%A4%20b"


part = st.text("aAzé/.?&=#%:@[]0amp1print-_", max_size=25)


@given(part, part)
def test_addresses_have_a_key_that_is_its_own_key(host: str, rest: str) -> None:
    key = same_address(f"http://{host}.example/{rest}")
    assert same_address(key) == key


def test_addresses_of_one_site_are_told_by_their_hosts() -> None:
    assert of_one_site("https://www.news.example/a", "http://amp.news.example/b")
    assert of_one_site("https://news.example/a", "https://blogs.news.example/b")
    assert not of_one_site("https://news.example/a", "https://othernews.example/a")
    assert not of_one_site("https://news.example/a", "no address")


def test_addresses_of_the_web_are_told_by_their_beginning() -> None:
    assert [is_web_address(name) for name in ("http://a", "HTTPS://a", "httpx://a", "a.html")] == [
        True,
        True,
        False,
        False,
    ]
