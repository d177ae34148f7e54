"""A copy of a database for others: compact, without what is nobody else's business, with or without the texts."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from quotes.errors import PublishError
from quotes.store.connection import mapped_errors, open_reading
from quotes.store.context import around

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

KEPT = (
    "mark",
    "topic",
    "role",
    "edge",
    "conflict",
    "claim_topic",
    "alias_pair",
    "authority",
    "authority_name",
    "authority_position",
)
"""Tables that may be left out, and are published otherwise."""

LEFT_OUT = ("judgement", "original", "fetch")
"""Tables that are published only when they are asked for: they name who decided what, or what was fetched when."""

_REBUILT = ("wording_key", "article_key", "article_sketch", "quote_sketch", "alias_block")
_FULL_TEXT = ("article_fts", "quote_fts", "speaker_fts")
_CONTEXT = 240


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What stands in the copy; `size` in bytes."""

    articles: int
    quotes: int
    size: int
    left_out: tuple[str, ...]


def publish(
    source: str | Path,
    target: str | Path,
    *,
    texts: bool = True,
    leave_out: Collection[str] = (),
    include: Collection[str] = (),
    replace: bool = False,
) -> Published:
    """Write a copy of `source`, as it is at this moment, that appears under its name only when it is complete.

    Tables that are left out are there and empty, so that everything that reads our databases reads the copy. Without
    texts, an article keeps the paragraph around each of its quotes, up to 240 characters on each side; all else is
    blank, so that every place in it is still that of the source. Paths of files on this machine are left out.

    Raises PublishError, and what `connection.open_reading` does.
    """
    source, target = Path(source), Path(target)
    _check(source, target, replace=replace)
    left_out = tuple(sorted({*leave_out, *set(LEFT_OUT) - set(include)}))
    with mapped_errors(target), _beside(target) as copy:
        with closing(open_reading(source)) as reading:
            reading.execute("PRAGMA query_only = OFF")  # the file itself is open for reading only
            reading.execute("VACUUM INTO ?", (str(copy),))
        with closing(sqlite3.connect(copy, isolation_level=None)) as conn:
            conn.row_factory = sqlite3.Row
            _strip(conn, left_out)
            if not texts:
                _blank(conn)
            _optimise(conn)
            counts = [conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("article", "quote")]
        copy.chmod(0o666 & ~_umask())
        copy.replace(target)
    return Published(articles=counts[0], quotes=counts[1], size=target.stat().st_size, left_out=left_out)


def _check(source: Path, target: Path, *, replace: bool) -> None:
    if source.exists() and target.exists() and source.samefile(target):
        raise PublishError(f"{target} is the database itself: name another file for the copy.")
    if target.exists() and not replace:
        raise PublishError(f"{target} is there already: name another file, or overwrite it with --force.")
    if not target.absolute().parent.is_dir():
        raise PublishError(f"There is no folder {target.parent} to write {target.name} to: make it first.")


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """An empty file in the same folder, which is gone at the end whatever became of it."""
    number, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.absolute().parent)
    os.close(number)
    try:
        yield Path(name)
    finally:
        with suppress(FileNotFoundError):
            Path(name).unlink()


def _umask() -> int:
    """Which rights new files do not get; a temporary file has fewer than others expect of a published one."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _strip(conn: sqlite3.Connection, left_out: Collection[str]) -> None:
    conn.execute("BEGIN")
    for table in (*left_out, *_REBUILT):
        conn.execute(f"DELETE FROM {table}")
    _hide_paths(conn)
    conn.execute("COMMIT")


def _hide_paths(conn: sqlite3.Connection) -> None:
    """Put a number where an article's location is the path of a file; its versions share it, and so do split names."""
    first = "'article:' || (SELECT min(id) FROM article AS first WHERE {place} IN (first.location, first.path))"
    of_alias = first.format(place="alias.location")
    conn.execute(
        f"UPDATE alias SET key = substr(key, 1, length(key) - length(location)) || {of_alias}, location = {of_alias} "
        "WHERE location NOT LIKE 'http%' AND location IN (SELECT location FROM article UNION SELECT path FROM article)"
    )
    conn.execute(
        "UPDATE speaker SET key = (SELECT key FROM alias WHERE alias.id = speaker.id) "
        "WHERE id IN (SELECT id FROM alias WHERE location IS NOT NULL)"
    )
    conn.execute(
        f"UPDATE article SET location = {first.format(place='article.location')} "
        "WHERE url IS NULL OR location NOT LIKE 'http%'"
    )
    conn.execute("UPDATE article SET path = NULL")


def _blank(conn: sqlite3.Connection) -> None:
    conn.execute("BEGIN")
    numbers = [row["id"] for row in conn.execute("SELECT id FROM article ORDER BY id")]
    for number in numbers:
        text = conn.execute("SELECT text FROM article WHERE id = ?", (number,)).fetchone()["text"]
        spans = conn.execute(
            "SELECT span.start, span.end FROM quote JOIN span ON span.quote_id = quote.id WHERE quote.article_id = ?",
            (number,),
        )
        conn.execute("UPDATE article SET text = ? WHERE id = ?", (excerpts(text, map(tuple, spans)), number))
    conn.execute("COMMIT")


def excerpts(text: str, spans: Iterator[tuple[int, int]]) -> str:
    """A text of the same length that keeps what stands around each span, and blanks for all else."""
    kept = [" "] * len(text)
    for start, end in spans:
        context = around(text, start, end, width=_CONTEXT)
        first, last = start - len(context.before), end + len(context.after)
        kept[first:last] = text[first:last]
    return "".join(kept)


def _optimise(conn: sqlite3.Connection) -> None:
    for table in _FULL_TEXT:
        conn.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")
    conn.execute("PRAGMA journal_mode = DELETE")
    conn.execute("ANALYZE")
    conn.execute("VACUUM")
