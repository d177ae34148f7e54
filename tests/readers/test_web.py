from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from quotes.model import Article, Fetched
from quotes.readers import Unchanged, Unreadable, read
from quotes.readers.settings import Web

if TYPE_CHECKING:
    from collections.abc import Callable

WORDS = "The minister said “we won’t go there” to reporters, adding that the plan remains under review"
STORY = "".join(f"<p>{WORDS}, part {number}.</p>" for number in range(6))


def page(title: str = "Minister refuses trip", head: str = "", story: str = STORY) -> str:
    return (
        f'<!DOCTYPE html><html lang="en-GB"><head><title>{title}</title>'
        f'<meta property="og:site_name" content="The Daily Test"><meta property="og:title" content="{title}">{head}'
        f"</head><body><article><h1>{title}</h1>{story}</article></body></html>"
    )


@pytest.fixture
def here(server) -> Callable[[str], str]:
    return lambda path: server(path, host="127.0.0.1")


@pytest.fixture
def outcomes(here):
    def of(*paths, keep_bytes=False, max_bytes=1_000_000, **settings):
        web = Web(allow_private=True, delay=0, timeout=20, **settings)
        return list(read([here(path) for path in paths], web=web, keep_bytes=keep_bytes, max_bytes=max_bytes))

    return of


def test_web_reads_a_page(outcomes, server, here):
    server.routes["/2024/story"] = (200, {"ETag": '"1"', "Last-Modified": "yesterday"}, page())
    [article] = outcomes("/2024/story")
    assert (article.title, article.outlet, article.language) == ("Minister refuses trip", "The Daily Test", "en-GB")
    assert (article.url, article.name, article.path) == (here("/2024/story"), "story", None)
    assert article.missing == ("authors", "published")
    assert article.fetched == Fetched(url=here("/2024/story"), status=200, etag='"1"', last_modified="yesterday")
    assert "part 5." in article.text
    assert article.original is None


def test_web_keeps_the_bytes_where_asked(outcomes, server):
    server.routes["/a"] = page()
    [article] = outcomes("/a", keep_bytes=True)
    assert article.original == page().encode()


def test_web_believes_a_canonical_address_of_the_same_site(outcomes, server, here):
    server.routes["/amp/a"] = page(head=f'<link rel="canonical" href="{here("/a")}">')
    [article] = outcomes("/amp/a")
    assert article.url == here("/a")
    assert article.fetched.url == here("/amp/a")


@pytest.mark.parametrize("canonical", ["https://other.example/a", "/", "javascript:x", "http://[/", ""])
def test_web_believes_no_other_canonical_address(outcomes, server, here, canonical):
    server.routes["/a"] = page(head=f'<link rel="canonical" href="{canonical}">')
    [article] = outcomes("/a")
    assert article.url == here("/a")


def test_web_asks_for_nothing_but_news_of_what_it_knows(outcomes, server, here):
    server.routes["/a"] = (304, {}, b"")
    known = Fetched(url=here("/a"), status=200, location="https://127.0.0.1/a", etag='"1"')
    told = []
    found = outcomes("/a", recall=lambda url: known if url == here("/a") else None, remember=told.append)
    assert found == [Unchanged(here("/a"))]
    assert told == [Fetched(url=here("/a"), status=304, location="https://127.0.0.1/a", etag='"1"')]


def test_web_remembers_failures(outcomes, here):
    told = []
    [outcome] = outcomes("/gone", remember=told.append)
    assert str(outcome.error) == f"{here('/gone')} answers 404 (not found); check the address."
    assert told == [Fetched(url=here("/gone"), status=404, error=str(outcome.error))]


