"""Feeds (RSS, Atom), by feedparser, and sitemaps, as files: what a feed holds in full, and where the rest is."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from quotes.addresses import is_web_address
from quotes.dates import iso_date
from quotes.errors import EmptyInput, NotText
from quotes.model import Article, Probe
from quotes.readers.decoding import has_words, to_scalars
from quotes.readers.entries import looks_like, read_sitemap
from quotes.readers.markup import all_words
from quotes.readers.metadata import Metadata
from quotes.readers.outcome import Elsewhere, Outcome, Skipped, Unchanged
from quotes.readers.records import as_file_name
from quotes.readers.source import escaped, read_file
from quotes.text import hash_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotes.readers.source import Options, Source

READER = "feed/1"

FULL_TEXT = 600
"""Characters from which a summary is taken for the article itself; teasers have two or three sentences."""


def read_xml(source: Source, options: Options, known: Metadata) -> Iterator[Outcome | Elsewhere]:
    """The articles of a feed or a sitemap; raises InputError.

    An entry that holds its text is an article; of one with a teaser alone, and of a sitemap, the address is Elsewhere.
    """
    data = read_file(source, options.max_bytes)
    if not data.strip():
        raise EmptyInput(f"{source.shown} is empty; put a feed or a sitemap into it or leave it out.")
    kind = looks_like(data)
    if kind == "sitemap":
        yield from _read_sitemap(data, source)
    elif kind == "feed":
        yield from _read_feed(data, source, options, known)
    else:
        raise NotText(
            f"{source.shown} is neither a feed (RSS, Atom) nor a sitemap; save its text as a .txt file and read that."
        )


def _read_sitemap(data: bytes, source: Source) -> Iterator[Elsewhere]:
    found = read_sitemap(data, "")
    addresses = [*found.sitemaps, *(entry.url for entry in found.entries)]
    if not addresses:
        raise EmptyInput(f"{source.shown} is a sitemap without a web address; fetch it again or leave it out.")
    yield from map(Elsewhere, addresses)


def _read_feed(data: bytes, source: Source, options: Options, known: Metadata) -> Iterator[Outcome | Elsewhere]:
    import feedparser

    feed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not feed.entries:
        fault = "a damaged feed" if feed.bozo else "a feed without entries"
        raise EmptyInput(f"{source.shown} is {fault}; fetch it again or leave it out.")
    outlet = _clean(feed.feed.get("title"))
    for number, entry in enumerate(feed.entries, 1):
        about = known.completed_by(Metadata(outlet=outlet))
        yield _entry(entry, source, options, about, number=number)


def _entry(entry: Any, source: Source, options: Options, known: Metadata, *, number: int) -> Outcome | Elsewhere:  # noqa: ANN401 - feedparser's own value
    url = _clean(entry.get("link"))
    own = Metadata(
        url=url if url and is_web_address(url) else None,
        title=_clean(entry.get("title")),
        published=iso_date(_clean(entry.get("published")) or ""),
        # feedparser's own way to a key tells `published` for an `updated` that is not there
        updated=iso_date(_clean(dict.get(entry, "updated")) or ""),
        authors=tuple(filter(None, (_clean(author.get("name")) for author in entry.get("authors", ())))),
    )
    markup = _text(entry)
    text, replaced = to_scalars(all_words(markup))
    if not has_words(text):
        return (
            Elsewhere(own.url) if own.url else Skipped(f"entry {number:,} of {source.shown}", "without text or address")
        )
    name = _clean(entry.get("id")) or own.url or hash_text(text).partition(":")[2][:12]
    path, raw_hash = f"{source.address()}/{as_file_name(name)}", hash_text(to_scalars(markup).text)
    about = own.completed_by(known)
    if options.is_stored(Probe(path=path, raw_hash=raw_hash, readers=(READER,), known=about.as_dict())):
        return Unchanged(escaped(name))
    return Article(
        text=text, name=name, path=path, raw_hash=raw_hash, reader=READER, replaced=replaced, **about.as_dict()
    )


def _text(entry: Any) -> str:  # noqa: ANN401 - feedparser's own value
    """The markup of the entry's text; "" for one of a teaser alone."""
    contents = [content.get("value") or "" for content in entry.get("content", ())]
    if any(map(has_words, map(all_words, contents))):
        return max(contents, key=len)
    summary = entry.get("summary") or ""
    return summary if len(all_words(summary)) >= FULL_TEXT else ""


def _clean(value: object) -> str | None:
    return to_scalars(str(value)).text.strip() or None if value else None
