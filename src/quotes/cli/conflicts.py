"""`quotes conflicts`: where articles disagree about who said it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import click

from quotes.cli import options
from quotes.cli.output import indented, print_json, printable, show

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rich.console import RenderableType

    from quotes.store.filters import Filters
    from quotes.store.rows import ConflictRow

_KINDS = ("same person", "different persons", "organization and person", "different organizations", "via")


@click.command()
@options.database
@options.sure
@options.filters
@click.option("--kind", type=click.Choice(_KINDS), help="Only of this kind.")
@options.limit(50)
@options.json_lines
def conflicts(db: Path, filters: Filters, kind: str | None, limit: int, as_json: bool) -> None:
    """Where articles attribute one claim to different speakers.

    Different persons come first. "same person" is perhaps one under two names, and "via" one who quotes the other.

    \b
    quotes conflicts
    quotes conflicts --kind "different persons" --json
    """
    from quotes.store import claims
    from quotes.store.connection import reading

    with reading(db) as connection:
        rows = claims.conflicts(connection, filters, kind=kind, limit=limit)
    if as_json:
        print_json(rows)
    elif not rows:
        click.echo("No conflict found.")
    else:
        show(*_blocks(rows))


def _blocks(rows: list[ConflictRow]) -> Iterator[RenderableType]:
    from rich.text import Text

    from quotes.cli.claim_view import conflict_line
    from quotes.cli.quote_view import place

    for (claim, kind), same in groupby(rows, key=lambda row: (row.claim, row.kind)):
        found = list(same)
        yield Text.assemble((f"#{claim}", "bold cyan"), f"  {kind}  ", (printable(found[0].label), "bold"))
        for row in found:
            yield indented(conflict_line(row))
            for quote in (row.a, row.b):
                words = Text.assemble((f"#{quote.id}  ", "cyan"), printable(quote.text))
                yield indented(words, by=2)
                yield indented(place(quote.article, quote.start, quote.end), by=2)
        yield ""
