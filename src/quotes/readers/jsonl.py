"""JSON lines, gzipped or not: an article a line, read as a stream."""

from __future__ import annotations

import gzip
import json
import zlib
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from quotes.errors import BadRecord, EmptyInput, InputError, InputTooLarge, NotText, WrongEncoding
from quotes.model import Article
from quotes.readers.binary import recognise
from quotes.readers.decoding import decode_exactly, not_text, require_words, to_scalars
from quotes.readers.metadata import DATE_CURE, FIELDS, Metadata, is_iso_date
from quotes.readers.outcome import Unreadable
from quotes.readers.source import open_file, refused, too_large
from quotes.text import hash_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotes.readers.source import Options, Source

READER = "jsonl/1"

_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_ALIASES = {"published": "date"}
_CHUNK = 1 << 20


class _Line(NamedTuple):
    number: int
    data: bytes
    shown: str


def read_jsonl(source: Source, options: Options, known: Metadata) -> Iterator[Article | Unreadable]:
    """The articles of a JSONL file; a record that is none is an Unreadable beside the others.

    A record's own metadata outranks `known`. Raises InputError for what ends the reading of the file.
    """
    records = 0
    first_lines: dict[str, int] = {}
    _require_bytewise(source, options.encoding)
    for line in _lines(source, options.max_bytes):
        if isinstance(line, InputError):
            records += 1
            yield Unreadable(source.shown, line)
            continue
        if not line.data.strip():
            continue
        records += 1
        try:
            article, doubts = _article(line, source, options, known)
            first = first_lines.setdefault(article.name, line.number)
            if first != line.number:
                raise BadRecord(f'{line.shown} has the "id" of line {first:,}; give each record an id of its own.')
        except InputError as error:
            yield Unreadable(source.shown, error)
            continue
        yield article
        yield from (Unreadable(source.shown, doubt) for doubt in doubts)
    if not records:
        raise EmptyInput(f"{source.shown} has no record in it; put one JSON object on each line or leave it out.")


def _article(line: _Line, source: Source, options: Options, known: Metadata) -> tuple[Article, list[BadRecord]]:
    """The article of a line, and what is wrong with its metadata, which is then left out; raises InputError."""
    record = _parse(line, options.encoding)
    name = _identity(record, line)
    raw_text = record.get("text")
    if not isinstance(raw_text, str):
        raise BadRecord(f'{line.shown} has no "text" that is a string; give the record one or leave the line out.')
    text, replaced = to_scalars(raw_text)
    require_words(text, f"the text of {line.shown}")
    own, doubts = _metadata(record, line.shown)
    article = Article(
        text=text,
        name=name,
        path=f"{source.address()}/{_as_file_name(name)}",
        raw_hash=hash_bytes(line.data),
        reader=READER,
        replaced=replaced,
        **own.completed_by(known).as_dict(),
    )
    return article, doubts


def _parse(line: _Line, encoding: str | None) -> dict[str, object]:
    try:
        record = json.loads(decode_exactly(line.data, line.shown, encoding=encoding))
    except json.JSONDecodeError as error:
        fault = f"{error.msg.lower()} at character {error.pos + 1:,}"
        raise BadRecord(f"{line.shown} is not JSON ({fault}); put one JSON object on each line.") from None
    except (ValueError, RecursionError):  # a number of thousands of digits; thousands of brackets
        raise BadRecord(f"{line.shown} is not JSON that can be read; put one plain JSON object on each line.") from None
    if not isinstance(record, dict):
        raise BadRecord(f'{line.shown} is not a JSON object; put one with "id" and "text" on each line.')
    return record


def _identity(record: dict[str, object], line: _Line) -> str:
    value = record.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str) or not value:
        raise BadRecord(f'{line.shown} has no "id" that is a string; give each record an id of its own.')
    return to_scalars(value).text


