"""What people decided about claims: which quotes say the same, and which do not.

A quote is named by its article's location and its fingerprint, which survive a removal and another extraction.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quotes.store import judgements

if TYPE_CHECKING:
    from sqlite3 import Connection

MERGE, SPLIT = "merge", "split"


@dataclass(slots=True)
class Decided:
    """Pairs of quotes that belong together, or apart: in a pair of these the first was taken out."""

    together: list[tuple[int, int]] = field(default_factory=list)
    apart: list[tuple[int, int]] = field(default_factory=list)


def name_of(conn: Connection, quote_id: int) -> str:
    """What a judgement calls a quote."""
    row = conn.execute(
        "SELECT article.location, quote.fingerprint FROM quote JOIN article ON article.id = quote.article_id "
        "WHERE quote.id = ?",
        (quote_id,),
    ).fetchone()
    return f"{row[0]} {row[1]}"


def quote_named(conn: Connection, name: str) -> int | None:
    """The first quote that a judgement's name means; None where it is stored no longer."""
    location, _, fingerprint = name.rpartition(" ")
    row = conn.execute(
        "SELECT min(quote.id) FROM article JOIN quote ON quote.article_id = article.id "
        "WHERE article.location = ? AND quote.fingerprint = ?",
        (location, fingerprint),
    ).fetchone()
    return None if row[0] is None else int(row[0])


def decided(conn: Connection) -> Decided:
    """The decisions in force about quotes that are stored; of two about one pair the later counts."""
    latest: dict[tuple[str, str], tuple[str, str, str]] = {}
    for judgement in judgements.in_force(conn, "claim"):
        if judgement.b is not None:
            first, second = sorted((judgement.a, judgement.b))
            latest[first, second] = (judgement.decision, judgement.a, judgement.b)
    found = Decided()
    for decision, a, b in latest.values():
        pair = quote_named(conn, a), quote_named(conn, b)
        if pair[0] is not None and pair[1] is not None and pair[0] != pair[1]:
            (found.together if decision == MERGE else found.apart).append((pair[0], pair[1]))
    return found
