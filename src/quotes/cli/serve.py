"""`quotes serve`: the database in the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from quotes.cli import options

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@options.database
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8001,
    show_default=True,
    help="The port to listen at; 0 takes any that is free.",
)
@click.option("--open", "open_browser", is_flag=True, help="Open it in the web browser.")
def serve(db: Path, host: str, port: int, open_browser: bool) -> None:
    """Open the database in the browser, on this machine alone.

    Search, speakers, claims, articles with their quotes marked, conflicts, and every table in Datasette. Nothing in the
    database can be changed, and what is added meanwhile is seen. Anyone who can reach the address can read the
    database: with another --host than the default, that may be everyone on the network. Ctrl-C ends it.

    \b
    quotes serve
    quotes serve --db election.db --port 8002 --open
    """
    from quotes.datasette_plugin.serving import serve as serve_database

    serve_database(db, host=host, port=port, open_browser=open_browser, announce=_announce)


def _announce(address: str) -> None:
    click.echo(f"{address} (Ctrl-C ends it)")
