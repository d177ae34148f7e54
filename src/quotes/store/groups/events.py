"""Two articles of one week that have several statements in common report one event: there, likely is enough.

A pair of wordings that may well say the same is joined, and counterparts are suggested at least, when two articles with
the one and the other share at least `SHARED` statements in all, and no passage: the one is then no copy of the other.
That hangs on pairs of articles alone, so that the order of adding makes no difference. An article without a date may be
of any week.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from itertools import product
from typing import TYPE_CHECKING

from quotes.group.counterparts import counterparts
from quotes.group.meaning import SUGGESTED
from quotes.group.paraphrase import EVENT, METHOD, in_one_event
from quotes.group.sketch import likeness, read_sketch
from quotes.group.sources import SAME_PASSAGE
from quotes.store.groups.edges import indexed_wording
from quotes.store.sql import numbers

if TYPE_CHECKING:
    from collections.abc import Iterable
    from sqlite3 import Connection

    _Wordings = dict[int, tuple[str, str]]

SHARED = 5
"""Statements, word for word or not, that two articles share when they report one event."""

_MOST_ARTICLES = 200
_WITHIN = dt.timedelta(days=7)
_WHOLE_DAY = len("2024-01-31")


def settle(conn: Connection, article_id: int, *, after: int = 0) -> set[int]:
    """Link what is likely the same in an article and other reports of its event; the quotes of the edges.

    Only articles of higher numbers than `after` are looked at.
    """
    own = _wordings(conn, article_id)
    shared: defaultdict[int, set[tuple[int, int]]] = defaultdict(set)
    for mine, other, fingerprint in _edges(conn, own):
        for article in _articles(conn, fingerprint, article_id):
            shared[article].add((mine, other))
    for number, (fingerprint, _) in own.items():
        for article in _articles(conn, fingerprint, article_id):
            shared[article].add((number, number))
    touched: set[int] = set()
    for article in sorted(shared):
        if article > after and _statements(shared[article]) >= SHARED and _may_report_one(conn, article_id, article):
            touched |= _link(conn, own, _wordings(conn, article))
    return touched


def settle_all(conn: Connection) -> None:
    """Link what is likely the same in all reports of one event; most articles share far too little with any other."""
    reports: defaultdict[int, list[int]] = defaultdict(list)
    printed: defaultdict[int, list[int]] = defaultdict(list)
    first_of: dict[str, int] = {}
    for number, fingerprint, article in conn.execute("SELECT id, fingerprint, article_id FROM quote ORDER BY id"):
        first = first_of.setdefault(fingerprint, number)
        reports[article].append(first)
        printed[first].append(article)
    alike: defaultdict[int, list[int]] = defaultdict(list)
    for a, b in conn.execute("SELECT a, b FROM edge WHERE kind != 'identical' AND method != 'short/1'"):
        alike[a].append(b)
        alike[b].append(a)
    for article, own in sorted(reports.items()):
        if len(own) < SHARED:
            continue
        met = Counter(
            other for number in set(own) for like in (number, *alike.get(number, ())) for other in printed[like]
        )
        # what two articles share is settled once, with the one of the lower number
        if any(number >= SHARED for other, number in met.items() if other > article):
            settle(conn, article, after=article)


def unsettle(conn: Connection, quote_ids: Iterable[int]) -> set[int]:
    """Take back what was linked so at these wordings; the articles of both sides, to be settled again."""
    ids = numbers(quote_ids)
    rows = conn.execute(
        f"SELECT a, b FROM edge WHERE method = ? AND (a IN ({ids}) OR b IN ({ids}))", (EVENT,)
    ).fetchall()
    conn.executemany(
        "DELETE FROM edge WHERE a = ? AND b = ? AND (score < ? OR NOT linked)", ((*row, SUGGESTED) for row in rows)
    )
    conn.executemany("UPDATE edge SET linked = 0, method = ? WHERE a = ? AND b = ?", ((METHOD, *row) for row in rows))
    ends = numbers({quote for row in rows for quote in row})
    articles = conn.execute(
        "SELECT DISTINCT article_id FROM quote "
        f"WHERE fingerprint IN (SELECT fingerprint FROM quote WHERE id IN ({ends}))"
    )
    return {article for (article,) in articles}


def _may_report_one(conn: Connection, one: int, other: int) -> bool:
    """Whether two articles that say the same are of one week, as far as is known, and neither from the other."""
    dates = [
        date
        for (date,) in conn.execute("SELECT substr(published, 1, 10) FROM article WHERE id IN (?, ?)", (one, other))
        if date and len(date) == _WHOLE_DAY
    ]
    days = [dt.date.fromisoformat(date) for date in dates]
    return (len(days) < 2 or abs(days[0] - days[1]) <= _WITHIN) and not _taken_over(conn, one, other)


def _taken_over(conn: Connection, one: int, other: int) -> bool:
    """Whether two articles have a passage in common: what they print alike is then copied, and the rest is not."""
    rows = conn.execute(
        "SELECT ours.sketch, theirs.sketch FROM quote AS mine "
        "JOIN quote AS other ON other.fingerprint = mine.fingerprint AND other.article_id = ? "
        "JOIN quote_sketch AS ours ON ours.quote_id = mine.id "
        "JOIN quote_sketch AS theirs ON theirs.quote_id = other.id "
        "WHERE mine.article_id = ?",
        (other, one),
    )
    return any(likeness(read_sketch(ours), read_sketch(theirs)) >= SAME_PASSAGE for ours, theirs in rows)


def _link(conn: Connection, own: _Wordings, others: _Wordings) -> set[int]:
    linked: set[int] = set()
    ours, theirs = (list(texts.items()) for texts in (own, others))
    matched = counterparts([text for _, (_, text) in ours], [text for _, (_, text) in theirs])
    for (row, (mine, (_, a))), (column, (other, (_, b))) in product(enumerate(ours), enumerate(theirs)):
        if mine == other:
            continue
        found = in_one_event(indexed_wording(a), indexed_wording(b), counterparts=(row, column) in matched)
        if found:
            pair = (min(mine, other), max(mine, other))
            conn.execute(
                "INSERT OR IGNORE INTO edge VALUES (?, ?, 'paraphrase', ?, 0, ?, ?)",
                (*pair, found.score, found.contradiction, EVENT),
            )
            if found.linked:
                conn.execute(
                    "UPDATE edge SET linked = 1, method = ? WHERE a = ? AND b = ? AND kind = 'paraphrase' "
                    "AND NOT linked AND contradiction IS NULL",
                    (EVENT, *pair),
                )
                linked |= {mine, other}
    return linked


def _wordings(conn: Connection, article_id: int) -> _Wordings:
    """The first quotes of an article's wordings, with their fingerprints and texts."""
    rows = conn.execute(
        "SELECT (SELECT min(id) FROM quote AS same WHERE same.fingerprint = quote.fingerprint) AS first, "
        "fingerprint, text FROM quote WHERE article_id = ?",
        (article_id,),
    )
    return {first: (fingerprint, text) for first, fingerprint, text in rows}


