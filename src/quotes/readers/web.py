"""Addresses in, articles out: pages, feeds and sitemaps of the web."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from http import HTTPStatus
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from quotes.addresses import same_address
from quotes.errors import EmptyInput, FetchFailed, InputError, NotText, WrongEncoding
from quotes.model import Article, Fetched
from quotes.readers.closing import Closing
from quotes.readers.decoding import decode, has_words, to_scalars
from quotes.readers.entries import Entry, feed_entries, looks_like, read_sitemap
from quotes.readers.fetching import Fetcher, Refusal
from quotes.readers.html import decode_page, web_encoding
from quotes.readers.markup import all_words
from quotes.readers.metadata import UNKNOWN, Metadata
from quotes.readers.outcome import Outcome, Unchanged, Unreadable
from quotes.readers.pages import read_page
from quotes.readers.plain import READER as PLAIN
from quotes.readers.source import escaped, storable
from quotes.readers.unpacking import Unpacked, Unpacker
from quotes.text import hash_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotes.readers.decoding import Decoded
    from quotes.readers.fetching import Response
    from quotes.readers.settings import Web
    from quotes.readers.source import Options

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_XML = frozenset({"application/xml", "text/xml", "application/rss+xml", "application/atom+xml", "application/rdf+xml"})
_GZIP = frozenset({"application/gzip", "application/x-gzip", "application/octet-stream", "binary/octet-stream"})
_UNTOLD = frozenset({"", "application/octet-stream", "binary/octet-stream", "text/plain"})
_MOST_SITEMAPS = 500
_LARGEST_SITEMAP = 52_428_800  # the protocol's own limit
_MOST_REFRESHES = 3
_FEW_WORDS = 60
_REFRESH = re.compile(
    r"""<meta\s[^>]*http-equiv\s*=\s*["']?refresh\b[^>]*?content\s*=\s*["']?\s*(\d+)[^>]*?url\s*=\s*['"]?([^"'>\s]+)""",
    re.IGNORECASE,
)
_SOON = 5


@dataclass(frozen=True, slots=True)
class Listing:
    """What a feed or sitemap lists, and how it came, to be remembered once all of it has been read."""

    entries: list[Entry]
    fetched: Fetched


class WebReader(Closing):
    """Reads what stands at addresses, one after the other with one set of manners; a context manager."""

    def __init__(self, options: Options, web: Web, *, fetcher: Fetcher | None = None) -> None:
        self._options = options
        self._web = web
        self._fetcher = fetcher or Fetcher(web, max_bytes=options.max_bytes)

    def read(self, url: str, known: Metadata = UNKNOWN) -> Iterator[Outcome]:
        """The article of a page, or those of a feed or sitemap as they are found; raises InputError.

        What the page tells of itself outranks what is `known` from where it is listed. A page that has not changed
        since it was last read is an `Unchanged`, and an article of a feed that fails an `Unreadable`.
        """
        answer = self._answer(url)
        if isinstance(answer, Unchanged):
            yield answer
            return
        kind, response = answer
        if kind == "feed":
            yield from self._each(feed_entries(response.data, response.url), url)
            self._web.remember(Fetched(url=url, status=response.status))
        elif kind == "sitemap":
            yield from self._sitemap(response)
            self._web.remember(Fetched(url=url, status=response.status))
        else:
            yield self._article(kind, response, known)

    def entries(self, url: str) -> Listing | None:
        """What a feed or sitemap lists now; None where it has not changed. Raises InputError."""
        answer = self._answer(url, always_conditional=True)
        if isinstance(answer, Unchanged):
            return None
        kind, response = answer
        fetched = Fetched(url=url, status=response.status, etag=response.etag, last_modified=response.last_modified)
        if kind == "feed":
            return Listing(feed_entries(response.data, response.url), fetched)
        if kind == "sitemap":
            return Listing(list(self._listed(response)), fetched)
        raise NotText(f"{escaped(url)} is a page, not a feed or sitemap; give the page to `quotes add`.")

    def close(self) -> None:
        """End all connections."""
        self._fetcher.close()

    def _answer(self, url: str, *, always_conditional: bool = False) -> Unchanged | tuple[str, Response]:
        """What stands there and of which kind; failures are remembered.

        What led to an article is asked for only if it has changed; a feed, too, where that is `always_conditional`.
        """
        here = url
        last = self._web.recall(url)
        if last and last.location is None and not always_conditional:
            last = None
        try:
            for _ in range(_MOST_REFRESHES + 1):
                response = self._fetcher.get(here, known=last if here == url else None)
                if response.status == HTTPStatus.NOT_MODIFIED:
                    self._web.remember(
                        Fetched(
                            url=url,
                            status=response.status,
                            location=last.location if last else None,
                            etag=response.etag or (last.etag if last else None),
                            last_modified=response.last_modified or (last.last_modified if last else None),
                        )
                    )
                    return Unchanged(url)
                kind, response = _kind(response)
                target = _refresh(response) if kind == "page" else None
                if target is None:
                    return kind, replace(response, asked=url)
                here = target
            raise FetchFailed(f"{escaped(url)} sends browsers on and on; look it up in a browser.")
        except InputError as error:
            status = error.status if isinstance(error, Refusal) else None
            self._web.remember(Fetched(url=url, status=status, error=str(error)))
            raise

    def _each(self, entries: list[Entry], shown: str) -> Iterator[Outcome]:
        if not entries:
            raise EmptyInput(f"{escaped(shown)} lists no article; look it up in a browser, or try again later.")
        for entry in islice(entries, self._web.most):
            yield from self.read_entry(entry)

    def read_entry(self, entry: Entry) -> Iterator[Outcome]:
        """The article that a feed or sitemap lists; what cannot be read is an Unreadable."""
        try:
            answer = self._answer(entry.url)
            if isinstance(answer, Unchanged):
                yield answer
                return
            kind, response = answer
            if kind not in ("page", "text"):
                raise NotText(f"{escaped(entry.url)} is a {kind} inside another; add it by its own address.")
            yield self._article(kind, response, entry.known)
        except InputError as error:
            yield Unreadable(escaped(entry.url), error)

    def _sitemap(self, response: Response) -> Iterator[Outcome]:
        found = False
        for entry in islice(self._listed(response), self._web.most):
            found = True
            yield from self.read_entry(entry)
        if not found:
            raise EmptyInput(f"{escaped(response.asked)} lists no article; look it up in a browser.")

    def _listed(self, response: Response) -> Iterator[Entry]:
        """What a sitemap lists, and those that it leads to, each once however they lead to one another."""
        seen = {same_address(response.url)}
        waiting = [response]
        addresses: list[str] = []
        while waiting or addresses:
            if waiting:
                current = waiting.pop()
            else:
                kind, current = _kind(self._fetcher.get(addresses.pop(0)))
                if kind != "sitemap":
                    continue
            sitemap = read_sitemap(current.data, current.url)
            yield from sitemap.entries
            for address in sitemap.sitemaps:
                if same_address(address) not in seen and len(seen) < _MOST_SITEMAPS:
                    seen.add(same_address(address))
                    addresses.append(address)

    def _article(self, kind: str, response: Response, known: Metadata) -> Article:
        shown = escaped(response.asked)
        fetched = Fetched(
            url=response.asked, status=response.status, etag=response.etag, last_modified=response.last_modified
        )
        name = (
            storable(unquote(urlsplit(response.url).path).rstrip("/").rpartition("/")[2])
            or urlsplit(response.url).netloc
        )
        raw_hash = hash_bytes(response.data)
        original = response.data if self._options.keep_bytes else None
        try:
            text, replaced = _decode(response, shown, self._options.encoding)
            if kind == "text":
                if not has_words(text):
                    raise EmptyInput(f"{shown} has no letter and no digit in it; check the address.")
                return Article(
                    text=text, name=name, raw_hash=raw_hash, original=original, reader=PLAIN, replaced=replaced,
                    fetched=fetched, **Metadata(url=response.url).completed_by(known).as_dict(),
                )  # fmt: skip
            page = read_page(text, address=response.url)
            if not has_words(page.text):
                raise EmptyInput(f"{shown} is a page without words; look it up in a browser.")
        except InputError as error:
            self._web.remember(Fetched(url=response.asked, status=response.status, error=str(error)))
            raise
        return Article(
            text=page.text,
            name=name,
            raw_hash=raw_hash,
            original=original,
            reader=page.reader,
            replaced=replaced,
            fetched=fetched,
            correction=page.correction,
            missing=tuple(field for field in page.missing if not getattr(known, field, None)),
            **page.metadata.completed_by(known).as_dict(),
        )


