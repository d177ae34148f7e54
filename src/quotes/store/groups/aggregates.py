"""What is known of each utterance and claim, counted from its quotes and kept for fast pages."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Any

from quotes.group.conflicts import kind_of
from quotes.group.sketch import read_sketch
from quotes.group.sources import Printing, independent
from quotes.store.sql import insert_many, numbers
from quotes.text import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from sqlite3 import Connection, Row

    from quotes.group.conflicts import ConflictKind
    from quotes.group.sketch import Sketch

_MOST_TOPICS = 5
_BATCH = 500

_QUOTES = """
    SELECT quote.id, quote.claim_id, quote.utterance_id, quote.text, quote.fingerprint, quote.article_id, quote.via,
        quote.speaker_id, speaker.name AS speaker, article.location, article.outlet_id, article.published,
        coalesce(article.family_id, article.id) AS family_id, quote_sketch.sketch
    FROM quote
    JOIN article ON article.id = quote.article_id
    JOIN quote_sketch ON quote_sketch.quote_id = quote.id
    LEFT JOIN speaker ON speaker.id = quote.speaker_id"""


def write_claims(conn: Connection, claims: Iterable[int], *, stale: Iterable[int] = ()) -> None:
    """Count claims and their utterances anew; those of `stale` that have no quotes left are deleted."""
    every = sorted({*claims, *stale})
    for start in range(0, len(every), _BATCH):
        batch = every[start : start + _BATCH]
        ids = numbers(batch)
        conn.execute(f"DELETE FROM conflict WHERE claim_id IN ({ids})")
        conn.execute(f"DELETE FROM claim_topic WHERE claim_id IN ({ids})")
        # an utterance may have come from a claim that is not in this batch
        conn.execute(
            f"DELETE FROM utterance WHERE claim_id IN ({ids}) "
            f"OR id IN (SELECT utterance_id FROM quote WHERE claim_id IN ({ids}))"
        )
        conn.execute(f"DELETE FROM claim WHERE id IN ({ids})")
        write_rows(conn, conn.execute(f"{_QUOTES} WHERE quote.claim_id IN ({ids}) ORDER BY quote.claim_id, quote.id"))


def write_every_claim(conn: Connection) -> None:
    """Count all claims and utterances; there must be none yet."""
    write_rows(conn, conn.execute(f"{_QUOTES} ORDER BY quote.claim_id, quote.id"))


def write_rows(conn: Connection, quotes: Iterable[Row]) -> None:
    """The rows of claims, utterances, conflicts and topics, of quotes in the order of their claims."""
    batch: list[list[Row]] = []
    for row in quotes:
        if batch and batch[-1][0]["claim_id"] == row["claim_id"]:
            batch[-1].append(row)
            continue
        if len(batch) >= _BATCH:
            _write_batch(conn, batch)
            batch = []
        batch.append([row])
    _write_batch(conn, batch)


def _write_batch(conn: Connection, claims: Sequence[Sequence[Row]]) -> None:
    contradicted = _contradicted(conn, {row["id"] for quotes in claims for row in quotes})
    topics = _topics(conn, {row["article_id"] for quotes in claims for row in quotes})
    sketches = _sketches(conn, {row["article_id"] for quotes in claims if len(quotes) > 1 for row in quotes})
    rows: list[dict[str, Any]] = []
    utterances: list[dict[str, Any]] = []
    conflicts: list[tuple[int, ConflictKind, int, int]] = []
    terms: list[tuple[int, int, str]] = []
    for quotes in claims:
        claim = quotes[0]["claim_id"]
        found = list(_conflicts(quotes))
        counted = {"sources": _sources(quotes, sketches), "conflicts": len(found)}
        rows.append({**_claim(quotes), **counted, "contradicted": int(claim in contradicted)})
        utterances += map(_utterance, _by(quotes, "utterance_id").values())
        conflicts += [(claim, *row) for row in found]
        terms += [(claim, rank, term) for rank, term in enumerate(_terms(quotes, topics), 1)]
    insert_many(conn, "claim", rows)
    insert_many(conn, "utterance", utterances)
    conn.executemany("INSERT INTO conflict (claim_id, kind, a, b) VALUES (?, ?, ?, ?)", conflicts)
    conn.executemany("INSERT INTO claim_topic VALUES (?, ?, ?)", terms)


def _contradicted(conn: Connection, quote_ids: Iterable[int]) -> set[int]:
    """The claims of quotes whose wording another claim has nearly, with another meaning."""
    ids = numbers(quote_ids)
    one_way = (
        "SELECT mine.claim_id FROM edge JOIN quote AS mine ON mine.id = edge.{mine} "
        "JOIN quote AS other ON other.id = edge.{other} "
        f"WHERE edge.{{mine}} IN ({ids}) AND edge.contradiction IS NOT NULL AND mine.claim_id IS NOT other.claim_id"
    )
    rows = conn.execute(f"{one_way.format(mine='a', other='b')} UNION {one_way.format(mine='b', other='a')}")
    return {claim for (claim,) in rows}


def _claim(quotes: Sequence[Row]) -> dict[str, Any]:
    speakers = Counter(row["speaker_id"] for row in quotes if row["speaker_id"] is not None)
    dates = [row["published"] for row in quotes if row["published"]]
    return {
        "id": quotes[0]["claim_id"],
        "label": _fullest(quotes),
        "speaker_id": min(speakers, key=lambda speaker: (-speakers[speaker], speaker), default=None),
        "quotes": len(quotes),
        "articles": len({row["location"] for row in quotes}),
        "outlets": len({row["outlet_id"] for row in quotes} - {None}),
        "speakers": len(speakers),
        "wordings": len({row["fingerprint"] for row in quotes}),
        "first_published": min(dates, default=None),
        "last_published": max(dates, default=None),
    }


def _sources(quotes: Sequence[Row], sketches: Mapping[int, Sketch]) -> int:
    if len(quotes) == 1:
        return 1
    return len(set(independent([_printing(row, sketches[row["article_id"]]) for row in quotes])))


def _printing(row: Row, text: Sketch) -> Printing:
    return Printing(row["article_id"], row["outlet_id"], row["family_id"], read_sketch(row["sketch"]), text)


def _sketches(conn: Connection, article_ids: Iterable[int]) -> dict[int, Sketch]:
    rows = conn.execute(f"SELECT article_id, sketch FROM article_sketch WHERE article_id IN ({numbers(article_ids)})")
    return {article_id: read_sketch(sketch) for article_id, sketch in rows}


def _utterance(quotes: Sequence[Row]) -> dict[str, Any]:
    return {
        "id": quotes[0]["utterance_id"],
        "claim_id": quotes[0]["claim_id"],
        "label": _fullest(quotes),
        "quotes": len(quotes),
        "wordings": len({row["fingerprint"] for row in quotes}),
    }


def _fullest(quotes: Sequence[Row]) -> str:
    """The text with the most words; of equal ones the first in the alphabet, whichever came first."""
    texts: list[str] = list({row["text"] for row in quotes})
    return texts[0] if len(texts) == 1 else min(texts, key=lambda text: (-len(words(text)), text))


def _conflicts(quotes: Sequence[Row]) -> Iterator[tuple[ConflictKind, int, int]]:
    """Two speakers of one claim in different articles, each pair of speakers once."""
    speaking = _by([row for row in quotes if row["speaker_id"] is not None], "speaker_id")
    for ours, theirs in combinations(speaking.values(), 2):
        pair = next(((a, b) for a in ours for b in theirs if a["location"] != b["location"]), None)
        if pair:
            a, b = sorted(pair, key=lambda row: row["id"])
            via = [row["via"] for row in (*ours, *theirs)]
            yield kind_of(a["speaker"], b["speaker"], via=via), a["id"], b["id"]


def _topics(conn: Connection, article_ids: Iterable[int]) -> dict[int, list[tuple[str, list[str]]]]:
    found: defaultdict[int, list[tuple[str, list[str]]]] = defaultdict(list)
    rows = conn.execute(
        f"SELECT article_id, term FROM topic WHERE article_id IN ({numbers(article_ids)}) ORDER BY article_id, rank"
    )
    for article_id, term in rows:
        found[article_id].append((term, words(term)))
    return found


def _terms(quotes: Sequence[Row], topics: dict[int, list[tuple[str, list[str]]]]) -> list[str]:
    """The topics of a claim's articles that its own words hold, those of most quotes first."""
    counted: Counter[str] = Counter()
    printed: dict[str, str] = {}
    own: dict[str, str] = {}
    for row in quotes:
        known = topics.get(row["article_id"])
        if not known:
            continue
        if row["fingerprint"] not in own:
            own[row["fingerprint"]] = f" {' '.join(words(row['text']))} "
        text = own[row["fingerprint"]]
        for term, key in known:
            if key and f" {' '.join(key)} " in text:
                counted[" ".join(key)] += 1
                printed[" ".join(key)] = min(term, printed.get(" ".join(key), term))
    return [printed[key] for key in sorted(counted, key=lambda key: (-counted[key], key))[:_MOST_TOPICS]]


def _by(quotes: Iterable[Row], column: str) -> dict[int, list[Row]]:
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for row in quotes:
        found[row[column]].append(row)
    return found
