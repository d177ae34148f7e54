"""Reading gold and predictions: JSON lines, plain or gzipped, checked where they are used.

Whatever a file has wrong is a BadGold that names the file, the line and the cure.
"""

from __future__ import annotations

import gzip
import json
import zlib
from codecs import BOM_UTF8
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quotes.errors import BadGold, InputMissing
from quotes.model import TextSpan
from quotes.text import hash_bytes, replace_surrogates

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Record:
    """A JSON object, with the place to name when something is wrong with it."""

    data: Mapping[str, Any]
    place: str

    def bad(self, problem: str, cure: str) -> BadGold:
        """The error to raise about this object."""
        return BadGold(f"{self.place}: {problem}; {cure}.")

    def value(self, key: str) -> object:
        """What stands under a key that must be there."""
        if key not in self.data:
            raise self.bad(f'"{key}" is missing', "add it, or name the scorer that reads such a file with --scorer")
        return self.data[key]

    def string(self, key: str) -> str:
        """A string that must be there, of the same length as in the file; lone surrogates are replaced."""
        value = self.value(key)
        if not isinstance(value, str):
            raise self.bad(f'"{key}" is no string', "put it in quotation marks")
        return replace_surrogates(value)[0]

    def optional_string(self, key: str) -> str | None:
        """A string, or None where it is null or missing."""
        return None if self.data.get(key) is None else self.string(key)

    def array(self, key: str, *, required: bool) -> list[Any]:
        """A list; null and, when it is not required, a missing one are empty."""
        value = (self.value(key) if required else self.data.get(key)) or []
        if not isinstance(value, list):
            raise self.bad(f'"{key}" is no list', "put it in square brackets")
        return value

    def strings(self, key: str, *, required: bool) -> list[str]:
        """A list of strings; nulls in it are left out."""
        found = [value for value in self.array(key, required=required) if value is not None]
        if not all(isinstance(value, str) for value in found):
            raise self.bad(f'"{key}" holds something else than strings', "put each in quotation marks")
        return found

    def records(self, key: str) -> list[Record]:
        """A list of objects that must be there."""
        return [_record(value, f"{self.place}, {key}[{i}]") for i, value in enumerate(self.array(key, required=True))]

    def record(self, key: str) -> Record:
        """An object that must be there."""
        return _record(self.value(key), f"{self.place}, {key}")

    def span(self, key: str, *, length: int) -> TextSpan:
        """One [start, end] within a text of so many characters, which must be there."""
        return self._span(key, self.value(key), length)

    def spans(self, key: str, *, length: int, required: bool = False) -> tuple[TextSpan, ...]:
        """A list of [start, end] within a text of so many characters."""
        return tuple(self._span(key, value, length) for value in self.array(key, required=required))

    def _span(self, key: str, value: object, length: int) -> TextSpan:
        match value:
            case [int(start), int(end)] if 0 <= start < end <= length:
                return TextSpan(start, end)
        raise self.bad(
            f'"{key}" has {json.dumps(value)} where the text has {length} characters',
            "give [start, end] with 0 <= start < end, end not beyond the text",
        )


@dataclass(frozen=True, slots=True)
class JsonLines:
    """The objects of a JSONL file in their order; `digest` is the tagged hash of its bytes as unpacked."""

    name: str
    records: tuple[Record, ...]
    digest: str = ""

    @classmethod
    def of(cls, name: str, objects: Iterable[Mapping[str, Any]]) -> JsonLines:
        """Objects that were never in a file, under the name to give them in messages."""
        return cls(name, tuple(Record(data, f"{name}, record {i}") for i, data in enumerate(objects, 1)))


@dataclass(frozen=True, slots=True)
class Document:
    """One gold document: its id and text, and the object that they stand in."""

    id: str
    text: str
    record: Record


def read_lines(path: Path) -> JsonLines:
    """Read a JSONL file, gzipped when its name ends in .gz; empty lines are passed over.

    Raises InputMissing for what cannot be read at all, BadGold for what is no JSONL.
    """
    data = _unpacked(path)
    lines = data.removeprefix(BOM_UTF8).splitlines()
    records = tuple(_parsed(line, f"{path}, line {n}") for n, line in enumerate(lines, 1) if line.strip())
    return JsonLines(str(path), records, hash_bytes(data))


def gold_documents(gold: JsonLines) -> dict[str, Document]:
    """The gold's documents by id; raises BadGold when there is none or two have one id."""
    documents: dict[str, Document] = {}
    for record in gold.records:
        document = Document(record.string("id"), record.string("text"), record)
        if document.id in documents:
            raise record.bad(f'the id "{document.id}" was there before', "give each document an id of its own")
        documents[document.id] = document
    if not documents:
        raise BadGold(f"{gold.name} holds no document; name a gold file with a document a line.")
    return documents


def predicted_documents(
    predictions: JsonLines, documents: Mapping[str, Document]
) -> tuple[dict[str, Record], tuple[str, ...]]:
    """The predicted documents by id, those that the gold lacks left out, with the warnings about them."""
    known: dict[str, Record] = {}
    unknown: set[str] = set()
    other_text = 0
    for record in predictions.records:
        name = record.string("id")
        if name in known:
            raise record.bad(f'the id "{name}" was there before', "predict each document once")
        if name not in documents:
            unknown.add(name)
            continue
        known[name] = record
        other_text += record.optional_string("text") not in {None, documents[name].text}
    warnings = []
    if unknown:
        warnings.append(f"{len(unknown)} predicted documents are not in the gold file.")
    if other_text:
        warnings.append(
            f"{other_text} predicted documents have another text than the gold, so their offsets may be off."
        )
    return known, tuple(warnings)


def _unpacked(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputMissing(f"{path} cannot be read ({reason}); check the path and its permissions.") from error
    if path.suffix != ".gz":
        return data
    try:
        return gzip.decompress(data)
    except (OSError, EOFError, zlib.error) as error:
        raise BadGold(f"{path} is no whole gzip file; pack it again, or name it without .gz if it is plain.") from error


def _parsed(line: bytes, place: str) -> Record:
    try:
        value = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise BadGold(f"{place}: it is not UTF-8; save the file as UTF-8.") from error
    except (ValueError, RecursionError) as error:
        raise BadGold(f"{place}: it is not JSON; write one JSON object a line.") from error
    return _record(value, place)


def _record(value: object, place: str) -> Record:
    if not isinstance(value, dict):
        raise BadGold(f"{place}: it is no JSON object; write it as {{...}} with the keys that the scorer reads.")
    return Record(value, place)
