"""Short statements of a batch as a database has them: one is the same again from one mouth, and in copies of a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from quotes.batch.engine import columns, find_components, insert, over, stream
from quotes.group.keys import PILLARS, IndexedWording, joins_from_one_mouth
from quotes.group.sketch import read_sketch
from quotes.group.sources import are_copies, article_keys, sketch_articles
from quotes.resolve.names import speaker_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from quotes.batch.engine import Row

_SHORT = columns(wording=pa.int64(), spoken=pa.bool_())
_NAMES = columns(name=pa.string(), speaker=pa.string())
_SKETCHES = columns(article=pa.int64(), sketch=pa.binary(), keys=pa.list_(pa.int64()))
_COPIES = columns(a=pa.int64(), b=pa.int64())


def find_short(conn: duckdb.DuckDBPyConnection, *, workers: int) -> None:
    """The table `short` of the wordings that say too little to join anything alone."""
    insert(conn, "short", _SHORT, over(stream(conn, "SELECT id, text FROM wording ORDER BY id"), _short_of, workers))


def join_short(conn: duckdb.DuckDBPyConnection, articles: Sequence[str], *, workers: int) -> None:
    """The table `again` of short quotes that are said more than once, with the first of each; `articles` are files."""
    _find_families(conn, articles, workers)
    names = "SELECT DISTINCT speaker FROM quote WHERE speaker IS NOT NULL"
    insert(conn, "name", _NAMES, over(stream(conn, names), _speakers_of, workers))
    conn.execute(
        "CREATE TABLE mouth AS SELECT quote.id, short.wording, short.spoken, name.speaker, "
        "coalesce(family.root, article.id) AS family, "
        "row_number() OVER (PARTITION BY quote.article, short.wording ORDER BY quote.position) AS occurrence "
        "FROM quote JOIN wording USING (fingerprint) JOIN short ON short.wording = wording.id "
        "JOIN article USING (article) LEFT JOIN family ON family.item = article.id "
        "LEFT JOIN name ON name.name = quote.speaker"
    )
    pairs = (
        "SELECT id AS a, min(id) OVER (PARTITION BY wording, family, occurrence) AS b FROM mouth "
        "UNION ALL SELECT id, min(id) OVER (PARTITION BY wording, speaker) FROM mouth WHERE spoken AND speaker NOT NULL"
    )
    find_components(conn, f"SELECT a, b FROM ({pairs}) WHERE a <> b", "again")


def _short_of(rows: Sequence[Row]) -> list[Row]:
    read = ((number, IndexedWording.of(text)) for number, text in rows)
    return [(number, joins_from_one_mouth(wording)) for number, wording in read if wording.short]


def _speakers_of(rows: Sequence[Row]) -> list[Row]:
    return [(name, speaker_key(name)) for (name,) in rows]


def _find_families(conn: duckdb.DuckDBPyConnection, articles: Sequence[str], workers: int) -> None:
    """The table `family` of the articles that are copies of one text."""
    texts = "SELECT id, text FROM article JOIN read_parquet(?) USING (article)"
    insert(conn, "sketch", _SKETCHES, over(stream(conn, texts, [list(articles)]), _sketches_of, workers))
    conn.execute(
        "CREATE TABLE met AS SELECT key, article, row_number() OVER (PARTITION BY key ORDER BY article) AS place "
        "FROM (SELECT article, unnest(keys) AS key FROM sketch)"
    )
    pairs = (
        "SELECT a, b, ours.sketch, theirs.sketch FROM (SELECT DISTINCT a.article AS a, b.article AS b FROM met AS a "
        f"JOIN met AS b ON a.key = b.key AND a.place > b.place AND b.place <= {PILLARS}) "
        "JOIN sketch AS ours ON ours.article = a JOIN sketch AS theirs ON theirs.article = b"
    )
    insert(conn, "copy", _COPIES, over(stream(conn, pairs), _copies_of, workers))
    find_components(conn, "SELECT a, b FROM copy", "family")


def _sketches_of(rows: Sequence[Row]) -> list[Row]:
    made = sketch_articles(text for _, text in rows)
    every = zip(rows, made, article_keys(made), strict=True)
    return [(number, own.tobytes(), sorted(keys)) for (number, _), own, keys in every]


def _copies_of(rows: Sequence[Row]) -> list[Row]:
    return [(a, b) for a, b, ours, theirs in rows if are_copies(read_sketch(ours), read_sketch(theirs))]
