"""Groups kept up with each article that is added or removed, in the caller's transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.group.keys import joins_from_one_mouth
from quotes.store.groups import edges, events, families
from quotes.store.groups.aggregates import write_claims
from quotes.store.groups.edges import indexed_wording
from quotes.store.groups.regroup import regroup
from quotes.store.sql import numbers

if TYPE_CHECKING:
    from collections.abc import Iterable
    from sqlite3 import Connection, Row

    from quotes.store.groups.edges import Question


def add(conn: Connection, article_id: int) -> None:
    """Join the quotes of an article that has just been stored to those that are alike."""
    touched = families.add(conn, article_id)
    quotes = _quotes(conn, article_id)
    text = conn.execute("SELECT text FROM article WHERE id = ?", (article_id,)).fetchone()[0]
    left: list[Question] = []
    for quote in quotes:
        families.sketch_quote(conn, quote["id"], text)
        left += _link(conn, quote)
    edges.ask(conn, left)
    for quote in touched:
        if indexed_wording(quote["text"]).short:
            _link_short(conn, quote)
    linked = events.settle(conn, article_id)
    regroup(conn, {quote["id"] for quote in (*quotes, *touched)} | linked)


def refresh(conn: Connection, quote_ids: Iterable[int]) -> None:
    """Group quotes anew about which something has changed: their speakers, or what people decided."""
    ids = set(quote_ids)
    for quote in conn.execute(f"{_QUOTE} WHERE quote.id IN ({numbers(ids)})").fetchall():
        if indexed_wording(quote["text"]).short:
            conn.execute("DELETE FROM edge WHERE kind = 'identical' AND ? IN (a, b)", (quote["id"],))
            _link_short(conn, quote)
    regroup(conn, ids)


def redate(conn: Connection, article_id: int) -> None:
    """Group anew what hangs on the date of an article, of which another one is known."""
    quotes = _quotes(conn, article_id)
    firsts = {_first(conn, quote["fingerprint"]) for quote in quotes}
    touched = {quote["id"] for quote in quotes} | firsts | _neighbours(conn, firsts)
    for article in sorted(events.unsettle(conn, firsts) | {article_id}):
        touched |= events.settle(conn, article)
    regroup(conn, touched)


def recount(conn: Connection, article_id: int) -> None:
    """Count the claims of an article anew, of which another outlet is known."""
    claims = conn.execute("SELECT DISTINCT claim_id FROM quote WHERE article_id = ?", (article_id,))
    write_claims(conn, {claim for (claim,) in claims if claim is not None})


class Removal:
    """What has to be known before an article is deleted, to mend the groups that it leaves."""

    def __init__(self, conn: Connection, article_id: int) -> None:
        self._conn = conn
        quotes = _quotes(conn, article_id)
        gone = {quote["id"] for quote in quotes}
        self._alike = _neighbours(conn, gone) - gone
        self._claims = {row[0] for row in conn.execute(f"SELECT claim_id FROM quote WHERE id IN ({numbers(gone)})")}
        together = f"SELECT id FROM quote WHERE claim_id IN ({numbers(self._claims - {None})})"
        self._alike |= {row[0] for row in conn.execute(together)} - gone
        for quote in quotes:
            self._hand_on(quote, article_id)
        self._reports = events.unsettle(conn, self._alike | gone) - {article_id}
        self._family = families.leave(conn, article_id)

    def mend(self) -> None:
        """Group anew what was alike; to be called when the article is gone."""
        conn = self._conn
        touched = families.meet_again(conn, self._family)
        for quote in conn.execute(f"{_QUOTE} WHERE quote.id IN ({numbers(self._alike)}) ORDER BY quote.id").fetchall():
            if indexed_wording(quote["text"]).short:
                _link_short(conn, quote)
        for article in sorted(self._reports):
            touched |= events.settle(conn, article)
        regroup(conn, self._alike | touched, stale=self._claims)

    def _hand_on(self, quote: Row, article_id: int) -> None:
        """The next quote of a wording takes over the edges and keys of the first, else they go with it."""
        conn = self._conn
        wording = indexed_wording(quote["text"])
        if _first(conn, quote["fingerprint"]) != quote["id"]:
            return
        heir = conn.execute(
            "SELECT min(id) FROM quote WHERE fingerprint = ? AND article_id != ?", (quote["fingerprint"], article_id)
        ).fetchone()[0]
        edges.unindex(conn, quote["id"], wording)
        if heir is None:
            return
        edges.index(conn, heir, wording)
        rows = conn.execute("SELECT * FROM edge WHERE ? IN (a, b)", (quote["id"],)).fetchall()
        for row in rows:
            if row["kind"] == "identical" and wording.short:
                continue
            other = row["a"] + row["b"] - quote["id"]
            if other != heir:
                conn.execute(
                    "INSERT OR IGNORE INTO edge VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (min(heir, other), max(heir, other), *tuple(row)[2:]),
                )


_OCCURRENCE = """(
    SELECT count(*) FROM quote AS before WHERE before.article_id = quote.article_id
    AND before.fingerprint = quote.fingerprint AND before.id < quote.id
)"""
"""Which of its wording in its article a quote is: in copies the first stands for the first."""

_QUOTE = """
    SELECT quote.id, quote.text, quote.fingerprint, quote.speaker_id, article.family_id
    FROM quote JOIN article ON article.id = quote.article_id"""


def _quotes(conn: Connection, article_id: int) -> list[Row]:
    return conn.execute(f"{_QUOTE} WHERE quote.article_id = ? ORDER BY quote.id", (article_id,)).fetchall()


def _link(conn: Connection, quote: Row) -> list[Question]:
    """Store the edges of a quote that words settle; what they leave open."""
    wording = indexed_wording(quote["text"])
    first = _first(conn, quote["fingerprint"])
    if first == quote["id"]:
        edges.index(conn, first, wording)
        return edges.find(conn, first, wording)
    if wording.short:
        _link_short(conn, quote)
    else:
        edges.same_words(conn, quote["id"], first)
    return []


def _link_short(conn: Connection, quote: Row) -> None:
    """Few words are one utterance only from one mouth, or in copies of one text; hardly any, only in copies."""
    alike = "SELECT min(quote.id) FROM quote JOIN article ON article.id = quote.article_id WHERE quote.fingerprint = ?"
    if joins_from_one_mouth(indexed_wording(quote["text"])):
        first = conn.execute(f"{alike} AND quote.speaker_id = ?", (quote["fingerprint"], quote["speaker_id"]))
        edges.same_words(conn, quote["id"], first.fetchone()[0])
    place = conn.execute(f"SELECT {_OCCURRENCE} FROM quote WHERE id = ?", (quote["id"],)).fetchone()[0]
    first = conn.execute(
        f"{alike} AND article.family_id = ? AND {_OCCURRENCE} = ?", (quote["fingerprint"], quote["family_id"], place)
    )
    edges.same_words(conn, quote["id"], first.fetchone()[0])


def _first(conn: Connection, fingerprint: str) -> int:
    return int(conn.execute("SELECT min(id) FROM quote WHERE fingerprint = ?", (fingerprint,)).fetchone()[0])


def _neighbours(conn: Connection, quote_ids: set[int]) -> set[int]:
    ids = numbers(quote_ids)
    rows = conn.execute(f"SELECT b FROM edge WHERE a IN ({ids}) UNION SELECT a FROM edge WHERE b IN ({ids})")
    return {row[0] for row in rows}
