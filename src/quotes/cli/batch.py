"""`quotes batch`: shards of articles to Parquet, on this machine's cores or on a Ray cluster."""

from __future__ import annotations

import sys
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quotes.cli import options
from quotes.cli.output import count, note, printable, to_json
from quotes.errors import BatchError

if TYPE_CHECKING:
    from quotes.batch.shards import Done


class _RunByDefault(click.Group):
    """A group in which a first word that is no subcommand is an input of `run`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = ["run", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_RunByDefault)
def batch() -> None:
    """Read shards of articles and write Parquet, on this machine's cores or on a Ray cluster.

    \b
    quotes batch news/*.jsonl.gz --out found/
    quotes batch group found/
    quotes load found/ --db quotes.db --repeats 3

    `quotes batch INPUT...` is short for `quotes batch run INPUT...`.
    """


@batch.command()
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@click.option(
    "--out", metavar="FOLDER", type=click.Path(file_okay=False, path_type=Path), required=True, help="Where to write."
)
@click.option(
    "--engine", type=click.Choice(["local", "ray"]), default="local", show_default=True, help="What does the shards."
)
@click.option("--address", metavar="HOST:PORT", help="A running Ray cluster.  [default: one on this machine]")
@click.option(
    "--workers",
    metavar="N",
    type=click.IntRange(min=1),
    help="Processes that read articles.  [default: one a core, here at most 2; on Ray one a core of the cluster]",
)
@options.reading
@options.json_summary
def run(
    inputs: tuple[str, ...],
    out: Path,
    engine: str,
    address: str | None,
    workers: int | None,
    encoding: str | None,
    max_bytes: int,
    mapping: dict[str, str] | None,
    as_json: bool,
) -> None:
    """Find the quotes of every article in the shards INPUT.

    INPUT is a .jsonl, .jsonl.gz, .parquet, .warc or .warc.gz file, or a folder of them; each file is a shard. A shard's
    files appear when they are whole, so that a run which is killed goes on where it was. An article that cannot be read
    is told in faults/ and stops nothing.
    """
    require_arrow()
    from quotes.batch.local import local
    from quotes.batch.on_ray import on_ray
    from quotes.batch.run import run as run_batch
    from quotes.pipeline import default_workers
    from quotes.readers.source import Options

    if address and engine != "ray":
        raise click.UsageError("--address is of use with --engine ray only.")
    chosen = (
        partial(on_ray, address=address, workers=workers)
        if engine == "ray"
        else partial(local, workers=workers or default_workers())
    )
    reading = Options(encoding, max_bytes, mapping or {})
    summary = run_batch(inputs, out, chosen, options=reading, on_done=_tell)
    if as_json:
        from dataclasses import asdict

        click.echo(to_json(asdict(summary)))
    else:
        shards = count(summary.done, "shard") + (
            f" (and {summary.unchanged:,} done before)" if summary.unchanged else ""
        )
        click.echo(f"{out}: {shards}, {count(summary.articles, 'article')}, {count(summary.quotes, 'quote')}.")
    if summary.faults:
        note(f"{count(summary.faults, 'article')} could not be read, told in {out / 'faults'}.")
        sys.exit(1)


@batch.command()
@click.argument("folder", metavar="FOLDER", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--workers", metavar="N", type=click.IntRange(min=1), help="Processes that compare.  [default: one a core]"
)
@click.option(
    "--memory", metavar="MB", type=click.IntRange(min=512), default=2048, show_default=True,
    help="What the engine may hold in memory; the rest goes to files in FOLDER.",
)  # fmt: skip
@options.json_summary
def group(folder: Path, workers: int | None, memory: int, as_json: bool) -> None:
    """Join identical, near and fragment statements of all shards in FOLDER into utterances.

    Writes groups/quotes.parquet (the utterance of each quote), groups/utterances.parquet (the fullest wording, how many
    quotes, articles, outlets and speakers, when first and last) and groups/edges.parquet.
    """
    require_arrow()
    from dataclasses import asdict

    from quotes.batch.grouping import group_batch
    from quotes.parallel import usable_cores

    grouped = group_batch(folder, workers=workers or usable_cores(), memory=memory, report=note)
    if as_json:
        click.echo(to_json(asdict(grouped)))
        return
    click.echo(
        f"{folder}: {count(grouped.quotes, 'quote')} in {count(grouped.wordings, 'wording')}, "
        f"{count(grouped.utterances, 'utterance')}, {grouped.repeated:,} in more articles than one."
    )


def _tell(done: Done) -> None:
    note(f"{printable(done.shard.path)}: {count(done.articles, 'article')}, {count(done.quotes, 'quote')}")


def require_arrow() -> None:
    """Raise BatchError where the extra for Parquet is not installed."""
    if find_spec("pyarrow") is None or find_spec("duckdb") is None:
        raise BatchError("Parquet cannot be written without pyarrow and duckdb; `pip install 'newsquotes[batch]'`.")
