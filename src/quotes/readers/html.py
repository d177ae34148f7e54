"""Web pages: the article's text and metadata without the page's furniture, by trafilatura."""

from __future__ import annotations

import codecs
import logging
import re
import warnings
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from quotes.dates import is_iso_date
from quotes.errors import EmptyInput, WrongEncoding
from quotes.language import detect_language
from quotes.model import Article, Probe
from quotes.readers.decoding import Decoded, check_encoding, decode, has_words, to_scalars
from quotes.readers.markup import all_words
from quotes.readers.metadata import UNKNOWN, Metadata
from quotes.readers.outcome import Outcome, Unchanged
from quotes.readers.source import Place, read_file
from quotes.text import hash_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from quotes.readers.source import Options, Source

ALL_WORDS = "html/all-words-1"

_DECLARED = re.compile(rb"""<(?:meta\s[^>]*?charset|\?xml\s[^>]*?encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_DECLARED_WITHIN = 4096

# Python knows more, among them codecs that obey escapes in the text
_ON_THE_WEB = ("ascii", "big5", "cp125", "cp866", "cp874", "euc", "gb", "iso2022_jp", "iso8859", "koi8", "mac", "shift")

# what the HTML standard reads these as
_LABELS = {
    "ascii": "cp1252",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "shift_jis": "cp932",
}


@dataclass(frozen=True, slots=True)
class Page:
    """What a web page holds: the article's text, what the page says of itself, and the name of what read it.

    `is_article` is False for a page in which trafilatura sees no article: the text is then all its words.
    """

    text: str
    metadata: Metadata
    reader: str
    is_article: bool


def read_html(source: Source, options: Options, known: Metadata) -> Iterator[Outcome]:
    """The article of a saved web page; raises InputError.

    What `known` says outranks the page's own metadata. A page in which trafilatura sees no article gives all its words
    instead, and its `reader` says so.
    """
    data = read_file(source, options.max_bytes)
    place = Place(shown=source.shown, path=source.address(), name=source.stem())
    yield article_of_page(data, place, options, known)


def article_of_page(
    data: bytes, place: Place, options: Options, known: Metadata, *, markup: Decoded | None = None
) -> Article | Unchanged:
    """The article of a page's bytes; raises InputError.

    `markup` is given where its encoding is known from elsewhere, as from a header of the mail that it is a part of.
    """
    raw_hash = hash_bytes(data)
    if options.is_stored(Probe(path=place.path, raw_hash=raw_hash, readers=page_readers(), known=known.as_dict())):
        return Unchanged(place.name)
    text, replaced = markup or decode_page(data, place.shown, options.encoding)
    page = read_page(text)
    if not has_words(page.text):
        raise EmptyInput(
            f"{place.shown} is a page without words; save the article's text as a .txt file and read that."
        )
    return Article(
        text=page.text,
        name=place.name,
        path=place.path,
        raw_hash=raw_hash,
        reader=page.reader,
        replaced=replaced,
        **known.completed_by(page.metadata).as_dict(),
    )


def page_readers() -> tuple[str, ...]:
    """The names of all that reads pages, the first of them for articles."""
    return f"html/trafilatura-{version('trafilatura')}", ALL_WORDS


def decode_page(data: bytes, shown: str, encoding: str | None) -> Decoded:
    """Decode as asked, else as UTF-8, else as the page declares."""
    declared = None if encoding else _declared_encoding(data)
    if declared is None:
        return decode(data, shown, encoding=encoding)
    # an encoding of 7 bits (ISO-2022-JP) looks like UTF-8, so that it is believed first
    candidates = (declared, None) if data.isascii() else (None, declared)
    try:
        return decode(data, shown, encoding=candidates[0])
    except WrongEncoding as refusal:
        try:
            return decode(data, shown, encoding=candidates[1])
        except WrongEncoding:
            raise refusal from None


def _declared_encoding(data: bytes) -> str | None:
    match = _DECLARED.search(data, 0, _DECLARED_WITHIN)
    if match is None:
        return None
    label = match[1].decode("ascii", "replace")
    try:
        check_encoding(label)
    except WrongEncoding:
        return None
    name = codecs.lookup(label).name
    return _LABELS.get(name, name) if name.startswith(_ON_THE_WEB) else None


def read_page(markup: str) -> Page:
    """What a page's markup holds."""
    trafilatura = _trafilatura()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tree = trafilatura.load_html(markup)
            document = None if tree is None else _bare_extraction(trafilatura, tree)
        except Exception:  # noqa: BLE001 - a foreign parser of hostile input may raise anything
            document = None
    if document is None or not has_words(document.text or ""):
        return Page(to_scalars(all_words(markup)).text, UNKNOWN, ALL_WORDS, is_article=False)
    text = to_scalars(document.text).text
    metadata = _metadata(document, tree.get("lang"))
    return Page(
        text, replace(metadata, language=_language(text, metadata.language)), page_readers()[0], is_article=True
    )


def _language(text: str, declared: str | None) -> str | None:
    """What the text itself tells; what the page says where that is the same and more (en-GB), or the text does not."""
    detected = detect_language(text)
    if detected is None or (declared or "").lower().startswith(detected):
        return declared
    return detected


def _bare_extraction(trafilatura: ModuleType, tree: Any) -> Any:  # noqa: ANN401 - trafilatura's own values
    return trafilatura.bare_extraction(
        tree,
        with_metadata=True,
        include_comments=False,
        deduplicate=False,
        # the extensive search takes any date on the page for the article's
        date_extraction_params={"original_date": True, "extensive_search": False},
    )


def _metadata(document: Any, language: str | None) -> Metadata:  # noqa: ANN401 - trafilatura's own value
    found = {
        "url": document.url,
        "outlet": document.sitename or document.hostname,
        "title": document.title,
        "published": document.date if document.date and is_iso_date(document.date) else None,
        "language": document.language or language,
    }
    texts: dict[str, Any] = {name: to_scalars(value).text for name, value in found.items() if value}
    return Metadata(**texts)


@cache
def _trafilatura() -> ModuleType:
    """The package, imported when the first page is read, and silent: what it logs is said by our errors."""
    import trafilatura

    for name in ("trafilatura", "htmldate", "courlan", "readability", "justext"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return trafilatura
