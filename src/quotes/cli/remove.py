"""`quotes remove`: a takedown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from quotes.cli import options
from quotes.cli.output import count, note, printable

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("article_ids", metavar="ARTICLE_ID...", nargs=-1, required=True, type=int)
@options.database
@click.option("--yes", is_flag=True, help="Do not ask.")
def remove(article_ids: tuple[int, ...], db: Path, yes: bool) -> None:
    """Remove an article and all that hangs on it: its quotes, and speakers and outlets that nothing else names.

    ARTICLE_ID is the number that `quotes articles` prints. The text is overwritten in the file, not only unlinked. This
    cannot be taken back, though adding the article again finds the same quotes.

    \b
    quotes remove 3
    """
    from quotes.store import queries
    from quotes.store.connection import reading
    from quotes.store.writer import Writer

    with reading(db) as connection:
        articles = [queries.article(connection, article_id) for article_id in dict.fromkeys(article_ids)]
    if not yes:
        for article in articles:
            click.echo(f"{article.id}: {printable(article.label)}, {count(article.quotes, 'quote')}", err=True)
        click.confirm(f"Remove {count(len(articles), 'article')} for good?", abort=True, err=True)
    with Writer(db) as writer:
        for article in articles:
            removed = writer.remove(article.id)
            click.echo(f"Removed {article.id}: {printable(article.label)}, with {count(removed.quotes, 'quote')}.")
            if not removed.erased:
                note(
                    f"Another process is still reading {db}, so the text is still in {db}-wal: end that process, then"
                    " write to the database once more."
                )
