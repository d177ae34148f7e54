"""The engine that runs on a Ray cluster: Ray Data with a row a shard, and an actor a core that holds the model."""

from __future__ import annotations

import logging
import socket
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Any

from quotes.batch.shards import Done, Output, Shard
from quotes.batch.work import Plan, process
from quotes.errors import BatchError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotes.readers.source import Options

_PATIENCE = 5.0
"""Seconds that a cluster has to answer."""


def on_ray(plan: Plan, shards: list[Shard], *, address: str | None, workers: int | None) -> Iterator[Done]:
    """Do shards on the cluster at `address`, by default on one that is started on this machine and ended after.

    `workers` is how many actors there are; None is one for each core of the cluster. Inputs and output are paths that
    every machine of the cluster sees. An actor that dies is started again and its shard with it. Raises BatchError
    without Ray, and where no cluster answers.
    """
    if not shards:
        return
    try:
        import ray
        import ray.data
    except ImportError:
        raise BatchError("Ray is not installed; add it with `pip install 'newsquotes[ray]'`.") from None
    if address:
        _require_answer(address)
    ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR, include_dashboard=False)
    try:
        resources: dict[str, float] = ray.cluster_resources()  # type: ignore[no-untyped-call]
        cores = int(resources.get("CPU", 1))
        ray.data.DataContext.get_current().enable_progress_bars = False
        logging.getLogger("ray.data").setLevel(logging.ERROR)
        rows = ray.data.from_items([asdict(shard) for shard in shards], override_num_blocks=len(shards))
        done = rows.map(
            _Reader,  # type: ignore[arg-type] # a class is called to make what is called
            fn_constructor_args=(str(plan.output.folder.absolute()), plan.extractor, plan.options),
            concurrency=(1, max(1, min(workers or cores, cores, len(shards)))),
            num_cpus=1,
        )
        for row in done.iter_rows():
            yield Done(**{**row, "shard": Shard(**row["shard"])})
    finally:
        ray.shutdown()


def _require_answer(address: str) -> None:
    """Raise BatchError at once where nobody listens; Ray itself would go on asking for minutes."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    try:
        with socket.create_connection((host, int(port)), timeout=_PATIENCE):
            pass
    except (OSError, ValueError):
        raise BatchError(f"No Ray cluster answers at {address}; start one, or leave --address out.") from None


class _Reader:
    """Holds the model in a worker process of Ray, from the first shard on."""

    def __init__(self, folder: str, extractor: str, options: Options) -> None:
        self._process = partial(process, Plan(output=Output(folder), extractor=extractor, options=options))

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        return asdict(self._process(Shard(**row)))
