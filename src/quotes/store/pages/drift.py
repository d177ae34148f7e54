"""Claims whose wordings changed on the way in what may turn their meaning round: a number, a negation, a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.store.pages.values import CLAIM_LINE, FROM_CLAIM, ClaimLine, QuoteLine, claim_line, quote_lines

if TYPE_CHECKING:
    import sqlite3


@dataclass(frozen=True, slots=True, kw_only=True)
class Drifted:
    """A claim with two of its quotes, the earlier first, and what changed between them."""

    claim: ClaimLine
    contradiction: str
    a: QuoteLine
    b: QuoteLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """A list of claims; `next` is where it goes on."""

    lines: tuple[Drifted, ...]
    next: str | None


_CHANGED = """
    SELECT edge.a, edge.b, edge.contradiction FROM quote JOIN edge ON edge.a = quote.id
    WHERE quote.claim_id = ? AND edge.contradiction IS NOT NULL ORDER BY edge.linked DESC, edge.score DESC LIMIT 1
"""


def drift(conn: sqlite3.Connection, *, after: str | None = None, limit: int = 15) -> Drift:
    """The claims that most independent sources print first."""
    try:
        sources, quotes, number = map(int, (after or "").split("."))
    except ValueError:
        sources, quotes, number = 2**62, 0, 0
    rows = conn.execute(
        f"SELECT {CLAIM_LINE} {FROM_CLAIM} WHERE claim.contradicted = 1 "
        "AND (claim.sources, claim.quotes, claim.id) < (?, ?, ?) "
        "ORDER BY claim.sources DESC, claim.quotes DESC, claim.id DESC LIMIT ?",
        (sources, quotes, number, limit + 1),
    ).fetchall()
    shown = [claim_line(row) for row in rows[:limit]]
    last = shown[-1] if len(rows) > limit else None
    return Drift(
        lines=tuple(line for line in (_line(conn, claim) for claim in shown) if line),
        next=f"{last.sources}.{last.quotes}.{last.id}" if last else None,
    )


def _line(conn: sqlite3.Connection, claim: ClaimLine) -> Drifted | None:
    edge = conn.execute(_CHANGED, (claim.id,)).fetchone()
    pair = quote_lines(conn, [edge["a"], edge["b"]]) if edge else []
    if len(pair) < 2:
        return None
    a, b = sorted(pair, key=lambda quote: (quote.published is None, quote.published or "", quote.id))
    return Drifted(claim=claim, contradiction=edge["contradiction"], a=a, b=b)