def _edges(conn: Connection, own: _Wordings) -> list[tuple[int, int, str]]:
    """Edges from an article's wordings to others, contradictions too: who is contradicted was heard; the fingerprints.

    What only the event has linked is no evidence of it.
    """
    ids = numbers(own)
    half = (
        "SELECT edge.{own}, edge.{other}, quote.fingerprint FROM edge JOIN quote ON quote.id = edge.{other} "
        "WHERE edge.{own} IN ({ids}) AND edge.kind != 'identical' AND edge.method != 'short/1' "
        "AND NOT (edge.method = :event AND (edge.score < :suggested OR NOT edge.linked))"
    )
    query = f"{half.format(own='a', other='b', ids=ids)} UNION {half.format(own='b', other='a', ids=ids)}"
    return [tuple(row) for row in conn.execute(query, {"event": EVENT, "suggested": SUGGESTED})]


def _articles(conn: Connection, fingerprint: str, without: int) -> list[int]:
    rows = conn.execute(
        "SELECT DISTINCT article_id FROM quote WHERE fingerprint = ? AND article_id != ? ORDER BY id LIMIT ?",
        (fingerprint, without, _MOST_ARTICLES),
    )
    return [article for (article,) in rows]


def _statements(pairs: Iterable[tuple[int, int]]) -> int:
    """How many statements the pairs are: no more than there are wordings on the poorer side."""
    ours, theirs = (set(side) for side in zip(*pairs, strict=True))
    return min(len(ours), len(theirs))
