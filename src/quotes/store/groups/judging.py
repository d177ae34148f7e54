"""People join and part claims; each decision is a row that can be taken back, and counts in every later run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.errors import NoSuchRow
from quotes.store import judgements
from quotes.store.groups.decisions import MERGE, SPLIT, name_of, quote_named
from quotes.store.groups.incremental import refresh
from quotes.store.judgements import Decision
from quotes.store.sql import numbered

if TYPE_CHECKING:
    from collections.abc import Sequence
    from sqlite3 import Connection


def merge(conn: Connection, numbers: Sequence[int], *, who: str, why: str | None) -> int:
    """Make one claim of the claims of these quotes; its number. Raises NoSuchRow."""
    claims = [_claim_of(conn, number) for number in numbers]
    if len(set(claims)) < 2:
        raise NoSuchRow(f"These are one claim already, {claims[0]}: `quotes claims show {claims[0]}` shows it.")
    first, *others = dict.fromkeys(claims)
    for other in others:
        decision = Decision("claim", MERGE, name_of(conn, first), name_of(conn, other))
        judgements.record(conn, decision, who=who, why=why)
    refresh(conn, claims)
    return _claim_of(conn, numbers[0])


def split(conn: Connection, number: int, *, who: str, why: str | None) -> int:
    """Take the wording of a quote out of its claim; the number of the claim that it makes. Raises NoSuchRow.

    Where the rest of the claim has that very wording, the quote alone is taken out.
    """
    claim = _claim_of(conn, number)
    rest = conn.execute(
        "SELECT min(quote.id) FROM quote WHERE claim_id = ? AND fingerprint != "
        "(SELECT fingerprint FROM quote WHERE id = ?) GROUP BY fingerprint ORDER BY 1",
        (claim, number),
    ).fetchall()
    if not rest:
        rest = conn.execute("SELECT id FROM quote WHERE claim_id = ? AND id != ? LIMIT 1", (claim, number)).fetchall()
    if not rest:
        raise NoSuchRow(f"Quote {number} is all of its claim: there is nothing to split it from.")
    own = name_of(conn, number)
    names = {name_of(conn, other) for (other,) in rest} - {own}
    if not names:
        raise NoSuchRow(f"Quote {number} stands twice in its article in these words: both say the same.")
    for name in sorted(names):
        judgements.record(conn, Decision("claim", SPLIT, own, name), who=who, why=why)
    refresh(conn, [row[0] for row in conn.execute("SELECT id FROM quote WHERE claim_id = ?", (claim,))])
    return _claim_of(conn, number)


def undo(conn: Connection, number: int, *, who: str, why: str | None) -> None:
    """Take a judgement about claims back; raises NoSuchRow."""
    judgement = judgements.take_back(conn, number, "claim", who=who, why=why)
    named = [quote_named(conn, name) for name in (judgement.a, judgement.b) if name is not None]
    refresh(conn, [quote for quote in named if quote is not None])


def _claim_of(conn: Connection, number: int) -> int:
    row = numbered(conn, "SELECT claim_id FROM quote WHERE id = ?", number)
    if row is None or row[0] is None:
        raise NoSuchRow(f"There is no claim or quote {number}: `quotes claims` and `quotes who WORDS` print numbers.")
    return int(row[0])
