"""What machines suggest and people decide: names that may be one person, quotes that may be one claim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.store.pages.values import QuoteLine, SpeakerLine, quote_lines, speaker_lines

if TYPE_CHECKING:
    import sqlite3


@dataclass(frozen=True, slots=True, kw_only=True)
class OnePerson:
    """Two speakers that may be one person, and why."""

    score: float
    reasons: str
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
    people = conn.execute(
        """
        SELECT one.speaker_id AS a, other.speaker_id AS b, max(pair.score) AS score, pair.reasons
        FROM (SELECT a, b, score, reasons FROM alias_pair WHERE automatic = 0 ORDER BY score DESC LIMIT ?) AS pair
        CROSS JOIN alias AS one ON one.id = pair.a CROSS JOIN alias AS other ON other.id = pair.b
        WHERE one.speaker_id != other.speaker_id
        GROUP BY one.speaker_id, other.speaker_id ORDER BY score DESC, a, b LIMIT ?
        """,
        (4 * limit, limit),
    ).fetchall()
    speakers = {line.id: line for line in speaker_lines(conn, [row[side] for row in people for side in ("a", "b")])}
    edges = conn.execute(
        "SELECT a, b, score, kind, contradiction FROM edge WHERE linked = 0 ORDER BY score DESC LIMIT ?", (limit,)
    ).fetchall()
    quotes = {line.id: line for line in quote_lines(conn, [row[side] for row in edges for side in ("a", "b")])}
    return Suggestions(
        people=tuple(
            OnePerson(score=row["score"], reasons=row["reasons"], a=speakers[row["a"]], b=speakers[row["b"]])
            for row in people
        ),
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
