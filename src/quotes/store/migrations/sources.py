"""Where an article came from: what its page tells of itself, its bytes, and what was last fetched."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

from quotes.addresses import is_web_address, same_address
from quotes.notices import find_correction

if TYPE_CHECKING:
    from sqlite_utils import Database

_SOURCES = (
    "ALTER TABLE article ADD COLUMN authors TEXT",
    "ALTER TABLE article ADD COLUMN updated TEXT",
    "ALTER TABLE article ADD COLUMN correction TEXT",
    "ALTER TABLE article ADD COLUMN archived TEXT",
    "ALTER TABLE article ADD COLUMN missing TEXT",
    "ALTER TABLE article ADD COLUMN printed TEXT",
    """
    CREATE TABLE original (
        article_id INTEGER NOT NULL UNIQUE REFERENCES article(id) ON DELETE CASCADE,
        encoding TEXT NOT NULL CHECK (encoding IN ('gzip')),
        bytes BLOB NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE fetch (
        url TEXT PRIMARY KEY,
        fetched TEXT NOT NULL,
        status INTEGER,
        location TEXT,
        etag TEXT,
        last_modified TEXT,
        failures INTEGER NOT NULL CHECK (failures >= 0),
        error TEXT
    ) STRICT
    """,
    "CREATE INDEX fetch_location ON fetch (location)",
)


def add_sources(db: Database) -> None:
    """Pages are fetched again only when they may have changed; all addresses of a page lead to one article."""
    for statement in _SOURCES:
        db.execute(dedent(statement).strip())
    _share_locations(db)
    for article_id, text in db.execute("SELECT id, text FROM article").fetchall():
        notice = find_correction(text)
        if notice:
            db.execute("UPDATE article SET correction = ? WHERE id = ?", (notice, article_id))
    db.execute("PRAGMA user_version = 5")


def _share_locations(db: Database) -> None:
    """Give what stands at several addresses of one page one location, and number its versions in order anew.

    A text that is there under both addresses stays where it is: no article is removed.
    """
    touched = set()
    rows = db.execute("SELECT id, location, text_hash FROM article ORDER BY id").fetchall()
    for article_id, location, text_hash in rows:
        shared = same_address(location) if is_web_address(location) else location
        taken = "SELECT 1 FROM article WHERE location = ? AND text_hash = ?"
        if shared == location or db.execute(taken, (shared, text_hash)).fetchone():
            continue
        last = "(SELECT coalesce(max(version), 0) FROM article WHERE location = ?)"
        db.execute(f"UPDATE article SET location = ?, version = {last} + 1 WHERE id = ?", (shared, shared, article_id))
        touched.add(shared)
    for location in sorted(touched):
        numbers = db.execute("SELECT id, version FROM article WHERE location = ? ORDER BY id", (location,)).fetchall()
        free = max(version for _, version in numbers)
        for step in (free, 0):  # by way of numbers that are free, since no two may be the same for a moment either
            for version, (article_id, _) in enumerate(numbers, 1):
                db.execute("UPDATE article SET version = ? WHERE id = ?", (step + version, article_id))
