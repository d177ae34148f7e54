"""The engine that uses this machine's cores: articles are shared out among processes, shards are written one by one."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from functools import partial
from multiprocessing import get_context
from typing import TYPE_CHECKING, NamedTuple

from quotes import pipeline
from quotes.batch.inputs import outcomes
from quotes.batch.work import Fault, ShardWriter, read_safely
from quotes.errors import WorkerDied
from quotes.model import Article
from quotes.parallel import map_in_order

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from quotes.adding import Reading
    from quotes.batch.shards import Done, Shard
    from quotes.batch.work import Plan
    from quotes.readers import Outcome
    from quotes.readers.source import Options


class _Item(NamedTuple):
    """Something of a shard; None is its end."""

    shard: Shard
    outcome: Outcome | None


def local(plan: Plan, shards: list[Shard], *, workers: int) -> Iterator[Done]:
    """Do shards on this machine; with one worker in this process.

    When a worker is killed, the shards that are not whole are begun again; where that happens twice in one shard, its
    articles are read in a process of their own each time, and the one that kills it is set aside.
    """
    left, struck = list(shards), dict.fromkeys(shards, 0)
    while left:
        try:
            for done in _together(plan, left, workers=workers):
                left.remove(done.shard)
                yield done
        except WorkerDied:
            shard = left[0]
            struck[shard] += 1
            if struck[shard] > 1:
                yield _apart(plan, left.pop(0))


def _together(plan: Plan, shards: Iterable[Shard], *, workers: int) -> Iterator[Done]:
    """Shard by shard, with articles of the next one read while the last one's are still out."""
    read = map_in_order(
        _read_item,
        _items(list(shards), plan.options),
        workers=workers,
        skip=lambda item: not isinstance(item.outcome, Article),
        size=_size,
        worthwhile=pipeline.WORTHWHILE,
    )
    writer: ShardWriter | None = None
    with closing(read):
        try:
            for item, reading in read:
                writer = writer or ShardWriter(plan, item.shard).__enter__()
                if item.outcome is not None:
                    writer.take(item.outcome, reading)
                    continue
                done = writer.finish()
                writer.__exit__(None, None, None)
                writer = None
                yield done
        finally:
            if writer is not None:
                writer.__exit__(None, None, None)


def _items(shards: list[Shard], options: Options) -> Generator[_Item, None, None]:
    for shard in shards:
        for outcome in outcomes(shard, options):
            yield _Item(shard, outcome)
        yield _Item(shard, None)


def _read_item(item: _Item) -> Reading | Fault | None:
    return None if item.outcome is None else read_safely(item.outcome)


def _size(item: _Item) -> int:
    return len(item.outcome.text) if isinstance(item.outcome, Article) else 0


def _apart(plan: Plan, shard: Shard) -> Done:
    """A shard with a process that is made anew whenever an article kills it."""
    with ShardWriter(plan, shard) as writer:
        pool = _pool()
        for outcome in outcomes(shard, plan.options):
            reading: Reading | Fault | None = None
            if isinstance(outcome, Article):
                try:
                    reading = pool.submit(read_safely, outcome).result()
                except BrokenProcessPool:
                    reading = Fault("the process that read it was killed, perhaps for want of memory")
                    pool = _pool()
            writer.take(outcome, reading)
        pool.shutdown()
        return writer.finish()


_pool = partial(ProcessPoolExecutor, 1, get_context("spawn"))
