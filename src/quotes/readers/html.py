"""Web pages: the article's text and metadata without the page's furniture, by trafilatura."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from quotes.errors import EmptyInput, WrongEncoding
from quotes.model import Article, Probe
from quotes.readers.decoding import Decoded, check_encoding, decode, has_words
from quotes.readers.outcome import Outcome, Unchanged
from quotes.readers.pages import page_readers, read_page
from quotes.readers.source import Place, read_file
from quotes.text import hash_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotes.readers.metadata import Metadata
    from quotes.readers.source import Options, Source

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
    probe = Probe(path=place.path, raw_hash=raw_hash, readers=page_readers(), known=known.as_dict())
    if not options.keep_bytes and options.is_stored(probe):
        return Unchanged(place.name)
    text, replaced = markup or decode_page(data, place.shown, options.encoding)
    page = read_page(text, address=known.url)
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
        correction=page.correction,
        missing=tuple(field for field in page.missing if not getattr(known, field, None)),
        original=data if options.keep_bytes else None,
        **known.completed_by(page.metadata).as_dict(),
    )


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
    return web_encoding(match[1].decode("ascii", "replace"))


def web_encoding(label: str) -> str | None:
    """What the web means by the name of an encoding, as the HTML standard has it; None for an unknown one."""
    try:
        check_encoding(label)
    except WrongEncoding:
        return None
    name = codecs.lookup(label).name
    return _LABELS.get(name, name) if name.startswith(_ON_THE_WEB) else None
