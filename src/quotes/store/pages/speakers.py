"""A speaker's page, and the list of speakers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.errors import NoSuchRow
from quotes.resolve.names import speaker_key, strip_titles
from quotes.store import matching
from quotes.store.pages.values import (
    CLAIM_LINE,
    FROM_CLAIM,
    ClaimLine,
    Month,
    QuoteLine,
    SpeakerLine,
    Tally,
    claim_line,
    quote_lines,
    speaker_lines,
)
from quotes.store.sql import MOST_SPREAD
from quotes.text import replace_surrogates

if TYPE_CHECKING:
    import sqlite3

_COUNTED_BY_NAME = 5_000
_BOUND = 500
"""So many names that match are looked at, of which the most quoted are listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleLine:
    """What articles call a speaker's office, word for word, with the first and last date of those articles."""

    text: str
    articles: int
    first: str | None
    last: str | None
    article_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedName:
    """A name that leads to a speaker, with the first and last date of articles that quote them by it.

    `quotes` is None where the speaker has so many that they are not counted by name.
    """

    name: str
    quotes: int | None
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerPage:
    """All that is known of a speaker; `quotes` are the newest, `next` where the list goes on."""

    speaker: SpeakerLine
    names: tuple[PrintedName, ...]
    roles: tuple[RoleLine, ...]
    months: tuple[Month, ...]
    outlets: tuple[Tally, ...]
    repeated: tuple[ClaimLine, ...]
    quotes: tuple[QuoteLine, ...]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Speakers:
    """A list of speakers, the most quoted first; `next` is where it goes on."""

    asked: str
    lines: tuple[SpeakerLine, ...]
    next: str | None


def speaker(conn: sqlite3.Connection, number: int, *, after: str | None = None, limit: int = 25) -> SpeakerPage:
    """By the speaker's number, or that of a name that has been merged into them; raises NoSuchRow."""
    row = conn.execute("SELECT speaker_id FROM alias WHERE id = ?", (number,)).fetchone()
    line = next(iter(speaker_lines(conn, [row["speaker_id"] if row else number])), None)
    if line is None:
        raise NoSuchRow(f"There is no speaker {number}: `quotes speakers` lists the numbers of speakers.")
    number = line.id
    repeated = conn.execute(
        f"SELECT {CLAIM_LINE} {FROM_CLAIM} WHERE claim.speaker_id = ? ORDER BY {MOST_SPREAD} LIMIT 12",
        (number,),
    )
    shown, following = newest_first(conn, "speaker_id = ?", [number], after=after, limit=limit)
    return SpeakerPage(
        speaker=line,
        names=_names(conn, line),
        roles=_roles(conn, number),
        months=tuple(
            Month(**dict(row))
            for row in conn.execute(
                "SELECT month, sum(quotes) AS quotes FROM speaker_month WHERE speaker_id = ? AND month > '' "
                "GROUP BY month ORDER BY month",
                (number,),
            )
        ),
        outlets=_outlets(conn, number),
        repeated=tuple(claim for claim in map(claim_line, repeated) if claim.articles > 1),
        quotes=tuple(shown),
        next=following,
    )


def speakers(conn: sqlite3.Connection, asked: str = "", *, after: str | None = None, limit: int = 50) -> Speakers:
    """All speakers, or those whose names have each word of `asked`; titles, case and accents make no difference."""
    if asked.strip():
        return Speakers(asked=asked, lines=tuple(_named(conn, asked, limit)), next=None)
    rows = conn.execute(
        "SELECT speaker_id, quotes FROM speaker_total WHERE (quotes, speaker_id) < (?, ?) "
        "ORDER BY quotes DESC, speaker_id DESC LIMIT ?",
        (*(_cursor(after) or (2**62, 0)), limit + 1),
    ).fetchall()
    shown = rows[:limit]
    return Speakers(
        asked="",
        lines=tuple(speaker_lines(conn, [row["speaker_id"] for row in shown])),
        next=f"{shown[-1]['quotes']}.{shown[-1]['speaker_id']}" if len(rows) > limit else None,
    )


