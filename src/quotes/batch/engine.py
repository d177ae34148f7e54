"""DuckDB with Python functions over its tables: what bounds memory stays with it, what decides stays ours."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from quotes.parallel import map_in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import duckdb

    Row = tuple[Any, ...]

BATCH = 20_000
"""Rows that are taken, and written, at a time."""


def over(
    rows: Iterator[list[Row]], function: Callable[[Sequence[Row]], list[Row]], workers: int
) -> Iterator[list[Row]]:
    """What a function makes of rows, batch by batch, by several processes."""
    for _, made in map_in_order(function, rows, workers=workers):
        assert made is not None, "none is skipped"
        yield made


def stream(conn: duckdb.DuckDBPyConnection, query: str, values: Sequence[object] = ()) -> Iterator[list[Row]]:
    """A query's rows in batches; on a cursor of its own, since the connection is written to meanwhile."""
    rows = conn.cursor().execute(query, values)
    return iter(partial(rows.fetchmany, BATCH), [])


def columns(**types: pa.DataType) -> pa.Schema:
    """A table's columns, none of which may be empty."""
    return pa.schema([pa.field(name, type_, nullable=False) for name, type_ in types.items()])


def insert(conn: duckdb.DuckDBPyConnection, table: str, schema: pa.Schema, batches: Iterable[list[Row]]) -> None:
    """A table of rows that come in batches."""
    held: list[Row] = []

    def write() -> None:
        arrays = list(zip(*held, strict=True)) or [()] * len(schema.names)
        rows = pa.table([pa.array(column, field.type) for column, field in zip(arrays, schema, strict=True)], schema)
        conn.register("arriving", rows)
        conn.execute(f"INSERT INTO {table} SELECT * FROM arriving")
        conn.unregister("arriving")
        held.clear()

    conn.register("arriving", schema.empty_table())
    conn.execute(f"CREATE TABLE {table} AS SELECT * FROM arriving")
    conn.unregister("arriving")
    for batch in batches:
        held += batch
        if len(held) >= BATCH:
            write()
    if held:
        write()


def find_components(conn: duckdb.DuckDBPyConnection, pairs: str, into: str) -> None:
    """The table `into` of each `item` in the pairs (columns `a` and `b`), with the least that it hangs together with.

    Each takes the least number of its neighbours, until none does. Each round goes to the end of what is known so far,
    so that a long chain takes few.
    """
    conn.execute(f"CREATE TABLE {into} AS SELECT DISTINCT unnest([a, b]) AS item, item AS root FROM ({pairs})")
    conn.execute(f"CREATE OR REPLACE TABLE joined AS SELECT a, b FROM ({pairs}) UNION ALL SELECT b, a FROM ({pairs})")
    while True:
        conn.execute(
            "CREATE OR REPLACE TABLE next AS "
            "SELECT part.item, least(part.root, coalesce(min(other.root), part.root)) AS root "
            f"FROM {into} AS part LEFT JOIN joined ON joined.a = part.item "
            f"LEFT JOIN {into} AS other ON other.item = joined.b GROUP BY part.item, part.root"
        )
        conn.execute(
            "CREATE OR REPLACE TABLE next AS SELECT next.item, least(next.root, above.root) AS root "
            "FROM next JOIN next AS above ON above.item = next.root"
        )
        changed = conn.execute(
            f"SELECT count(*) FROM {into} AS part JOIN next USING (item) WHERE part.root <> next.root"
        ).fetchone()
        conn.execute(f"DROP TABLE {into}")
        conn.execute(f"ALTER TABLE next RENAME TO {into}")
        if not changed or not changed[0]:
            conn.execute("DROP TABLE joined")
            return
