"""A whole batch: which shards are still to do, an engine that does them, and what came of it."""

from __future__ import annotations

import fcntl
import json
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Protocol

from quotes import __version__
from quotes.batch.schema import FORMAT
from quotes.batch.shards import Output, find_shards, write_whole
from quotes.batch.work import Plan, sweep
from quotes.errors import BatchError
from quotes.extract import current_extractor
from quotes.readers.source import Options

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from quotes.batch.shards import Done, Shard


class Engine(Protocol):
    """Does shards, in any order, each by `quotes.batch.work`; raises for what ends the whole run."""

    def __call__(self, plan: Plan, shards: list[Shard]) -> Iterator[Done]:
        """The done-mark of each shard as it is set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a run did, and what there is: `done` and `unchanged` count shards, the rest is of all of them."""

    done: int
    unchanged: int
    articles: int
    quotes: int
    faults: int
    words: int


def run(
    inputs: Iterable[str | Path],
    out: str | Path,
    engine: Engine,
    *,
    options: Options | None = None,
    on_done: Callable[[Done], None] = lambda _: None,
) -> Summary:
    """Read every shard that is not done yet.

    A shard is done again when its file has changed, or when it was read by another extractor. Raises BatchError where
    there is no shard, where the folder cannot be written, and where another run writes to it.
    """
    shards = find_shards(inputs, out=out)
    output = Output(out)
    output.prepare()
    extractor = current_extractor()
    with _alone(output):
        sweep(output)
        plan = Plan(output=output, extractor=extractor, options=options or Options())
        finished = [done for shard in shards if (done := output.done(shard, extractor))]
        known = {done.shard for done in finished}
        unchanged = len(finished)
        _write_manifest(output, shards, extractor)
        for done in engine(plan, [shard for shard in shards if shard not in known]):
            finished.append(done)
            on_done(done)
        sweep(output)
    totals = {name: sum(getattr(done, name) for done in finished) for name in ("articles", "quotes", "faults", "words")}
    return Summary(done=len(finished) - unchanged, unchanged=unchanged, **totals)


def _write_manifest(output: Output, shards: list[Shard], extractor: str) -> None:
    manifest = {
        "format": FORMAT,
        "package": __version__,
        "extractor": extractor,
        "shards": [{"name": shard.name, **asdict(shard)} for shard in shards],
    }
    write_whole(output.folder / "manifest.json", json.dumps(manifest, indent=1))


@contextmanager
def _alone(output: Output) -> Iterator[None]:
    """Nobody else on this machine writes to the folder meanwhile; raises BatchError."""
    with (output.folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise BatchError(
                f"Another run writes to {output.folder}: wait for its end, or name another --out."
            ) from None
        yield
