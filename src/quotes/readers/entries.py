"""The articles that a feed or a sitemap lists, with what it tells of each."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from quotes.addresses import is_web_address, same_address
from quotes.dates import is_iso_date
from quotes.readers.decoding import to_scalars
from quotes.readers.metadata import UNKNOWN, Metadata
from quotes.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from time import struct_time

_HEAD = 4096
_MARKUP_BEFORE = re.compile(rb"\s*(?:<\?[^>]*>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[[^\]]*\])?[^>]*>|\s)*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Entry:
    """An article's address and what its list tells of it."""

    url: str
    known: Metadata = field(default=UNKNOWN)


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What a sitemap lists: articles, and other sitemaps."""

    entries: tuple[Entry, ...]
    sitemaps: tuple[str, ...]


def looks_like(data: bytes) -> str | None:
    """What the XML is by its first element, "feed" or "sitemap"; None for anything else."""
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf")
    begin = _MARKUP_BEFORE.match(head)
    head = head[begin.end() if begin else 0 :].lower()
    if head.startswith((b"<rss", b"<feed", b"<rdf:rdf")):
        return "feed"
    return "sitemap" if head.startswith((b"<urlset", b"<sitemapindex")) else None


def feed_entries(data: bytes, url: str) -> list[Entry]:
    """The entries of an RSS or Atom feed in its order, each address once; what is broken in it is passed over."""
    import feedparser

    # a stream, since bytes that look like an address or a path would be opened
    parsed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    found = (_entry(entry, url) for entry in parsed.entries)
    return _each_once(entry for entry in found if entry)


def read_sitemap(data: bytes, url: str) -> Sitemap:
    """A sitemap or an index of them; what is broken in it is passed over."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)
    root = etree.fromstring(data, parser)
    if root is None:
        return Sitemap((), ())
    # many a sitemap leaves its name space out
    sitemaps = [urljoin(url, place) for node in root.iter("{*}sitemap") if (place := _text(node, "loc"))]
    listed = ((node, _text(node, "loc")) for node in root.iter("{*}url"))
    entries = (Entry(urljoin(url, place), _news(node)) for node, place in listed if place)
    return Sitemap(
        tuple(_each_once(entry for entry in entries if is_web_address(entry.url))),
        tuple(dict.fromkeys(address for address in sitemaps if is_web_address(address))),
    )


def _entry(entry: Any, base: str) -> Entry | None:  # noqa: ANN401 - feedparser's own value
    link = entry.get("feedburner_origlink") or entry.get("link") or ""
    if not link and is_web_address(str(entry.get("id", ""))):
        link = entry["id"]
    url = urljoin(base, to_scalars(str(link).strip()).text) if link else ""
    if not is_web_address(url):
        return None
    authors = [str(author.get("name", "")) for author in entry.get("authors", [])]
    known = Metadata(
        title=_line(entry.get("title")),
        # dict's own: feedparser's gives one where the other is missing
        published=_date(dict.get(entry, "published_parsed")),
        updated=_date(dict.get(entry, "updated_parsed")),
        authors=tuple(dict.fromkeys(filter(None, map(_line, authors)))),
    )
    return Entry(url, known)


def _news(node: Any) -> Metadata:  # noqa: ANN401 - lxml's own value
    updated = _text(node, "lastmod")
    published = _text(node, "news/publication_date")
    return Metadata(
        title=_text(node, "news/title") or None,
        outlet=_text(node, "news/publication/name") or None,
        language=_text(node, "news/publication/language") or None,
        published=published if is_iso_date(published) else None,
        updated=updated if is_iso_date(updated) else None,
    )


def _text(node: Any, path: str) -> str:  # noqa: ANN401 - lxml's own value
    found = node.find("/".join(f"{{*}}{name}" for name in path.split("/")))
    return "" if found is None else one_line(to_scalars(found.text or "").text)


def _line(text: object) -> str | None:
    return one_line(to_scalars(str(text)).text) or None if text else None


def _date(moment: struct_time | None) -> str | None:
    """A date and time in UTC, of feedparser's; feeds hold impossible ones too."""
    if moment is None:
        return None
    try:
        return datetime(*moment[:6], tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except ValueError:
        return None


def _each_once(entries: Iterator[Entry]) -> list[Entry]:
    found: dict[str, Entry] = {}
    for entry in entries:
        found.setdefault(same_address(entry.url), entry)
    return list(found.values())
