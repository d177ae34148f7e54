"""Which articles are copies of one text, as stored."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING

from quotes.group.sets import Sets
from quotes.group.sketch import read_sketch
from quotes.group.sources import (
    Passage,
    are_copies,
    article_keys,
    sketch_article,
    sketch_articles,
    sketch_passages,
)
from quotes.parallel import map_in_order
from quotes.store.sql import numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from sqlite3 import Connection, Row

    from quotes.group.sketch import Sketch

_ARTICLES = 200
_WORTHWHILE = 2000


def add(conn: Connection, article_id: int) -> list[Row]:
    """Put an article into its family; the quotes of families that it has made one."""
    text = conn.execute("SELECT text FROM article WHERE id = ?", (article_id,)).fetchone()[0]
    own = sketch_article(text)
    (keys,) = article_keys([own])
    conn.execute("INSERT INTO article_sketch VALUES (?, ?)", (article_id, own.tobytes()))
    conn.executemany("INSERT INTO article_key VALUES (?, ?)", ((key, article_id) for key in sorted(keys)))
    conn.execute("UPDATE article SET family_id = id WHERE id = ?", (article_id,))
    return _meet(conn, article_id, own, keys)


def rebuild(conn: Connection, *, workers: int = 1) -> None:
    """Put every article into its family, and sketch every quote; there must be no sketch yet."""
    met: defaultdict[int, list[int]] = defaultdict(list)
    sketches: dict[int, Sketch] = {}
    sets = Sets(row[0] for row in conn.execute("SELECT id FROM article"))
    for batch, sketched in map_in_order(_sketch, _texts(conn), workers=workers, size=len, worthwhile=_WORTHWHILE):
        for text, (own, keys, quotes) in zip(batch, sketched or (), strict=True):
            sketches[text.article] = own
            others = {other for key in keys for other in met[key]}
            for other in others:
                if sets.find(other) != sets.find(text.article) and are_copies(own, sketches[other]):
                    sets.join(other, text.article)
            for key in keys:
                met[key].append(text.article)
            conn.execute("INSERT INTO article_sketch VALUES (?, ?)", (text.article, own.tobytes()))
            conn.executemany("INSERT INTO quote_sketch VALUES (?, ?)", quotes)
    keyed = ((key, article) for key in sorted(met) for article in met[key])
    conn.executemany("INSERT INTO article_key VALUES (?, ?)", keyed)
    homes = ((sets.find(article), article) for article in sketches)
    conn.executemany("UPDATE article SET family_id = ?1 WHERE id = ?2 AND family_id IS NOT ?1", homes)


@dataclass(slots=True)
class _Text:
    """An article, and of each quote of it the number, whether it is spoken, and the bounds of its contents."""

    article: int
    text: str
    quotes: list[tuple[int, bool, list[tuple[int, int]]]]


def _texts(conn: Connection) -> Iterator[list[_Text]]:
    articles = conn.execute("SELECT id, text FROM article ORDER BY id")
    while rows := articles.fetchmany(_ARTICLES):
        batch = {article: _Text(article, text, []) for article, text in rows}
        spans = conn.execute(
            "SELECT quote.article_id, quote.id, quote.kind, span.start, span.end FROM quote "
            "JOIN span ON span.quote_id = quote.id AND span.role = 'content' "
            f"WHERE quote.article_id IN ({numbers(batch)}) ORDER BY quote.id, span.number"
        )
        for (article, quote, kind), own in groupby(spans, key=itemgetter(0, 1, 2)):
            batch[article].quotes.append((quote, kind == "direct", [(start, end) for *_, start, end in own]))
        yield list(batch.values())


def _sketch(batch: Sequence[_Text]) -> list[tuple[Sketch, frozenset[int], list[tuple[int, bytes]]]]:
    """What a worker does."""
    articles = sketch_articles(text.text for text in batch)
    quotes = [(number, Passage(text.text, bounds, spoken)) for text in batch for number, spoken, bounds in text.quotes]
    sketched = zip(quotes, sketch_passages(passage for _, passage in quotes), strict=True)
    rows = iter([(number, found.tobytes()) for (number, _), found in sketched])
    every = zip(batch, articles, article_keys(articles), strict=True)
    return [(own, keys, list(islice(rows, len(text.quotes)))) for text, own, keys in every]


def sketch_quote(conn: Connection, quote_id: int, text: str) -> None:
    """Store what tells the passage of a quote in the text of its article."""
    kind = conn.execute("SELECT kind FROM quote WHERE id = ?", (quote_id,)).fetchone()[0]
    spans = conn.execute(
        "SELECT start, end FROM span WHERE quote_id = ? AND role = 'content' ORDER BY number", (quote_id,)
    )
    bounds = [(start, end) for start, end in spans]
    (sketched,) = sketch_passages([Passage(text, bounds, kind == "direct")])
    conn.execute("INSERT INTO quote_sketch VALUES (?, ?)", (quote_id, sketched.tobytes()))


def leave(conn: Connection, article_id: int) -> list[int]:
    """Part a family that an article is to leave; the others of it, each a family of its own."""
    others = [
        row[0]
        for row in conn.execute(
            "SELECT other.id FROM article JOIN article AS other ON other.family_id = article.family_id "
            "WHERE article.id = ? AND other.id != article.id ORDER BY other.id",
            (article_id,),
        )
    ]
    conn.execute(f"UPDATE article SET family_id = id WHERE id IN ({numbers(others)})")
    return others


def meet_again(conn: Connection, article_ids: Iterable[int]) -> set[int]:
    """Put the articles of a parted family into families again; the quotes of them."""
    ids = list(article_ids)
    for article_id in ids:
        row = conn.execute("SELECT sketch FROM article_sketch WHERE article_id = ?", (article_id,)).fetchone()
        own = read_sketch(row["sketch"])
        (keys,) = article_keys([own])
        _meet(conn, article_id, own, keys)
    return {row[0] for row in conn.execute(f"SELECT id FROM quote WHERE article_id IN ({numbers(ids)})")}


def _meet(conn: Connection, article_id: int, own: Sketch, keys: Iterable[int]) -> list[Row]:
    rows = conn.execute(
        "SELECT DISTINCT article.family_id, article.id, article_sketch.sketch FROM article_key "
        "JOIN article ON article.id = article_key.article_id "
        "JOIN article_sketch ON article_sketch.article_id = article.id "
        f"WHERE article_key.key IN ({numbers(keys)}) AND article.id != ?",
        (article_id,),
    ).fetchall()
    met = {row["family_id"] for row in rows if are_copies(own, read_sketch(row["sketch"]))}
    if not met:
        return []
    own_family = conn.execute("SELECT family_id FROM article WHERE id = ?", (article_id,)).fetchone()[0]
    every = met | {own_family}
    conn.execute(f"UPDATE article SET family_id = ? WHERE family_id IN ({numbers(every)})", (min(every),))
    if len(met - {own_family}) < 2:
        return []
    return conn.execute(
        "SELECT quote.id, quote.text, quote.fingerprint, quote.speaker_id, article.family_id FROM quote "
        "JOIN article ON article.id = quote.article_id WHERE article.family_id = ? AND quote.article_id != ?",
        (min(every), article_id),
    ).fetchall()
