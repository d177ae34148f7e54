"""The lines that pages are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quotes.model import doubts
from quotes.store.sql import MOST_SPREAD

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

    Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteLine:
    """One quote in a list; [`start`, `end`) is its place in the article's text, in code points."""

    id: int
    text: str
    kind: str
    mention: str | None
    cue: str | None
    cue_class: str | None
    negated: bool
    via: str | None
    speaker_id: int | None
    speaker: str | None
    speaker_description: str | None
    article_id: int
    article: str
    version: int
    outlet_id: int | None
    outlet: str | None
    published: str | None
    url: str | None
    family_id: int | None
    claim_id: int | None
    utterance_id: int | None
    fingerprint: str
    confidence: float | None
    speaker_confidence: float | None
    start: int
    end: int

    @property
    def doubts(self) -> list[str]:
        """What is uncertain of it, in words."""
        return doubts(self.confidence, self.speaker_confidence)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLine:
    """One claim in a list; `sources` counts families of articles that print it, copies of one text counted once."""

    id: int
    label: str
    speaker_id: int | None
    speaker: str | None
    quotes: int
    articles: int
    outlets: int
    sources: int
    speakers: int
    wordings: int
    first_published: str | None
    last_published: str | None
    contradicted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleLine:
    """One article in a list."""

    id: int
    label: str
    outlet_id: int | None
    outlet: str | None
    published: str | None
    quotes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerLine:
    """One speaker in a list; `first` and `last` are months of articles that quote them, None where none has a date."""

    id: int
    name: str
    qid: str | None
    quotes: int
    outlets: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """So many quotes at an outlet; `id` and `name` are None for articles whose outlet is not known."""

    id: int | None
    name: str | None
    quotes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """So many quotes in articles of one month (2024-03, or 2024 where no more is known)."""

    month: str
    quotes: int


QUOTE_LINE = """
    quote.id, quote.text, quote.kind, quote.mention, quote.cue, quote.cue_class, quote.negated, quote.via,
    quote.speaker_id, speaker.name AS speaker, quote.speaker_description, quote.article_id, article.label AS article,
    article.version, article.outlet_id, outlet.name AS outlet, article.published, article.url, article.family_id,
    quote.claim_id, quote.utterance_id, quote.fingerprint, quote.confidence, quote.speaker_confidence,
    (SELECT min(span.start) FROM span WHERE span.quote_id = quote.id AND span.role = 'content') AS start,
    (SELECT max(span.end) FROM span WHERE span.quote_id = quote.id AND span.role = 'content') AS "end"
"""

# a cross join is taken in the order in which it is written: the first table is the one that has been cut short
JOIN_QUOTE_LINE = """
    CROSS JOIN article ON article.id = quote.article_id
    LEFT JOIN outlet ON outlet.id = article.outlet_id
    LEFT JOIN speaker ON speaker.id = quote.speaker_id
"""

CLAIM_LINE = """
    claim.id, claim.label, claim.speaker_id, speaker.name AS speaker, claim.quotes, claim.articles, claim.outlets,
    claim.sources, claim.speakers, claim.wordings, claim.first_published, claim.last_published, claim.contradicted
"""

FROM_CLAIM = "FROM claim LEFT JOIN speaker ON speaker.id = claim.speaker_id"

_SPEAKER_LINES = """
    SELECT speaker.id, speaker.name, speaker.qid, coalesce(speaker_total.quotes, 0) AS quotes,
        (SELECT count(DISTINCT outlet_id) FROM speaker_month
            WHERE speaker_id = speaker.id AND outlet_id > 0) AS outlets,
        (SELECT min(month) FROM speaker_month WHERE speaker_id = speaker.id AND month > '') AS first,
        (SELECT max(month) FROM speaker_month WHERE speaker_id = speaker.id AND month > '') AS last
    FROM json_each(?) AS asked
    CROSS JOIN speaker ON speaker.id = asked.value
    LEFT JOIN speaker_total ON speaker_total.speaker_id = speaker.id
    ORDER BY asked.key
"""


def quote_line(row: Row) -> QuoteLine:
    """Of the columns QUOTE_LINE."""
    fields = {name: row[name] for name in QuoteLine.__dataclass_fields__}
    return QuoteLine(**{**fields, "negated": bool(row["negated"])})


def quote_lines(conn: sqlite3.Connection, ids: Sequence[int]) -> list[QuoteLine]:
    """The quotes of these numbers, in this order."""
    rows = conn.execute(
        f"SELECT {QUOTE_LINE} FROM json_each(?) AS asked CROSS JOIN quote ON quote.id = asked.value "
        f"{JOIN_QUOTE_LINE} ORDER BY asked.key",
        (as_json(ids),),
    )
    return [quote_line(row) for row in rows]


def claim_line(row: Row) -> ClaimLine:
    """Of the columns CLAIM_LINE."""
    fields = {name: row[name] for name in ClaimLine.__dataclass_fields__}
    return ClaimLine(**{**fields, "contradicted": bool(row["contradicted"])})


def most_spread(
    conn: sqlite3.Connection, where: str = "1", *, after: str | None = None, limit: int
) -> tuple[list[ClaimLine], str | None]:
    """A page of the claims of which `where` holds, the most widely printed first, and where the list goes on.

    `after` is where a page before it ended; one that makes no sense begins anew.
    """
    try:
        sources, outlets, articles, number = map(int, (after or "").split("."))
    except ValueError:
        sources, outlets, articles, number = 2**62, 0, 0, 0
    rows = conn.execute(
        f"SELECT {CLAIM_LINE} {FROM_CLAIM} WHERE {where} "
        "AND (claim.sources, claim.outlets, claim.articles, claim.id) < (?, ?, ?, ?) "
        f"ORDER BY {MOST_SPREAD}, claim.id DESC LIMIT ?",
        (sources, outlets, articles, number, limit + 1),
    ).fetchall()
    shown = [claim_line(row) for row in rows[:limit]]
    last = shown[-1] if len(rows) > limit else None
    return shown, f"{last.sources}.{last.outlets}.{last.articles}.{last.id}" if last else None


def speaker_lines(conn: sqlite3.Connection, ids: Sequence[int]) -> list[SpeakerLine]:
    """The speakers of these numbers, in this order."""
    rows = conn.execute(_SPEAKER_LINES, (as_json(ids),))
    return [SpeakerLine(**dict(row)) for row in rows]


def as_json(ids: Iterable[int]) -> str:
    """Numbers as SQLite's json_each reads them: one parameter, however many there are."""
    return f"[{','.join(map(str, ids))}]"
