"""`quotes load`: from a batch's Parquet files to a database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from quotes.cli import options
from quotes.cli.output import count, note, printable, to_json

if TYPE_CHECKING:
    from quotes.store.filters import Filters


_MOST_WORKERS = 2


@click.command()
@click.argument("folder", metavar="FOLDER", type=click.Path(exists=True, file_okay=False, path_type=Path))
@options.database
@options.filters
@click.option(
    "--repeats",
    metavar="N",
    type=click.IntRange(min=1),
    default=1,
    help="Articles with a statement that stands in at least N articles; `quotes batch group` comes first.",
)
@options.json_summary
def load(
    folder: Path,
    db: Path,
    filters: Filters,
    repeats: int,
    as_json: bool,
) -> None:
    """Bring what `quotes batch` found in FOLDER into the database: all of it, or articles with a quote that fits.

    Articles are stored as `quotes add` would store them one by one in the order of the shards; what is stored already
    stays as it is.

    \b
    quotes load found/ --db election.db
    quotes load found/ --speaker "Angela Merkel" --since 2015
    """
    from quotes.cli.batch import require_arrow

    require_arrow()
    from quotes.batch.load import Selection
    from quotes.batch.load import load as load_batch
    from quotes.parallel import usable_cores
    from quotes.store.writer import Writer

    selection = Selection(
        speaker=filters.speaker, outlet=filters.outlet, since=filters.since, until=filters.until, repeats=repeats
    )
    with Writer(db) as writer:
        outcomes = load_batch(folder, writer, selection, workers=min(_MOST_WORKERS, usable_cores()), report=_tell)
    if as_json:
        click.echo(to_json({name.replace(" ", "_"): number for name, number in sorted(outcomes.items())}))
        return
    parts = ", ".join(f"{number:,} {name}" for name, number in sorted(outcomes.items()))
    articles = count(sum(outcomes.values()), "article") + (f" ({parts})" if parts else "")
    click.echo(f"{db}: {articles}.")


def _tell(step: str) -> None:
    note(f"{printable(step[0].upper() + step[1:])} …")
