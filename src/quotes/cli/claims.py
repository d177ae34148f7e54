"""`quotes claims`: what is said most, one claim in full, and people's decisions about claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from quotes.cli import options
from quotes.cli.claim_view import ALL, claim_block, claim_lines, suggestion_lines
from quotes.cli.output import count, note, print_json, print_judgements
from quotes.cli.output import show as show_blocks

if TYPE_CHECKING:
    from pathlib import Path

    from quotes.store.filters import Filters


@click.group(invoke_without_command=True)
@options.database
@options.sure
@options.filters
@click.option("--topic", metavar="TERM", help="With such a key term in its words; the beginning of a word is enough.")
@options.limit(15)
@options.json_lines
@click.pass_context
def claims(ctx: click.Context, db: Path, filters: Filters, topic: str | None, limit: int, as_json: bool) -> None:
    """List the claims, those that most independent sources print first.

    A claim is every quote that says the same, in whatever words and whoever says it. Copies of one text, passages
    taken over word for word and articles of one outlet are one source; what one article says twice counts once.

    \b
    quotes claims --since 2023-03 --speaker Merkel
    quotes claims show 3
    """
    if ctx.invoked_subcommand is not None:
        return
    from quotes.store import claims as stored
    from quotes.store.connection import reading

    with reading(db) as connection:
        rows = stored.claims(connection, filters, topic=topic, limit=limit + 1)
    if as_json:
        print_json(rows[:limit])
    elif not rows:
        click.echo("No claim found.")
    else:
        show_blocks(*(line for row in rows[:limit] for line in claim_lines(row)))
        if len(rows) > limit:
            note(f"The first {count(limit, 'claim')}: --limit shows more, `quotes claims show CLAIM` all of one.")


@claims.command()
@click.argument("number", metavar="CLAIM", type=int)
@options.database
@options.json_lines
def show(number: int, db: Path, as_json: bool) -> None:
    """One claim in full: who, where and when, every wording, conflicts, and quotes that may belong to it.

    CLAIM is the number of the claim or of any quote in it.

    \b
    quotes claims show 3
    """
    from quotes.store import claims as stored
    from quotes.store.connection import reading

    with reading(db) as connection:
        claim = stored.claim(connection, number)
    if as_json:
        print_json([claim])
    else:
        show_blocks(*claim_block(claim, most=ALL), *suggestion_lines(claim))


@claims.command()
@click.argument("numbers", metavar="CLAIM CLAIM...", nargs=-1, required=True, type=int)
@options.database
@options.judge
def merge(numbers: tuple[int, ...], db: Path, judge: str, why: str | None) -> None:
    """Decide that claims are one.

    CLAIM is the number of a claim or of any quote in it. The decision is kept, outranks every later run, and can be
    taken back with `quotes claims undo`.

    \b
    quotes claims merge 3 17 --why "one speech, translated twice"
    """
    from quotes.store.writer import Writer

    options.require_database(db)
    with Writer(db) as writer:
        claim = writer.merge_claims(numbers, who=judge, why=why)
    click.echo(f"One claim: {claim}.")


@claims.command()
@click.argument("number", metavar="QUOTE", type=int)
@options.database
@options.judge
def split(number: int, db: Path, judge: str, why: str | None) -> None:
    """Decide that the wording of a quote is another claim than the one it is in.

    \b
    quotes claims split 17 --why "another occasion"
    """
    from quotes.store.writer import Writer

    options.require_database(db)
    with Writer(db) as writer:
        claim = writer.split_claim(number, who=judge, why=why)
    click.echo(f"A claim of its own: {claim}.")


@claims.command()
@click.argument("number", metavar="JUDGEMENT", type=int)
@options.database
@options.judge
def undo(number: int, db: Path, judge: str, why: str | None) -> None:
    """Take a decision about claims back, by the number that `quotes claims judgements` prints.

    \b
    quotes claims undo 2
    """
    from quotes.store.writer import Writer

    options.require_database(db)
    with Writer(db) as writer:
        writer.undo_claims(number, who=judge, why=why)
    click.echo(f"Judgement {number} no longer counts.")


@claims.command()
@options.database
@options.json_lines
def judgements(db: Path, as_json: bool) -> None:
    """List people's decisions about claims, those taken back too.

    \b
    quotes claims judgements
    """
    from quotes.store import judgements as stored
    from quotes.store.connection import reading

    with reading(db) as connection:
        found = stored.every(connection, "claim")
    print_judgements(found, as_json=as_json, about="claim")
