"""Web archives (WARC, ISO 28500), by warcio: an article a page, read as a stream."""

from __future__ import annotations

import zlib
from email.message import Message
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from quotes.errors import BadRecord, InputError, NotText
from quotes.model import Article, Probe
from quotes.readers.decoding import Decoded, check_encoding, decode, to_scalars
from quotes.readers.html import article_of_page
from quotes.readers.metadata import Metadata
from quotes.readers.outcome import Outcome, Skipped, Unchanged, Unreadable
from quotes.readers.pages import ALL_WORDS
from quotes.readers.records import as_file_name
from quotes.readers.source import Place, escaped, open_file, storable, too_large, unpacked
from quotes.text import hash_bytes

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

    from quotes.readers.source import Options, Source

READER = "warc/1"
"""What read a record of plain text; pages are read as .html files are."""

LEAST_WORDS = 25
"""A page of fewer words is no article."""

_PAGES = ("text/html", "application/xhtml+xml")
_PLAIN = "text/plain"
_FOUND = "200"


def read_warc(source: Source, options: Options, known: Metadata) -> Iterator[Outcome]:
    """The articles among the pages of a web archive, each called by its address; raises InputError.

    Pages in which trafilatura sees no article, and answers that are none (a page that is not there), are Skipped;
    pictures, scripts and requests are passed over in silence. Plain text extracted before (WET files) is read too.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    number = 0
    with open_file(source) as packed, unpacked(packed, source) as file:
        records = ArchiveIterator(_AsItComes(file))
        while True:
            try:
                record = next(records, None)
            # the last two: what warcio's own parsing of damaged headers comes to
            except (ArchiveLoadFailed, EOFError, OSError, zlib.error, ValueError, AttributeError):
                raise _damaged(source, number) from None
            if record is None:
                break
            if record.rec_type is None:  # of a few blank lines warcio makes a record of nothing
                raise _damaged(source, number)
            number += 1
            yield from _read_record(record, source, options, known, number=number)
    if number == 0:
        raise _damaged(source, 0)


class _AsItComes:
    """A file that hands out what it has, so that what stands before damaged data is not lost with them."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = cast("io.BufferedReader", file)

    def read(self, size: int = -1) -> bytes:
        return self._file.read1(size)

    def tell(self) -> int:
        return self._file.tell()


def _damaged(source: Source, number: int) -> InputError:
    if number == 0:
        return NotText(f"{source.shown} is no web archive, or a damaged one; fetch it again or name it by what it is.")
    return BadRecord(f"{source.shown} breaks off or is damaged after record {number:,}; fetch or make the file again.")


def _read_record(
    record: Any,  # noqa: ANN401 - warcio's own value
    source: Source,
    options: Options,
    known: Metadata,
    *,
    number: int,
) -> Iterator[Outcome]:
    headers = record.http_headers or record.rec_headers
    kind = _content_type(headers.get_header("Content-Type") or "")
    url = storable(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    is_page = record.rec_type in {"response", "resource"} and kind.get_content_type() in _PAGES
    is_text = record.rec_type in {"conversion", "resource"} and kind.get_content_type() == _PLAIN
    if not url.startswith(("http://", "https://")) or not (is_page or is_text):
        return
    shown = f"{escaped(url)} in {source.shown}"
    status = record.http_headers.get_statuscode() if record.http_headers else _FOUND
    if status != _FOUND:
        yield Skipped(shown, f"an answer of status {status}")
        return
    data = _content(record, source, options, number)
    try:
        if len(data) > options.max_bytes:
            raise too_large(shown, max(len(data), record.length or 0), options.max_bytes)
        place = Place(shown=shown, path=f"{source.address()}/{as_file_name(url)}", name=url)
        about = Metadata(url=url).completed_by(known)
        charset = kind.get_content_charset()
        if is_page:
            markup = _decoded(data, charset) if options.encoding is None else None
            outcome = article_of_page(data, place, options, about, markup=markup)
        else:
            outcome = _plain(data, place, options, about)
        if isinstance(outcome, Article) and is_page and _is_none(outcome):
            yield Skipped(shown, "a page without an article")
        else:
            yield outcome
    except InputError as error:
        yield Unreadable(source.shown, error)


def _content(record: Any, source: Source, options: Options, number: int) -> bytes:  # noqa: ANN401 - as above
    try:
        return bytes(record.content_stream().read(options.max_bytes + 1))
    except (EOFError, OSError, zlib.error, ValueError, AttributeError):
        raise _damaged(source, number) from None


def _is_none(article: Article) -> bool:
    """Whether a page is a list of links, a form or a notice rather than an article."""
    return article.reader == ALL_WORDS or article.text.count(" ") < LEAST_WORDS


def _decoded(data: bytes, charset: str | None) -> Decoded | None:
    """The text as the server's header says; None where it says nothing, or nothing right."""
    if charset is None:
        return None
    try:
        check_encoding(charset)
        return to_scalars(data.decode(charset))
    except (InputError, UnicodeError, ValueError):
        return None


def _plain(data: bytes, place: Place, options: Options, known: Metadata) -> Article | Unchanged:
    raw_hash = hash_bytes(data)
    if options.is_stored(Probe(path=place.path, raw_hash=raw_hash, readers=(READER,), known=known.as_dict())):
        return Unchanged(place.name)
    text, replaced = decode(data, place.shown, encoding=options.encoding)
    return Article(
        text=text,
        name=place.name,
        path=place.path,
        raw_hash=raw_hash,
        reader=READER,
        replaced=replaced,
        **known.as_dict(),
    )


def _content_type(header: str) -> Message:
    message = Message()
    message["Content-Type"] = header.replace("\r", " ").replace("\n", " ")
    return message
