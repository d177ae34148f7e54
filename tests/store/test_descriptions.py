"""Everything in the database is described, and nothing else is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.store.connection import reading, writing
from quotes.store.descriptions import DESCRIPTIONS, INTERNAL

if TYPE_CHECKING:
    from pathlib import Path


def test_descriptions_cover_every_table_view_and_column_in_order(db: Path) -> None:
    with writing(db):
        pass
    with reading(db) as conn:
        tables = conn.execute(
            "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE '%_fts%'"
        )
        columns = {
            name: [row["name"] for row in conn.execute(f"PRAGMA table_info({name})")]
            for (name,) in tables
            if name not in INTERNAL
        }
    assert {name: list(table.columns) for name, table in DESCRIPTIONS.items()} == columns


def test_descriptions_are_sentences() -> None:
    texts = [text for table in DESCRIPTIONS.values() for text in (table.description, *table.columns.values())]
    assert [text for text in texts if not text.endswith(".") or "\n" in text or "|" in text] == []
