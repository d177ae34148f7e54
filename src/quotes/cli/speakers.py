"""`quotes speakers`: whom the database quotes."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from quotes.cli import options
from quotes.cli.output import print_json, print_table

if TYPE_CHECKING:
    from pathlib import Path

    from quotes.resolve.identity import NameMatch
    from quotes.store.rows import SpeakerRow


@click.group(invoke_without_command=True)
@options.database
@options.limit(100)
@options.json_lines
@click.pass_context
def speakers(ctx: click.Context, db: Path, limit: int, as_json: bool) -> None:
    """List the speakers, the most quoted first, or say which may be one person.

    \b
    quotes speakers
    quotes speakers suggest
    """
    if ctx.invoked_subcommand is not None:
        return
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


@speakers.command()
@options.database
@options.limit(50)
@options.json_lines
def suggest(db: Path, limit: int, as_json: bool) -> None:
    """Which speakers may be one person under two spellings, the likeliest first, and why.

    Names alone are compared: spellings, scripts, middle names, initials, nicknames. Nothing in the database changes.
    """
    from quotes.resolve.identity import likely_pairs
    from quotes.store import queries
    from quotes.store.connection import reading

    with reading(db) as connection:
        known = {row.name: row for row in queries.speakers(connection)}
    found = list(islice(likely_pairs(known), limit))
    if as_json:
        print_json(_suggestion(known[a], known[b], match) for a, b, match in found)
    elif not found:
        click.echo("No two speakers look like one person.")
    else:
        print_table(
            ("score", "one name", "other name", "why"),
            [[f"{match.score:.2f}", a, b, "; ".join(match.reasons)] for a, b, match in found],
        )


def _suggestion(a: SpeakerRow, b: SpeakerRow, match: NameMatch) -> dict[str, Any]:
    speakers = [{"id": row.id, "name": row.name, "quotes": row.quotes} for row in (a, b)]
    return {"score": round(match.score, 2), "speakers": speakers, "reasons": list(match.reasons)}