def named(conn: sqlite3.Connection, asked: str, *, limit: int = 100) -> list[int]:
    """The numbers of the speakers whose names have each word of `asked`, the most quoted first."""
    words = matching.query_words(strip_titles(asked))
    if not words:
        return []
    rows = conn.execute(
        """
        SELECT found.rowid AS id FROM (SELECT rowid FROM speaker_fts WHERE speaker_fts MATCH ? LIMIT ?) AS found
        CROSS JOIN speaker ON speaker.id = found.rowid
        LEFT JOIN speaker_total ON speaker_total.speaker_id = found.rowid
        ORDER BY speaker.key = ? DESC, speaker_total.quotes DESC, speaker.name
        LIMIT ?
        """,
        (matching.all_of(words), _BOUND, replace_surrogates(speaker_key(asked))[0], limit),
    )
    return [row["id"] for row in rows]


def newest_first(
    conn: sqlite3.Connection, where: str, parameters: list[object], *, after: str | None, limit: int
) -> tuple[list[QuoteLine], str | None]:
    """Quotes by date, the newest first and the undated last, and where the list goes on.

    `where` is about the table `listing`, with what its index leads by first.
    """
    place = after.rpartition(".") if after else None
    onward = ""
    if place and place[2].isdecimal() and len(place[2]) < 19:
        onward = " AND (published, quote_id) < (?, ?)"
        parameters = [*parameters, place[0], int(place[2])]
    rows = conn.execute(
        f"SELECT quote_id, published FROM listing WHERE {where}{onward} ORDER BY published DESC, quote_id DESC LIMIT ?",
        (*parameters, limit + 1),
    ).fetchall()
    shown = rows[:limit]
    following = f"{shown[-1]['published']}.{shown[-1]['quote_id']}" if len(rows) > limit else None
    return quote_lines(conn, [row["quote_id"] for row in shown]), following


def _named(conn: sqlite3.Connection, asked: str, limit: int) -> list[SpeakerLine]:
    return speaker_lines(conn, named(conn, asked, limit=limit))


def _cursor(after: str | None) -> tuple[int, int] | None:
    parts = (after or "").split(".")
    if len(parts) != 2 or not all(part.isdecimal() and len(part) < 19 for part in parts):
        return None
    return int(parts[0]), int(parts[1])


def _names(conn: sqlite3.Connection, speaker: SpeakerLine) -> tuple[PrintedName, ...]:
    if speaker.quotes > _COUNTED_BY_NAME:
        rows = conn.execute(
            "SELECT DISTINCT name, NULL AS quotes, NULL AS first, NULL AS last FROM alias WHERE speaker_id = ? "
            "ORDER BY length(name) DESC, name",
            (speaker.id,),
        )
    else:
        rows = conn.execute(
            """
            SELECT alias.name, count(listing.quote_id) AS quotes, min(nullif(listing.published, '')) AS first,
                max(nullif(listing.published, '')) AS last
            FROM alias
            LEFT JOIN quote ON quote.alias_id = alias.id
            LEFT JOIN listing ON listing.quote_id = quote.id
            WHERE alias.speaker_id = ? GROUP BY alias.name ORDER BY quotes DESC, length(alias.name) DESC, alias.name
            """,
            (speaker.id,),
        )
    return tuple(PrintedName(**dict(row)) for row in rows)


def _roles(conn: sqlite3.Connection, number: int) -> tuple[RoleLine, ...]:
    rows = conn.execute(
        """
        SELECT printed.text, count(DISTINCT printed.article_id) AS articles, min(article.published) AS first,
            max(article.published) AS last, min(printed.article_id) AS article_id
        FROM (
            SELECT role.text, role.article_id FROM alias JOIN role ON role.alias_id = alias.id
            WHERE alias.speaker_id = ? LIMIT 2000
        ) AS printed
        CROSS JOIN article ON article.id = printed.article_id
        GROUP BY printed.text ORDER BY first IS NULL, first, articles DESC LIMIT 20
        """,
        (number,),
    )
    return tuple(RoleLine(**dict(row)) for row in rows)


def _outlets(conn: sqlite3.Connection, number: int) -> tuple[Tally, ...]:
    rows = conn.execute(
        """
        SELECT nullif(speaker_month.outlet_id, 0) AS id, outlet.name, sum(speaker_month.quotes) AS quotes
        FROM speaker_month LEFT JOIN outlet ON outlet.id = speaker_month.outlet_id
        WHERE speaker_month.speaker_id = ?
        GROUP BY speaker_month.outlet_id ORDER BY 3 DESC, outlet.name LIMIT 30
        """,
        (number,),
    )
    return tuple(Tally(**dict(row)) for row in rows)
