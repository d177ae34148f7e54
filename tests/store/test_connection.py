"""Opening databases, and what is said when that cannot be done."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from quotes.errors import (
    DatabaseDamaged,
    DatabaseForeign,
    DatabaseFull,
    DatabaseLocked,
    DatabaseMissing,
    DatabaseReadOnly,
    DatabaseTooNew,
    DatabaseTooOld,
    SqliteTooOld,
)
from quotes.store import APPLICATION_ID, SCHEMA_VERSION, queries
from quotes.store import connection as store_connection
from quotes.store.connection import mapped_errors, open_reading, reading, writing
from quotes.store.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    from conftest import Make

HOLD_LOCK = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("locked", flush=True)
sys.stdin.read()
"""


def execute(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as conn:
        for statement in statements:
            conn.execute(statement)
        conn.commit()


def test_connection_reads_what_was_written_and_changes_nothing(bridge: Path) -> None:
    before = bridge.read_bytes()
    with closing(open_reading(bridge)) as conn:
        assert conn.execute("SELECT name FROM outlet").fetchone()["name"] == "Riverton Post"
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            conn.execute("DELETE FROM outlet")
    assert bridge.read_bytes() == before
    assert [path.name for path in bridge.parent.iterdir()] == ["quotes.db"]


def test_connection_writes_with_foreign_keys_wal_and_a_timeout(db: Path) -> None:
    with writing(db, 1.5) as opened:
        pragmas = {
            name: opened.conn.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("foreign_keys", "journal_mode", "busy_timeout", "user_version", "application_id")
        }
    assert pragmas == {
        "foreign_keys": 1,
        "journal_mode": "wal",
        "busy_timeout": 1500,
        "user_version": SCHEMA_VERSION,
        "application_id": APPLICATION_ID,
    }


def test_connection_leaves_one_file_behind(db: Path) -> None:
    with writing(db) as opened:
        opened.conn.execute("INSERT INTO outlet (name) VALUES ('Riverton Post')")
        assert sorted(path.name for path in db.parent.iterdir()) == ["quotes.db", "quotes.db-shm", "quotes.db-wal"]
    assert [path.name for path in db.parent.iterdir()] == ["quotes.db"]


def test_connection_stays_in_wal_while_somebody_reads(bridge: Path) -> None:
    with writing(bridge), closing(open_reading(bridge)) as reader:
        assert reader.execute("SELECT count(*) FROM quote").fetchone()[0] == 3
    with writing(bridge), closing(open_reading(bridge)) as reader:
        reader.execute("BEGIN")
        assert reader.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


def test_connection_makes_a_database_of_an_empty_file(db: Path) -> None:
    db.touch()
    with writing(db):
        pass
    with reading(db) as conn:
        assert queries.counts(conn).articles == 0


def test_connection_waits_for_a_long_look_up_only_so_long(bridge: Path) -> None:
    with closing(open_reading(bridge)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM quote").fetchone()
        with pytest.raises(DatabaseLocked), writing(bridge, 0.0):
            pass


def _missing(path: Path) -> None:
    path.unlink(missing_ok=True)


def _folder(path: Path) -> None:
    path.mkdir()


def _text(path: Path) -> None:
    path.write_text("Dear diary, today I was no database.")


def _foreign(path: Path) -> None:
    execute(path, "CREATE TABLE diary (day TEXT)")


def _newer(path: Path) -> None:
    with writing(path):
        pass
    execute(path, "PRAGMA user_version = 99")


def _older(path: Path) -> None:
    with writing(path):
        pass
    execute(path, "PRAGMA user_version = 0")


REFUSED = [
    (
        _missing,
        DatabaseMissing,
        "There is no database at {db}: make one with `quotes add INPUT --db {db}`, or name another with --db.",
    ),
    (_folder, DatabaseForeign, "{db} is a folder, not a database: name a file with --db."),
    (lambda path: path.touch(), DatabaseMissing, "{db} is empty: fill it with `quotes add INPUT --db {db}`."),
    (_text, DatabaseForeign, "{db} is not an SQLite database: name another file with --db."),
    (_foreign, DatabaseForeign, "{db} is an SQLite database that quotes did not make: name another file with --db."),
    (
        _newer,
        DatabaseTooNew,
        (
            f"{{db}} was made by a newer version of quotes (schema 99, this version reads {SCHEMA_VERSION}): "
            "upgrade with `pip install --upgrade newsquotes`."
        ),
    ),
    (
        _older,
        DatabaseTooOld,
        (
            f"{{db}} was made by an older version of quotes (schema 0, this version reads {SCHEMA_VERSION}): "
            "bring it up to date with `quotes add INPUT --db {db}`."
        ),
    ),
]


@pytest.mark.parametrize(("prepare", "error", "message"), REFUSED)
def test_connection_says_why_a_file_cannot_be_read(
    db: Path, prepare: Callable[[Path], None], error: type[Exception], message: str
) -> None:
    prepare(db)
    with pytest.raises(error) as caught:
        open_reading(db)
    assert str(caught.value) == message.format(db=db)


@pytest.mark.parametrize(
    ("prepare", "error", "message"), [row for row in REFUSED if row[0] in {_folder, _text, _foreign, _newer}]
)
def test_connection_writes_into_no_file_that_is_not_ours(
    db: Path, prepare: Callable[[Path], None], error: type[Exception], message: str
) -> None:
    prepare(db)
    before = db.read_bytes() if db.is_file() else None
    with pytest.raises(error) as caught, writing(db):
        pass
    assert str(caught.value) == message.format(db=db)
    assert (db.read_bytes() if db.is_file() else None) == before


def test_connection_says_that_a_folder_is_missing(tmp_path: Path) -> None:
    with pytest.raises(DatabaseMissing) as caught, writing(tmp_path / "new" / "quotes.db"):
        pass
    assert str(caught.value) == f"There is no folder {tmp_path / 'new'} to make quotes.db in: make it first."


def test_connection_says_that_sqlite_is_too_old(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version", "3.36.0")
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 36, 0))
    with pytest.raises(SqliteTooOld) as caught:
        open_reading(db)
    assert str(caught.value) == (
        "This Python comes with SQLite 3.36.0, and quotes needs 3.37 or newer: install a newer Python."
    )


def test_connection_says_that_full_text_search_is_missing(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_connection, "_has_fts5", lambda: False)
    with pytest.raises(SqliteTooOld) as caught, writing(db):
        pass
    assert str(caught.value) == ("This Python's SQLite has no full-text search (FTS5): install Python from python.org.")


def test_connection_says_that_another_process_writes(bridge: Path) -> None:
    command = [sys.executable, "-c", HOLD_LOCK, str(bridge)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout
        assert other.stdout.readline() == "locked\n"
        with pytest.raises(DatabaseLocked) as caught, writing(bridge, 0.1):
            pass
        other.communicate("")
    assert str(caught.value) == (
        f"{bridge} has been locked by another process for over 0.1 s: try again when that one is done."
    )


def read_only_copy(source: Path, folder: Path, *, wal: bool) -> Path:
    """A database that may not be written in a folder that may not be written."""
    copy = folder / "quotes.db"
    copy.write_bytes(source.read_bytes())
    if wal:
        execute(copy, "PRAGMA journal_mode = WAL")
    copy.chmod(0o444)
    folder.chmod(0o555)
    return copy


@pytest.mark.parametrize("wal", [False, True])
def test_connection_reads_where_nothing_may_be_written(
    bridge: Path, public_folder: Path, unprivileged: Callable[[], Any], wal: bool
) -> None:
    copy = read_only_copy(bridge, public_folder, wal=wal)
    with unprivileged(), reading(copy) as conn:
        assert queries.who(conn, "under budget").total == 1


KILLED_IN_A_TRANSACTION = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE article SET text = 'gone', label = 'gone'")
connection.execute("CREATE TABLE large AS SELECT zeroblob(1000000)")
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_connection_takes_back_what_a_killed_writer_left_half_done(bridge: Path, make: Make) -> None:
    subprocess.run([sys.executable, "-c", KILLED_IN_A_TRANSACTION, str(bridge)], check=False)
    assert bridge.with_name("quotes.db-journal").stat().st_size > 0
    with reading(bridge) as conn:
        assert queries.article_text(conn, 1) == make.article().text


def test_connection_reads_no_half_of_a_database(
    bridge: Path, public_folder: Path, unprivileged: Callable[[], Any]
) -> None:
    copy = read_only_copy(bridge, public_folder, wal=True)
    copy.with_name("quotes.db-wal").write_bytes(b"what the writer had not yet brought home")
    public_folder.chmod(0o555)
    with unprivileged(), pytest.raises(DatabaseReadOnly), reading(copy):
        pass


def test_connection_says_that_nothing_may_be_written(
    bridge: Path, public_folder: Path, unprivileged: Callable[[], Any]
) -> None:
    copy = read_only_copy(bridge, public_folder, wal=False)
    with unprivileged(), pytest.raises(DatabaseReadOnly) as caught, Writer(copy):
        pass
    assert str(caught.value) == (
        f"{copy} or its folder may not be written: copy it to a folder of yours, or name another with --db."
    )


def test_connection_says_that_the_folder_may_not_be_written(
    bridge: Path, public_folder: Path, unprivileged: Callable[[], Any]
) -> None:
    with writing(bridge):
        pass  # what is imported on first use is imported while that is allowed
    public_folder.chmod(0o555)
    fresh = public_folder / "new.db"
    with unprivileged(), pytest.raises(DatabaseReadOnly) as caught, writing(fresh):
        pass
    assert str(caught.value) == (
        f"{fresh} or its folder may not be written: copy it to a folder of yours, or name another with --db."
    )


def test_connection_says_that_a_file_may_not_be_read(
    bridge: Path, public_folder: Path, unprivileged: Callable[[], Any]
) -> None:
    secret = public_folder / "quotes.db"
    secret.write_bytes(bridge.read_bytes())
    secret.chmod(0o000)
    with unprivileged(), pytest.raises(DatabaseMissing) as caught:
        open_reading(secret)
    assert str(caught.value) == (
        f"{secret} cannot be read (Permission denied): ask for leave to read it, or name another database with --db."
    )


def test_connection_says_that_the_disk_is_full(bridge: Path) -> None:
    with writing(bridge) as db:
        db.conn.execute("PRAGMA max_page_count = 1")
        with pytest.raises(DatabaseFull) as caught, mapped_errors(bridge):
            db.conn.execute("CREATE TABLE more AS SELECT zeroblob(100000)")
    assert str(caught.value) == (
        f"There is no room left to write {bridge}: free some disk space and run the command again; "
        "what is stored so far is whole."
    )


def test_connection_says_that_a_file_is_damaged(bridge: Path) -> None:
    data = bytearray(bridge.read_bytes())
    with reading(bridge) as conn:
        size = conn.execute("PRAGMA page_size").fetchone()[0]
        root = conn.execute("SELECT rootpage FROM sqlite_master WHERE name = 'quote'").fetchone()[0]
    data[(root - 1) * size : root * size] = b"\xa5" * size
    bridge.write_bytes(data)
    with pytest.raises(DatabaseDamaged) as caught, reading(bridge) as conn:
        list(queries.every_quote(conn))
    assert str(caught.value) == (
        f"{bridge} is damaged (database disk image is malformed): restore a copy, or build it anew with `quotes add`."
    )


def test_connection_takes_bytes_that_are_no_text_for_damage(bridge: Path) -> None:
    bridge.write_bytes(bridge.read_bytes().replace(b"Riverton Post", b"Riverton P\xffst"))
    with pytest.raises(DatabaseDamaged) as caught, reading(bridge) as conn:
        list(queries.articles(conn))
    assert str(caught.value) == (
        f"{bridge} is damaged (text that is no UTF-8): restore a copy, or build it anew with `quotes add`."
    )


def test_connection_leaves_bugs_their_own_names(db: Path) -> None:
    with (
        pytest.raises(sqlite3.OperationalError, match="no such table"),
        mapped_errors(db),
        closing(sqlite3.connect(":memory:")) as conn,
    ):
        conn.execute("SELECT * FROM absent")
