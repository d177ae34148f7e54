"""`quotes drift`: which claims' wordings changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from quotes.cli import options
from quotes.cli.diff_view import change_line, date_and_outlet
from quotes.cli.output import count, indented, print_json, printable, show

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rich.console import RenderableType

    from quotes.store.drift import ChangedClaim


@click.command()
@options.database
@options.limit(20)
@options.json_lines
def drift(db: Path, limit: int, as_json: bool) -> None:
    """Claims whose wordings changed from article to article: a number or a negation first, then a name, the rest.

    `quotes diff CLAIM` shows all wordings of one.

    \b
    quotes drift
    quotes drift --json
    """
    from quotes.store.connection import reading
    from quotes.store.drift import changed_claims

    with reading(db) as connection:
        found = changed_claims(connection, limit=limit)
    if as_json:
        print_json(map(_record, found))
    elif not found:
        click.echo("No claim changed its wording.")
    else:
        show(*(block for claim in found for block in _blocks(claim)))


def _record(claim: ChangedClaim) -> dict[str, Any]:
    return {
        "claim": claim.claim_id,
        "text": claim.text,
        "quotes": claim.quotes,
        "wordings": claim.wordings,
        "kinds": list(claim.kinds),
        "change": claim.change.as_record(),
        "before": claim.before.id,
        "after": claim.after.id,
    }


def _blocks(claim: ChangedClaim) -> Iterator[RenderableType]:
    from rich.text import Text

    size = f"{count(claim.quotes, 'quote')} in {count(claim.wordings, 'wording')}"
    yield Text.assemble((f"Claim {claim.claim_id}", "bold cyan"), f": {size}")
    yield indented(Text(printable(claim.text), "bold"))
    yield change_line(claim.change)
    yield from (indented(date_and_outlet(quote)) for quote in (claim.before, claim.after))
    yield ""
