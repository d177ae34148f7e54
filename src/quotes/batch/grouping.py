"""Utterances of a batch: identical, near and fragment statements over Parquet, by DuckDB.

The decisions are those of `quotes.group`, the same as in a database; DuckDB finds the candidates and what hangs
together, keeps to the memory that it is given, and spills the rest to the disk.
"""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from quotes.batch.shards import Output
from quotes.group.cluster import Edge, Node, group
from quotes.group.keys import MOST_IN_BUCKET, PILLARS, IndexedWording, word_keys
from quotes.group.link import by_words
from quotes.parallel import map_in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    Row = tuple[Any, ...]
    Report = Callable[[str], None]

_BATCH = 20_000
_LEAST_HELD = 512
"""Megabytes that are enough for any batch, at the price of time."""

_EDGES = pa.schema(
    [
        *(pa.field(name, pa.int64(), nullable=False) for name in ("a", "b")),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("score", pa.float64(), nullable=False),
        pa.field("contradiction", pa.string()),
    ]
)
_PLACES = pa.schema([pa.field(name, pa.int64(), nullable=False) for name in ("wording", "utterance")])
_KEYS = pa.schema([pa.field(name, pa.int64(), nullable=False) for name in ("key", "rank", "wording")])


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
            _insert(conn, "key", _KEYS, _over(conn, "SELECT id, text FROM wording ORDER BY id", _keys_of, workers))
            report("wordings are compared")
            _find_pairs(conn)
            _insert(conn, "edge", _EDGES, _over(conn, _PAIRS, _edges_of, workers))
            report("utterances are made")
            _find_components(conn)
            _insert(conn, "place", _PLACES, _utterances(conn))
            return _write(conn, output, scratch)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


_PAIRS = """
    SELECT pair.a, pair.b, ours.text, theirs.text FROM pair
    JOIN wording AS ours ON ours.id = pair.a JOIN wording AS theirs ON theirs.id = pair.b ORDER BY pair.a, pair.b"""


def _read(conn: duckdb.DuckDBPyConnection, shards: Sequence[str], articles: Sequence[str]) -> None:
    """The quotes, and their wordings numbered in the order of their fingerprints."""
    conn.execute(
        "CREATE TABLE quote AS SELECT quote.article, quote.position, quote.fingerprint, quote.text, "
        "coalesce(article.url, article.path, quote.article) AS location, article.outlet, article.published, "
        "quote.speaker.name AS speaker FROM read_parquet(?) AS quote "
        "JOIN (SELECT DISTINCT ON (article) article, url, path, outlet, published FROM read_parquet(?)) AS article "
        "ON article.article = quote.article",
        [list(shards), list(articles)],
    )
    conn.execute(
        "CREATE TABLE wording AS SELECT row_number() OVER (ORDER BY fingerprint) AS id, fingerprint, "
        "min(text) AS text FROM quote GROUP BY fingerprint"
    )


def _keys_of(rows: Sequence[Row]) -> list[Row]:
    """Keys of wordings; a short one has none, since alone it joins nothing."""
    read = ((number, IndexedWording.of(text)) for number, text in rows)
    return [(key, wording.rank, number) for number, wording in read if not wording.short for key in word_keys(wording)]


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


def _edges_of(rows: Sequence[Row]) -> list[Row]:
    found = []
    for a, b, ours, theirs in rows:
        one, other = IndexedWording.of(ours), IndexedWording.of(theirs)
        link = by_words(one, other)
        if link:
            part, whole = (b, a) if link.kind == "fragment" and len(other.words) < len(one.words) else (a, b)
            found.append((part, whole, link.kind, link.score, link.contradiction))
    return found


def _find_components(conn: duckdb.DuckDBPyConnection) -> None:
    """What hangs together by edges that join: each wording takes the least number of its neighbours, until none does.

    Each round goes to the end of what is known so far, so that a long chain takes few.
    """
    conn.execute("CREATE TABLE part AS SELECT DISTINCT unnest([a, b]) AS wording, wording AS root FROM edge")
    conn.execute(
        "CREATE TABLE joined AS SELECT a, b FROM edge WHERE contradiction IS NULL "
        "UNION ALL SELECT b, a FROM edge WHERE contradiction IS NULL"
    )
    while True:
        conn.execute(
            "CREATE OR REPLACE TABLE next AS "
            "SELECT part.wording, least(part.root, coalesce(min(other.root), part.root)) AS root "
            "FROM part LEFT JOIN joined ON joined.a = part.wording "
            "LEFT JOIN part AS other ON other.wording = joined.b GROUP BY part.wording, part.root"
        )
        conn.execute(
            "CREATE OR REPLACE TABLE next AS SELECT next.wording, least(next.root, above.root) AS root "
            "FROM next JOIN next AS above ON above.wording = next.root"
        )
        changed = conn.execute(
            "SELECT count(*) FROM part JOIN next USING (wording) WHERE part.root <> next.root"
        ).fetchone()
        conn.execute("DROP TABLE part")
        conn.execute("ALTER TABLE next RENAME TO part")
        if not changed or not changed[0]:
            return


def _utterances(conn: duckdb.DuckDBPyConnection) -> Iterator[list[Row]]:
    """The utterance of each wording with an edge, by the first of its wordings."""
    edges = _stream(
        conn,
        "SELECT ours.root, edge.*, a.text, a.fingerprint, b.text, b.fingerprint FROM edge "
        "JOIN part AS ours ON ours.wording = edge.a JOIN part AS theirs ON theirs.wording = edge.b "
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
        "CREATE TABLE member AS SELECT quote.*, len(string_split(quote.text, ' ')) AS length, "
        # a short wording joins nothing, not even itself in another article
        "CASE WHEN wording.id IN (SELECT wording FROM key) THEN 'w' || coalesce(place.utterance, wording.id) "
        "ELSE quote.article || ':' || quote.position END AS found FROM quote "
        "JOIN wording ON wording.fingerprint = quote.fingerprint LEFT JOIN place ON place.wording = wording.id"
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


def _over(
    conn: duckdb.DuckDBPyConnection, query: str, function: Callable[[Sequence[Row]], list[Row]], workers: int
) -> Iterator[list[Row]]:
    """What a function makes of a query's rows, by several processes."""
    for _, made in map_in_order(function, _stream(conn, query), workers=workers):
        assert made is not None, "none is skipped"
        yield made


def _stream(conn: duckdb.DuckDBPyConnection, query: str) -> Iterator[list[Row]]:
    """A query's rows in batches; on a cursor of its own, since the connection is written to meanwhile."""
    rows = conn.cursor().execute(query)
    return iter(partial(rows.fetchmany, _BATCH), [])


def _insert(conn: duckdb.DuckDBPyConnection, table: str, schema: pa.Schema, batches: Iterable[list[Row]]) -> None:
    """A table of rows that come in batches."""
    held: list[Row] = []

    def write() -> None:
        columns = list(zip(*held, strict=True)) or [()] * len(schema.names)
        rows = pa.table([pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema)
        conn.register("arriving", rows)
        conn.execute(f"INSERT INTO {table} SELECT * FROM arriving")
        conn.unregister("arriving")
        held.clear()

    conn.register("arriving", schema.empty_table())
    conn.execute(f"CREATE TABLE {table} AS SELECT * FROM arriving")
    conn.unregister("arriving")
    for batch in batches:
        held += batch
        if len(held) >= _BATCH:
            write()
    if held:
        write()


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
