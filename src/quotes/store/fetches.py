"""What was fetched from which address, and what came of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from quotes.model import Fetched

if TYPE_CHECKING:
    from sqlite3 import Connection


def last(conn: Connection, url: str) -> Fetched | None:
    """What was last fetched from an address; None where nothing is known of it."""
    row = conn.execute(
        'SELECT url, status, location, etag, last_modified, error, fetched AS "when", failures FROM fetch '
        "WHERE url = ?",
        (url,),
    ).fetchone()
    return Fetched(**dict(row)) if row else None


def note(conn: Connection, fetched: Fetched) -> None:
    """Remember what came of fetching an address; of a failure that it failed once more, and nothing else is lost."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    if fetched.error is None:
        conn.execute(
            "INSERT OR REPLACE INTO fetch VALUES (?, ?, ?, ?, ?, ?, 0, NULL)",
            (fetched.url, now, fetched.status, fetched.location, fetched.etag, fetched.last_modified),
        )
    else:
        conn.execute(
            "INSERT INTO fetch (url, fetched, status, failures, error) VALUES (?, ?, ?, 1, ?) ON CONFLICT (url) "
            "DO UPDATE SET fetched = excluded.fetched, status = excluded.status, failures = failures + 1, "
            "error = excluded.error",
            (fetched.url, now, fetched.status, fetched.error),
        )
