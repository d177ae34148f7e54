"""`quotes who`: from words to everyone who is reported to have said them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from quotes.cli import options
from quotes.cli.claim_view import BRIEF, claim_block, claim_lines
from quotes.cli.output import count, print_json, printable, show
from quotes.cli.quote_view import place, quote_block, surroundings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from rich.console import RenderableType

    from quotes.store.filters import Filters
    from quotes.store.rows import Found, ShownClaim

_HOW = {
    "exact": "with exactly these words",
    "all words": "with all of these words, though not in this order; none has them exactly",
    "similar": "that may say this in other words, the likest first; none has all of these words",
    "some words": "with some of these words; none has them all",
}
_MOST_PASSAGES = 3
_MOST_DETAILED = 3
"""Of several claims so many are shown with a wording, places and conflicts."""


@click.command()
@click.argument("words", nargs=-1, required=True)
@options.database
@options.sure
@options.filters
@options.limit(20)
@options.json_lines
def who(words: tuple[str, ...], db: Path, filters: Filters, limit: int, as_json: bool) -> None:
    """Who said these words, or the same in other words; in which articles, in which wording.

    Quotes that hold the words one after the other come first; where there is none, those with all of the words, then
    those that say the like in other words, then those with some of the words. Case, accents, marks and punctuation
    make no difference.
    Quotes that say the same stand together as one claim.

    \b
    quotes who "the road is open again"
    quotes who "open again" --since 2023-03 --json
    """
    from quotes.store import claims, queries
    from quotes.store.connection import reading

    with reading(db) as connection:
        found = queries.who(connection, " ".join(words), filters, limit=limit)
        numbers = dict.fromkeys(quote.claim for quote in found.quotes if quote.claim is not None)
        shown = [] if as_json else claims.shown(connection, numbers)
    if as_json:
        print_json(_json_rows(found))
    else:
        _print(found, shown, " ".join(words), filtered=bool(filters))


def _json_rows(found: Found) -> Iterator[dict[str, Any]]:
    from dataclasses import asdict

    for quote in found.quotes:
        yield {"match": found.match, **asdict(quote)}
    for passage in found.printed:
        yield {"match": "outside quotes", **asdict(passage)}


def _print(found: Found, claims: list[ShownClaim], words: str, *, filtered: bool) -> None:
    if not found.quotes and not found.printed:
        within = " of what --since, --until, --outlet, --speaker and --sure leave; without them there may be more"
        click.echo(f"Nothing found for {printable(words)!r}{within if filtered else ''}.")
        return
    if not found.quotes:
        click.echo(f"No quote found with {printable(words)!r}.")
    show(*_blocks(found, claims))


def _blocks(found: Found, claims: list[ShownClaim]) -> Iterator[RenderableType]:
    if found.match:
        yield _headline(found)
    if len(claims) == 1:
        yield ""
        yield from claim_block(claims[0], first={quote.id for quote in found.quotes})
        claims = []
    for claim in claims[:_MOST_DETAILED]:
        yield ""
        yield from claim_block(claim, most=BRIEF, first={quote.id for quote in found.quotes})
    if len(claims) > _MOST_DETAILED:
        yield ""
        yield from (line for claim in claims[_MOST_DETAILED:] for line in claim_lines(claim))
    for quote in found.quotes:
        if quote.claim is None:
            yield from ("", *quote_block(quote))
    if found.printed:
        yield from ("", f"{count(len(found.printed), 'article')} with these words outside every quote:")
        for passage in found.printed[:_MOST_PASSAGES]:
            yield from (place(passage.article, passage.start, passage.end), surroundings(passage.context))
        if len(found.printed) > _MOST_PASSAGES:
            yield f"and {count(len(found.printed) - _MOST_PASSAGES, 'more article')}: --json lists them."


def _headline(found: Found) -> str:
    articles = count(len({quote.article.id for quote in found.quotes}), "article")
    if found.total > len(found.quotes):
        shown = f"{len(found.quotes):,} of {count(found.total, 'quote')}, in {articles} (--limit shows more),"
    else:
        shown = f"{count(found.total, 'quote')} in {articles}"
    return f"{shown} {_HOW[found.match]}." if found.match else ""