def _metadata(record: dict[str, object], shown: str) -> tuple[Metadata, list[BadRecord]]:
    found: dict[str, str] = {}
    doubts: list[BadRecord] = []
    for field in FIELDS:
        key = field if record.get(field) is not None else _ALIASES.get(field, field)
        value = record.get(key)
        if value is None or value == "":
            continue
        if not isinstance(value, str):
            doubts.append(BadRecord(f'{shown} has a "{key}" that is no string, left out here; write it as a string.'))
        elif field == "published" and not is_iso_date(value):
            doubts.append(BadRecord(f'{shown} has a "{key}" that is no ISO 8601 date, left out here; {DATE_CURE}.'))
        else:
            found[field] = to_scalars(value).text
    return Metadata(**found), doubts


def _require_bytewise(source: Source, encoding: str | None) -> None:
    """Raise WrongEncoding for an encoding in which a line does not end with the byte of a line feed."""
    try:
        if encoding is None or "\n{".encode(encoding) == b"\n{":
            return
    except (UnicodeError, ValueError):
        pass
    raise WrongEncoding(
        f"{source.shown} cannot be read as {encoding}, in which its lines have no end; save it as UTF-8 and leave "
        f"`--encoding` out."
    )


def _lines(source: Source, max_bytes: int) -> Iterator[_Line | InputTooLarge]:
    """The lines without their line ends, or the error that one is too large; raises InputError when reading ends."""
    number = 0
    with open_file(source) as packed, _unpack(packed, source) as file:
        while True:
            try:
                data = file.readline(max_bytes + len(b"\r\n"))
                rest = 0 if data.endswith(b"\n") else _skip_line(file)
            except (EOFError, zlib.error, gzip.BadGzipFile) as error:
                raise _broken_gzip(source, number, error) from None
            except OSError as error:
                raise refused(source, error) from None
            if not data:
                return
            number += 1
            shown = f"line {number:,} of {source.shown}"
            line = data.removesuffix(b"\n").removesuffix(b"\r")
            if number == 1:
                _require_text(line, source)
            size = len(line) + rest
            yield too_large(shown, size, max_bytes) if size > max_bytes else _Line(number, line, shown)


def _unpack(packed: BinaryIO, source: Source) -> BinaryIO | gzip.GzipFile:
    return gzip.GzipFile(fileobj=packed) if source.path.suffix.lower() == ".gz" else packed


def _skip_line(file: BinaryIO | gzip.GzipFile) -> int:
    """Read to the end of a line without keeping it; returns how many bytes stood before the line end."""
    size = 0
    while chunk := file.readline(_CHUNK):
        size += len(chunk)
        if chunk.endswith(b"\n"):
            return size - (2 if chunk.endswith(b"\r\n") else 1)
    return size


def _require_text(first_line: bytes, source: Source) -> None:
    """Raise NotText or WrongEncoding once for a file that would fail at every line."""
    if first_line.startswith(_WIDE_MARKS):
        raise WrongEncoding(f"{source.shown} is UTF-16 or UTF-32, which JSON lines may not be; save it as UTF-8.")
    try:
        first_line.decode("utf-8")
    except UnicodeDecodeError:
        known = recognise(first_line)
        if known is not None:
            raise not_text(source.shown, *known) from None


def _broken_gzip(source: Source, lines_read: int, error: Exception) -> InputError:
    if lines_read == 0 and isinstance(error, gzip.BadGzipFile):
        return NotText(f"{source.shown} is not gzip data; name it .jsonl if its lines stand there as they are.")
    fault = "breaks off" if isinstance(error, EOFError) else "is damaged"
    return BadRecord(f"{source.shown} {fault} after line {lines_read:,}; fetch or make the file again.")


def _as_file_name(name: str) -> str:
    """A record's id as one part of a path, so that two ids never lead to one place: "a/../b" is not "b"."""
    quoted = name.replace("%", "%25").replace("/", "%2F")
    return quoted.replace(".", "%2E") if quoted in {".", ".."} else quoted
