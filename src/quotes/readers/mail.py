"""Mail (.eml) and pages saved whole (.mhtml), which are mail in form; by the standard library's email."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.utils import parseaddr
from typing import TYPE_CHECKING, NamedTuple

from quotes.dates import iso_date
from quotes.errors import BadRecord, EmptyInput
from quotes.model import Probe
from quotes.readers.decoding import Decoded, check_encoding, decode_exactly, has_words, to_scalars
from quotes.readers.html import article_of_page, decode_page
from quotes.readers.metadata import Metadata
from quotes.readers.outcome import Outcome, Skipped, Unchanged
from quotes.readers.pages import page_readers, read_page
from quotes.readers.source import Place, read_file
from quotes.text import hash_bytes, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage

    from quotes.readers.source import Options, Source

READER = "mail/1"


class _Part(NamedTuple):
    data: bytes
    charset: str | None


def read_mhtml(source: Source, options: Options, known: Metadata) -> Iterator[Outcome]:
    """The article of a page that a browser saved whole, with the address that it was saved from; raises InputError."""
    data = read_file(source, options.max_bytes)
    message = _parse(data, source.shown, "a page saved whole")
    place = Place(shown=source.shown, path=source.address(), name=source.stem())
    page = _first_part(message, "text/html")
    if page is None:
        raise EmptyInput(f"{source.shown} holds no page; save it again, as .html.")
    # Content-Location: the page's own, else the whole file's, which Chrome calls otherwise
    url = _header(message, "Snapshot-Content-Location") or _header(message, "Content-Location")
    known = known.completed_by(Metadata(url=url if url and url.startswith(("http://", "https://")) else None))
    yield article_of_page(data, place, options, known, markup=_markup(page, source.shown, options))


def read_mail(source: Source, options: Options, known: Metadata) -> Iterator[Outcome]:
    """The text of a message; subject, date and sender are title, date and author. Raises InputError.

    Of several forms of one text the plain one is taken, else the page in it. Attachments are passed over.
    """
    data = read_file(source, options.max_bytes)
    message = _parse(data, source.shown, "a message")
    path, raw_hash = source.address(), hash_bytes(data)
    own = Metadata(
        title=_header(message, "Subject"),
        published=iso_date(_header(message, "Date") or ""),
        authors=tuple(filter(None, [_sender(message)])),
    )
    probe = Probe(path=path, raw_hash=raw_hash, readers=(READER, *page_readers()), known=known.as_dict())
    if options.is_stored(probe):
        yield Unchanged(source.stem())
        return
    plain, page = _first_part(message, "text/plain"), _first_part(message, "text/html")
    text, replaced = "", 0
    reader = READER
    if plain is not None:
        text, replaced = _text(plain, source.shown, options)
    if not has_words(text) and page is not None:
        markup = _markup(page, source.shown, options)
        text, replaced = read_page(markup.text).text, markup.replaced
    if not has_words(text):
        raise EmptyInput(f"{source.shown} is a message without words; save what is attached to it and read that.")
    yield source.article(text, raw_hash=raw_hash, reader=reader, replaced=replaced, known=known.completed_by(own))
    for part in message.iter_attachments():
        name = to_scalars(part.get_filename() or part.get_content_type()).text
        yield Skipped(f"{source.shown}/{name}", "an attachment")


def _parse(data: bytes, shown: str, kind: str) -> EmailMessage:
    message = message_from_bytes(data, policy=policy.default)
    try:
        headed = any(name.lower() in {"from", "subject", "date", "mime-version"} for name in message)
    except Exception:  # noqa: BLE001 - the parser of headers raises much on hostile ones
        headed = False
    if not headed:
        raise BadRecord(f"{shown} is not {kind}: it has no header lines; name it .txt or .html if it is that.")
    return message


def _first_part(message: EmailMessage, kind: str) -> _Part | None:
    """The first part of a kind that is no attachment, with the encoding that its header names."""
    for part in message.walk():
        if part.get_content_type() == kind and part.get_content_disposition() != "attachment":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and content.strip():
                return _Part(content, part.get_content_charset())
    return None


def _text(part: _Part, shown: str, options: Options) -> Decoded:
    """A part's text as its header says, else as UTF-8 or as asked."""
    for charset in (part.charset, options.encoding):
        if charset is not None and charset not in {"us-ascii", "utf-8"}:
            try:
                check_encoding(charset)
                return to_scalars(part.data.decode(charset))
            except Exception:  # noqa: BLE001, S112 - what a header says of its encoding is often wrong
                continue
    text, replaced = to_scalars(decode_exactly(part.data, shown))
    return Decoded(text.replace("\r\n", "\n"), replaced)


def _markup(part: _Part, shown: str, options: Options) -> Decoded:
    if part.charset is None:
        return decode_page(part.data, shown, options.encoding)
    return _text(part, shown, options)


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        value = message[name]
    except Exception:  # noqa: BLE001 - as above
        return None
    return one_line(to_scalars(str(value)).text) or None if value is not None else None


def _sender(message: EmailMessage) -> str | None:
    name, address = parseaddr(_header(message, "From") or "")
    return name or address or None
