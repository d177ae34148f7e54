"""How a claim's wording drifts from outlet to outlet.

All functions take a connection of `connection.open_reading`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from quotes.errors import NoSuchRow
from quotes.group.alignment import align_finely
from quotes.group.changes import changed, changed_altogether, ranked
from quotes.group.compare import compare
from quotes.group.kinds import MATTERS, RANK
from quotes.group.wording import read_wording
from quotes.store import mapping, queries
from quotes.store.rows import QuoteRow
from quotes.store.sql import numbered

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from quotes.group.changes import Change
    from quotes.group.compare import EdgeKind
    from quotes.group.kinds import ChangeKind
    from quotes.group.wording import Wording

_BY_DATE = "article.published IS NULL, article.published, article.id, quote.position"
_LEAST_SHARED = 0.5
_LEAST_OF_THE_SHORTER = 0.8
_LEAST_COMPARED = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One wording against another: `edge` is how their words are alike, None where they share too little for one.

    `changes` lead from the other wording to this one, what matters most first. Where it is said `in_other_words`, one
    change stands for them all.
    """

    edge: EdgeKind | None
    score: float
    in_other_words: bool
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimWording:
    """One wording of a claim: `quotes` print it, the earliest published first.

    `claim_id` is another claim's where the words are nearly the same and a number, a negation, a name or a modal verb
    is not. `from_earliest` and `from_fullest` are None for the wording that is the earliest, or the fullest, itself.
    """

    text: str
    claim_id: int
    quotes: tuple[QuoteRow, ...]
    from_earliest: Difference | None
    from_fullest: Difference | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimDrift:
    """All wordings of a claim and of those that contradict it in nearly its words, the earliest published first.

    `earliest` is the first of the claim's own in this database, by the date that its article bears; `fullest` the one
    with the most words. Both are among `wordings`.
    """

    claim_id: int
    earliest: ClaimWording
    fullest: ClaimWording
    wordings: tuple[ClaimWording, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedClaim:
    """A claim whose wordings differ: `change` is what matters most of all that changed, from `before` to `after`.

    `kinds` are all kinds of change among its wordings, what matters most first; `quotes` counts its quotes and
    `wordings` its wordings, with those of claims that contradict it.
    """

    claim_id: int
    text: str
    quotes: int
    wordings: int
    kinds: tuple[ChangeKind, ...]
    change: Change
    before: QuoteRow
    after: QuoteRow


def wordings(conn: sqlite3.Connection, quote_id: int) -> ClaimDrift:
    """How the claim of a quote is worded, and what changed; raises NoSuchRow.

    `quote_id` is the number of any quote of the claim, so the claim's own number too.
    """
    claim_id = _claim_of(conn, quote_id)
    quotes = _quotes(conn, claim_id, quote_id)
    by_wording: defaultdict[tuple[Any, ...], list[tuple[int, QuoteRow]]] = defaultdict(list)
    for claim, quote in quotes:
        by_wording[(claim, *_form(quote))].append((claim, quote))
    groups = [(group[0][0], tuple(quote for _, quote in group)) for group in by_wording.values()]
    own = [group for claim, group in groups if claim == claim_id]
    earliest, fullest = own[0], max(own, key=lambda group: len(read_wording(group[0].text).words))
    found = tuple(
        ClaimWording(
            text=group[0].text,
            claim_id=claim,
            quotes=group,
            from_earliest=None if group is earliest else difference(earliest[0].text, group[0].text),
            from_fullest=None if group is fullest else difference(fullest[0].text, group[0].text),
        )
        for claim, group in groups
    )
    return ClaimDrift(
        claim_id=claim_id,
        earliest=next(wording for wording in found if wording.from_earliest is None),
        fullest=next(wording for wording in found if wording.from_fullest is None),
        wordings=found,
    )


def changed_claims(conn: sqlite3.Connection, *, limit: int = 50) -> list[ChangedClaim]:
    """Claims whose wordings changed: those with a number changed first, then a negation, a name, a modal, the rest.

    What is said in other words altogether is left out, and so is what one article says in two ways.
    At most `limit` of them; so many (and 50 at least, since some turn out to be unchanged) are compared of those that
    contradict another claim, and as many of the others, those with the most wordings first.
    """
    compared = max(limit, _LEAST_COMPARED)
    ids = [*islice(_contradicted(conn), compared), *_several_wordings(conn, compared)]
    found = (_changed(wordings(conn, claim_id)) for claim_id in dict.fromkeys(ids))
    several = _once(claim for claim in found if claim is not None)
    return sorted(several, key=lambda claim: [RANK.index(kind) for kind in claim.kinds])[:limit]


def difference(before: str, after: str) -> Difference:
    """What changed from one wording to another."""
    found = compare(before, after)
    other = found.score < _LEAST_SHARED or not _is_taken_apart(read_wording(before), read_wording(after))
    changes = [changed_altogether(before, after)] if other else ranked(changed(before, after))
    return Difference(edge=found.edge, score=found.score, in_other_words=other, changes=tuple(changes))


def _is_taken_apart(ours: Wording, theirs: Wording) -> bool:
    """Whether words enough stay to say what became of the others: half of the longer, or most of the shorter.

    Of "the mayor's new bridge" and a paragraph about the old one, "bridge" stays, and all the rest is no change. A word
    in the place of one other (closed, close) counts half.
    """
    kept = {"equal": 1.0, "replace": 0.5}
    shared = sum(
        kept[tag] * word.weight
        for tag, i, j, k, m in align_finely(ours, theirs)
        if tag in kept and j - i == m - k
        for word in ours.words[i:j]
    )
    shorter, longer = sorted(sum(word.weight for word in wording.words) for wording in (ours, theirs))
    return shared >= _LEAST_SHARED * longer or shared >= _LEAST_OF_THE_SHORTER * shorter


def _claim_of(conn: sqlite3.Connection, quote_id: int) -> int:
    """The claim of a quote; a quote that is in none is one by itself."""
    row = numbered(conn, "SELECT coalesce(claim_id, id) FROM quote WHERE id = ?", quote_id)
    if row is None:
        raise NoSuchRow(queries.no_quote(quote_id))
    return int(row[0])


def _quotes(conn: sqlite3.Connection, claim_id: int, quote_id: int) -> Iterator[tuple[int, QuoteRow]]:
    """The quotes of a claim and the wordings elsewhere that contradict one of them, by date, each with its claim."""
    rows = conn.execute(
        f"""
        WITH mine AS (SELECT id FROM quote WHERE claim_id = :claim OR id = :quote),
        other (id) AS (
            SELECT b FROM edge WHERE contradiction IS NOT NULL AND a IN mine
            UNION SELECT a FROM edge WHERE contradiction IS NOT NULL AND b IN mine
        ),
        theirs AS (
            SELECT same.id FROM other
            JOIN quote ON quote.id = other.id
            JOIN quote AS same ON same.fingerprint = quote.fingerprint AND same.claim_id IS quote.claim_id
        )
        SELECT {mapping.QUOTE}, coalesce(quote.claim_id, quote.id) AS claim FROM quote {mapping.JOIN_QUOTE}
        WHERE quote.id IN mine OR quote.id IN theirs ORDER BY {_BY_DATE}
        """,
        {"claim": claim_id, "quote": quote_id},
    )
    return ((row["claim"], QuoteRow(**mapping.quote_fields(row))) for row in rows)


def _form(quote: QuoteRow) -> tuple[str, tuple[bool, ...]]:
    """What two quotes share when they are one wording: the words, and which of them the marks enclose, if not all."""
    wording = read_wording(quote.text)
    return quote.fingerprint, tuple(word.quoted for word in wording.words) if wording.partly_quoted else ()


def _contradicted(conn: sqlite3.Connection) -> Iterator[int]:
    """Claims with words that another claim has nearly, the most important changes first."""
    order = ", ".join(f"instr(edge.contradiction, '{kind}') = 0" for kind in RANK if kind in MATTERS)
    rows = conn.execute(
        "SELECT coalesce(quote.claim_id, quote.id) AS claim FROM edge JOIN quote ON quote.id = edge.a "
        f"WHERE edge.contradiction IS NOT NULL ORDER BY {order}, edge.score DESC, edge.a, edge.b"
    )
    return (row["claim"] for row in rows)


def _several_wordings(conn: sqlite3.Connection, limit: int) -> Iterator[int]:
    rows = conn.execute("SELECT id FROM claim WHERE wordings > 1 ORDER BY wordings DESC, id LIMIT ?", (limit,))
    return (row["id"] for row in rows)


def _changed(drift: ClaimDrift) -> ChangedClaim | None:
    """What changed most among the wordings of a claim; None where nothing did."""
    reworded = [
        (wording, wording.from_earliest)
        for wording in drift.wordings
        if wording.from_earliest and not wording.from_earliest.in_other_words and _is_apart(wording, drift.earliest)
    ]
    found = [(change, wording) for wording, difference in reworded for change in difference.changes]
    if not found:
        return None
    change, wording = min(found, key=lambda pair: RANK.index(pair[0].kind))
    kinds = {kind for other, _ in found for kind in other.kinds}
    return ChangedClaim(
        claim_id=drift.claim_id,
        text=drift.earliest.text,
        quotes=sum(len(wording.quotes) for wording in drift.wordings),
        wordings=len(drift.wordings),
        kinds=tuple(sorted(kinds, key=RANK.index)),
        change=change,
        before=drift.earliest.quotes[0],
        after=wording.quotes[0],
    )


def _is_apart(wording: ClaimWording, earliest: ClaimWording) -> bool:
    """Whether an article prints it that does not print the earliest: one that prints both only says it twice."""
    first = {quote.article.id for quote in earliest.quotes}
    return any(quote.article.id not in first for quote in wording.quotes)


def _once(claims: Iterable[ChangedClaim]) -> Iterator[ChangedClaim]:
    """Two claims that contradict each other in one change are told once."""
    seen: set[frozenset[int]] = set()
    for claim in claims:
        pair = frozenset({claim.before.id, claim.after.id})
        if pair not in seen:
            seen.add(pair)
            yield claim
