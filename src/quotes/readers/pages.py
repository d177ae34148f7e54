"""A page's markup in; the article's text, what the page tells of it, and what it does not tell out."""

from __future__ import annotations

import logging
import warnings
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from quotes.language import detect_language
from quotes.notices import find_correction
from quotes.readers.decoding import has_words, to_scalars
from quotes.readers.facts import Facts, exact_date
from quotes.readers.furniture import clean
from quotes.readers.markup import all_words
from quotes.readers.metadata import UNKNOWN, Metadata

if TYPE_CHECKING:
    from types import ModuleType

ALL_WORDS = "html/all-words-1"
"""The reader of a page in which no article was found."""

_ASKED = ("title", "outlet", "authors", "published", "url")
_STUB = 250
"""Words; a page behind a paywall that shows fewer shows a part of its article."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a web page holds: the article's text, what the page says of itself, and the name of what read it.

    `reader` is `ALL_WORDS` for a page in which trafilatura sees no article: the text is then all its words. `missing`
    names what the page does not tell, "text" among it where it says that it shows a part only.
    """

    text: str
    metadata: Metadata
    reader: str
    correction: str | None = None
    missing: tuple[str, ...] = ()


def page_readers() -> tuple[str, ...]:
    """The names of all that reads pages, the first of them for articles; they tell the versions of the libraries."""
    return f"html/trafilatura-{version('trafilatura')}+htmldate-{version('htmldate')}+1", ALL_WORDS


def read_page(markup: str, *, address: str | None = None) -> Page:
    """What a page's markup holds; `address` is where it was fetched from, if it was."""
    trafilatura = _trafilatura()
    facts = UNKNOWN
    is_stub = False
    document = None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tree = trafilatura.load_html(markup)
            if tree is not None:
                found = Facts(tree)
                facts, is_stub = found.as_metadata(address), found.is_stub()
                dates = _dates(tree, address)
                clean(tree)
                document = _bare_extraction(trafilatura, tree)
        except Exception:  # noqa: BLE001 - a foreign parser of hostile input may raise anything
            document = None
    if document is None or not has_words(document.text or ""):
        text = to_scalars(all_words(markup)).text
        known = facts.completed_by(Metadata(url=address))
        return Page(text, known, ALL_WORDS, missing=_missing(known))
    text = to_scalars(document.text).text
    known = facts.completed_by(_of_document(document, dates))
    host = (urlsplit(known.url or "").hostname or "").removeprefix("www.") or None
    known = replace(known, outlet=known.outlet or host, language=_language(text, known.language))
    missing = _missing(known) + (("text",) if is_stub and len(text.split()) < _STUB else ())
    correction = find_correction(text) or find_correction(all_words(markup))
    return Page(text, known, page_readers()[0], correction=correction, missing=missing)


def _missing(known: Metadata) -> tuple[str, ...]:
    return tuple(name for name in _ASKED if not getattr(known, name))


def _language(text: str, declared: str | None) -> str | None:
    """What the text itself tells; what the page says where that is the same and more (en-GB), or the text does not."""
    detected = detect_language(text)
    if detected is None or (declared or "").lower().startswith(detected):
        return declared
    return detected


def _dates(tree: Any, address: str | None) -> Metadata:  # noqa: ANN401 - lxml's own value
    """What htmldate makes of the page; not its extensive search, which takes any date on the page for the article's."""
    from htmldate import find_date

    published, updated = (
        find_date(tree, original_date=original, extensive_search=False, url=address) for original in (True, False)
    )
    return Metadata(
        published=exact_date(published) if published else None,
        updated=exact_date(updated) if updated and published and updated > published else None,
    )


def _bare_extraction(trafilatura: ModuleType, tree: Any) -> Any:  # noqa: ANN401 - trafilatura's own values
    return trafilatura.bare_extraction(
        tree,
        with_metadata=True,
        include_comments=False,
        deduplicate=False,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )


def _of_document(document: Any, dates: Metadata) -> Metadata:  # noqa: ANN401 - trafilatura's own value
    """What trafilatura and htmldate know where the page does not tell it in so many words."""
    found = {
        "url": document.url,
        "outlet": document.sitename or document.hostname,
        "title": document.title,
        "language": document.language,
    }
    texts: dict[str, Any] = {name: to_scalars(value).text for name, value in found.items() if value}
    names = [] if (document.author or "").lower().startswith("http") else (document.author or "").split(";")
    authors = tuple(to_scalars(name.strip()).text for name in names if name.strip())
    return dates.completed_by(Metadata(**texts, authors=authors))


@cache
def _trafilatura() -> ModuleType:
    """The package, imported when the first page is read, and silent: what it logs is said by our errors."""
    import trafilatura

    for name in ("trafilatura", "htmldate", "courlan", "readability", "justext"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return trafilatura
