"""Opening a database for look-ups or for writing, and telling in one sentence why that cannot be done."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

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
    StoreError,
)
from quotes.store import APPLICATION_ID, SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database

WAIT = 5.0
"""Seconds that a writer waits for another one."""

_OLDEST_SQLITE = (3, 37, 0)
_HEADER = b"SQLite format 3\x00"


def open_reading(path: str | Path) -> sqlite3.Connection:
    """Open a database for look-ups; nothing in it can be changed through the connection, and its rows have names.

    Raises DatabaseMissing, DatabaseForeign, DatabaseTooNew, DatabaseTooOld, DatabaseDamaged or SqliteTooOld.
    """
    path = Path(path)
    check_sqlite()
    _check_file(path)
    with mapped_errors(path):
        try:
            return _open_checked(path, "mode=ro")
        except sqlite3.OperationalError as error:
            return _open_checked(path, _other_mode(error, path))


@contextmanager
def reading(path: str | Path) -> Iterator[sqlite3.Connection]:
    """`open_reading` for the length of a block, with what SQLite finds wrong in it as our errors too."""
    with mapped_errors(path):
        connection = open_reading(path)
        try:
            yield connection
        finally:
            connection.close()


@contextmanager
def writing(path: str | Path, wait: float = WAIT) -> Iterator[Database]:
    """Open a database for writing, making it or bringing its schema up to date as needed, and close it at the end.

    Another process's writing is waited for `wait` seconds. An empty file becomes a database. Raises what
    `open_reading` does but for DatabaseTooOld, and DatabaseReadOnly, DatabaseLocked and DatabaseFull; DatabaseMissing
    means that there is no such folder.
    """
    path = Path(path)
    check_sqlite()
    fresh = not path.exists() or (path.is_file() and path.stat().st_size == 0)
    if fresh:
        _check_folder(path)
    else:
        _check_file(path)
    with mapped_errors(path, wait=wait):
        db = _open_for_writing(path, wait)
        try:
            yield db
            _leave_one_file(db.conn)
        finally:
            db.close()


@contextmanager
def mapped_errors(path: str | Path, *, wait: float = WAIT) -> Iterator[None]:
    """Turn SQLite's errors about the database at `path` into ours; those that only a bug can cause stay as they are."""
    try:
        yield
    except sqlite3.Error as error:
        mapped = _mapped(error, Path(path), wait)
        if mapped is None:
            raise
        raise mapped from error


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing, and the only one writing from its first moment on, so that what it reads stays true."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def check_sqlite() -> None:
    """Raise SqliteTooOld when this Python's SQLite cannot hold our schema."""
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        raise SqliteTooOld(
            f"This Python comes with SQLite {sqlite3.sqlite_version}, and quotes needs 3.37 or newer: "
            "install a newer Python."
        )
    if not _has_fts5():
        raise SqliteTooOld("This Python's SQLite has no full-text search (FTS5): install Python from python.org.")


def _has_fts5() -> bool:
    connection = sqlite3.connect(":memory:")
    try:
        return bool(connection.execute("SELECT count(*) FROM pragma_module_list WHERE name = 'fts5'").fetchone()[0])
    finally:
        connection.close()


def _check_file(path: Path) -> None:
    if path.is_dir():
        raise DatabaseForeign(f"{path} is a folder, not a database: name a file with --db.")
    try:
        with path.open("rb") as file:
            header = file.read(len(_HEADER))
    except FileNotFoundError:
        raise DatabaseMissing(
            f"There is no database at {path}: make one with `quotes add INPUT --db {path}`, or name another with --db."
        ) from None
    except OSError as error:
        raise DatabaseMissing(
            f"{path} cannot be read ({error.strerror}): ask for leave to read it, or name another database with --db."
        ) from error
    if not header:
        raise DatabaseMissing(f"{path} is empty: fill it with `quotes add INPUT --db {path}`.")
    if header != _HEADER:
        raise DatabaseForeign(f"{path} is not an SQLite database: name another file with --db.")


def _check_folder(path: Path) -> None:
    if not path.parent.is_dir():
        raise DatabaseMissing(f"There is no folder {path.parent} to make {path.name} in: make it first.")