def _kind(response: Response) -> tuple[str, Response]:
    """What an answer is (page, feed, sitemap, text), and the answer, a packed sitemap unpacked; raises NotText."""
    content_type = response.content_type
    if content_type in _GZIP and response.data.startswith(b"\x1f\x8b"):
        response = _unpacked(response)
        content_type = "application/xml"
    listed = looks_like(response.data)
    if listed and content_type not in _PAGES:
        return listed, response
    if content_type in _PAGES or (content_type in _XML and b"<html" in response.data[:1000].lower()):
        return listed or "page", response
    if content_type in _UNTOLD:
        if re.search(rb"<(?:!doctype html|html|head|body)\b", response.data[:1000], re.IGNORECASE):
            return "page", response
        if content_type == "text/plain":
            return "text", response
    found = escaped(content_type) or "of an untold type"
    raise NotText(f"{escaped(response.asked)} is {found}, not a page, feed or sitemap; download it and add the file.")


def _unpacked(response: Response) -> Response:
    unpacker = Unpacker("gzip", escaped(response.asked), _LARGEST_SITEMAP)
    unpacker.feed(response.data)
    if unpacker.close() is Unpacked.BROKEN:
        raise FetchFailed(f"{escaped(response.asked)} is packed as gzip and breaks off; try again later.")
    return replace(response, data=unpacker.data)


def _decode(response: Response, shown: str, encoding: str | None) -> Decoded:
    """As asked, as the server says, as the page says; bytes that are no text so are replaced, as browsers do."""
    charset = web_encoding(response.charset) if response.charset else None
    for name in filter(None, (encoding, charset)):
        try:
            return decode(response.data, shown, encoding=name)
        except (WrongEncoding, EmptyInput):
            continue
    try:
        return decode_page(response.data, shown, None)
    except (WrongEncoding, EmptyInput):
        text = response.data.decode("utf-8", "replace")
        return to_scalars(text)._replace(replaced=text.count("\ufffd") - response.data.count("\ufffd".encode()))


def _refresh(response: Response) -> str | None:
    """Where a page with hardly a word of its own sends a browser at once."""
    text = response.data[:20_000].decode("utf-8", "replace")
    match = _REFRESH.search(text)
    if match is None or int(match[1][:6]) > _SOON or len(all_words(text).split()) > _FEW_WORDS:
        return None
    target = urljoin(response.url, html.unescape(match[2]))
    return None if same_address(target) == same_address(response.url) else target
