"""A table with a head line, as CSV or with tabs: an article a row, read as a stream."""

from __future__ import annotations

import csv
import io
import json
from contextlib import closing
from typing import TYPE_CHECKING

from quotes.errors import BadRecord, EmptyInput, InputError, InputTooLarge, WrongEncoding
from quotes.readers.binary import recognise
from quotes.readers.decoding import encoding_of_mark, guess_encoding, not_text
from quotes.readers.outcome import Outcome, Unreadable
from quotes.readers.records import Records
from quotes.readers.source import BROKEN_GZIP, broken_gzip, escaped, open_file, refused, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotes.readers.metadata import Metadata
    from quotes.readers.source import Options, Source

READER = "table/1"

_HEAD = 65_536
_MOST_FIELD = 2**31 - 1


def read_table(source: Source, options: Options, known: Metadata) -> Iterator[Outcome]:
    """The articles of a table; a row that is none is an Unreadable beside the others.

    The first line names the columns; they are told apart by what stands there most often: commas, semicolons or tabs.
    Raises InputError for what ends the reading of the file.
    """
    csv.field_size_limit(_MOST_FIELD)  # of the whole process; our own limit is `max_bytes` a row
    line = 1
    with (
        open_file(source) as packed,
        unpacked(packed, source) as content,
        closing(Records(source, options, known, READER)) as records,
    ):
        try:
            text = _text(io.BufferedReader(content, _HEAD), source, options)  # type: ignore[arg-type]
            rows = csv.reader(text, delimiter=_delimiter(text), strict=True)
            columns = _columns(next(rows, []), source, options)
            line = rows.line_num + 1
            for cells in rows:
                shown, place = f"line {line:,} of {source.shown}", f"line {line:,}"
                line = rows.line_num + 1
                if any(cell.strip() for cell in cells):
                    fault = _fault(cells, columns, shown, options.max_bytes)
                    if fault is not None:
                        records.count += 1
                        yield Unreadable(source.shown, fault)
                        continue
                    record = {column: cell for column, cell in zip(columns, cells, strict=False) if cell}
                    raw = json.dumps(cells).encode()
                    yield from records.read(record, raw, shown=shown, place=place)
        except csv.Error as error:
            shown = f"line {line:,} of {source.shown}"
            raise BadRecord(f"{shown} is not CSV ({error}); mend its quotation marks.") from None
        except UnicodeError as error:
            raise _wrong_encoding(source, options, error, line) from None
        except BROKEN_GZIP as error:
            raise broken_gzip(source, error, after=f" after line {line - 1:,}", untouched=line == 1) from None
        except OSError as error:
            raise refused(source, error) from None
        if not records.count:
            raise EmptyInput(f"{source.shown} has no row below its column names; put one an article or leave it out.")


class _Lines:
    """The lines of a text, the first of which can be looked at beforehand."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self.head = text.readline(_HEAD)
        self._text = text

    def __iter__(self) -> Iterator[str]:
        if self.head:
            yield self.head
        yield from self._text


def _text(content: io.BufferedReader, source: Source, options: Options) -> _Lines:
    head = content.peek(_HEAD)[:_HEAD]
    kind = recognise(head)
    if kind is not None and b"\x00" in head:
        raise not_text(source.shown, *kind)
    encoding = options.encoding or encoding_of_mark(head) or "utf-8-sig"
    return _Lines(io.TextIOWrapper(content, encoding=encoding, errors="strict", newline=""))


def _delimiter(text: _Lines) -> str:
    return max(",;\t", key=text.head.count)


def _columns(cells: list[str], source: Source, options: Options) -> list[str]:
    columns = [cell.strip() for cell in cells]
    wanted = [options.mapping[key] for key in ("text", "html") if key in options.mapping]
    if not any(name in columns for name in (*wanted, "text")):
        there = ", ".join(escaped(column) for column in columns if column) or "none"
        fault = f'{source.shown} has no column "{(*wanted, "text")[0]}" (its columns: {there})'
        raise BadRecord(f"{fault}; name the one that holds the text as in `--map text=body`.")
    twice = next((column for i, column in enumerate(columns) if column and column in columns[:i]), None)
    if twice is not None:
        raise BadRecord(f'{source.shown} has the column "{escaped(twice)}" twice; give each a name of its own.')
    return columns


def _fault(cells: list[str], columns: list[str], shown: str, max_bytes: int) -> InputError | None:
    if len(cells) > len(columns):
        cure = "put a cell that holds a comma into double quotes"
        return BadRecord(f"{shown} has more cells than there are columns; {cure}.")
    size = sum(map(len, cells))
    if size > max_bytes:
        megabytes = -(-size // 1_000_000)
        return InputTooLarge(
            f"{shown} has {size:,} characters, over the limit of {max_bytes:,}; raise it with `--max-size {megabytes}`."
        )
    return None


def _wrong_encoding(source: Source, options: Options, error: UnicodeError, line: int) -> WrongEncoding:
    guess = None
    if isinstance(error, UnicodeDecodeError) and not options.encoding:
        guess = guess_encoding(error.object, error.start)
    cure = f"it looks like {guess}: give `--encoding {guess}`" if guess else "give its encoding with `--encoding`"
    return WrongEncoding(f"{source.shown} is not {options.encoding or 'UTF-8'} from about line {line:,} on; {cure}.")
