"""JSON lines: an article a line, read as a stream."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from quotes.errors import BadRecord, EmptyInput, InputError, WrongEncoding
from quotes.readers.binary import recognise
from quotes.readers.decoding import decode_exactly, not_text
from quotes.readers.outcome import Outcome, Unreadable
from quotes.readers.records import Records
from quotes.readers.source import BROKEN_GZIP, broken_gzip, open_file, refused, too_large, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotes.readers.metadata import Metadata
    from quotes.readers.source import Options, Source

READER = "jsonl/1"

_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_CHUNK = 1 << 20
_CURE = "put one JSON object on each line"


class _Line(NamedTuple):
    number: int
    data: bytes
    shown: str


def read_jsonl(source: Source, options: Options, known: Metadata) -> Iterator[Outcome]:
    """The articles of a JSONL file; a record that is none is an Unreadable beside the others.

    A record's own metadata outranks `known`. Raises InputError for what ends the reading of the file.
    """
    _require_bytewise(source, options.encoding)
    with closing(Records(source, options, known, READER)) as records:
        for line in _lines(source, options.max_bytes):
            if isinstance(line, InputError):
                records.count += 1
                yield Unreadable(source.shown, line)
            elif line.data.strip():
                try:
                    record = parse_json(line.data, line.shown, options.encoding)
                except InputError as error:
                    records.count += 1
                    yield Unreadable(source.shown, error)
                    continue
                yield from records.read(record, line.data, shown=line.shown, place=f"line {line.number:,}")
        if not records.count:
            raise EmptyInput(f"{source.shown} has no record in it; put one JSON object on each line or leave it out.")


def parse_json(
    data: bytes, shown: str, encoding: str | None, *, cure: str = "put one JSON object on each line"
) -> object:
    """The value that JSON text stands for; raises NotText, WrongEncoding and BadRecord."""
    try:
        return json.loads(decode_exactly(data, shown, encoding=encoding))
    except json.JSONDecodeError as error:
        fault = f"{error.msg.lower()} at character {error.pos + 1:,}"
        raise BadRecord(f"{shown} is not JSON ({fault}); {cure}.") from None
    except (ValueError, RecursionError):  # a number of thousands of digits; thousands of brackets
        raise BadRecord(
            f"{shown} is not JSON that can be read; {cure.replace('one JSON', 'one plain JSON')}."
        ) from None


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


def _lines(source: Source, max_bytes: int) -> Iterator[_Line | InputError]:
    """The lines without their line ends, or the error that one is too large; raises InputError when reading ends."""
    number = 0
    with open_file(source) as packed, unpacked(packed, source) as file:
        while True:
            try:
                data = file.readline(max_bytes + len(b"\r\n"))
                rest = 0 if data.endswith(b"\n") else _skip_line(file)
            except BROKEN_GZIP as error:
                raise broken_gzip(source, error, after=f" after line {number:,}", untouched=number == 0) from None
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


def _skip_line(file: BinaryIO) -> int:
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
