"""Where outlets do not agree on who said something."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.store.pages.values import QuoteLine, quote_lines

if TYPE_CHECKING:
    import sqlite3

MOST = 10_000
"""Conflicts are counted up to so many."""

_CONFLICTS = """
    SELECT conflict.id, conflict.kind, conflict.claim_id, claim.label, conflict.a, conflict.b
    FROM conflict JOIN claim ON claim.id = conflict.claim_id
    WHERE {where}
    ORDER BY conflict.id DESC
    LIMIT ?
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictLine:
    """Two quotes of one claim that name their source in ways that do not agree."""

    id: int
    kind: str
    claim_id: int
    claim: str
    a: QuoteLine
    b: QuoteLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflicts:
    """The newest conflicts, how many there are (counted up to MOST), and by kind; `before` continues the list."""

    lines: tuple[ConflictLine, ...]
    total: int
    kinds: dict[str, int]
    before: int | None


def conflicts(
    conn: sqlite3.Connection, *, kind: str | None = None, before: int | None = None, limit: int = 25
) -> Conflicts:
    """Conflicts numbered below `before`, the newest first, of one kind or of all."""
    kinds = {
        row["kind"]: row["number"]
        for row in conn.execute(
            "SELECT kind, count(*) AS number FROM "
            "(SELECT kind FROM conflict WHERE kind > '' LIMIT ?) GROUP BY kind ORDER BY kind",
            (MOST,),
        )
    }
    where = "conflict.id < ?" + (" AND conflict.kind = ?" if kind else "")
    bound = 2**62 if before is None else before
    rows = conn.execute(_CONFLICTS.format(where=where), (bound, *([kind] if kind else []), limit + 1)).fetchall()
    shown = rows[:limit]
    return Conflicts(
        lines=_lines(conn, shown),
        total=sum(kinds.values()),
        kinds=kinds,
        before=shown[-1]["id"] if len(rows) > limit else None,
    )


def conflicts_of(conn: sqlite3.Connection, claim_id: int, *, limit: int = 20) -> tuple[ConflictLine, ...]:
    """Those of one claim, in the order in which they were found."""
    query = _CONFLICTS.format(where="conflict.claim_id = ?").replace("DESC", "")
    return _lines(conn, conn.execute(query, (claim_id, limit)).fetchall())


def _lines(conn: sqlite3.Connection, rows: list[sqlite3.Row]) -> tuple[ConflictLine, ...]:
    quotes = {line.id: line for line in quote_lines(conn, [row[side] for row in rows for side in ("a", "b")])}
    return tuple(
        ConflictLine(
            id=row["id"],
            kind=row["kind"],
            claim_id=row["claim_id"],
            claim=row["label"],
            a=quotes[row["a"]],
            b=quotes[row["b"]],
        )
        for row in rows
        if row["a"] in quotes and row["b"] in quotes
    )
