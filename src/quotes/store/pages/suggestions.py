"""What machines suggest and people decide: names that may be one person, quotes that may be one claim."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.store.pages.values import QuoteLine, SpeakerLine, quote_lines, speaker_lines
from quotes.store.rulings import rulings

if TYPE_CHECKING:
    import sqlite3


@dataclass(frozen=True, slots=True, kw_only=True)
class OnePerson:
    """Two speakers that may be one person, and why."""

    score: float
    reasons: tuple[str, ...]
    a: SpeakerLine
    b: SpeakerLine


@dataclass(frozen=True, slots=True, kw_only=True)
class OneClaim:
    """Two quotes that may say the same, or the opposite where `contradiction` says how."""

    score: float
    kind: str
    contradiction: str | None
    a: QuoteLine
    b: QuoteLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestions:
    """The surest of each."""

    people: tuple[OnePerson, ...]
    claims: tuple[OneClaim, ...]


def suggestions(conn: sqlite3.Connection, *, limit: int = 40) -> Suggestions:
    """What nobody has decided yet, the surest first."""
    people = _people(conn, limit)
    edges = conn.execute(
        "SELECT a, b, score, kind, contradiction FROM edge WHERE linked = 0 ORDER BY score DESC LIMIT ?", (limit,)
    ).fetchall()
    quotes = {line.id: line for line in quote_lines(conn, [row[side] for row in edges for side in ("a", "b")])}
    return Suggestions(
        people=people,
        claims=tuple(
            OneClaim(
                score=row["score"],
                kind=row["kind"],
                contradiction=row["contradiction"],
                a=quotes[row["a"]],
                b=quotes[row["b"]],
            )
            for row in edges
        ),
    )


def _people(conn: sqlite3.Connection, limit: int) -> tuple[OnePerson, ...]:
    """Names that are like each other, of two speakers whom nobody has told apart."""
    rows = conn.execute(
        """
        SELECT one.speaker_id AS a, other.speaker_id AS b, max(pair.score) AS score, pair.reasons,
            one.key AS a_key, other.key AS b_key
        FROM (SELECT a, b, score, reasons FROM alias_pair WHERE automatic = 0 ORDER BY score DESC LIMIT ?) AS pair
        CROSS JOIN alias AS one ON one.id = pair.a CROSS JOIN alias AS other ON other.id = pair.b
        WHERE one.speaker_id != other.speaker_id
        GROUP BY one.speaker_id, other.speaker_id ORDER BY score DESC, a, b
        """,
        (4 * limit,),
    ).fetchall()
    apart = {frozenset((one.a, one.b)) for one in rulings(conn).pairs if one.decision == "different"}
    undecided = [row for row in rows if frozenset((row["a_key"], row["b_key"])) not in apart][:limit]
    lines = {line.id: line for line in speaker_lines(conn, [row[side] for row in undecided for side in ("a", "b")])}
    return tuple(
        OnePerson(score=row["score"], reasons=tuple(json.loads(row["reasons"])), a=lines[row["a"]], b=lines[row["b"]])
        for row in undecided
    )
