"""A JSON file: one article, a list of articles, or an object that holds such a list."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import closing
from typing import TYPE_CHECKING

from quotes.errors import EmptyInput
from quotes.readers.jsonl import parse_json
from quotes.readers.records import Records
from quotes.readers.source import read_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotes.readers.metadata import Metadata
    from quotes.readers.outcome import Outcome
    from quotes.readers.source import Options, Source

READER = "json/1"


def read_json(source: Source, options: Options, known: Metadata) -> Iterator[Outcome]:
    """The articles of a JSON file; a record that is none is an Unreadable beside the others. Raises InputError."""
    cure = "mend it, or save its records one a line as .jsonl"
    found = parse_json(read_file(source, options.max_bytes), source.shown, options.encoding, cure=cure)
    records = _records(found)
    if not records:
        raise EmptyInput(f"{source.shown} has no record in it; put a list of JSON objects into it or leave it out.")
    with closing(Records(source, options, known, READER)) as reader:
        for number, record in enumerate(records, 1):
            place = f"record {number:,}"
            # a record has no bytes of its own, so the hash is of one way to write it
            raw = json.dumps(record, sort_keys=True).encode()
            yield from reader.read(record, raw, shown=f"{place} of {source.shown}", place=place)


def _records(found: object) -> list[object]:
    """The list itself; of an object that holds one list of objects, such as "items" of a JSON feed, that list."""
    if isinstance(found, list):
        return found
    if isinstance(found, Mapping) and "text" not in found:
        lists = [value for value in found.values() if isinstance(value, list) and value and isinstance(value[0], dict)]
        if len(lists) == 1:
            return list(lists[0])
    return [found]
