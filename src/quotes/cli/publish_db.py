"""`quotes publish-db`: a copy for others."""

from __future__ import annotations

import json
from pathlib import Path

import click

from quotes.cli import options
from quotes.cli.output import count, note, reason_of
from quotes.store.publish import KEPT, LEFT_OUT


@click.command("publish-db")
@click.argument("output", type=click.Path(dir_okay=False, path_type=Path))
@options.database
@click.option("--no-texts", is_flag=True, help="Of each article keep only the words around its quotes.")
@click.option(
    "--without", metavar="TABLE", multiple=True, type=click.Choice(KEPT), help=f"Leave out a table: {', '.join(KEPT)}."
)
@click.option(
    "--with",
    "include",
    metavar="TABLE",
    multiple=True,
    type=click.Choice(LEFT_OUT),
    help=f"Publish a table that is left out otherwise: {', '.join(LEFT_OUT)}.",
)
@click.option("--title", help="What readers see above all pages.")
@click.option("--source", help="Whose collection it is.")
@click.option("--source-url", help="Where that is described.")
@click.option("--license", "license_", help="On which terms others may use it.")
@click.option("--force", is_flag=True, help="Overwrite OUTPUT.")
def publish_db(
    output: Path,
    db: Path,
    no_texts: bool,
    without: tuple[str, ...],
    include: tuple[str, ...],
    title: str | None,
    source: str | None,
    source_url: str | None,
    license_: str | None,
    force: bool,
) -> None:
    """Write a copy of the database for others to browse, and beside it a metadata file for Datasette.

    The copy is compact, optimised for reading, and names no file of this machine. With --no-texts it holds of each
    article only the paragraph around each quote, at most 240 characters on each side, every place in it unchanged: for
    articles that may be quoted but not copied.

    \b
    quotes publish-db public.db --no-texts --title "Election 2024: who said what"
    datasette serve -i public.db --metadata public.metadata.json
    datasette publish cloudrun public.db --metadata public.metadata.json --install newsquotes --service quotes
    """
    from quotes.datasette_plugin.metadata import file_metadata
    from quotes.store.publish import publish

    done = publish(db, output, texts=not no_texts, leave_out=without, include=include, replace=force)
    metadata = output.with_suffix(".metadata.json")
    known = {"title": title, "source": source, "source_url": source_url, "license": license_}
    content = json.dumps(file_metadata(output.stem, **known), indent=2, ensure_ascii=False) + "\n"
    try:
        metadata.write_text(content, encoding="utf-8")
    except OSError as error:
        raise click.ClickException(
            f"{metadata} cannot be written ({reason_of(error)}); name another OUTPUT."
        ) from error
    megabytes = f"{done.size / 1_000_000:,.1f} MB"
    click.echo(f"{output}: {count(done.articles, 'article')}, {count(done.quotes, 'quote')}, {megabytes}.")
    note(f"Left out: {', '.join(done.left_out)}. Open it with: datasette serve -i {output} --metadata {metadata}")
