"""`quotes headlines`: what headlines quote and their articles do not."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from quotes.cli import options
from quotes.cli.diff_view import change_line
from quotes.cli.output import indented, moment, print_json, printable, printable_part, show

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rich.console import RenderableType

    from quotes.store.headlines import CheckedHeadline

_SAYS = {
    "quoted": "The body quotes these words.",
    "reported": "The body reports this, but not in quotation marks.",
    "changed": "No quote of the body says this; one comes near, with a change that may turn the meaning round:",
    "none": "No quote of the body says this.",
}


@click.command()
@click.option("--all", "every", is_flag=True, help="Those that the body supports too.")
@options.database
@options.limit(50)
@options.json_lines
def headlines(every: bool, db: Path, limit: int, as_json: bool) -> None:
    """Quotes in headlines that no quote of the body supports.

    What stands in quotation marks in a headline is looked for in the quotes and quotation marks of the body: the same
    words, nearly the same, or a part of them. Where the headline has no marks, what stands beside a colon is looked
    for, if someone whom the body quotes stands on its other side.

    \b
    quotes headlines
    quotes headlines --all --json
    """
    from quotes.store.connection import reading
    from quotes.store.headlines import checked_headlines

    with reading(db) as connection:
        found = list(islice(checked_headlines(connection, every=every), limit))
    if as_json:
        print_json(map(_record, found))
    elif not found:
        click.echo("No headline quotes anything." if every else "No headline quotes what its article does not.")
    else:
        show(*(block for checked in found for block in _blocks(checked)))


def _record(checked: CheckedHeadline) -> dict[str, Any]:
    quote = checked.quote
    return {
        "article": checked.article.id,
        "outlet": checked.article.outlet,
        "published": checked.article.published,
        "headline": checked.headline,
        "text": quote.text,
        "start": quote.start,
        "end": quote.end,
        "marked": quote.marked,
        "support": checked.support,
        "passage": checked.passage,
        "quote": checked.quote_id,
        "changes": [change.as_record() for change in checked.changes],
        "printed": checked.printed,
    }


def _blocks(checked: CheckedHeadline) -> Iterator[RenderableType]:
    from rich.text import Text

    article, headline, quote = checked.article, checked.headline, checked.quote
    known = (moment(article.published) or "no date", printable(article.outlet or "outlet unknown"))
    yield Text.assemble((f"Article {article.id}", "bold cyan"), f"  {' · '.join(known)}")
    around = [printable_part(part) for part in (headline[: quote.start], headline[quote.end :])]
    asked = printable_part(headline[quote.start : quote.end])
    yield indented(Text.assemble(around[0], (asked, "bold"), around[1]))
    style = "" if checked.support in {"quoted", "reported"} else "yellow"
    printed = " The body has the words, outside every quote." if checked.printed else ""
    yield indented(Text(_SAYS[checked.support] + printed, style))
    if checked.passage:
        number = f"#{checked.quote_id}  " if checked.quote_id else ""
        yield indented(Text.assemble((number, "bold cyan"), printable(checked.passage)))
    yield from map(change_line, checked.changes)
    yield ""
