"""What differs between Datasette 0.65 and 1.0.

0.65 asks its plugins for metadata and queries with the hooks `get_metadata` and `canned_queries`, which 1.0 no longer
has. 1.0 is told: descriptions and queries are written to its internal database, a table's configuration stands in
`datasette.config`. What a person has configured is left as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quotes.datasette_plugin.metadata import database_metadata, facets
from quotes.datasette_plugin.ours import our_databases
from quotes.datasette_plugin.queries import QUERIES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from datasette.app import Datasette

_METADATA = {"title", "description", "description_html", "columns"}
_ORDERS = {"sort", "sort_desc"}

_LEFT_TO_PEOPLE = {"allow", "allow_sql"}


def metadata(datasette: Datasette, key: str | None = None) -> dict[str, Any]:
    """The metadata as 0.65 reads it; a person's own is laid over it by Datasette.

    Datasette asks a dozen times for each page, and copies what it is told: for permissions ("allow") we have nothing
    to say, and of "tables", which it asks for permissions too, it uses nothing of ours but the facets.
    """
    if key in _LEFT_TO_PEOPLE:
        return {}
    if key == "tables":
        return {"databases": {name: {"tables": facets()} for name in our_databases(datasette)}}
    # 0.65 has no public name for what a person configured, only for that with ours in it
    configured = datasette._metadata_local.get("databases") or {}  # noqa: SLF001
    databases = {}
    for name in our_databases(datasette):
        databases[name] = database_metadata(datasette, name)
        own = (configured.get(name) or {}).get("tables") or {}
        databases[name]["tables"] = {
            table: _beside(values, own.get(table) or {}) for table, values in databases[name]["tables"].items()
        }
    return {"databases": databases}


async def configure(datasette: Datasette) -> None:
    """Tell Datasette 1.0 what 0.65 asks for."""
    if not is_1_0(datasette):
        return
    for name in our_databases(datasette):
        described = database_metadata(datasette, name)
        tables = described.pop("tables")
        _set_configuration(datasette, name, tables)
        await _set_database(datasette, name, described)
        for table, values in tables.items():
            await _set_table(datasette, name, table, values)
        await _add_queries(datasette, name)


async def anyone_may_see(datasette: Datasette, database: str, table: str) -> bool:
    """Whether a reader who is not signed in may see this table: `render_cell` of 0.65 is not told who is reading."""
    return bool(await visible_tables(datasette, None, database, {table}))


async def visible_tables(
    datasette: Datasette, actor: dict[str, Any] | None, database: str, tables: Iterable[str]
) -> set[str]:
    """Those of these tables that this reader may see; the actor is None for a reader who is not signed in."""
    may_see = _may_see if is_1_0(datasette) else _may_see_in_0_65
    return {table for table in tables if await may_see(datasette, actor, database, table)}


async def _may_see(datasette: Datasette, actor: dict[str, Any] | None, database: str, table: str) -> bool:
    from datasette.resources import TableResource

    resource = TableResource(database=database, table=table)
    return bool(await datasette.allowed(action="view-table", resource=resource, actor=actor))


async def _may_see_in_0_65(datasette: Datasette, actor: dict[str, Any] | None, database: str, table: str) -> bool:
    from datasette import Forbidden

    try:
        permissions = [("view-table", (database, table)), ("view-database", database), "view-instance"]
        await datasette.ensure_permissions(actor, permissions)
    except Forbidden:
        return False
    return True


def is_1_0(datasette: Datasette) -> bool:
    """Whether this is Datasette 1.0, or one of its alphas."""
    return hasattr(datasette, "add_query")


def _set_configuration(datasette: Datasette, name: str, tables: dict[str, dict[str, Any]]) -> None:
    databases = datasette.config.setdefault("databases", {})
    configured = databases.setdefault(name, {}).setdefault("tables", {})
    for table, values in tables.items():
        own = configured.setdefault(table, {})
        ours = _beside(values, own)
        own.update({key: value for key, value in ours.items() if key not in _METADATA | set(own)})


def _beside(values: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Our values for a table without an order where a person has set one: Datasette wants either sort or sort_desc."""
    return {key: value for key, value in values.items() if key not in _ORDERS or not _ORDERS & set(own)}


async def _set_database(datasette: Datasette, name: str, described: dict[str, str]) -> None:
    known = await datasette.get_database_metadata(name)
    for key, value in described.items():
        if key not in known:
            await datasette.set_database_metadata(name, key, value)


async def _set_table(datasette: Datasette, name: str, table: str, values: dict[str, Any]) -> None:
    known = await datasette.get_resource_metadata(name, table)
    for key in ("title", "description"):
        if key in values and key not in known:
            await datasette.set_resource_metadata(name, table, key, values[key])
    for column, description in values.get("columns", {}).items():
        if "description" not in await datasette.get_column_metadata(name, table, column):
            await datasette.set_column_metadata(name, table, column, "description", description)


async def _add_queries(datasette: Datasette, name: str) -> None:
    for query_name, query in QUERIES.items():
        if await datasette.get_query(name, query_name):
            continue
        await datasette.add_query(
            name,
            query_name,
            query.sql,
            title=query.title,
            description=query.description,
            parameters=query.parameters,
            hide_sql=True,
            # it is ours, so it may be run by those who may not run SQL of their own
            is_trusted=True,
        )
