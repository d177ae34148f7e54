"""The authority file: a CSV of people with their names, their numbers in Wikidata and the positions they held."""

from __future__ import annotations

import csv
import gzip
import io
import re
from typing import TYPE_CHECKING

from quotes.errors import BadAuthority, InputMissing
from quotes.model import QID, Authority, Position

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_POSITION = re.compile(r"(?P<title>.+?)(?:\s*\((?P<start>[\d-]*)\s*[–—/]\s*(?P<end>[\d-]*)\))?")
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_GZIP = b"\x1f\x8b"


def read_authority(path: Path) -> list[Authority]:
    """The people of a CSV file in UTF-8, which may be packed with gzip.

    Columns: `qid` and `name`, which every row must have; `aliases` and `positions`, several of them divided by a bar;
    `country`. A position is a title with its first and last day in brackets, "Minister of Defence (2021-08-25–2023)",
    each as exact as is known or left out. Other columns are passed over. Raises InputMissing and BadAuthority.
    """
    try:
        raw = path.read_bytes()
        text = (gzip.decompress(raw) if raw.startswith(_GZIP) else raw).decode("utf-8-sig")
    except (gzip.BadGzipFile, EOFError, UnicodeDecodeError) as error:
        raise BadAuthority(f"{path} is no CSV file in UTF-8 ({error}): save it as one.") from error
    except OSError as error:
        raise InputMissing(f"{path} cannot be read ({error.strerror}): check its name.") from error
    rows = csv.DictReader(io.StringIO(text, newline=""))
    missing = [column for column in ("qid", "name") if column not in (rows.fieldnames or ())]
    if missing:
        raise BadAuthority(
            f"{path} has no column {' and no column '.join(missing)}: name the columns in its first line."
        )
    try:
        return [_person(row, f"{path}, line {rows.line_num}") for row in rows]
    except csv.Error as error:
        raise BadAuthority(f"{path}, line {rows.line_num}, is no CSV ({error}): mend that line.") from error


def _person(row: dict[str, str], where: str) -> Authority:
    qid, name = ((row[column] or "").strip() for column in ("qid", "name"))
    if not QID.fullmatch(qid):
        raise BadAuthority(f"{where}: {qid!r} is no number of Wikidata's: write it as Q42.")
    if not name:
        raise BadAuthority(f"{where}: {qid} has no name: fill in the column name.")
    return Authority(
        qid=qid,
        name=name,
        aliases=tuple(_parts(row.get("aliases"))),
        country=(row.get("country") or "").strip() or None,
        positions=tuple(_position(part, where) for part in _parts(row.get("positions"))),
    )


def _parts(cell: str | None) -> Iterator[str]:
    return (part for text in (cell or "").split("|") if (part := text.strip()))


def _position(text: str, where: str) -> Position:
    match = _POSITION.fullmatch(text)
    assert match is not None, "any text is a title"
    dates = [match["start"] or None, match["end"] or None]
    for date in dates:
        if date and not _DATE.fullmatch(date):
            raise BadAuthority(f"{where}: {date!r} is no date: write it as 2023, 2023-03 or 2023-03-04.")
    return Position(match["title"], *dates)
