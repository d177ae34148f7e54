from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.readers.entries import Entry, feed_entries, looks_like, read_sitemap
from quotes.readers.metadata import Metadata

if TYPE_CHECKING:
    from pathlib import Path

FEED = "https://news.example/feed"
RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>
<item><title>Road &amp; bridge</title><link>https://news.example/a?utm_source=rss</link>
<pubDate>Mon, 06 May 2024 12:30:00 +0200</pubDate><author>Ana Lopez</author></item>
<item><title>Second</title><link>/b</link></item>
<item><title>The first again</title><link>http://www.news.example/a</link></item>
<item><title>No address</title></item>
<item><title>A script</title><link>javascript:alert(1)</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><entry><title>Road</title>
<link rel="alternate" href="https://news.example/a"/><id>urn:1</id><updated>2024-05-06T10:30:00Z</updated>
<published>2024-05-05T08:00:00Z</published><author><name>Ana Lopez</name></author></entry></feed>"""


def test_entries_of_rss_are_each_there_once() -> None:
    assert feed_entries(RSS.encode(), FEED) == [
        Entry(
            "https://news.example/a?utm_source=rss",
            Metadata(title="Road & bridge", published="2024-05-06T10:30:00Z", authors=("Ana Lopez",)),
        ),
        Entry("https://news.example/b", Metadata(title="Second")),
    ]


def test_entries_of_atom_tell_of_updates() -> None:
    [entry] = feed_entries(ATOM.encode(), FEED)
    assert entry.known == Metadata(
        title="Road", published="2024-05-05T08:00:00Z", updated="2024-05-06T10:30:00Z", authors=("Ana Lopez",)
    )


@pytest.mark.parametrize(
    "data", [b"", b"\x00\xff", b"<rss>", b"<html><body>Not found</body></html>", b"http://a.example/"]
)
def test_entries_of_what_is_no_feed_are_none(data: bytes) -> None:
    assert feed_entries(data, FEED) == []


def test_entries_open_nothing_that_a_feed_names(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hidden words")
    entity = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]>'
    feed = RSS.replace("<rss ", f"{entity}<rss ").replace("Second", "&x;")
    assert "hidden" not in str(feed_entries(feed.encode(), FEED))
    assert feed_entries(str(secret).encode(), FEED) == []


def test_entries_survive_a_bomb_of_entities() -> None:
    bomb = (
        '<!DOCTYPE rss [<!ENTITY a "ha">'
        + "".join(f'<!ENTITY {name} "{f"&{inner};" * 10}">' for inner, name in zip("abcdefgh", "bcdefghi", strict=True))
        + "]>"
    )
    for read in (feed_entries, read_sitemap):
        read(RSS.replace("<rss ", f"{bomb}<rss ").replace("Second", "&i;").encode(), FEED)


def test_entries_of_a_sitemap_tell_of_news() -> None:
    sitemap = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
    xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc> https://news.example/a </loc>
    <lastmod>2024-05-06</lastmod><news:news><news:publication><news:name>Daily</news:name>
    <news:language>en</news:language></news:publication><news:publication_date>2024-05-05T08:00:00Z</news:publication_date>
    <news:title>Road</news:title></news:news></url><url><loc>ftp://news.example/b</loc></url><url></url></urlset>"""
    known = Metadata(
        title="Road", outlet="Daily", language="en", published="2024-05-05T08:00:00Z", updated="2024-05-06"
    )
    found = read_sitemap(sitemap.encode(), FEED)
    assert (found.entries, found.sitemaps) == ((Entry("https://news.example/a", known),), ())


def test_entries_of_an_index_are_sitemaps() -> None:
    index = "<sitemapindex><sitemap><loc>/one.xml</loc></sitemap><sitemap><loc>/one.xml</loc></sitemap></sitemapindex>"
    found = read_sitemap(index.encode(), "https://news.example/sitemap.xml")
    assert (found.entries, found.sitemaps) == ((), ("https://news.example/one.xml",))


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (RSS.encode(), "feed"),
        (b"\xef\xbb\xbf" + ATOM.encode(), "feed"),
        (b"<!-- a --><?xml-stylesheet href='x'?>\n<rdf:RDF>", "feed"),
        (b"<?xml version='1.0'?><urlset>", "sitemap"),
        (b"<sitemapindex>", "sitemap"),
        (b"<!DOCTYPE html><html><body><p>&lt;rss", None),
        (b"<html><rss>", None),
        (b"", None),
    ],
)
def test_entries_know_feeds_by_their_first_element(data: bytes, kind: str | None) -> None:
    assert looks_like(data) == kind
