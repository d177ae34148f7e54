"""`quotes by`: from a name to everything its bearer is reported to have said."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import click

from quotes.cli import options
from quotes.cli.output import count, note, print_json, print_table, printable, show
from quotes.cli.quote_view import quote_block

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rich.console import RenderableType

    from quotes.store.filters import Filters
    from quotes.store.rows import QuoteInContext, SpeakerRow


@click.command()
@click.argument("name", nargs=-1, required=True)
@options.sure
@options.printed
@options.database
@options.limit(100)
@options.json_lines
def by(name: tuple[str, ...], filters: Filters, db: Path, limit: int, as_json: bool) -> None:
    """Everything that a speaker is reported to have said, by date.

    NAME is any name of theirs, some words of one, another spelling of one, or the number of a speaker; case, accents
    and titles make no difference. Where several speakers fit, they are listed, the likeliest first, for one to be
    chosen by number.

    \b
    quotes by Merkel
    quotes by "Angela Merkel" --since 2015 --outlet "Daily Post"
    quotes by 12 --json
    """
    from quotes.store import queries, speakers
    from quotes.store.connection import reading

    asked = " ".join(name)
    with reading(db) as connection:
        fitting = speakers.by(connection, asked)
        found = list(queries.quotes_of(connection, fitting[0].id, filters)) if len(fitting) == 1 else []
    if len(fitting) > 1:
        _let_choose(asked, fitting, as_json=as_json)
    elif as_json:
        print_json(islice(found, limit))
    elif not fitting:
        click.echo(f"No speaker is called {printable(asked)!r}: `quotes speakers` lists them.")
    else:
        show(*_block(fitting[0], found[:limit], filtered=bool(filters), total=len(found)))
        if len(found) > limit:
            note(f"{count(len(found) - limit, 'quote')} more: --limit shows them.")


def _let_choose(asked: str, fitting: list[SpeakerRow], *, as_json: bool) -> None:
    """List the speakers that fit; the quotes of several people are never mixed."""
    if as_json:
        print_json({"speaker": {"id": row.id, "name": row.name}, "quotes": row.quotes} for row in fitting)
    else:
        columns = ("id", "name", "quotes", "articles", "outlets")
        print_table(columns, [[getattr(row, column) for column in columns] for row in fitting])
    note(f"{len(fitting)} speakers fit {printable(asked)!r}: ask for one by number, as `quotes by {fitting[0].id}`.")


def _block(
    speaker: SpeakerRow, quotes: list[QuoteInContext], *, filtered: bool, total: int
) -> Iterator[RenderableType]:
    """The speaker's line and the quotes."""
    from rich.text import Text

    articles = count(speaker.articles, "article")
    outlets = f" of {count(speaker.outlets, 'known outlet')}" if speaker.outlets else ""
    shown = f"; {total:,} as asked" if filtered else ""
    yield Text(f"{printable(speaker.name)}: {count(speaker.quotes, 'quote')} in {articles}{outlets}{shown}", "bold")
    for quote in quotes:
        yield from quote_block(quote, with_speaker=False)
