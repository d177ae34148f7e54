"""The roles printed with names, as evidence of who is who: read once for a name, and kept while articles are added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.resolve.evidence import DatedRole

if TYPE_CHECKING:
    from sqlite3 import Connection

_MOST_KEPT = 1 << 14


class KnownRoles:
    """The different roles of each alias, with the years of their articles.

    Somebody who is quoted a hundred thousand times has few different roles, which take long to read: they are kept
    from one transaction to the next, as long as nobody else has written, nothing was rolled back (the last row is the
    last one seen), and no role was deleted or moved (`forget`).
    """

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._kept: dict[int, frozenset[DatedRole]] = {}
        self._state = (-1, -1)
        self._passing = False

    def check(self) -> None:
        """Forget what no longer holds; to be called before anything is read in a transaction."""
        state = self._seen()
        if state != self._state or self._passing:
            self._kept, self._state = {}, state

    def forget(self) -> None:
        """Keep what is read until `settled` only, as roles are deleted or moved in a transaction that may fail."""
        self._kept, self._passing = {}, True

    def settled(self) -> None:
        """All that is to be read in this transaction was read."""
        if self._passing:
            self._kept, self._passing = {}, False

    def of(self, alias: int) -> frozenset[DatedRole]:
        """The different roles of an alias."""
        if alias not in self._kept:
            query = (
                "SELECT DISTINCT role.words, substr(published, 1, 4) FROM role "
                "JOIN article ON article.id = article_id WHERE alias_id = ?"
            )
            found = frozenset(_dated(words, year) for words, year in self._conn.execute(query, (alias,)))
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[alias] = found
        return self._kept[alias]

    def note(self, alias: int, row: int, words: str, published: str | None) -> None:
        """Take notice of a new row of roles, by its number."""
        self._state = (self._state[0], row)
        if alias in self._kept:
            self._kept[alias] |= {_dated(words, published)}

    def _seen(self) -> tuple[int, int]:
        version = self._conn.execute("PRAGMA data_version").fetchone()[0]
        return int(version), int(self._conn.execute("SELECT coalesce(max(id), 0) FROM role").fetchone()[0])


def _dated(words: str, published: str | None) -> DatedRole:
    year = (published or "")[:4]
    return DatedRole(frozenset(words.split()), int(year) if year.isdecimal() else None)
