"""Where an article came from: what its page tells of itself, its bytes, and what was last fetched."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

_SOURCES = (
    "ALTER TABLE article ADD COLUMN authors TEXT",
    "ALTER TABLE article ADD COLUMN updated TEXT",
    "ALTER TABLE article ADD COLUMN correction TEXT",
    "ALTER TABLE article ADD COLUMN archived TEXT",
    """
    CREATE TABLE original (
        article_id INTEGER PRIMARY KEY REFERENCES article(id) ON DELETE CASCADE,
        encoding TEXT NOT NULL CHECK (encoding IN ('gzip')),
        bytes BLOB NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE fetch (
        url TEXT PRIMARY KEY,
        fetched TEXT NOT NULL,
        status INTEGER NOT NULL,
        etag TEXT,
        last_modified TEXT,
        error TEXT
    ) STRICT
    """,
)


def add_sources(db: Database) -> None:
    """Pages are fetched again only when they may have changed, and may be kept as they came."""
    for statement in _SOURCES:
        db.execute(dedent(statement).strip())
    db.execute("PRAGMA user_version = 5")
