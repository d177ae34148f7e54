"""Small things that SQL wants said in one way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from sqlite3 import Connection

MOST_SPREAD = "claim.sources DESC, claim.outlets DESC, claim.articles DESC"
"""Claims that most independent sources print first, then most outlets, then most articles.

Quotes are not counted: what one article says twice is no more widely printed for it.
"""


def numbers(ids: Iterable[int]) -> str:
    """Integers as the inside of IN (...), as many as there are: bound parameters would end at some thousands."""
    return ", ".join(map(str, map(int, ids)))


def insert(conn: Connection, table: str, row: Mapping[str, Any]) -> int:
    """Store a row, given by its columns; its number."""
    marks = ", ".join("?" * len(row))
    cursor = conn.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))
    return int(cursor.lastrowid or 0)


def insert_many(conn: Connection, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Store rows that have the same columns, in the same order."""
    if rows:
        columns = rows[0]
        query = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
        conn.executemany(query, (tuple(row.values()) for row in rows))


def numbered(conn: Connection, query: str, number: int) -> Any:  # noqa: ANN401 - what fetchone gives
    """The row of a number that a person has typed, which is the query's one parameter; None where there is none."""
    try:
        return conn.execute(query, (number,)).fetchone()
    except OverflowError:  # a number too large for SQLite is no row's
        return None
