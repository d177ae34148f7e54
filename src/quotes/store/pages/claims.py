"""A claim's page: who is reported to have said it, where, when, and in which wordings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.errors import NoSuchRow
from quotes.store.pages.conflicts import ConflictLine, conflicts_of
from quotes.store.pages.drift import Contradiction, contradictions
from quotes.store.pages.values import (
    CLAIM_LINE,
    FROM_CLAIM,
    JOIN_QUOTE_LINE,
    QUOTE_LINE,
    ClaimLine,
    QuoteLine,
    claim_line,
    most_spread,
    quote_line,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

MOST = 400
"""A page shows so many quotes of one claim."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedWording:
    """Quotes that share their words but for case and punctuation; `text` is as the first of them prints it."""

    text: str
    fingerprint: str
    quotes: tuple[int, ...]
    outlets: tuple[str, ...]
    first: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Whom quotes of a claim name as their source; `id` is None for a source without a name."""

    id: int | None
    name: str
    quotes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimPage:
    """A claim with its quotes, the earliest first and the undated last, and its wordings, the most printed first."""

    claim: ClaimLine
    topics: tuple[str, ...]
    quotes: tuple[QuoteLine, ...]
    speakers: tuple[Named, ...]
    wordings: tuple[PrintedWording, ...]
    conflicts: tuple[ConflictLine, ...]
    contradictions: tuple[Contradiction, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """A list of claims; `next` is where it goes on."""

    lines: tuple[ClaimLine, ...]
    next: str | None


def claim(conn: sqlite3.Connection, number: int) -> ClaimPage:
    """By the claim's number, or that of any of its quotes; raises NoSuchRow."""
    row = conn.execute(f"SELECT {CLAIM_LINE} {FROM_CLAIM} WHERE claim.id = ?", (number,)).fetchone()
    if row is None:
        row = conn.execute(
            f"SELECT {CLAIM_LINE} {FROM_CLAIM} WHERE claim.id = (SELECT claim_id FROM quote WHERE id = ?)", (number,)
        ).fetchone()
    if row is None:
        raise NoSuchRow(f"There is no claim {number}: `quotes claims` lists the numbers of claims.")
    line = claim_line(row)
    topics = conn.execute("SELECT term FROM claim_topic WHERE claim_id = ? ORDER BY rank", (line.id,))
    rows = conn.execute(
        f"SELECT {QUOTE_LINE} FROM (SELECT id FROM quote WHERE claim_id = ? ORDER BY id LIMIT ?) AS member "
        f"CROSS JOIN quote ON quote.id = member.id {JOIN_QUOTE_LINE} "
        "ORDER BY article.published IS NULL, article.published, quote.id",
        (line.id, MOST),
    )
    quotes = tuple(map(quote_line, rows))
    return ClaimPage(
        claim=line,
        topics=tuple(topic["term"] for topic in topics),
        quotes=quotes,
        speakers=_speakers(quotes),
        wordings=_wordings(quotes),
        conflicts=conflicts_of(conn, line.id),
        contradictions=contradictions(conn, line.id),
    )


def claims(conn: sqlite3.Connection, *, after: str | None = None, limit: int = 25) -> Claims:
    """The claims that most independent sources print, then most outlets, then most articles."""
    shown, following = most_spread(conn, after=after, limit=limit)
    return Claims(lines=tuple(shown), next=following)


def _speakers(quotes: Iterable[QuoteLine]) -> tuple[Named, ...]:
    counts: dict[tuple[int | None, str], int] = {}
    for quote in quotes:
        name = quote.speaker or quote.speaker_description or quote.mention or ""
        counts[quote.speaker_id, name] = counts.get((quote.speaker_id, name), 0) + 1
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0][1]))
    return tuple(Named(id=number, name=name, quotes=count) for (number, name), count in ordered)


def _wordings(quotes: Iterable[QuoteLine]) -> tuple[PrintedWording, ...]:
    groups: dict[str, list[QuoteLine]] = {}
    for quote in quotes:
        groups.setdefault(quote.fingerprint, []).append(quote)
    # sorting keeps the order of those that are alike: the earliest wording comes first
    ordered = sorted(groups.items(), key=lambda item: -len(item[1]))
    return tuple(
        PrintedWording(
            text=group[0].text,
            fingerprint=fingerprint,
            quotes=tuple(quote.id for quote in group),
            outlets=tuple(dict.fromkeys(quote.outlet or "outlet unknown" for quote in group)),
            first=group[0].published,
        )
        for fingerprint, group in ordered
    )
