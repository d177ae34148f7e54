"""Records, of JSON or of a table, to articles: which key holds what, and which record came before."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from quotes.dates import iso_date
from quotes.errors import BadMapping, BadRecord, InputError
from quotes.model import Article, Probe
from quotes.readers.decoding import require_words, to_scalars
from quotes.readers.metadata import DATE_CURE, FIELDS, Metadata
from quotes.readers.outcome import Outcome, Skipped, Unchanged, Unreadable
from quotes.text import hash_bytes, hash_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotes.readers.source import Options, Source

KEYS = ("id", "text", "html", *FIELDS)
"""What a mapping may name a key or column for."""

_ALIASES = {"published": "date"}
_DATES = ("published", "updated")
_HASH_LENGTH = 12


def parse_mapping(words: str) -> dict[str, str]:
    """The mapping of `text=body,published=date`; raises BadMapping."""
    mapping: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in words.split(","))):
        key, equals, name = (piece.strip() for piece in part.partition("="))
        if not equals or not name or key not in KEYS:
            raise BadMapping(
                f"{part!r} maps nothing; write FIELD=COLUMN with one of the fields {', '.join(KEYS)}, as in "
                f"`--map text=body,published=date`."
            )
        mapping[key] = name
    return mapping


class Records:
    """Turns the records of one file into articles; each has an id of its own.

    A record without an id is called by its URL, and one without either by a hash of its text, so that it is the same
    article wherever in the file it stands the next time.
    """

    def __init__(self, source: Source, options: Options, known: Metadata, reader: str) -> None:
        self.source = source
        self.count = 0
        self._mapping = options.mapping
        self._is_stored = options.is_stored
        self._known = known
        mapped = ",".join(f"{key}={name}" for key, name in sorted(self._mapping.items()))
        self._reader = f"{reader}?{mapped}" if mapped else reader
        # SQLite's own temporary file: the ids of millions of records are too many to keep in memory
        self._seen = sqlite3.connect("")
        self._seen.execute("CREATE TABLE seen (id TEXT PRIMARY KEY, place TEXT) WITHOUT ROWID")

    def read(self, record: object, raw: bytes, *, shown: str, place: str) -> Iterator[Outcome]:
        """What a record comes to; `shown` is the subject of messages, `place` ("line 3") is how others refer to it."""
        self.count += 1
        try:
            yield from self._read(record, raw, shown, place)
        except InputError as error:
            yield Unreadable(self.source.shown, error)

    def close(self) -> None:
        """Let go of the ids."""
        self._seen.close()

    def _read(self, record: object, raw: bytes, shown: str, place: str) -> Iterator[Outcome]:
        if not isinstance(record, Mapping):
            raise BadRecord(f'{shown} is not a JSON object; put one with "id" and "text" on each line.')
        text, replaced = self._text(record, shown)
        own, doubts = self._metadata(record, shown)
        name = self._name(record, own, text, shown)
        first = self._first(name, place)
        if first is not None:
            if self._own(record, "id") is None:
                yield Skipped(shown, "the same text again" if own.url is None else "the same address again")
                return
            key = self._mapping.get("id", "id")
            raise BadRecord(f'{shown} has the "{key}" of {first}; give each record an id of its own.')
        about = own.completed_by(self._known)
        path = f"{self.source.address()}/{as_file_name(name)}"
        raw_hash = hash_bytes(raw)
        if self._is_stored(Probe(path=path, raw_hash=raw_hash, readers=(self._reader,), known=about.as_dict())):
            yield Unchanged(name)
        else:
            yield Article(
                text=text,
                name=name,
                path=path,
                raw_hash=raw_hash,
                reader=self._reader,
                replaced=replaced,
                **about.as_dict(),
            )
        yield from (Unreadable(self.source.shown, doubt) for doubt in doubts)

    def _own(self, record: Mapping[Any, Any], field: str) -> object:
        """The record's value for a field: that of the key mapped to it, else that of the field's own name."""
        name = self._mapping.get(field)
        value = None if name is None else _find(record, name)
        if value is None:
            value = record.get(field)
        return record.get(_ALIASES[field]) if value is None and field in _ALIASES else value

    def _text(self, record: Mapping[Any, Any], shown: str) -> tuple[str, int]:
        markup = self._own(record, "html") if "html" in self._mapping else None
        raw = self._own(record, "text")
        if isinstance(markup, str) and markup.strip():
            from quotes.readers.markup import all_words

            raw = all_words(markup)
        if not isinstance(raw, str):
            key = self._mapping.get("html" if "html" in self._mapping else "text", "text")
            raise BadRecord(
                f'{shown} has no "{key}" that is a string; give it one, or name the key of its text as in '
                f"`--map text=body`."
            )
        text, replaced = to_scalars(raw)
        require_words(text, f"the text of {shown}")
        return text, replaced

    def _name(self, record: Mapping[Any, Any], own: Metadata, text: str, shown: str) -> str:
        value = self._own(record, "id")
        if value is None:
            return own.url or hash_text(text).partition(":")[2][:_HASH_LENGTH]
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if not isinstance(value, str) or not value:
            key = self._mapping.get("id", "id")
            raise BadRecord(f'{shown} has an "{key}" that is no string; give each record an id of its own, or none.')
        return to_scalars(value).text

    def _metadata(self, record: Mapping[Any, Any], shown: str) -> tuple[Metadata, list[BadRecord]]:
        found: dict[str, Any] = {}
        doubts: list[BadRecord] = []
        for field in FIELDS:
            key = self._mapping.get(field, field)
            if field in _ALIASES and key == field and record.get(field) is None:
                key = _ALIASES[field]
            value = self._own(record, field)
            if value is None or value == "":
                continue
            if field == "authors":
                names = value if isinstance(value, list) else [value]
                found[field] = tuple(to_scalars(name).text for name in names if isinstance(name, str) and name)
            elif not isinstance(value, str):
                fault = f'{shown} has a "{key}" that is no string, left out here; write it as a string.'
                doubts.append(BadRecord(fault))
            elif field in _DATES and iso_date(value) is None:
                doubts.append(BadRecord(f'{shown} has a "{key}" that is no ISO 8601 date, left out here; {DATE_CURE}.'))
            elif field in _DATES:
                found[field] = iso_date(value)
            else:
                found[field] = to_scalars(value).text
        return Metadata(**found), doubts

    def _first(self, name: str, place: str) -> str | None:
        """Where the id was met before; None for a new one, which is remembered."""
        if self._seen.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (name, place)).rowcount:
            return None
        return str(self._seen.execute("SELECT place FROM seen WHERE id = ?", (name,)).fetchone()[0])


def _find(record: Mapping[Any, Any], name: str) -> object:
    """The value of a key, or of one that leads into records inside ("content.rendered")."""
    if name in record:
        return record[name]
    value: object = record
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def as_file_name(name: str) -> str:
    """A record's id as one part of a path, so that two ids never lead to one place: "a/../b" is not "b"."""
    quoted = name.replace("%", "%25").replace("/", "%2F")
    return quoted.replace(".", "%2E") if quoted in {".", ".."} else quoted
