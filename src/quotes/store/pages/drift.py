"""Claims whose wordings changed on the way in what may turn their meaning round: a number, a negation, a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.store.drift import difference
from quotes.store.pages.values import ClaimLine, QuoteLine, most_spread, quote_lines

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
    SELECT a, b, contradiction FROM (
        SELECT edge.a, edge.b, edge.contradiction, edge.score FROM quote JOIN edge ON edge.a = quote.id
        WHERE quote.claim_id = ?1 AND edge.contradiction IS NOT NULL
        UNION
        SELECT edge.a, edge.b, edge.contradiction, edge.score FROM quote JOIN edge ON edge.b = quote.id
        WHERE quote.claim_id = ?1 AND edge.contradiction IS NOT NULL
    ) AS changed ORDER BY score DESC, a, b LIMIT ?2
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Two quotes in nearly the same words but for what may turn the meaning round, the earlier first."""

    contradiction: str
    a: QuoteLine
    b: QuoteLine


def contradictions(conn: sqlite3.Connection, claim_id: int, *, limit: int = 10) -> tuple[Contradiction, ...]:
    """Those of a claim's quotes with each other or with another claim's, the most alike first."""
    edges = conn.execute(_CHANGED, (claim_id, limit)).fetchall()
    quotes = {line.id: line for line in quote_lines(conn, [edge[side] for edge in edges for side in ("a", "b")])}
    return tuple(
        Contradiction(contradiction=edge["contradiction"], a=a, b=b)
        for edge in edges
        for a, b in [sorted((quotes[edge["a"]], quotes[edge["b"]]), key=_earlier)]
    )


def _is_drift(pair: Contradiction) -> bool:
    """Whether the words changed from one article to another, and enough of them stayed to say how."""
    return pair.a.article_id != pair.b.article_id and not difference(pair.a.text, pair.b.text).in_other_words


def _earlier(quote: QuoteLine) -> tuple[bool, str, int]:
    return quote.published is None, quote.published or "", quote.id


def drift(conn: sqlite3.Connection, *, after: str | None = None, limit: int = 15) -> Drift:
    """The claims that most independent sources print first; what one article says in two ways is left out.

    So is what is said in other words, of which no change can be told.
    """
    shown, following = most_spread(conn, "claim.contradicted = 1", after=after, limit=limit)
    # two claims that contradict each other are told once
    lines = [line for claim in reversed(shown) if (line := _line(conn, claim))]
    told = {frozenset({line.a.id, line.b.id}): line for line in lines}
    return Drift(lines=tuple(reversed(told.values())), next=following)


def _line(conn: sqlite3.Connection, claim: ClaimLine) -> Drifted | None:
    found = next(filter(_is_drift, contradictions(conn, claim.id)), None)
    if found is None:
        return None
    return Drifted(claim=claim, contradiction=found.contradiction, a=found.a, b=found.b)
