"""Every released schema becomes the present one, empty and filled."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from quotes.store import APPLICATION_ID, SCHEMA_VERSION, queries, speakers
from quotes.store.connection import reading, writing
from quotes.store.migrations import migrations
from quotes.store.verify import verify

SCHEMAS = Path(__file__).parents[2] / "fixtures" / "schemas"
RELEASED = sorted(SCHEMAS.glob("*.sql"))


def schema(db: Path) -> set[tuple[str, str, str]]:
    with reading(db) as conn:
        rows = conn.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE '%_fts_%'"
        )
        return {tuple(row) for row in rows}


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    db = tmp_path / "fresh.db"
    with writing(db):
        pass
    return db


@pytest.fixture(params=RELEASED, ids=lambda path: path.stem)
def released(request: pytest.FixtureRequest, db: Path) -> Path:
    with closing(sqlite3.connect(db)) as conn:
        conn.executescript(request.param.read_text(encoding="utf-8"))
    return db


def test_migrations_count_what_the_package_reads(fresh: Path) -> None:
    with reading(fresh) as conn:
        assert conn.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION
        assert conn.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        assert conn.execute("SELECT count(*) FROM _sqlite_migrations").fetchone()[0] == SCHEMA_VERSION
    assert repr(migrations) == (
        "<Migrations 'quotes': [create_schema, add_topics, add_identity, add_groups, add_sources, add_browsing, "
        "narrow_search_triggers]>"
    )


def test_migrations_keep_every_released_schema() -> None:
    # 3 to 6 were released together
    expected = [f"v{version}-{state}" for version in (1, 2, 6, SCHEMA_VERSION) for state in ("empty", "filled")]
    assert [path.stem for path in RELEASED] == expected


def test_migrations_bring_a_released_database_up_to_date(released: Path, fresh: Path) -> None:
    with writing(released):
        pass
    assert schema(released) == schema(fresh)
    assert verify(released) == []


def test_migrations_keep_what_a_released_database_holds(released: Path) -> None:
    filled = released.read_bytes().find(b"Nobody will pay a toll") > 0
    with writing(released):
        pass
    with reading(released) as conn:
        assert queries.counts(conn).quotes == (5 if filled else 0)
        assert [speaker.name for speaker in speakers.by(conn, "lopez")] == (["Mayor Ana López"] if filled else [])
        assert queries.who(conn, "pay a toll").total == (2 if filled else 0)


def test_migrations_make_strict_tables_only(fresh: Path) -> None:
    with reading(fresh) as conn:
        tables = conn.execute("SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
        loose = {row["name"] for row in tables if not row["strict"]}
    assert loose == {"_sqlite_migrations", "sqlite_schema", "sqlite_sequence"}


def test_migrations_make_full_text_indexes_that_datasette_sees(fresh: Path) -> None:
    with reading(fresh) as conn:
        made = [row["sql"] for row in conn.execute("SELECT sql FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL%'")]
    assert len(made) == 3
    assert all(f'content="{table}"' in sql for table, sql in zip(("quote", "article", "speaker"), made, strict=True))


def test_migrations_index_every_foreign_key(fresh: Path) -> None:
    with reading(fresh) as conn:
        keys = conn.execute(
            'SELECT m.name AS table_, f."from" AS column_ '
            "FROM sqlite_master AS m, pragma_foreign_key_list(m.name) AS f WHERE m.type = 'table'"
        )
        indexed = {
            (row["table_"], row["column_"])
            for row in conn.execute(
                "SELECT m.name AS table_, c.name AS column_ FROM sqlite_master AS m, pragma_index_list(m.name) AS i, "
                "pragma_index_info(i.name) AS c WHERE m.type = 'table' AND c.seqno = 0"
            )
        }
        assert {tuple(row) for row in keys} <= indexed


def test_migrations_full_text_follows_what_is_indexed_and_nothing_else(fresh: Path) -> None:
    with writing(fresh) as db:
        db.execute("INSERT INTO speaker (name, key) VALUES ('Ana Lopez', 'ana lopez')")
        written = "SELECT total_changes()"
        before = db.execute(written).fetchone()[0]
        db.execute("UPDATE speaker SET qid = 'Q1'")
        assert db.execute(written).fetchone()[0] == before + 1
        db.execute("UPDATE speaker SET name = 'Jon Baker'")
        found = [db.execute("SELECT count(*) FROM speaker_fts WHERE speaker_fts MATCH ?", (w,)) for w in ("ana", "jon")]
        assert [rows.fetchone()[0] for rows in found] == [0, 1]
