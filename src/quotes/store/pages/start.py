"""The start page: what is in the database, and what is worth a look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.store.pages.conflicts import ConflictLine, conflicts
from quotes.store.pages.values import (
    CLAIM_LINE,
    FROM_CLAIM,
    ArticleLine,
    ClaimLine,
    Month,
    SpeakerLine,
    claim_line,
    speaker_lines,
)
from quotes.store.sql import MOST_SPREAD

if TYPE_CHECKING:
    import sqlite3

_NEWEST = """
    SELECT article.id, article.label, article.outlet_id, outlet.name AS outlet, article.published, article_total.quotes
    FROM article
    LEFT JOIN outlet ON outlet.id = article.outlet_id
    JOIN article_total ON article_total.article_id = article.id
    WHERE {where}
    ORDER BY {order}
    LIMIT ?
"""
_MOST_REPEATED = f"SELECT {CLAIM_LINE} {FROM_CLAIM} WHERE claim.sources > 1 ORDER BY {MOST_SPREAD} LIMIT ?"
_REPEATED_AT_ALL = f"""
    SELECT {CLAIM_LINE} {FROM_CLAIM} WHERE claim.sources = 1 AND claim.quotes > 1 AND claim.articles > 1
    ORDER BY {MOST_SPREAD} LIMIT ?
"""
_MOST_QUOTED = "SELECT speaker_id FROM speaker_total WHERE quotes > 0 ORDER BY quotes DESC, speaker_id DESC LIMIT ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """How much there is, from when to when, and the first lines of each list; `months` are all that have quotes."""

    articles: int
    outlets: int
    speakers: int
    quotes: int
    first: str | None
    last: str | None
    months: tuple[Month, ...]
    repeated: tuple[ClaimLine, ...]
    conflicts: tuple[ConflictLine, ...]
    conflicts_in_all: int
    newest: tuple[ArticleLine, ...]
    speakers_most_quoted: tuple[SpeakerLine, ...]


def start(conn: sqlite3.Connection, *, limit: int = 8) -> Start:
    """The first `limit` of each list."""
    totals = {row["name"]: row["number"] for row in conn.execute("SELECT name, number FROM total")}
    repeated = conn.execute(_MOST_REPEATED, (limit,)).fetchall()
    if len(repeated) < limit:
        repeated += conn.execute(_REPEATED_AT_ALL, (limit - len(repeated),)).fetchall()
    dates = [
        conn.execute(f"SELECT {end}(published) FROM article WHERE published > ''").fetchone()[0]
        for end in ("min", "max")
    ]
    first_conflicts = conflicts(conn, limit=4)
    return Start(
        **{name: totals.get(name, 0) for name in ("articles", "outlets", "speakers", "quotes")},
        first=dates[0],
        last=dates[1],
        months=months(conn),
        repeated=tuple(map(claim_line, repeated)),
        conflicts=first_conflicts.lines,
        conflicts_in_all=first_conflicts.total,
        newest=_newest(conn, limit),
        speakers_most_quoted=tuple(
            speaker_lines(conn, [row["speaker_id"] for row in conn.execute(_MOST_QUOTED, (limit,))])
        ),
    )


def months(conn: sqlite3.Connection) -> tuple[Month, ...]:
    """How many quotes the articles of each month have; what has no date is left out."""
    rows = conn.execute("SELECT month, quotes FROM month_total WHERE month > '' ORDER BY month")
    return tuple(Month(month=row["month"], quotes=row["quotes"]) for row in rows)


def _newest(conn: sqlite3.Connection, limit: int) -> tuple[ArticleLine, ...]:
    """Those published last; where too few have a date, those added last."""
    dated = _NEWEST.format(where="article.published > ''", order="article.published DESC, article.id DESC")
    rows = conn.execute(dated, (limit,)).fetchall()
    if len(rows) < limit:
        rest = _NEWEST.format(where="article.id > 0 AND article.published IS NULL", order="article.id DESC")
        rows += conn.execute(rest, (limit - len(rows),)).fetchall()
    return tuple(ArticleLine(**dict(row)) for row in rows)
