"""Which of the databases that Datasette serves were made by `quotes`."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from quotes.store import APPLICATION_ID

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.database import Database

_known: WeakKeyDictionary[Database, bool] = WeakKeyDictionary()


def is_ours(datasette: Datasette, name: str) -> bool:
    """Whether the database of this name carries our mark; each is looked at once."""
    database = datasette.databases.get(name)
    if database is None or database.is_memory:
        return False
    if database not in _known:
        _known[database] = _is_marked(database)
    return _known[database]


def our_databases(datasette: Datasette) -> list[str]:
    """The names of all that are ours."""
    return [name for name in datasette.databases if is_ours(datasette, name)]


def _is_marked(database: Database) -> bool:
    # not by reading the file's header: closing a file drops this process's locks on it, SQLite's among them
    try:
        with closing(database.connect()) as connection:
            return bool(connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID)
    except sqlite3.Error:
        return False