def _other_mode(error: sqlite3.OperationalError, path: Path) -> str:
    """How else a database can be read that `mode=ro` cannot; raises the error again when there is no way."""
    if error.sqlite_errorcode == sqlite3.SQLITE_READONLY_ROLLBACK:
        return "mode=rw"  # a killed writer's last transaction has to be taken back first
    log = path.with_name(path.name + "-wal")
    if _code(error) in {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY} and not log.exists():
        return "immutable=1"  # WAL wants files beside it even for reading; where none can be made, nobody is writing
    raise error


def _open_checked(path: Path, mode: str) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True, timeout=WAIT, isolation_level=None)
    try:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA query_only = ON")
        # SQLite's own cure against a file made to do harm: its schema runs no function with side effects
        connection.execute("PRAGMA trusted_schema = OFF")
        _check_up_to_date(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _open_for_writing(path: Path, wait: float) -> Database:
    from sqlite_utils import Database

    connection = sqlite3.connect(path, timeout=wait, isolation_level=None)
    try:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = ON")
        # for takedowns: what is deleted is overwritten
        connection.execute("PRAGMA secure_delete = ON")
        db = Database(connection, execute_plugins=False)
        # one transaction, before WAL: a kill in here leaves an empty file or none
        with transaction(connection):
            if _is_blank(connection) or _our_version(connection, path) < SCHEMA_VERSION:
                from quotes.store.migrations import migrations

                migrations.apply(db)
        db.enable_wal()
        # a power cut may take back the last articles, whole ones; the next run adds them again
        connection.execute("PRAGMA synchronous = NORMAL")
    except BaseException:
        connection.close()
        raise
    return db


def _leave_one_file(connection: sqlite3.Connection) -> None:
    """Leave WAL, so that look-ups need no files beside the database, unless somebody is looking right now."""
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        connection.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError as error:
        if _code(error) != sqlite3.SQLITE_BUSY:
            raise


def _is_blank(connection: sqlite3.Connection) -> bool:
    return not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] and not _pragma(
        connection, "application_id"
    )


def _our_version(connection: sqlite3.Connection, path: Path) -> int:
    if _pragma(connection, "application_id") != APPLICATION_ID:
        raise DatabaseForeign(f"{path} is an SQLite database that quotes did not make: name another file with --db.")
    version = _pragma(connection, "user_version")
    if version > SCHEMA_VERSION:
        raise DatabaseTooNew(
            f"{path} was made by a newer version of quotes (schema {version}, this version reads {SCHEMA_VERSION}): "
            "upgrade with `pip install --upgrade newsquotes`."
        )
    return version


def _check_up_to_date(connection: sqlite3.Connection, path: Path) -> None:
    version = _our_version(connection, path)
    if version < SCHEMA_VERSION:
        raise DatabaseTooOld(
            f"{path} was made by an older version of quotes (schema {version}, this version reads {SCHEMA_VERSION}): "
            f"bring it up to date with `quotes add INPUT --db {path}`."
        )


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


def _code(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF  # without the extension that tells kinds of one error apart


def _mapped(error: sqlite3.Error, path: Path, wait: float) -> StoreError | None:
    code = _code(error)
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return DatabaseLocked(
            f"{path} has been locked by another process for over {wait:g} s: try again when that one is done."
        )
    if code in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}:
        return DatabaseReadOnly(
            f"{path} or its folder may not be written: copy it to a folder of yours, or name another with --db."
        )
    # a quota, or a limit on a file's size, comes as a failed write
    if code == sqlite3.SQLITE_FULL or getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_IOERR_WRITE:
        return DatabaseFull(
            f"There is no room left to write {path}: free some disk space and run the command again; "
            "what is stored so far is whole."
        )
    if code == sqlite3.SQLITE_NOTADB:
        return DatabaseForeign(f"{path} is not an SQLite database: name another file with --db.")
    if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_IOERR} or "Could not decode to UTF-8" in str(error):
        return DatabaseDamaged(
            f"{path} is damaged ({_reason(error)}): restore a copy, or build it anew with `quotes add`."
        )
    return None


def _reason(error: sqlite3.Error) -> str:
    # SQLite's words for undecodable bytes hold those bytes
    return str(error) if _code(error) else "text that is no UTF-8"
