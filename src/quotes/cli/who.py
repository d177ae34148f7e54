"""`quotes who`: from words to everyone who is reported to have said them."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

import click

from quotes.cli import options
from quotes.cli.output import count, print_json, printable, show
from quotes.cli.quote_view import place, quote_block, said_by, surroundings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from rich.console import RenderableType

    from quotes.store.rows import Found, QuoteInContext

_HOW = {
    "exact": "with exactly these words",
    "all words": "with all of these words, though not in this order; none has them exactly",
    "some words": "with some of these words; none has them all",
}


@click.command()
@click.argument("words", nargs=-1, required=True)
@options.database
@options.limit(20)
@options.json_lines
def who(words: tuple[str, ...], db: Path, limit: int, as_json: bool) -> None:
    """Who said these words, in which articles, in which wording.

    Quotes that hold the words one after the other come first; where there is none, those with all of the words, then
    those with some of them. Case, accents, marks and punctuation make no difference.

    \b
    quotes who "the road is open again"
    quotes who "open again" --json
    """
    from quotes.store import queries
    from quotes.store.connection import reading

    with reading(db) as connection:
        found = queries.who(connection, " ".join(words), limit=limit)
    if as_json:
        print_json(_json_rows(found))
    else:
        _print(found, " ".join(words))


def _json_rows(found: Found) -> Iterator[dict[str, Any]]:
    from dataclasses import asdict

    for quote in found.quotes:
        yield {"match": found.match, **asdict(quote)}
    for passage in found.printed:
        yield {"match": "outside quotes", **asdict(passage)}


def _print(found: Found, words: str) -> None:
    if not found.quotes and not found.printed:
        click.echo(f"Nothing found for {printable(words)!r}.")
        return
    show(*_blocks(found))


def _blocks(found: Found) -> Iterator[RenderableType]:
    from rich.text import Text

    if found.match:
        yield _headline(found)
    for wording in _by_wording(found.quotes):
        yield from ("", Text(printable(wording[0].text), "bold"), _summary(wording))
        for quote in wording:
            yield from quote_block(quote)
    if found.printed:
        yield from ("", f"{count(len(found.printed), 'article')} with these words outside every quote:")
        for passage in found.printed:
            yield from (place(passage.article, passage.start, passage.end), surroundings(passage.context))


def _headline(found: Found) -> str:
    articles = count(len({quote.article.id for quote in found.quotes}), "article")
    if found.total > len(found.quotes):
        shown = f"{len(found.quotes):,} of {count(found.total, 'quote')}, in {articles} (--limit shows more),"
    else:
        shown = f"{count(found.total, 'quote')} in {articles}"
    return f"{shown} {_HOW[found.match]}." if found.match else ""


def _summary(wording: list[QuoteInContext]) -> str:
    """Who is named for one wording, in how many articles, and the earliest date that an article of it bears."""
    names = Counter(said_by(quote).plain for quote in wording)
    dated = [quote.article for quote in wording if quote.article.published]
    said = "Said by " + ", ".join(f"{name} ({count(number, 'quote')})" for name, number in names.most_common())
    if not dated:
        return f"{said}; no article of it bears a date."
    first = min(dated, key=lambda article: article.published or "")
    return f"{said}; earliest date in this database: {first.published} ({printable(first.outlet or 'outlet unknown')})."


def _by_wording(quotes: tuple[QuoteInContext, ...]) -> Iterator[list[QuoteInContext]]:
    """The quotes of each wording together, in the order in which the wordings first come."""
    order = {fingerprint: i for i, fingerprint in reversed(list(enumerate(quote.fingerprint for quote in quotes)))}
    by_wording = sorted(quotes, key=lambda quote: order[quote.fingerprint])
    for _, group in groupby(by_wording, key=lambda quote: quote.fingerprint):
        yield list(group)
