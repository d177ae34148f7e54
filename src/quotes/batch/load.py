"""From a batch's Parquet files to a database, as if its articles had been added one by one."""

from __future__ import annotations

from collections import Counter
from contextlib import closing, nullcontext
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow.parquet as pq

from quotes.batch.schema import article_of, reading_of
from quotes.batch.shards import Output
from quotes.errors import BatchError
from quotes.store.filters import is_asked_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from quotes.adding import Reading
    from quotes.model import Article, Extraction
    from quotes.store.writer import Writer
    from quotes.topics import Profile

_ROWS = 500
_MANY = 500
"""Articles from which grouping them together is quicker than one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which articles are taken: those with a quote for which all that is given holds.

    `speaker`, `outlet`, `since` and `until` mean what they mean in `quotes.store.filters.Filters`, of the name by which
    the quote's article calls its speaker; `repeats`: in how many articles at least the quote's utterance stands, for
    which the batch must have been grouped.
    """

    speaker: str | None = None
    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    repeats: int = 1

    def __bool__(self) -> bool:
        return any((self.speaker, self.outlet, self.since, self.until, self.repeats > 1))


def load(
    folder: str | Path,
    writer: Writer,
    selection: Selection | None = None,
    *,
    workers: int = 1,
    report: Callable[[str], None] = lambda _: None,
) -> Counter[str]:
    """Store the articles of every finished shard, or those that are selected, and count them by what became of them.

    They come in the order of the shards' paths and of their records, so that the numbers in the database are those
    that adding the same articles in that order would give. Where most of what the database will hold is new, it is
    grouped at the end, by so many processes; `report` is told what is being done. Nothing is read by the model. Raises
    BatchError.
    """
    output = Output(folder)
    shards = [done.shard.name for done in output.all_done()]
    chosen = _chosen(output, shards, selection) if selection else None
    outcomes: Counter[str] = Counter()
    together = writer.grouping_later(report, workers=workers) if _are_many(output, shards, chosen, writer) else None
    with together or nullcontext():
        for shard in shards:
            report(f"{shard} is stored")
            for article, reading in _readings(output, shard, chosen):
                outcome = writer.add(article, partial(_extraction, reading), profile=partial(_profile, reading))
                outcomes[outcome] += 1
    return outcomes


def _are_many(output: Output, shards: Sequence[str], chosen: set[str] | None, writer: Writer) -> bool:
    """Whether so many texts are new that all are sooner grouped together than each for itself."""
    stored, new = writer.text_hashes(), 0
    for shard in shards:
        for row in _rows(output.articles(shard), ["article", "text_hash"]):
            new += row["text_hash"] not in stored and (chosen is None or row["article"] in chosen)
    return new > max(_MANY, len(stored) // 4)


def _extraction(reading: Callable[[], Reading], _: Article) -> Extraction:
    return reading().extraction


def _profile(reading: Callable[[], Reading], _: Article) -> Profile:
    return reading().profile


def _readings(output: Output, name: str, chosen: set[str] | None) -> Iterator[tuple[Article, Callable[[], Reading]]]:
    """Each article of a shard, and what was found in it, which is made when it is asked for.

    Its quotes stand in the same order in a file of their own.
    """
    quotes = _rows(output.quotes(name))
    for row in _rows(output.articles(name)):
        own = [next(quotes) for _ in range(row["quotes"])]
        if chosen is None or row["article"] in chosen:
            yield article_of(row), cache(partial(reading_of, row, own))


def _rows(path: Path, columns: list[str] | None = None) -> Iterator[dict[str, Any]]:
    with closing(pq.ParquetFile(path)) as file:
        for batch in file.iter_batches(batch_size=_ROWS, columns=columns):
            yield from batch.to_pylist()


def _chosen(output: Output, names: Sequence[str], selection: Selection) -> set[str]:
    """The keys of the articles of some shards that a selection takes."""
    articles, quotes = ([str(path(name)) for name in names] for path in (output.articles, output.quotes))
    conditions, values = ["true"], list[object]()
    for condition, value in (
        ("list_contains(?, quote.speaker.name)", selection.speaker and _names(quotes, selection.speaker)),
        ("lower(article.outlet) = lower(?)", selection.outlet),
        ("article.published >= ?", selection.since),
        # until 2023 is until its last day
        ("article.published <= ? || '~'", selection.until),
    ):
        if value not in (None, ""):
            conditions.append(condition)
            values.append(value)
    grouped = ""
    if selection.repeats > 1:
        groups = output.folder / "groups" / "quotes.parquet"
        if not groups.exists():
            raise BatchError(f"{output.folder} is not grouped; run `quotes batch group {output.folder}` first.")
        grouped = (
            "JOIN read_parquet(?) AS member ON member.article = quote.article AND member.position = quote.position "
            "JOIN read_parquet(?) AS utterance ON utterance.utterance = member.utterance AND utterance.articles >= ?"
        )
        values = [str(groups), str(groups.with_name("utterances.parquet")), selection.repeats, *values]
    with closing(duckdb.connect()) as conn:
        found = conn.execute(
            "SELECT DISTINCT article.article FROM read_parquet(?) AS article "
            f"JOIN read_parquet(?) AS quote ON quote.article = article.article {grouped} "
            f"WHERE {' AND '.join(conditions)}",
            [articles, quotes, *values],
        )
        return {key for (key,) in found.fetchall()}


def _names(quotes: Sequence[str], speaker: str) -> list[str]:
    """The names in files of quotes that are asked for."""
    with closing(duckdb.connect()) as conn:
        found = conn.execute("SELECT DISTINCT speaker.name FROM read_parquet(?)", [list(quotes)])
        batches = iter(partial(found.fetchmany, _ROWS), [])
        return [name for batch in batches for (name,) in batch if name and is_asked_for(name, speaker)]
