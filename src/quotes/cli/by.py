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
    chosen by number. What somebody says together with others is there too.

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
        names = [alias.name for row in fitting for alias in speakers.profile(connection, row.id).aliases] or [asked]
        joint = list(queries.quotes_together(connection, names, filters)) if len(fitting) < 2 else []
    found = sorted([*found, *joint], key=_by_date) if joint else found
    if len(fitting) > 1:
        _let_choose(asked, fitting, as_json=as_json)
    elif as_json:
        print_json(islice(found, limit))
    elif not found and not fitting:
        click.echo(f"No speaker is called {printable(asked)!r}: `quotes speakers` lists them.")
    else:
        head = _head(fitting[0] if fitting else None, asked, len(found), len(joint), filtered=bool(filters))
        show(*_block(head, found[:limit]))
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


def _head(speaker: SpeakerRow | None, asked: str, total: int, joint: int, *, filtered: bool) -> str:
    """Who it is, with how many quotes there are."""
    together = f"{count(joint, 'quote')} together with others"
    if speaker is None:
        return f"{printable(asked)}: {together}"
    articles = count(speaker.articles, "article")
    outlets = f" of {count(speaker.outlets, 'known outlet')}" if speaker.outlets else ""
    further = f"; {together}" if joint else ""
    shown = f"; {total:,} as asked" if filtered else ""
    return f"{printable(speaker.name)}: {count(speaker.quotes, 'quote')} in {articles}{outlets}{further}{shown}"


def _block(head: str, quotes: list[QuoteInContext]) -> Iterator[RenderableType]:
    """The speaker's line and the quotes; of those said together with others, with who they are."""
    from rich.text import Text

    yield Text(head, "bold")
    for quote in quotes:
        yield from quote_block(quote, with_speaker=quote.speaker is None)


def _by_date(quote: QuoteInContext) -> tuple[bool, str, int, int]:
    published = quote.article.published
    return published is None, published or "", quote.article.id, quote.id
