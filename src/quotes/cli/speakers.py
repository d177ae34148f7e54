"""`quotes speakers`: whom the database quotes."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import click

from quotes.cli import options
from quotes.cli.output import print_json, print_table

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@options.database
@options.limit(100)
@options.json_lines
def speakers(db: Path, limit: int, as_json: bool) -> None:
    """List the speakers, the most quoted first."""
    from quotes.store import queries
    from quotes.store.connection import reading

    with reading(db) as connection:
        rows = list(islice(queries.speakers(connection), limit))
    if as_json:
        print_json(rows)
    elif not rows:
        click.echo("No speaker yet.")
    else:
        columns = ("id", "name", "quotes", "articles", "outlets")
        print_table(columns, [[getattr(row, column) for column in columns] for row in rows])