def test_web_reads_the_articles_of_a_feed_as_they_come(server, here):
    feed = f"""<rss version="2.0"><channel><item><title>First</title><link>{here("/1")}</link><author>Ana Lopez</author>
    <pubDate>Mon, 06 May 2024 10:00:00 GMT</pubDate></item><item><link>{here("/gone")}</link></item>
    <item><link>{here("/2")}</link></item></channel></rss>"""
    server.routes |= {
        "/feed": (200, {"Content-Type": "application/rss+xml"}, feed),
        "/1": page("One"),
        "/2": page("Two"),
    }
    reading = read([here("/feed")], web=Web(allow_private=True, delay=0))
    first = next(reading)
    assert isinstance(first, Article)
    assert (first.title, first.published, first.authors) == ("One", "2024-05-06T10:00:00Z", ("Ana Lopez",))
    assert first.missing == ()
    assert server.paths == ["/feed", "/1"]
    gone, second = reading
    assert isinstance(gone, Unreadable)
    assert isinstance(second, Article)
    assert second.title == "Two"


def test_web_reads_the_first_of_a_feed_where_asked(outcomes, server, here):
    items = "".join(f"<item><link>{here(f'/{i}')}</link></item>" for i in range(5))
    server.routes |= {"/feed": (200, {"Content-Type": "text/xml"}, f"<rss><channel>{items}</channel></rss>")}
    server.routes |= {f"/{i}": page(f"Number {i}") for i in range(5)}
    assert [article.title for article in outcomes("/feed", most=2)] == ["Number 0", "Number 1"]


@pytest.mark.parametrize("packed", [False, True])
def test_web_reads_sitemaps_however_they_lead_to_one_another(outcomes, server, here, packed):
    def listing(*paths, kind="sitemap"):
        inner = "".join(f"<{kind}><loc>{here(path)}</loc></{kind}>" for path in paths)
        outer = "sitemapindex" if kind == "sitemap" else "urlset"
        data = f"<{outer}>{inner}</{outer}>".encode()
        return (200, {"Content-Type": "application/x-gzip"}, gzip.compress(data)) if packed else (
            200, {"Content-Type": "application/xml"}, data,
        )  # fmt: skip

    server.routes |= {
        "/index.xml": listing("/index.xml", "/one.xml", "/two.xml", "/gone.html"),
        "/one.xml": listing("/a", kind="url"),
        "/two.xml": listing("/index.xml", "/one.xml"),
        "/gone.html": page(),
        "/a": page("In the map"),
    }
    assert [article.title for article in outcomes("/index.xml")] == ["In the map"]


def test_web_reads_plain_text(outcomes, server, here):
    server.routes["/a.txt"] = (200, {"Content-Type": "text/plain; charset=iso-8859-1"}, f"{WORDS}.".encode("cp1252"))
    [article] = outcomes("/a.txt")
    assert (article.text, article.reader, article.url) == (f"{WORDS}.", "text/1", here("/a.txt"))


@pytest.mark.parametrize(
    ("content_type", "body", "what"),
    [
        ("application/pdf", b"%PDF-1.7", "application/pdf"),
        ("image/png", b"\x89PNG", "image/png"),
        ("application/json", b"{}", "application/json"),
        (None, b"words", "of an untold type"),
        ("application/octet-stream", b"words", "application/octet-stream"),
    ],
)
def test_web_reads_nothing_of_another_type(outcomes, server, here, content_type, body, what):
    server.routes["/a"] = (200, {"Content-Type": content_type}, body)
    [outcome] = outcomes("/a")
    assert str(outcome.error) == (f"{here('/a')} is {what}, not a page, feed or sitemap; download it and add the file.")


def test_web_tells_a_document_that_is_called_a_page(outcomes, server):
    server.routes["/a"] = b"%PDF-1.7 \xff\xfe"
    [outcome] = outcomes("/a")
    assert "is a PDF document, not text" in str(outcome.error)


def test_web_takes_a_page_of_an_untold_type_for_one(outcomes, server):
    server.routes["/a"] = (200, {"Content-Type": None}, page())
    [article] = outcomes("/a")
    assert article.title == "Minister refuses trip"


