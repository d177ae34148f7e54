"""What a page tells of itself: JSON-LD, OpenGraph and other meta elements, its canonical address."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from quotes.addresses import is_web_address, of_one_site
from quotes.dates import is_iso_date
from quotes.readers.decoding import to_scalars
from quotes.readers.metadata import Metadata
from quotes.text import one_line

Node = Mapping[str, Any]

_ARTICLES = frozenset(
    "Article NewsArticle ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle BackgroundNewsArticle "
    "ReviewNewsArticle AskPublicNewsArticle LiveBlogPosting BlogPosting SatiricalArticle Report WebPage".split()
)
_BY = re.compile(r"^\s*(?:by|words by|story by|written by|reporting by)[:\s]+", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:,|;|\||•|/|\band\b|&|\bwith\b)\s*", re.IGNORECASE)
_AFTER = re.compile(
    r"(?:,?\s+(?:in|for|at|from)\s+[A-Z]|,\s+\w*\s*(?:correspondent|editor|reporter)\b|\s+[-–|(]).*", re.DOTALL
)
_NO_NAMES = re.compile(r"https?://|@|^(?:admin|staff|editor|newsroom|web desk|unknown|none)$", re.IGNORECASE)
_BYLINES = (
    '//*[contains(concat(" ", normalize-space(@rel), " "), " author ")]',
    '//*[@itemprop="author"]//*[@itemprop="name"]',
    '//*[@itemprop="author"][not(.//*[@itemprop="name"])]',
    '//*[contains(@class, "byline") and not(.//*[contains(@class, "byline")])]',
    '//*[contains(@class, "author") and contains(@class, "name")]',
)
_LONGEST_NAME = 60
_TIME = re.compile(r"[T ](\d{2}:\d{2}(?::\d{2})?)")


class Facts:
    """What the tree of a page says of the article, as found in several places; each place outranks those after it."""

    def __init__(self, tree: Any) -> None:  # noqa: ANN401 - lxml's own value
        self._tree = tree
        self._nodes = [node for node in _json_ld(tree) if _types(node) & _ARTICLES]
        # a page about an article may describe itself as a page too
        self._nodes.sort(key=lambda node: "WebPage" in _types(node))
        self._meta: dict[str, list[str]] = {}
        for element in tree.iter("meta"):
            name = element.get("property") or element.get("name") or element.get("itemprop") or ""
            value = one_line(to_scalars(element.get("content") or "").text)
            if name and value:
                self._meta.setdefault(name.lower(), []).append(value)

    def title(self) -> str | None:
        """The headline."""
        return self._said("headline") or self._told("og:title", "twitter:title")

    def outlet(self) -> str | None:
        """The name of who published it."""
        for node in self._nodes:
            for name in _names(node.get("publisher")):
                return name
        return self._told("og:site_name", "application-name", "citation_journal_title")

    def authors(self) -> tuple[str, ...]:
        """Who wrote it, each once, in the order of the page."""
        found = [name for node in self._nodes for name in _names(node.get("author"))]
        if not found:
            metas = ("author", "article:author", "parsely-author", "byl", "dc.creator", "sailthru.author")
            found = next((values for name in metas if (values := _people(self._meta.get(name, [])))), [])
        for path in _BYLINES:
            if found:
                break
            found = _people(one_line(element.text_content()) for element in self._tree.xpath(path)[:5])
        return tuple(dict.fromkeys(_people(found)))

    def published(self) -> str | None:
        """When it was published, as exactly as the page says."""
        return self._date(
            ("datePublished", "dateCreated"),
            ("article:published_time", "datepublished", "parsely-pub-date", "dc.date.issued", "date", "pubdate"),
            "datePublished",
        )

    def updated(self) -> str | None:
        """When it was last changed, unless that is when it was published."""
        found = self._date(
            ("dateModified",),
            (
                "article:modified_time",
                "og:updated_time",
                "datemodified",
                "lastmod",
                "last-modified",
                "dc.date.modified",
            ),
            "dateModified",
        )
        return None if found == self.published() else found

    def language(self) -> str | None:
        """The code of its language."""
        found = self._tree.get("lang") or self._tree.get("{http://www.w3.org/XML/1998/namespace}lang")
        return found or self._said("inLanguage") or (self._told("og:locale") or "").replace("_", "-") or None

    def url(self, address: str | None) -> str | None:
        """The page's own address, if it may be believed, else the one that it was fetched from.

        It may be of the same site only, and not the start page of it: some pages name another's.
        """
        links = [
            element.get("href") for element in self._tree.iter("link") if "canonical" in _tokens(element.get("rel"))
        ]
        named = [*links, *self._meta.get("og:url", []), self._said("url")]
        for found in filter(None, named):
            url = urljoin(address or "", to_scalars(one_line(found)).text)
            if is_web_address(url) and (address is None or _is_believable(url, address)):
                return url
        return address

    def is_stub(self) -> bool:
        """Whether the page says that what it shows is not for free, and so perhaps not all."""
        values = [node.get("isAccessibleForFree") for node in self._nodes]
        locked = any(str(value).lower() == "false" for value in values)
        return locked or self._told("article:content_tier") in ("locked", "metered")

    def as_metadata(self, address: str | None) -> Metadata:
        """All of it."""
        return Metadata(
            url=self.url(address),
            outlet=self.outlet(),
            title=self.title(),
            published=self.published(),
            updated=self.updated(),
            authors=self.authors(),
            language=self.language(),
        )

    def _said(self, key: str) -> str | None:
        for node in self._nodes:
            value = node.get(key)
            if isinstance(value, list) and value:
                value = value[0]
            if isinstance(value, str) and one_line(value):
                return one_line(to_scalars(value).text)
        return None

    def _told(self, *names: str) -> str | None:
        return next((values[0] for name in names if (values := self._meta.get(name))), None)

    def _date(self, keys: tuple[str, ...], names: tuple[str, ...], itemprop: str) -> str | None:
        candidates = [self._said(key) for key in keys] + [self._told(name) for name in names]
        candidates += [
            element.get("datetime") or element.get("content")
            for element in self._tree.xpath(f'//*[@itemprop="{itemprop}"]')
        ]
        return next((date for value in candidates if value and (date := exact_date(value))), None)


def exact_date(value: str) -> str | None:
    """An ISO 8601 date or date and time of what a page gives for one, without fractions of a second; else None."""
    value = value.strip()
    if is_iso_date(value) and "." not in value:
        return value
    try:
        moment = datetime.fromisoformat(value.replace(" UTC", "+00:00").replace(" GMT", "+00:00"))
    except ValueError:
        return None
    if not _TIME.search(value):
        return moment.date().isoformat()
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _is_believable(url: str, address: str) -> bool:
    there, here = urlsplit(url), urlsplit(address)
    is_start = there.path in ("", "/") and not there.query
    return of_one_site(url, address) and not (is_start and here.path not in ("", "/"))


def _json_ld(tree: Any) -> Iterator[Node]:  # noqa: ANN401 - lxml's own value
    for element in tree.iter("script"):
        if (element.get("type") or "").strip().lower().startswith("application/ld+json") and element.text:
            try:
                value = json.loads(element.text, strict=False)
            except (ValueError, RecursionError):
                continue
            yield from _flat(value)


def _flat(value: object) -> Iterator[Node]:
    """The nodes of a document, those of its graph among them."""
    for node in value if isinstance(value, list) else [value]:
        if isinstance(node, dict):
            yield node
            inner = [node.get("@graph"), node.get("mainEntity"), node.get("mainEntityOfPage")]
            for more in inner:
                yield from (part for part in (more if isinstance(more, list) else [more]) if isinstance(part, dict))


def _types(node: Node) -> set[str]:
    found = node.get("@type")
    return {str(name).rpartition("/")[2] for name in (found if isinstance(found, list) else [found])}


def _names(value: object) -> list[str]:
    names: list[str] = []
    for part in value if isinstance(value, list) else [value]:
        name = part.get("name") if isinstance(part, dict) else part
        strings = [one for one in (name if isinstance(name, list) else [name]) if isinstance(one, str)]
        names += [one_line(to_scalars(one).text) for one in strings if not is_web_address(one)]
    return [name for name in names if name]


def _people(values: Any) -> list[str]:  # noqa: ANN401 - strings of any kind of collection
    """The names in bylines: "By Ana Lopez and Jon Baker in Riverton" has two."""
    found: list[str] = []
    for value in values:
        line = _AFTER.sub("", _BY.sub("", value))
        if is_web_address(line):
            continue
        for name in _BETWEEN.split(line):
            clean = name.strip(" .:·")
            if (
                clean
                and len(clean) <= _LONGEST_NAME
                and not _NO_NAMES.search(clean)
                and not any(map(str.isdigit, clean))
            ):
                found.append(clean)
    return found


def _tokens(value: str | None) -> list[str]:
    return (value or "").lower().split()
