"""A folder's manifest.csv: what is known of its articles that their files do not say."""

from __future__ import annotations

import csv
import io
import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from quotes.dates import is_iso_date
from quotes.errors import BadManifest, InputError
from quotes.readers.metadata import DATE_CURE, FIELDS, UNKNOWN, Metadata
from quotes.readers.outcome import Unreadable
from quotes.readers.source import Source, escaped, read_file

if TYPE_CHECKING:
    from collections.abc import Iterator

MANIFEST = "manifest.csv"

_FILE = "file"
_COLUMNS = (_FILE, "outlet", "title", "published", "url", "language", "note")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a manifest says: `rows` by a file's path below its folder, and everything in it that breaks the format."""

    rows: dict[PurePosixPath, Metadata]
    problems: tuple[InputError, ...]


def load_manifest(source: Source, max_bytes: int) -> Manifest:
    """Read a manifest; no fault of it raises, as its folder's articles are read all the same.

    What breaks the format is left out and named in `problems`: a cell, a line, or, without a column "file", all of it.
    """
    parser = _Parser(source)
    try:
        parser.parse(_text(source, max_bytes))
    except InputError as error:
        parser.problems.append(error)
    return Manifest(parser.rows, tuple(parser.problems))


class Manifests:
    """The manifests met while reading; each is read once and its faults are reported once."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._loaded: dict[Path, Manifest | None] = {}
        self._reported: set[Path] = set()
        self._news: list[Unreadable] = []

    def about(self, source: Source, *, depth: int) -> Metadata:
        """What the nearest manifest, in the file's folder or above it, says of the file.

        `depth` is the number of folders between what the user named and the file. A manifest from further up was not
        asked for: it counts only when it is without fault.
        """
        file = Path(os.path.abspath(source.path))  # noqa: PTH100 - resolve() would leave the folder by a link
        for level, folder in enumerate(file.parents):
            named = level <= depth
            shown = str(Path(source.shown).parents[level] / MANIFEST) if named else str(folder / MANIFEST)
            manifest = self._load(folder, shown)
            if manifest is None or (manifest.problems and not named):
                continue
            if folder not in self._reported:
                self._reported.add(folder)
                self._news += (Unreadable(shown, problem) for problem in manifest.problems)
            return manifest.rows.get(PurePosixPath(*file.relative_to(folder).parts), UNKNOWN)
        return UNKNOWN

    def news(self) -> Iterator[Unreadable]:
        """The faults found since this was last asked."""
        news, self._news = self._news, []
        yield from news

    def _load(self, folder: Path, shown: str) -> Manifest | None:
        if folder not in self._loaded:
            path = folder / MANIFEST
            there = os.path.lexists(path)
            self._loaded[folder] = load_manifest(Source(path, shown), self._max_bytes) if there else None
        return self._loaded[folder]


class _Parser:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.rows: dict[PurePosixPath, Metadata] = {}
        self.problems: list[InputError] = []
        self._first_lines: dict[PurePosixPath, int] = {}

    def parse(self, text: str) -> None:
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        columns: list[str] | None = None
        line = 1
        try:
            for cells in reader:
                if columns is None:
                    columns = [cell.strip() for cell in cells]
                    self._check(columns)
                elif any(cell.strip() for cell in cells):
                    self._add(columns, [cell.strip() for cell in cells], line)
                line = reader.line_num + 1
        except csv.Error as error:
            raise self._problem(line, f"is not CSV ({error}); mend its quotation marks") from None
        if columns is None:
            self._check([])

    def _check(self, columns: list[str]) -> None:
        if _FILE not in columns:
            raise self._problem(1, f'lacks the column "file"; name there the columns {", ".join(_COLUMNS)}')
        for index, column in enumerate(columns):
            if column not in _COLUMNS:
                cure = f"use only {', '.join(_COLUMNS)}"
                self.problems.append(self._problem(1, f'has the unknown column "{escaped(column)}"; {cure}'))
            elif column in columns[:index]:
                self.problems.append(self._problem(1, f'has the column "{column}" twice; keep one of them'))

    def _add(self, columns: list[str], cells: list[str], line: int) -> None:
        if len(cells) > len(columns):
            cure = "put a cell that holds a comma into double quotes"
            self.problems.append(self._problem(line, f"has more cells than there are columns; {cure}"))
            return
        filled: dict[str, Any] = {}
        for column, cell in zip(columns, cells, strict=False):  # cells left out at the end are empty
            if cell:
                filled.setdefault(column, cell)
        try:
            file = self._file(filled.get(_FILE, ""), line)
        except BadManifest as problem:
            self.problems.append(problem)
            return
        published = filled.get("published")
        if published is not None and not is_iso_date(published):
            fault = f'has the date "{escaped(published)}", which is not ISO 8601; {DATE_CURE}'
            self.problems.append(self._problem(line, fault))
            del filled["published"]
        self.rows[file] = Metadata(**{column: filled[column] for column in FIELDS if column in filled})

    def _file(self, name: str, line: int) -> PurePosixPath:
        if not name:
            raise self._problem(line, 'names no file; put its name into the column "file"')
        file = PurePosixPath(name)
        if file.is_absolute() or ".." in file.parts:
            fault = "which leads out of the manifest's folder; name only files in it and below"
            raise self._problem(line, f"names {escaped(name)}, {fault}")
        first = self._first_lines.setdefault(file, line)
        if first != line:
            raise self._problem(line, f"names {escaped(name)}, which line {first:,} names too; keep one of the lines")
        if not os.path.lexists(self.source.path.parent / file):
            fault = "which is not there; write its path from the manifest's folder, with / between folders"
            raise self._problem(line, f"names {escaped(name)}, {fault}")
        return file

    def _problem(self, line: int, fault: str) -> BadManifest:
        return BadManifest(f"line {line:,} of {self.source.shown} {fault}.")


def _text(source: Source, max_bytes: int) -> str:
    data = read_file(source, max_bytes)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise BadManifest(f"line {line:,} of {source.shown} is not UTF-8; save the manifest as CSV in UTF-8.") from None
