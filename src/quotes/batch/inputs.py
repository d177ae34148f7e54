"""The articles of a shard: what `quotes add` reads, and Parquet."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from quotes.errors import BadRecord, NotText
from quotes.model import Article
from quotes.readers import Unreadable, read
from quotes.readers.completing import completed
from quotes.readers.metadata import Metadata
from quotes.readers.records import Records
from quotes.readers.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotes.batch.shards import Shard
    from quotes.readers import Outcome
    from quotes.readers.source import Options

_READER = "parquet/1"
_ROWS = 500
"""Rows that are read at a time."""


def outcomes(shard: Shard, options: Options) -> Iterator[Outcome]:
    """What the readers make of a shard, record by record."""
    if shard.path.lower().endswith(".parquet"):
        for outcome in _read_parquet(shard.path, options):
            yield completed(outcome) if isinstance(outcome, Article) else outcome
    else:
        yield from read([shard.path], encoding=options.encoding, max_bytes=options.max_bytes, mapping=options.mapping)


def _read_parquet(path: str, options: Options) -> Iterator[Outcome]:
    source = Source.named(path)
    records = Records(source, options, Metadata(), _READER)
    try:
        number = 0
        for batch in pq.ParquetFile(path).iter_batches(batch_size=_ROWS):
            for row in batch.to_pylist():
                number += 1
                raw = json.dumps(row, default=str, ensure_ascii=True).encode("ascii")
                yield from records.read(row, raw, shown=f"row {number:,} of {source.shown}", place=f"row {number:,}")
    except pa.ArrowInvalid as error:
        yield Unreadable(source.shown, _broken(source, number, error))
    finally:
        records.close()


def _broken(source: Source, rows: int, error: Exception) -> NotText | BadRecord:
    if rows == 0:
        return NotText(f"{source.shown} is no Parquet file ({error}); name a file by what it holds.")
    return BadRecord(f"{source.shown} is damaged after row {rows:,}; fetch or make the file again.")
