"""One shard from its input to its Parquet files, whatever the engine."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import pyarrow as pa
import pyarrow.parquet as pq

from quotes.adding import Reading, read_article
from quotes.batch.inputs import outcomes
from quotes.batch.schema import ARTICLES, QUOTES, rows_of
from quotes.batch.shards import Done
from quotes.model import Article
from quotes.readers import Skipped, Unreadable
from quotes.readers.source import Options

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from quotes.batch.shards import Output, Shard
    from quotes.readers import Outcome

_ROWS = 2_000
"""Rows of quotes from which a row group is written: what is held in memory of a shard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What all shards of a run have in common."""

    output: Output
    extractor: str
    options: Options = field(default_factory=Options)


class Fault(NamedTuple):
    """An article that the code broke at; `error` is what Python says."""

    error: str


def read_safely(outcome: Outcome) -> Reading | Fault | None:
    """What is kept of an article, the fault where the code breaks at it, None for what is no article."""
    if not isinstance(outcome, Article):
        return None
    try:
        return read_article(outcome)
    except Exception as error:  # noqa: BLE001 - whatever an article breaks, its shard goes on
        return Fault(f"{type(error).__name__}: {error}")


def process(plan: Plan, shard: Shard) -> Done:
    """Read a shard in this process and write its files and its done-mark."""
    with ShardWriter(plan, shard) as writer:
        for outcome in outcomes(shard, plan.options):
            writer.take(outcome, read_safely(outcome))
        return writer.finish()


class ShardWriter:
    """Writes the files of one shard under temporary names; `finish` renames them and sets the done-mark.

    Leaving it without `finish` removes the temporary files; a process that is killed leaves them, hidden, for
    `sweep`.
    """

    def __init__(self, plan: Plan, shard: Shard) -> None:
        self.shard = shard
        self._plan = plan
        self._articles = self._quotes = self._faulty = self._words = 0
        self._paths = {kind: getattr(plan.output, kind)(shard.name) for kind in ("articles", "quotes", "faults")}
        self._temporary = {kind: _hidden(path) for kind, path in self._paths.items()}
        self._rows: dict[str, list[dict[str, Any]]] = {"articles": [], "quotes": []}

    def __enter__(self) -> Self:
        self._writers = {
            kind: pq.ParquetWriter(self._temporary[kind], schema, compression="zstd")
            for kind, schema in (("articles", ARTICLES), ("quotes", QUOTES))
        }
        self._faults = self._temporary["faults"].open("w", encoding="utf-8")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for writer in (*self._writers.values(), self._faults):
            writer.close()
        for path in self._temporary.values():
            path.unlink(missing_ok=True)

    def take(self, outcome: Outcome, reading: Reading | Fault | None) -> None:
        """Keep what a reader handed over, with what was made of it."""
        if isinstance(outcome, Unreadable):
            self._fault(outcome.input, type(outcome.error).__name__, str(outcome.error))
        elif isinstance(reading, Fault) and isinstance(outcome, Article):
            self._fault(outcome.path or outcome.name, "crash", reading.error)
        elif isinstance(reading, Reading) and isinstance(outcome, Article):
            article, quotes = rows_of(outcome, reading)
            self._rows["articles"].append(article)
            self._rows["quotes"] += quotes
            self._articles += 1
            self._quotes += len(quotes)
            self._words += len(outcome.text.split())
            if len(self._rows["quotes"]) + len(self._rows["articles"]) >= _ROWS:
                self._flush()
        else:
            assert isinstance(outcome, Skipped), "an article has been read"

    def finish(self) -> Done:
        """Rename the files, set the done-mark and give it back."""
        self._flush()
        for writer in (*self._writers.values(), self._faults):
            writer.close()
        for kind, path in self._paths.items():
            with self._temporary[kind].open("rb") as file:
                os.fsync(file.fileno())
            self._temporary[kind].replace(path)
        done = Done(
            shard=self.shard,
            extractor=self._plan.extractor,
            articles=self._articles,
            quotes=self._quotes,
            faults=self._faulty,
            words=self._words,
        )
        self._plan.output.mark(done)
        return done

    def _flush(self) -> None:
        for kind, schema in (("articles", ARTICLES), ("quotes", QUOTES)):
            if self._rows[kind]:
                self._writers[kind].write_table(pa.Table.from_pylist(self._rows[kind], schema=schema))
                self._rows[kind] = []

    def _fault(self, name: str, kind: str, error: str) -> None:
        self._faulty += 1
        self._faults.write(json.dumps({"input": name, "kind": kind, "error": error}, ensure_ascii=True) + "\n")


def sweep(output: Output) -> None:
    """Remove what runs that were killed left under temporary names; for the only run that writes."""
    for path in output.folder.glob("*/.*"):
        path.unlink(missing_ok=True)


def _hidden(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}")
