"""`quotes by`: from a name to everything its bearer is reported to have said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from quotes.cli import options
from quotes.cli.output import count, note, print_json, printable, show
from quotes.cli.quote_view import quote_block

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rich.console import RenderableType

    from quotes.store.rows import QuoteInContext, SpeakerRow


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
    show(*_blocks(speakers, limit))
    more = sum(len(quotes) for _, quotes in speakers) - limit
    if more > 0:
        note(f"{count(more, 'quote')} more: --limit shows them.")


def _blocks(speakers: list[tuple[SpeakerRow, list[QuoteInContext]]], limit: int) -> Iterator[RenderableType]:
    """Each speaker's line with their quotes, `limit` of them at the most, and an empty line between speakers."""
    from rich.text import Text

    left = limit
    for number, (speaker, quotes) in enumerate(speakers):
        if number:
            yield ""
        articles = count(speaker.articles, "article")
        outlets = f" of {count(speaker.outlets, 'known outlet')}" if speaker.outlets else ""
        head = f"{printable(speaker.name)}: {count(speaker.quotes, 'quote')} in {articles}{outlets}"
        yield Text(head, "bold")
        for quote in quotes[: max(0, left)]:
            yield from quote_block(quote, with_speaker=False)
        left -= len(quotes)
