"""The search page: words as they are remembered, and what to keep of the quotes that have them.

What matches, and in which order, is that of `store.queries.who`, but that at most `BOUND` matches are looked through:
where more match, those are the quotes added last, and the answer says so.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from quotes.store import matching, queries
from quotes.store.pages.speakers import named, newest_first
from quotes.store.pages.values import QuoteLine, Tally, as_json, quote_lines

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from quotes.store.rows import Match, Passage

BOUND = 5_000
"""Matches looked through."""

_LOOK_THROUGH = 40
_MOST_PASSAGES = 5

_MOST_SPEAKERS = 100
_MOST_NARROWER = 6
_NARROWED = ("speaker", "outlet", "kind", "cue_class")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the reader filled in; empty means any. `speaker` is a name or a number, `since` and `until` are dates."""

    words: str = ""
    speaker: str = ""
    outlet: str = ""
    kind: str = ""
    cue_class: str = ""
    since: str = ""
    until: str = ""

    @property
    def filters(self) -> bool:
        """Whether anything but words was asked for."""
        return any(getattr(self, field.name) for field in fields(self) if field.name != "words")


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrower:
    """How many of the matches another filter would leave; `field` is one of `Asked`."""

    field: str
    value: str
    name: str
    quotes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """The quotes found.

    `match` is None without words, or when nothing has them. `total` counts what was found; `bounded` tells that there
    is more than was looked through. `words` are those to mark. `next` is where the list goes on. `printed` are articles
    that have the words one after the other, but not in a quote.
    """

    asked: Asked
    match: Match | None
    words: tuple[str, ...]
    total: int | None
    bounded: bool
    quotes: tuple[QuoteLine, ...]
    narrower: tuple[Narrower, ...] = ()
    printed: tuple[Passage, ...] = ()
    next: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the form offers: the outlets that have most articles, and the classes of cues."""

    outlets: tuple[Tally, ...]
    cue_classes: tuple[str, ...]


def search(conn: sqlite3.Connection, asked: Asked, *, after: str | None = None, limit: int = 25) -> Results:
    """The quotes with these words among those that the filters leave; without words the newest of those."""
    where, parameters = _filters(conn, asked)
    words = matching.query_words(asked.words)
    if not words:
        if asked.words.strip():
            return _nothing(asked)
        found, following = newest_first(conn, where or "published >= ''", parameters, after=after, limit=limit)
        return Results(
            asked=asked, match=None, words=(), total=None, bounded=False, quotes=tuple(found), next=following
        )
    printed = tuple(queries.printed(conn, words, _MOST_PASSAGES, look_through=_LOOK_THROUGH))
    offset = int(after) if after and after.isdecimal() and len(after) < 6 else 0
    for match, query in _queries(words, few=bool(printed)):
        if match == "similar":
            ids, bounded = _similar(conn, asked.words, where, parameters), False
        else:
            ids, bounded = _matching(conn, query, where, parameters, by_date=match == "exact")
            if bounded and match == "some words" and (telling := _telling(words)):
                ids, bounded = _matching(conn, telling, where, parameters, by_date=False)
        if ids:
            end = offset + limit
            return Results(
                asked=asked,
                match=match,
                words=tuple(words),
                total=len(ids),
                bounded=bounded,
                quotes=tuple(quote_lines(conn, ids[offset:end])),
                narrower=_narrower(conn, ids, asked),
                printed=printed,
                next=str(end) if end < len(ids) else None,
            )
    return replace(_nothing(asked), words=tuple(words), printed=printed)


def choices(conn: sqlite3.Connection, *, limit: int = 200) -> Choices:
    """What can be chosen from."""
    outlets = conn.execute(
        """
        SELECT outlet.id, outlet.name, most.quotes FROM
            (SELECT outlet_id, quotes FROM outlet_total WHERE outlet_id > 0 ORDER BY articles DESC LIMIT ?) AS most
        CROSS JOIN outlet ON outlet.id = most.outlet_id ORDER BY outlet.name COLLATE NOCASE
        """,
        (limit,),
    )
    # one step of the index a class, however many quotes have it
    classes = conn.execute(
        """
        WITH RECURSIVE distinct_class(name) AS (
            SELECT min(cue_class) FROM listing WHERE cue_class > ''
            UNION ALL
            SELECT (SELECT min(cue_class) FROM listing WHERE cue_class > distinct_class.name)
            FROM distinct_class WHERE name IS NOT NULL LIMIT 100
        )
        SELECT name FROM distinct_class WHERE name IS NOT NULL
        """
    )
    return Choices(
        outlets=tuple(Tally(**dict(row)) for row in outlets), cue_classes=tuple(row["name"] for row in classes)
    )


def _nothing(asked: Asked) -> Results:
    return Results(asked=asked, match=None, words=(), total=0, bounded=False, quotes=())


def _queries(words: list[str], *, few: bool) -> Iterator[tuple[Match, str]]:
    """What is tried one after the other; `few` leaves out what answers worse than words printed outside quotes."""
    yield "exact", matching.phrase(words)
    yield "all words", matching.all_of(words)
    yield "similar", ""
    if not few:
        yield "some words", matching.any_of(words)


def _telling(words: list[str]) -> str:
    """FTS5: any of the words but for those that nearly every quote has (the, of); "" where there are no others."""
    return matching.any_of(matching.telling(words))


def _similar(conn: sqlite3.Connection, words: str, where: str, parameters: list[object]) -> list[int]:
    """The numbers of the quotes whose wording is like these words, the likest first, then by date."""
    from quotes.store.meanings import like

    found = like(conn, words)
    score = {
        row["fingerprint"]: found[row["id"]]
        for row in conn.execute(
            "SELECT quote.id, quote.fingerprint FROM json_each(?) AS asked CROSS JOIN quote ON quote.id = asked.value",
            (as_json(found),),
        )
    }
    rows = conn.execute(
        "SELECT quote.id, quote.fingerprint FROM json_each(?) AS asked "
        "CROSS JOIN quote ON quote.fingerprint = asked.value CROSS JOIN listing ON listing.quote_id = quote.id "
        f"WHERE {_unindexed(where, 'listing') or 'true'} "
        "ORDER BY listing.published = '', listing.published, listing.article_id, quote.id LIMIT ?",
        (json.dumps(list(score)), *parameters, BOUND),
    ).fetchall()
    return [row["id"] for row in sorted(rows, key=lambda row: -score[row["fingerprint"]])]


def _matching(
    conn: sqlite3.Connection, query: str, where: str, parameters: list[object], *, by_date: bool
) -> tuple[list[int], bool]:
    """The numbers of the quotes that match and that the filters leave, in order; whether there may be others."""
    ids = _rowids(conn, "SELECT rowid FROM quote_fts WHERE quote_fts MATCH ? ORDER BY rowid DESC LIMIT ?", query)
    if not ids:
        return [], False
    bounded = len(ids) > BOUND
    if bounded and where:
        left = _rowids(conn, f"SELECT quote_id FROM listing WHERE {where} LIMIT ?", *parameters)
        if len(left) <= BOUND:  # few are left by the filters: those are asked whether they match
            within = "SELECT rowid FROM quote_fts WHERE quote_fts MATCH ? AND rowid IN (SELECT value FROM json_each(?))"
            ids, bounded = _rowids(conn, f"{within} LIMIT ?", query, as_json(left)), False
    # ranking asks of each word how many quotes have it: where so many have, the order would cost a second
    if not bounded and not by_date:
        candidates = "SELECT rowid AS id, bm25(quote_fts) AS place FROM quote_fts WHERE quote_fts MATCH ?"
        first: object = query
        order = "place, quote_id"
    else:
        candidates = "SELECT value AS id, key AS place FROM json_each(?)"
        first = as_json(ids[:BOUND])
        order = "published = '', published, article_id, quote_id" if by_date else "place"
    rows = conn.execute(
        f"SELECT listing.quote_id FROM ({candidates}) AS candidate "
        "CROSS JOIN listing ON listing.quote_id = candidate.id "
        f"WHERE {_unindexed(where) or 'true'} ORDER BY {order}",
        (first, *parameters),
    )
    return [row["quote_id"] for row in rows], bounded


def _rowids(conn: sqlite3.Connection, query: str, *parameters: object) -> list[int]:
    """What a query of one column finds, one more than BOUND at the most."""
    return [row[0] for row in conn.execute(query, (*parameters, BOUND + 1))]


def _filters(conn: sqlite3.Connection, asked: Asked) -> tuple[str, list[object]]:
    """A condition on `listing` and its parameters; only the column that leaves least goes by its index."""
    conditions: list[tuple[str, list[object]]] = []
    if asked.speaker:
        ids = [int(asked.speaker)] if _is_number(asked.speaker) else named(conn, asked.speaker, limit=_MOST_SPEAKERS)
        if len(ids) == 1:
            conditions.append(("speaker_id = ?", [ids[0]]))
        else:
            conditions.append(("speaker_id IN (SELECT value FROM json_each(?))", [as_json(ids)]))
    if asked.outlet:
        conditions.append(("outlet_id = ?", [_outlet(conn, asked.outlet)]))
    if asked.cue_class:
        conditions.append(("cue_class = ?", [asked.cue_class]))
    if asked.kind:
        conditions.append(("kind = ?", [asked.kind]))
    where = [condition if not i else f"+{condition}" for i, (condition, _) in enumerate(conditions)]
    parameters = [value for _, values in conditions for value in values]
    if asked.since:
        where.append("published >= ?")
        parameters.append(asked.since)
    if asked.until:
        # a day, month or year holds all that begins with it
        where.append("published > '' AND published <= ?")
        parameters.append(asked.until + "~")
    return " AND ".join(where), parameters


def _unindexed(where: str, table: str = "") -> str:
    """The same condition for rows that are at hand already, of a table that has to be named where others stand by."""
    prefix = f"{table}." if table else ""
    return " AND ".join(f"+{prefix}{part.lstrip('+')}" for part in where.split(" AND ") if part)


def _outlet(conn: sqlite3.Connection, asked: str) -> int:
    if _is_number(asked):
        return int(asked)
    row = conn.execute("SELECT id FROM outlet WHERE name = ?", (asked,)).fetchone()
    return -1 if row is None else int(row["id"])


def _is_number(value: str) -> bool:
    return value.isascii() and value.isdecimal() and len(value) < 19


def _narrower(conn: sqlite3.Connection, ids: list[int], asked: Asked) -> tuple[Narrower, ...]:
    """The filters that would leave most of these quotes, for each field that is not filtered yet."""
    rows = conn.execute(
        "SELECT speaker_id, outlet_id, kind, cue_class FROM json_each(?) AS candidate "
        "CROSS JOIN listing ON listing.quote_id = candidate.value",
        (as_json(ids),),
    )
    columns = zip(*rows, strict=True)
    counts = {field: Counter(column) for field, column in zip(_NARROWED, columns, strict=True)}
    found: list[Narrower] = []
    for field, counted in counts.items():
        if getattr(asked, field):
            continue
        # nobody named, and no outlet known, are no filters
        named_values = [(value, number) for value, number in counted.most_common(_MOST_NARROWER + 1) if value]
        most = [(value, number) for value, number in named_values[:_MOST_NARROWER] if number < len(ids)]
        names = _names(conn, field, [value for value, _ in most])
        found += [
            Narrower(field=field, value=str(value), name=names[value], quotes=number)
            for value, number in sorted(most, key=lambda pair: (-pair[1], names[pair[0]]))
        ]
    return tuple(found)


def _names(conn: sqlite3.Connection, field: str, values: list[Any]) -> dict[Any, str]:
    """What the values of a field are called."""
    if field not in {"speaker", "outlet"}:
        return {value: str(value) for value in values}
    rows = conn.execute(
        f"SELECT {field}.id, {field}.name FROM json_each(?) AS asked CROSS JOIN {field} ON {field}.id = asked.value",
        (as_json(values),),
    )
    return {row["id"]: row["name"] for row in rows}
