"""The Datasette plugin: it describes, links and queries databases of `quotes`, and leaves every other one alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from datasette import hookimpl

from quotes.datasette_plugin import cells, functions, queries, versions
from quotes.datasette_plugin.addresses import page_address
from quotes.datasette_plugin.desk.routes import Routes, routes
from quotes.datasette_plugin.ours import is_ours, our_databases
from quotes.datasette_plugin.styles import stylesheets

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Awaitable, Callable

    from datasette.app import Datasette
    from markupsafe import Markup


@hookimpl
def prepare_connection(conn: sqlite3.Connection, database: str, datasette: Datasette) -> None:
    """The SQL functions of `functions`."""
    if is_ours(datasette, database):
        functions.register(conn)


@hookimpl
def get_metadata(datasette: Datasette, key: str | None) -> dict[str, Any]:
    """Titles, descriptions, facets and order; called by Datasette 0.65, several times for every permission."""
    return versions.metadata(datasette, key)


@hookimpl
def canned_queries(datasette: Datasette, database: str) -> dict[str, Any]:
    """The questions of `queries`; called by Datasette 0.65."""
    return queries.as_metadata() if is_ours(datasette, database) else {}


@hookimpl
def startup(datasette: Datasette) -> Callable[[], Awaitable[None]]:
    """The same metadata and queries, as Datasette 1.0 wants to be told them."""
    return lambda: versions.configure(datasette)


@hookimpl
def register_routes() -> Routes:
    """The pages for reading, beside Datasette's tables."""
    return routes()


@hookimpl
def menu_links(datasette: Datasette) -> list[dict[str, str]]:
    """The way from any page of Datasette to the pages for reading."""
    return [{"href": page_address(datasette, name), "label": f"Read {name}"} for name in our_databases(datasette)]


@hookimpl
def render_cell(  # noqa: PLR0917 - pluggy hands over by name
    row: cells.Row, value: object, column: str, table: str | None, database: str, datasette: Datasette
) -> Markup | Awaitable[Markup | None] | None:
    """Links, and a quote with the words around it."""
    if not is_ours(datasette, database):
        return None
    cell = cells.Cell(datasette=datasette, database=database, table=table, column=column, value=value, row=row)
    return cells.render(cell)


@hookimpl
def extra_css_urls(database: str | None, datasette: Datasette) -> list[str]:
    """The stylesheet, on the pages of our databases."""
    return stylesheets(datasette) if database and is_ours(datasette, database) else []
