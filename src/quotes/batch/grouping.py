"""Utterances of a batch: identical, near and fragment statements over Parquet, by DuckDB.

The decisions are those of `quotes.group`, the same as in a database; DuckDB finds the candidates and what hangs
together, keeps to the memory that it is given, and spills the rest to the disk.
"""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from quotes.batch.engine import columns, find_components, insert, over, stream
from quotes.batch.shards import Output
from quotes.batch.shorts import find_short, join_short
from quotes.group.cluster import Edge, Node, group
from quotes.group.keys import MOST_IN_BUCKET, PILLARS, IndexedWording, word_keys
from quotes.group.paraphrase import MOST_ASKED, MOST_WORDS, Open, ask_meaning, read_same_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from quotes.batch.engine import Row
    from quotes.group.link import Link

    Report = Callable[[str], None]

_LEAST_HELD = 512
"""Megabytes that are enough for any batch, at the price of time."""

_EDGES = columns(a=pa.int64(), b=pa.int64(), kind=pa.string(), score=pa.float64()).append(
    pa.field("contradiction", pa.string())
)
_COMPARED = _EDGES.set(2, pa.field("kind", pa.string()))
_PLACES = columns(wording=pa.int64(), utterance=pa.int64())
_KEYS = columns(key=pa.int64(), rank=pa.int64(), wording=pa.int64())


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouped:
    """What was grouped, in numbers; `repeated` are utterances in more articles than one."""

    quotes: int
    wordings: int
    edges: int
    utterances: int
    repeated: int


def group_batch(
    folder: str | Path, *, workers: int = 1, memory: int = 2048, report: Report = lambda _: None
) -> Grouped:
    """Group the quotes of every finished shard, and write groups/{quotes,utterances,edges}.parquet beside them.

    DuckDB keeps to `memory` megabytes, 512 at least, and puts what is more into files in the folder, which are removed
    at the end. A run that is killed leaves what was there before. Raises BatchError for a folder of no finished shards.
    """
    output = Output(folder)
    shards = [str(output.quotes(done.shard.name)) for done in output.all_done()]
    articles = [str(output.articles(done.shard.name)) for done in output.all_done()]
    scratch = output.folder / ".groups"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    try:
        with closing(duckdb.connect(str(scratch / "work.duckdb"))) as conn:
            conn.execute(f"SET memory_limit = '{max(memory, _LEAST_HELD)}MB'")
            conn.execute("SET temp_directory = ?", [str(scratch / "spill")])
            conn.execute("SET preserve_insertion_order = false")
            report("wordings are read")
            _read(conn, shards, articles)
            report("keys are made")
            find_short(conn, workers=workers)
            insert(conn, "key", _KEYS, over(stream(conn, _LONG), _keys_of, workers))
            report("wordings are compared")
            _find_pairs(conn)
            insert(conn, "compared", _COMPARED, over(stream(conn, _PAIRS), _compare, workers))
            _choose_open(conn)
            report("meanings are compared")
            insert(conn, "answer", _EDGES, over(stream(conn, _OPEN), _ask, workers))
            conn.execute("INSERT INTO edge SELECT * FROM answer")
            join_short(conn, articles, workers=workers)
            report("utterances are made")
            find_components(conn, "SELECT a, b FROM edge WHERE contradiction IS NULL", "part")
            insert(conn, "place", _PLACES, _utterances(conn))
            return _write(conn, output, scratch)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


_LONG = "SELECT id, text FROM wording WHERE id NOT IN (SELECT wording FROM short) ORDER BY id"
_TEXTS = """
    SELECT pair.a, pair.b, ours.text, theirs.text FROM {} AS pair
    JOIN wording AS ours ON ours.id = pair.a JOIN wording AS theirs ON theirs.id = pair.b ORDER BY pair.a, pair.b"""
_PAIRS, _OPEN = _TEXTS.format("pair"), _TEXTS.format("chosen")


