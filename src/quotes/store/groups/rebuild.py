"""All groups anew: the indexes and edges of the whole database at once, then its utterances and claims."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

from quotes.store.groups import assigning, comparing, events, families
from quotes.store.groups.wordings import read_wordings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from sqlite3 import Connection

    Report = Callable[[str], None]

_TABLES = (
    "conflict", "claim_topic", "utterance", "claim", "edge",
    "wording_key", "article_key", "article_sketch", "quote_sketch",
)  # fmt: skip
_CACHE = 256_000
"""KiB of the database that are kept in memory while all of it is written."""


def rebuild(conn: Connection, report: Report = lambda _: None, *, workers: int = 1) -> None:
    """Group every quote of a database anew, in the caller's transaction; `report` is told what is being done.

    Texts are read and compared in so many processes, where there are enough of them.
    """
    (usual,) = conn.execute("PRAGMA cache_size").fetchone()
    conn.execute(f"PRAGMA cache_size = -{_CACHE}")
    try:
        with _cycles_left_alone():
            _rebuild(conn, report, workers)
    finally:
        conn.execute(f"PRAGMA cache_size = {usual}")


@contextmanager
def _cycles_left_alone() -> Iterator[None]:
    """Inside, Python does not look for garbage in cycles: none is made, and among millions of wordings that takes long.

    Of 100,000 quotes it takes a fifth of the time.
    """
    sought = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if sought:
            gc.enable()


def _rebuild(conn: Connection, report: Report, workers: int) -> None:
    report("indexes are made")
    known = comparing.answers(conn)
    for table in _TABLES:
        conn.execute(f"DELETE FROM {table}")
    conn.execute("UPDATE quote SET utterance_id = NULL, claim_id = NULL WHERE claim_id IS NOT NULL")
    families.rebuild(conn, workers=workers)
    wordings = read_wordings(conn, workers=workers)
    wordings.write_repeated(conn)
    candidates = wordings.write_index(conn)
    report("wordings are compared")
    left = comparing.by_words(conn, wordings, candidates, workers=workers)
    report("meanings are compared")
    comparing.by_meaning(conn, wordings, left, known, workers=workers)
    comparing.with_short(conn, wordings)
    events.settle_all(conn)
    report("claims are made")
    assigning.assign(conn, wordings)
