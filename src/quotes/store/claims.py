"""Look-ups of claims: the most repeated, one in full, those like some words, and where outlets disagree."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from quotes.errors import NoSuchRow
from quotes.store import mapping, matching
from quotes.store.filters import Filters
from quotes.store.rows import ClaimRow, ConflictRow, QuoteRow, ShownClaim, SpeakerRef, SuggestedQuote
from quotes.store.sql import MOST_SPREAD, numbered

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

    Row = Mapping[str, Any]

_CLAIM = """
    SELECT claim.*, speaker.name AS speaker,
        (SELECT group_concat(term, char(10)) FROM (
            SELECT term FROM claim_topic WHERE claim_topic.claim_id = claim.id ORDER BY rank
        )) AS topics,
        (SELECT max(coalesce(confidence, 1)) FROM quote WHERE quote.claim_id = claim.id) AS confidence
    FROM claim LEFT JOIN speaker ON speaker.id = claim.speaker_id"""

_CONFLICT = """
    SELECT conflict.claim_id, claim.label, conflict.kind, conflict.a, conflict.b
    FROM conflict JOIN claim ON claim.id = conflict.claim_id"""
_WORST_FIRST = f"""
    ORDER BY conflict.kind != 'different persons', conflict.kind, {MOST_SPREAD}, conflict.claim_id, conflict.a,
        conflict.b"""

_QUOTE = f"SELECT {mapping.QUOTE} FROM quote {mapping.JOIN_QUOTE}"
_COUNTS = (
    "id label quotes articles outlets sources speakers wordings first_published last_published conflicts confidence"
).split()
_MOST_SUGGESTED = 10


def claims(
    conn: sqlite3.Connection, filters: Filters | None = None, *, topic: str | None = None, limit: int = 50
) -> list[ClaimRow]:
    """The claims that most independent sources print, then most outlets, then most articles.

    With filters: those with a quote that passes them; with a topic: those with a key term that has each of its words,
    or a word that begins so.
    """
    where, values = _where(filters)
    if topic is not None:
        where += " AND claim.id IN (SELECT claim_id FROM claim_topic WHERE term IN (SELECT value FROM json_each(?)))"
        values.append(json.dumps(_terms(conn, topic)))
    # what is printed with a claim is looked up for those that are printed alone
    first = f"SELECT claim.id FROM claim {where} ORDER BY {MOST_SPREAD}, claim.id LIMIT ?"
    rows = conn.execute(f"{_CLAIM} WHERE claim.id IN ({first}) ORDER BY {MOST_SPREAD}, claim.id", (*values, limit))
    return [_claim_row(row) for row in rows]


def claim(conn: sqlite3.Connection, number: int) -> ShownClaim:
    """The claim of this number, or that the quote of this number belongs to, in full; raises NoSuchRow."""
    row = numbered(conn, "SELECT claim_id FROM quote WHERE id = ?", number)
    if row is None:
        raise NoSuchRow(f"There is no claim or quote {number}: `quotes claims` and `quotes who WORDS` print numbers.")
    if row["claim_id"] is None:
        raise NoSuchRow(f"Quote {number} was stored before claims were: `quotes group` puts every quote into one.")
    return shown(conn, [row["claim_id"]])[0]


def shown(conn: sqlite3.Connection, numbers: Iterable[int]) -> list[ShownClaim]:
    """Claims in full, in the order of their numbers here."""
    return [_shown(conn, number) for number in numbers]


def conflicts(
    conn: sqlite3.Connection, filters: Filters | None = None, *, kind: str | None = None, limit: int = 100
) -> list[ConflictRow]:
    """Where articles attribute one claim to different speakers: different persons come first."""
    where, values = _where(filters)
    if kind is not None:
        where += " AND conflict.kind = ?"
        values.append(kind)
    rows = conn.execute(f"{_CONFLICT} {where} {_WORST_FIRST} LIMIT ?", (*values, limit))
    return [_conflict(conn, row) for row in rows.fetchall()]


def _terms(conn: sqlite3.Connection, asked: str) -> list[str]:
    """The key terms that have each word asked for, or one that begins so: "tax" leads to "income taxes"."""
    words = matching.query_words(asked)
    terms = [row["term"] for row in conn.execute("SELECT DISTINCT term FROM claim_topic")] if words else []
    return [term for term in terms if _begin(words, matching.query_words(term))]


def _begin(beginnings: Iterable[str], words: Sequence[str]) -> bool:
    return all(any(word.startswith(beginning) for word in words) for beginning in beginnings)


def _where(filters: Filters | None) -> tuple[str, list[str]]:
    """The claims with a quote that passes the filters."""
    condition, values = (filters or Filters()).sql()
    if not condition:
        return "WHERE 1", values
    return f"WHERE claim.id IN (SELECT quote.claim_id FROM quote {mapping.JOIN_QUOTE} WHERE 1{condition})", values


def _shown(conn: sqlite3.Connection, number: int) -> ShownClaim:
    row = conn.execute(f"{_CLAIM} WHERE claim.id = ?", (number,)).fetchone()
    members = conn.execute(
        f"{_QUOTE} WHERE quote.claim_id = ? ORDER BY article.published IS NULL, article.published, quote.id", (number,)
    )
    disagreements = conn.execute(f"{_CONFLICT} WHERE claim.id = ? {_WORST_FIRST}", (number,)).fetchall()
    suggestions = conn.execute(
        "SELECT edge.kind, max(edge.score) AS score, edge.contradiction, other.id FROM quote AS mine "
        "JOIN edge ON mine.id IN (edge.a, edge.b) JOIN quote AS other ON other.id = edge.a + edge.b - mine.id "
        "WHERE mine.claim_id = ? AND other.claim_id != mine.claim_id GROUP BY other.claim_id "
        "ORDER BY edge.contradiction IS NULL, score DESC, other.id LIMIT ?",
        (number, _MOST_SUGGESTED),
    ).fetchall()
    return ShownClaim(
        **_claim_fields(row),
        members=tuple(QuoteRow(**mapping.quote_fields(member)) for member in members),
        disagreements=tuple(_conflict(conn, conflict) for conflict in disagreements),
        suggestions=tuple(
            SuggestedQuote(
                kind=found["kind"],
                score=found["score"],
                contradiction=found["contradiction"],
                quote=_quote(conn, found["id"]),
            )
            for found in suggestions
        ),
    )


def _claim_row(row: Row) -> ClaimRow:
    return ClaimRow(**_claim_fields(row))


def _claim_fields(row: Row) -> dict[str, Any]:
    speaker = None if row["speaker_id"] is None else SpeakerRef(id=row["speaker_id"], name=row["speaker"])
    topics = tuple(row["topics"].split("\n")) if row["topics"] else ()
    fields = {name: row[name] for name in _COUNTS}
    return {**fields, "speaker": speaker, "contradicted": bool(row["contradicted"]), "topics": topics}


def _conflict(conn: sqlite3.Connection, row: Row) -> ConflictRow:
    return ConflictRow(
        claim=row["claim_id"],
        label=row["label"],
        kind=row["kind"],
        a=_quote(conn, row["a"]),
        b=_quote(conn, row["b"]),
    )


def _quote(conn: sqlite3.Connection, number: int) -> QuoteRow:
    return QuoteRow(**mapping.quote_fields(conn.execute(f"{_QUOTE} WHERE quote.id = ?", (number,)).fetchone()))
