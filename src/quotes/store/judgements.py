"""People's decisions: append-only rows, of speakers and of claims alike.

A judgement is never changed or deleted. It is taken back by a later row that names it, and that row can be taken back
in its turn. What a judgement is about is named by what survives a removal and another extraction (a name's key, the
location of an article, a fingerprint), never by a row's number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from quotes.errors import NoSuchRow
from quotes.text import replace_surrogates

if TYPE_CHECKING:
    from sqlite3 import Connection

About = Literal["speaker", "claim"]

UNDO = "undo"
"""The decision of a row that takes another one back."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided about `a`, or about `a` and `b`."""

    about: About
    decision: str
    a: str
    b: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One recorded decision: about `a`, or about `a` and `b`; `made` is in UTC.

    `takes_back` is the judgement that it undoes; `in_force` is false where it is taken back itself.
    """

    id: int
    about: About
    decision: str
    a: str
    b: str | None
    who: str
    why: str | None
    made: str
    takes_back: int | None
    in_force: bool


def record(conn: Connection, decision: Decision, *, who: str, why: str | None = None) -> int:
    """Write down a decision, in the transaction of the caller; its number."""
    return _append(conn, decision, who=who, why=why)


def take_back(conn: Connection, number: int, about: About, *, who: str, why: str | None = None) -> Judgement:
    """Take a judgement back, in the transaction of the caller; the judgement as it was. Raises NoSuchRow.

    One that is about something else is none here, since what hangs on it would not follow.
    """
    found = next((judgement for judgement in every(conn, about) if judgement.id == number), None)
    listed = f"`quotes {about}s judgements`"
    if found is None:
        raise NoSuchRow(f"There is no judgement {number} about {about}s: {listed} lists them.")
    if not found.in_force:
        raise NoSuchRow(f"Judgement {number} is taken back already: {listed} lists those in force.")
    _append(conn, Decision(found.about, UNDO, found.a, found.b), who=who, why=why, takes_back=number)
    return found


def every(conn: Connection, about: About | None = None) -> list[Judgement]:
    """All judgements, those taken back too, in the order in which they were made."""
    rows = conn.execute(
        "SELECT id, about, decision, a, b, who, why, made, takes_back FROM judgement ORDER BY id"
    ).fetchall()
    void: set[int] = set()
    for row in reversed(rows):
        if row["takes_back"] is not None and row["id"] not in void:
            void.add(row["takes_back"])
    return [
        Judgement(**dict(row), in_force=row["id"] not in void) for row in rows if about is None or row["about"] == about
    ]


def in_force(conn: Connection, about: About) -> list[Judgement]:
    """The decisions that count, in the order in which they were made: none that is taken back, and no taking back."""
    return [judgement for judgement in every(conn, about) if judgement.in_force and judgement.takes_back is None]


def _append(conn: Connection, decision: Decision, *, who: str, why: str | None, takes_back: int | None = None) -> int:
    texts = (decision.about, decision.decision, decision.a, decision.b, who, why)
    cursor = conn.execute(
        "INSERT INTO judgement (about, decision, a, b, who, why, made, takes_back) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(None if text is None else replace_surrogates(text)[0] for text in texts),
            datetime.now(UTC).isoformat(timespec="seconds"),
            takes_back,
        ),
    )
    return int(cursor.lastrowid or 0)
