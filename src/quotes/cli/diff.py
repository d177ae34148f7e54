"""`quotes diff`: two wordings, word for word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from quotes.cli import options, output
from quotes.cli.output import print_json, printable
from quotes.cli.quote_view import as_printed, place, said_by

if TYPE_CHECKING:
    from pathlib import Path

    from rich.text import Text

    from quotes.group.changes import Change
    from quotes.group.compare import Comparison
    from quotes.store.rows import ShownQuote


@click.command()
@click.argument("first", metavar="ID", type=int)
@click.argument("second", metavar="ID", type=int)
@options.database
@options.json_lines
def diff(first: int, second: int, db: Path, as_json: bool) -> None:
    """Two quotes side by side: what was cut, added or replaced, and whether it may turn the meaning round.

    Changed numbers, negations, names and modal verbs are told apart. ID is the number that the other commands print
    before a quote.

    \b
    quotes diff 3 17
    """
    from quotes.group.compare import compare
    from quotes.store import queries
    from quotes.store.connection import reading

    with reading(db) as connection:
        quotes = [queries.show(connection, number) for number in (first, second)]
    found = compare(quotes[0].text, quotes[1].text)
    if as_json:
        print_json([{"quotes": [first, second], **found.as_record()}])
    else:
        _print(quotes, found)


def _print(quotes: list[ShownQuote], found: Comparison) -> None:
    from rich.text import Text

    for quote in quotes:
        head = Text.assemble((f"#{quote.id}", "bold cyan"), "  ").append_text(said_by(quote))
        output.show(head.append(f"  {as_printed(quote)}", "italic"), place(quote.article, quote.start, quote.end))
        output.show(Text(f"    {printable(quote.text)}"))
    output.show(Text(_verdict(found), "bold"))
    for change in found.changes:
        output.show(_line(change))


def _verdict(found: Comparison) -> str:
    words = {"identical": "The same words.", "near": "Nearly the same words.", "fragment": "One is part of the other."}
    verdict = words[found.edge] if found.edge else "Other words."
    warning = " A change may turn the meaning round." if found.edge and found.contradicts else ""
    return f"{verdict} They share {found.score:.0%}.{warning}"


def _line(change: Change) -> Text:
    from rich.text import Text

    line = Text(f"  {', '.join(change.kinds)}: ")
    if change.before:
        line.append(printable(change.before), "red")
    if change.before and change.after:
        line.append(" → ")
    if change.after:
        line.append(printable(change.after), "green")
    return line
