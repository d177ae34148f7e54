"""Two articles that have several statements in common report one event: what is only likely then counts as linked.

A pair of wordings that may well say the same is joined when two articles with the one and the other share at least
`SHARED` statements in all. That hangs on pairs of articles alone, so that the order of adding makes no difference.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from quotes.group.paraphrase import EVENT, METHOD
from quotes.store.groups.sql import numbers

if TYPE_CHECKING:
    from collections.abc import Iterable
    from sqlite3 import Connection

SHARED = 3
"""Statements, word for word or not, that two articles share when they report one event."""

_MOST_ARTICLES = 200


def settle(conn: Connection, article_id: int) -> set[int]:
    """Link what is likely the same in an article and another report of its event; the quotes of the edges linked."""
    own = _wordings(conn, article_id)
    by_article: defaultdict[int, set[tuple[int, int]]] = defaultdict(set)
    likely: defaultdict[int, set[tuple[int, int]]] = defaultdict(set)
    for a, b, fingerprint, is_likely in _edges(conn, own):
        for other in _articles(conn, fingerprint, article_id):
            by_article[other].add((a, b))
            if is_likely:
                likely[other].add((a, b))
    for number in own:
        for other in _articles(conn, own[number], article_id):
            by_article[other].add((number, number))
    linked: set[tuple[int, int]] = set()
    for other, pairs in likely.items():
        if _statements(by_article[other], own) >= SHARED:
            linked |= pairs
    conn.executemany(
        "UPDATE edge SET linked = 1, method = ? WHERE a = ? AND b = ?", ((EVENT, *pair) for pair in sorted(linked))
    )
    return {quote for pair in linked for quote in pair}


def unsettle(conn: Connection, quote_ids: Iterable[int]) -> set[int]:
    """Take back what was linked so at these wordings; the articles of both sides, to be settled again."""
    ids = numbers(quote_ids)
    rows = conn.execute(
        f"SELECT a, b FROM edge WHERE method = ? AND (a IN ({ids}) OR b IN ({ids}))", (EVENT,)
    ).fetchall()
    conn.executemany("UPDATE edge SET linked = 0, method = ? WHERE a = ? AND b = ?", ((METHOD, *row) for row in rows))
    ends = numbers({quote for row in rows for quote in row})
    articles = conn.execute(
        "SELECT DISTINCT article_id FROM quote "
        f"WHERE fingerprint IN (SELECT fingerprint FROM quote WHERE id IN ({ends}))"
    )
    return {article for (article,) in articles}


def _wordings(conn: Connection, article_id: int) -> dict[int, str]:
    """The first quotes of an article's wordings, short ones aside, with their fingerprints."""
    rows = conn.execute(
        "SELECT (SELECT min(id) FROM quote AS same WHERE same.fingerprint = quote.fingerprint) AS first, fingerprint "
        "FROM quote WHERE article_id = ?",
        (article_id,),
    )
    return dict(rows.fetchall())


def _edges(conn: Connection, own: dict[int, str]) -> list[tuple[int, int, str, bool]]:
    """Edges from an article's wordings to others: both ends, the other's fingerprint, and whether it is likely only."""
    ids = numbers(own)
    half = (
        "SELECT edge.a, edge.b, quote.fingerprint, "
        "(edge.kind = 'paraphrase' AND NOT edge.linked) OR edge.method = :event "
        "FROM edge JOIN quote ON quote.id = edge.{other} WHERE edge.{own} IN ({ids}) "
        "AND edge.kind != 'identical' AND edge.contradiction IS NULL AND edge.method != 'short/1'"
    )
    query = f"{half.format(own='a', other='b', ids=ids)} UNION {half.format(own='b', other='a', ids=ids)}"
    return [tuple(row) for row in conn.execute(query, {"event": EVENT})]


def _articles(conn: Connection, fingerprint: str, without: int) -> list[int]:
    rows = conn.execute(
        "SELECT DISTINCT article_id FROM quote WHERE fingerprint = ? AND article_id != ? ORDER BY id LIMIT ?",
        (fingerprint, without, _MOST_ARTICLES),
    )
    return [article for (article,) in rows]


def _statements(pairs: Iterable[tuple[int, int]], own: dict[int, str]) -> int:
    """How many statements the pairs are: no more than there are wordings on the poorer side."""
    ours, theirs = set(), set()
    for a, b in pairs:
        mine, other = (a, b) if a in own else (b, a)
        ours.add(mine)
        theirs.add(other)
    return min(len(ours), len(theirs))
