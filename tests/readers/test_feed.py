from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.model import Article
from quotes.readers import Skipped
from quotes.readers.feed import read_xml
from quotes.readers.metadata import UNKNOWN
from quotes.readers.outcome import Elsewhere
from quotes.readers.source import Options, Source

if TYPE_CHECKING:
    from pathlib import Path
    from types import SimpleNamespace

    from quotes.readers import Outcome


def read_file(path: Path) -> list[Outcome | Elsewhere]:
    """What the reader of feeds makes of a file, before anything is looked for at the addresses in it."""
    return list(read_xml(Source.named(path), Options(), UNKNOWN))


CONTENT = "xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:dc='http://purl.org/dc/elements/1.1/'"


def rss(making: SimpleNamespace) -> str:
    whole = "".join(f"<p>{part}</p>" for part in making.STORY)
    return (
        f"<?xml version='1.0' encoding='utf-8'?><rss version='2.0' {CONTENT}><channel><title>Radio Coast</title>"
        "<item><title>Bridge closed</title><link>https://example.org/1</link><guid>g1</guid>"
        "<dc:creator>Bo Li</dc:creator><pubDate>Sat, 04 May 2024 08:00:00 GMT</pubDate>"
        "<description>A teaser.</description>"
        f"<content:encoded><![CDATA[{whole}]]></content:encoded></item>"
        "<item><title>More</title><link>https://example.org/2</link><description>A teaser.</description></item>"
        "<item><title>Nowhere</title><description>A teaser.</description></item></channel></rss>"
    )


def test_feed_gives_entries_that_hold_their_text_and_goes_to_the_others(making: SimpleNamespace, here: Path) -> None:
    (here / "a.rss").write_text(rss(making))
    article, elsewhere, nowhere = read_file(here / "a.rss")
    assert isinstance(article, Article)
    assert (article.text, article.title, article.url) == (making.TEXT, "Bridge closed", "https://example.org/1")
    assert (article.outlet, article.published, article.authors) == (
        "Radio Coast",
        "2024-05-04T08:00:00+00:00",
        ("Bo Li",),
    )
    assert (article.name, article.path) == ("g1", f"{here}/a.rss/g1")
    assert elsewhere == Elsewhere("https://example.org/2")
    assert nowhere == Skipped(f"entry 3 of {here}/a.rss", "without text or address")


def test_feed_that_is_stored_is_passed_by(making: SimpleNamespace, here: Path) -> None:
    whole, _, rest = rss(making).partition("</item>")
    (here / "a.rss").write_text(f"{whole}</item></channel></rss>")
    assert rest
    making.again(here / "a.rss")


def test_feed_in_atom_is_read_alike(making: SimpleNamespace, here: Path) -> None:
    (here / "a.xml").write_text(
        "<!-- made by hand --><feed xmlns='http://www.w3.org/2005/Atom'><title>Radio Coast</title><entry><id>e1</id>"
        "<title>Bridge closed</title><link href='https://example.org/1'/><updated>2024-05-04T08:00:00Z</updated>"
        f"<content type='text'>{making.TEXT}</content></entry></feed>"
    )
    [article] = making.articles("a.xml")
    assert (article.name, article.updated, article.url) == ("e1", "2024-05-04T08:00:00Z", "https://example.org/1")


def test_sitemap_leads_to_its_addresses(here: Path) -> None:
    (here / "a.xml").write_text(
        "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc> https://example.org/1 </loc></url>"
        "<url><loc>https://example.org/2</loc></url></urlset>"
    )
    assert read_file(here / "a.xml") == [Elsewhere("https://example.org/1"), Elsewhere("https://example.org/2")]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", "a.xml is empty; put a feed or a sitemap into it or leave it out."),
        (
            "<html><p>Words</p></html>",
            "a.xml is neither a feed (RSS, Atom) nor a sitemap; save its text as a .txt file and read that.",
        ),
        ("<rss><channel></channel></rss>", "a.xml is a feed without entries; fetch it again or leave it out."),
        ("<rss><chan", "a.xml is a damaged feed; fetch it again or leave it out."),
        ("<urlset><url>", "a.xml is a sitemap without a web address; fetch it again or leave it out."),
        ("<urlset></urlset>", "a.xml is a sitemap without a web address; fetch it again or leave it out."),
    ],
)
def test_feed_that_is_none_says_so(making: SimpleNamespace, here: Path, content: str, expected: str) -> None:
    (here / "a.xml").write_text(content)
    assert making.messages("a.xml") == [expected]


def test_sitemap_opens_no_file_that_it_names(making: SimpleNamespace, here: Path) -> None:
    (here / "secret.txt").write_text("https://example.org/secret")
    (here / "a.xml").write_text(
        f"<!DOCTYPE urlset [<!ENTITY x SYSTEM 'file://{here}/secret.txt'>]><urlset><url><loc>&x;</loc></url></urlset>"
    )
    assert making.messages("a.xml") == ["a.xml is a sitemap without a web address; fetch it again or leave it out."]
