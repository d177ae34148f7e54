"""`quotes show`: one quote with its evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from quotes.cli import options, output
from quotes.cli.output import print_json, printable
from quotes.cli.quote_view import as_printed, place, said_by, surroundings

if TYPE_CHECKING:
    from pathlib import Path

    from rich.text import Text

    from quotes.store.rows import ShownQuote


@click.command()
@click.argument("quote_id", metavar="ID", type=int)
@options.database
@options.json_lines
def show(quote_id: int, db: Path, as_json: bool) -> None:
    """One quote with its article's words around it, and where each part of it stands.

    ID is the number that the other commands print before a quote.

    \b
    quotes show 3
    """
    from quotes.store import queries
    from quotes.store.connection import reading

    with reading(db) as connection:
        quote = queries.show(connection, quote_id)
    if as_json:
        print_json([quote])
    else:
        _print(quote)


def _print(quote: ShownQuote) -> None:
    from rich.padding import Padding
    from rich.table import Table

    head = said_by(quote).append(f"  {as_printed(quote)}", "not bold italic")
    around = Padding(surroundings(quote.context), (1, 0, 1, 4))
    facts = Table(box=None, show_header=False, pad_edge=False)
    facts.add_column(style="dim", no_wrap=True)
    facts.add_column(overflow="fold")
    for name, value in _facts(quote):
        facts.add_row(name, value)
    output.show(head, place(quote.article, quote.start, quote.end), around, facts)


def _facts(quote: ShownQuote) -> list[tuple[str, Text]]:
    """What is known of a quote, a name and a value a line; what is not known is left out."""
    from rich.text import Text

    spans = {"content": quote.contents, "cue": quote.cues, "source": quote.sources}
    facts: list[tuple[str, object]] = [
        (role, ", ".join(f"characters {span.start}–{span.end}" for span in found))
        for role, found in spans.items()
        if found
    ]
    facts += [
        ("begins", f"line {quote.line}, column {quote.column}"),
        ("named here", quote.speaker_name),
        ("because", quote.speaker_reason),
        ("speaker", None if quote.speaker_confidence is None else f"probability {quote.speaker_confidence:.2f}"),
        ("cue class", quote.cue_class),
        ("modality", quote.modality),
        ("via", quote.via),
        ("marks", None if quote.status in {None, "closed"} else quote.status),
        ("quote", None if quote.confidence is None else f"probability {quote.confidence:.2f}"),
        ("found by", quote.extractor),
    ]
    return [(name, Text(printable(str(value)))) for name, value in facts if value]
