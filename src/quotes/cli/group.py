"""`quotes group`: all groups anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from quotes.cli import options
from quotes.cli.output import count, note

if TYPE_CHECKING:
    from pathlib import Path

_MOST_WORKERS = 2


@click.command()
@options.database
def group(db: Path) -> None:
    """Group all quotes anew: utterances, claims, families and conflicts.

    `quotes add` keeps the groups up to date, so this is needed only for a database that an older version made. The
    numbers of quotes stay, and people's decisions count as before.

    \b
    quotes group
    """
    from quotes.parallel import usable_cores
    from quotes.store import queries
    from quotes.store.connection import reading
    from quotes.store.writer import Writer

    options.require_database(db)
    with Writer(db) as writer:
        writer.group(lambda step: note(f"{step[0].upper()}{step[1:]} …"), workers=min(_MOST_WORKERS, usable_cores()))
    with reading(db) as connection:
        found = queries.counts(connection)
        claims = connection.execute("SELECT count(*) FROM claim").fetchone()[0]
    click.echo(f"{db}: {count(found.quotes, 'quote')} in {count(claims, 'claim')}.")
