"""`quotes verify`: does every stored span still read as it did?"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from quotes.cli import options
from quotes.cli.output import count, print_json, printable

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@options.database
@options.json_lines
def verify(db: Path, as_json: bool) -> None:
    """Check every stored span against its frozen article, and the file itself; changes nothing.

    Exits with 1 when something is wrong, and prints what.
    """
    from quotes.store import queries
    from quotes.store.connection import reading
    from quotes.store.verify import verify as find_problems

    problems = find_problems(db)
    if as_json:
        print_json(problems)
    elif problems:
        for problem in problems:
            click.echo(printable(str(problem)))
        click.echo(f"{db}: {count(len(problems), 'problem')}.")
    else:
        if db.stat().st_size == 0:
            click.echo(f"{db}: all is well: nothing is in it yet.")
            return
        with reading(db) as connection:
            counts = queries.counts(connection)
        what = (
            f"{count(counts.articles, 'article')}, {count(counts.quotes, 'quote')}, {count(counts.speakers, 'speaker')}"
        )
        click.echo(f"{db}: all is well: {what}.")
    if problems:
        sys.exit(1)
