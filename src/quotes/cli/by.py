"""`quotes by`: from a name to everything its bearer is reported to have said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from quotes.cli import options
from quotes.cli.output import count, note, print_json, printable, show
from quotes.cli.quote_view import quote_block

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("name", nargs=-1, required=True)
@options.database
@options.limit(100)
@options.json_lines
def by(name: tuple[str, ...], db: Path, limit: int, as_json: bool) -> None:
    """Everything that a speaker is reported to have said.

    NAME is a name or some words of it; case and accents make no difference. Where several speakers fit, each is listed
    with their quotes, an exact name and the most quoted first.

    \b
    quotes by Merkel
    quotes by "Angela Merkel" --json
    """
    from rich.text import Text

    from quotes.store import queries
    from quotes.store.connection import reading

    asked = " ".join(name)
    with reading(db) as connection:
        speakers = [(row, list(queries.quotes_of(connection, row.id))) for row in queries.by(connection, asked)]
    if as_json:
        print_json([quote for _, quotes in speakers for quote in quotes][:limit])
        return
    if not speakers:
        click.echo(f"No speaker is called {printable(asked)!r}.")
        return
    left = limit
    for speaker, quotes in speakers:
        articles = count(speaker.articles, "article")
        outlets = f" of {count(speaker.outlets, 'known outlet')}" if speaker.outlets else ""
        head = f"{printable(speaker.name)}: {count(speaker.quotes, 'quote')} in {articles}{outlets}"
        show(Text(head, "bold"))
        for quote in quotes[: max(0, left)]:
            show(*quote_block(quote, with_speaker=False))
        left -= len(quotes)
        show("")
    if left < 0:
        note(f"{count(-left, 'quote')} more: --limit shows them.")
