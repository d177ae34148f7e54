"""Full-text indexes follow what they index, and nothing else.

The triggers as `enable_fts` writes them index a row anew whatever changes in it: grouping, which gives every quote an
utterance and every article a family, would index all texts again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

_INDEXED = {"quote": ("text",), "article": ("label", "text"), "speaker": ("name",)}


def narrow_search_triggers(db: Database) -> None:
    """A row is indexed again where an indexed column changes."""
    for table, columns in _INDEXED.items():
        new, old = (", ".join(f"{row}.{column}" for column in columns) for row in ("new", "old"))
        names = ", ".join(columns)
        db.execute(f"DROP TRIGGER {table}_au")
        db.execute(
            f"CREATE TRIGGER {table}_au AFTER UPDATE OF {names} ON {table} BEGIN "
            f"INSERT INTO {table}_fts ({table}_fts, rowid, {names}) VALUES ('delete', old.rowid, {old}); "
            f"INSERT INTO {table}_fts (rowid, {names}) VALUES (new.rowid, {new}); END"
        )
    db.execute("PRAGMA user_version = 7")