def _read(conn: duckdb.DuckDBPyConnection, shards: Sequence[str], articles: Sequence[str]) -> None:
    """The quotes, and their wordings numbered in the order of their fingerprints."""
    # an article that stands in several shards counts once
    conn.execute(
        "CREATE TABLE article AS SELECT row_number() OVER (ORDER BY article) AS id, * FROM ("
        "SELECT DISTINCT ON (article) article, coalesce(url, path, article) AS location, outlet, published "
        "FROM read_parquet(?) ORDER BY ALL)",
        [list(articles)],
    )
    conn.execute(
        "CREATE TABLE quote AS SELECT row_number() OVER (ORDER BY article, position) AS id, * FROM ("
        "SELECT DISTINCT ON (article, position) article, position, fingerprint, text, location, outlet, published, "
        "quote.speaker.name AS speaker FROM read_parquet(?) AS quote JOIN article USING (article))",
        [list(shards)],
    )
    conn.execute(
        "CREATE TABLE wording AS SELECT row_number() OVER (ORDER BY fingerprint) AS id, fingerprint, "
        "min(text) AS text FROM quote GROUP BY fingerprint"
    )


def _keys_of(rows: Sequence[Row]) -> list[Row]:
    read = ((number, IndexedWording.of(text)) for number, text in rows)
    return [(key, wording.rank, number) for number, wording in read for key in word_keys(wording)]


def _find_pairs(conn: duckdb.DuckDBPyConnection) -> None:
    """Every two wordings that share a key, one of which is among those of lowest rank that have it."""
    conn.execute(
        "CREATE TABLE place_in_key AS SELECT key, wording, "
        "row_number() OVER (PARTITION BY key ORDER BY rank, wording) AS place FROM key "
        f"QUALIFY place <= {MOST_IN_BUCKET}"
    )
    conn.execute(
        "CREATE TABLE pair AS SELECT DISTINCT least(a.wording, b.wording) AS a, greatest(a.wording, b.wording) AS b "
        "FROM place_in_key AS a JOIN place_in_key AS b "
        f"ON a.key = b.key AND b.place <= {PILLARS} AND a.place > b.place"
    )


def _compare(rows: Sequence[Row]) -> list[Row]:
    """Edges, and without a kind the pairs that words leave open, with their likelihood."""
    found: list[Row] = []
    for a, b, ours, theirs in rows:
        one, other = IndexedWording.of(ours), IndexedWording.of(theirs)
        link = read_same_words(one, other)
        if isinstance(link, Open):
            found.append((a, b, None, link.likelihood, None))
        elif link:
            found.append(_edge((a, one), (b, other), link))
    return found


def _choose_open(conn: duckdb.DuckDBPyConnection) -> None:
    """The edges that words settle, and the pairs whose meaning is asked: of two utterances yet, the likeliest.

    They are few of each wording, and so many words in all.
    """
    conn.execute("CREATE TABLE edge AS SELECT * FROM compared WHERE kind NOT NULL")
    find_components(conn, "SELECT a, b FROM edge WHERE contradiction IS NULL", "settled")
    conn.execute(
        "CREATE TABLE open AS SELECT a, b, score FROM compared LEFT JOIN settled AS ours ON ours.item = a "
        "LEFT JOIN settled AS theirs ON theirs.item = b WHERE kind IS NULL AND ours.root IS DISTINCT FROM theirs.root "
        "OR kind IS NULL AND ours.root IS NULL "
        f"QUALIFY row_number() OVER (PARTITION BY a ORDER BY score DESC, b) <= {MOST_ASKED} "
        f"AND row_number() OVER (PARTITION BY b ORDER BY score DESC, a) <= {MOST_ASKED}"
    )
    conn.execute(
        "CREATE TABLE chosen AS SELECT a, b FROM open "
        "JOIN wording AS ours ON ours.id = a JOIN wording AS theirs ON theirs.id = b "
        "QUALIFY sum(len(string_split(ours.text, ' ')) + len(string_split(theirs.text, ' '))) "
        f"OVER (ORDER BY score DESC, a, b ROWS UNBOUNDED PRECEDING) <= {MOST_WORDS}"
    )


def _ask(rows: Sequence[Row]) -> list[Row]:
    found = []
    for a, b, ours, theirs in rows:
        one, other = IndexedWording.of(ours), IndexedWording.of(theirs)
        link = ask_meaning(one, other)
        if link and link.kind != "paraphrase":
            found.append(_edge((a, one), (b, other), link))
    return found