def test_web_replaces_bytes_that_are_no_text(outcomes, server):
    server.routes["/a"] = (
        page(story=STORY + "<p>It cost five \x00 in the end.</p>").encode().replace(b"\x00", b"\x80\xff")
    )
    [article] = outcomes("/a")
    assert "It cost five \ufffd\ufffd in the end." in article.text
    assert article.replaced == 2


@pytest.mark.parametrize(("declared", "sent"), [("windows-1252", "cp1252"), ("klingon", "utf-8"), ("utf-8", "cp1252")])
def test_web_reads_the_encoding_that_the_bytes_have(outcomes, server, declared, sent):
    body = page(head=f'<meta charset="{sent}">').encode(sent)
    server.routes["/a"] = (200, {"Content-Type": f"text/html; charset={declared}"}, body)
    [article] = outcomes("/a")
    assert WORDS in article.text


# hostile pages


def test_web_follows_a_page_that_sends_on_at_once(outcomes, server, here):
    server.routes["/short"] = '<html><head><meta http-equiv="refresh" content="0; url=/long?a=1&amp;b=2"></head></html>'
    server.routes["/long?a=1&b=2"] = page()
    [article] = outcomes("/short")
    assert (article.url, article.fetched.url) == (here("/long?a=1&b=2"), here("/short"))


def test_web_is_sent_round_in_no_circle(outcomes, server, here):
    for path, target in (("/a", "/b"), ("/b", "/a")):
        server.routes[path] = f"<meta http-equiv=refresh content='0;url={target}'>"
    [outcome] = outcomes("/a")
    assert str(outcome.error) == f"{here('/a')} sends browsers on and on; look it up in a browser."
    assert len(server.paths) == 4


def test_web_stays_on_a_page_with_an_article(outcomes, server):
    server.routes["/a"] = page(head='<meta http-equiv="refresh" content="0; url=/b">')
    [article] = outcomes("/a")
    assert article.title == "Minister refuses trip"


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 30_000 + f"<p>{WORDS}.</p>",
        "<p>" + "<b>" * 30_000 + f"{WORDS}.",
        f"<p>{WORDS}.</p>" + "<a href=x>" * 20_000,
        f"<p>{WORDS}.</p><script>" + "while(1);" * 20_000,
        f"<!--{'-' * 100_000}<p>{WORDS}.</p>",
        f"<p title='{'&#0;' * 20_000}'>{WORDS}.</p>",
        f"<meta content='{'<' * 50_000}'><p>{WORDS}.</p>",
        f'<script type="application/ld+json">{"[" * 50_000}</script><p>{WORDS}.</p>',
        f'<script type="application/ld+json">{{"@type": "Article", "author": 5}}</script><p>{WORDS}.</p>',
    ],
    ids=["deep", "deep inline", "links", "script", "comment", "entities", "angles", "brackets", "odd facts"],
)
def test_web_survives_hostile_pages(outcomes, server, body):
    server.routes["/a"] = f"<html><body>{body}</body></html>"
    [outcome] = outcomes("/a")
    assert isinstance(outcome, Article | Unreadable)
    assert "while(1)" not in getattr(outcome, "text", "")


def test_web_refuses_a_page_over_the_limit(outcomes, server, here):
    server.routes["/a"] = page(story=STORY * 50)
    [outcome] = outcomes("/a", max_bytes=5_000)
    assert str(outcome.error) == f"{here('/a')} has over 5,000 bytes, the limit; raise it with `--max-size`."


def test_web_reads_nothing_of_this_machine_unless_it_may(server, here):
    server.routes["/a"] = page()
    [outcome] = read([here("/a")], web=Web(delay=0))
    assert isinstance(outcome, Unreadable)
    assert str(outcome.error) == (
        "127.0.0.1 is at 127.0.0.1, which is no address of the public internet; "
        "give `--allow-private` if you mean to read from there."
    )
    assert server.requests == []
