"""`quotes articles`: what the database was made from."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import click

from quotes.cli import options
from quotes.cli.output import moment, print_json, print_table

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@options.database
@options.limit(100)
@options.json_lines
def articles(db: Path, limit: int, as_json: bool) -> None:
    """List the articles with their outlet, date and number of quotes."""
    from quotes.store import queries
    from quotes.store.connection import reading

    with reading(db) as connection:
        rows = list(islice(queries.articles(connection), limit))
    if as_json:
        print_json(rows)
    elif not rows:
        click.echo("No article yet.")
    else:
        columns = ("id", "published", "outlet", "label", "quotes", "location")
        print_table(columns, [[row.id, moment(row.published), *(getattr(row, c) for c in columns[2:])] for row in rows])