def _edge(one: tuple[int, IndexedWording], other: tuple[int, IndexedWording], link: Link) -> Row:
    part, whole = (other, one) if link.kind == "fragment" and len(other[1].words) < len(one[1].words) else (one, other)
    return part[0], whole[0], link.kind, link.score, link.contradiction


def _utterances(conn: duckdb.DuckDBPyConnection) -> Iterator[list[Row]]:
    """The utterance of each wording with an edge, by the first of its wordings."""
    edges = stream(
        conn,
        "SELECT ours.root, edge.*, a.text, a.fingerprint, b.text, b.fingerprint FROM edge "
        "JOIN part AS ours ON ours.item = edge.a JOIN part AS theirs ON theirs.item = edge.b "
        "AND theirs.root = ours.root JOIN wording AS a ON a.id = edge.a JOIN wording AS b ON b.id = edge.b "
        "ORDER BY ours.root, edge.a, edge.b",
    )
    for _, rows in groupby((row for batch in edges for row in batch), key=lambda row: row[0]):
        nodes: dict[int, Node] = {}
        found = []
        for _, a, b, kind, score, contradiction, text, fingerprint, other, others in rows:
            nodes.setdefault(a, Node(a, len(IndexedWording.of(text).words), fingerprint))
            nodes.setdefault(b, Node(b, len(IndexedWording.of(other).words), others))
            found.append(Edge(a, b, kind, score, contradicts=contradiction is not None))
        yield list(group(list(nodes.values()), found).utterance.items())


def _write(conn: duckdb.DuckDBPyConnection, output: Output, scratch: Path) -> Grouped:
    """The three files, put in place together at the end."""
    conn.execute(
        "CREATE TABLE member AS SELECT quote.* EXCLUDE (id), len(string_split(quote.text, ' ')) AS length, "
        "CASE WHEN short.wording IS NULL THEN 'w' || coalesce(place.utterance, wording.id) "
        "ELSE 's' || coalesce(again.root, quote.id) END AS found FROM quote "
        "JOIN wording ON wording.fingerprint = quote.fingerprint LEFT JOIN place ON place.wording = wording.id "
        "LEFT JOIN short ON short.wording = wording.id LEFT JOIN again ON again.item = quote.id"
    )
    conn.execute(
        "CREATE TABLE utterance AS SELECT found, first(article || ':' || position ORDER BY published NULLS LAST, "
        "article, position) AS utterance, first(text ORDER BY length DESC, text) AS label, count(*) AS quotes, "
        "count(DISTINCT location) AS articles, count(DISTINCT outlet) AS outlets, "
        "count(DISTINCT speaker) AS speakers, count(DISTINCT fingerprint) AS wordings, "
        "min(published) AS first_published, max(published) AS last_published FROM member GROUP BY found"
    )
    new = scratch / "groups"
    new.mkdir()
    for name, query in (
        ("quotes", "SELECT article, position, utterance FROM member JOIN utterance USING (found) ORDER BY ALL"),
        ("utterances", "SELECT * EXCLUDE (found) FROM utterance ORDER BY articles DESC, quotes DESC, utterance"),
        (
            "edges",
            (
                "SELECT a.fingerprint AS a, b.fingerprint AS b, kind, score, contradiction FROM edge "
                "JOIN wording AS a ON a.id = edge.a JOIN wording AS b ON b.id = edge.b ORDER BY ALL"
            ),
        ),
    ):
        conn.execute(f"COPY ({query}) TO '{_quoted(new / name)}.parquet' (FORMAT parquet, COMPRESSION zstd)")
    counts = conn.execute(
        "SELECT (SELECT count(*) FROM quote), (SELECT count(*) FROM wording), (SELECT count(*) FROM edge), "
        "(SELECT count(*) FROM utterance), (SELECT count(*) FROM utterance WHERE articles > 1)"
    ).fetchone()
    assert counts is not None, "a row of counts"
    target = output.folder / "groups"
    if target.exists():
        target.rename(scratch / "old")
    new.rename(target)
    return Grouped(**dict(zip(("quotes", "wordings", "edges", "utterances", "repeated"), counts, strict=True)))


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
