"""Checking a database offline: is the file whole, and does every stored span still read as its article does?"""

from __future__ import annotations

import gzip
import sqlite3
import zlib
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes.store.connection import reading
from quotes.text import CUT, fingerprint, hash_bytes, hash_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Row = Mapping[str, Any]

_FULL_TEXT = ("article_fts", "quote_fts", "speaker_fts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is not as it must be, in which row of which table; `id` is None for a table or the file as a whole."""

    table: str
    id: int | None
    what: str

    def __str__(self) -> str:
        return f"{self.table}{'' if self.id is None else f' {self.id}'}: {self.what}"


def verify(path: str | Path) -> list[Problem]:
    """Everything wrong with a database, none if it is as the writer left it; changes nothing.

    An empty file, as a killed first run may leave, holds nothing that could be wrong. Raises what
    `connection.open_reading` does when there is nothing to check.
    """
    path = Path(path)
    if path.is_file() and path.stat().st_size == 0:
        return []
    problems: list[Problem] = []
    with reading(path) as conn:
        # bytes that are no UTF-8 then show as text that has changed
        conn.text_factory = lambda data: data.decode("utf-8", "replace")
        conn.execute("BEGIN")
        for check in (_file, _references, _full_text, _articles, _originals, _speakers, _aliases, _outlets):
            try:
                problems.extend(check(conn))
            except sqlite3.DatabaseError as error:
                problems.append(Problem(table="file", id=None, what=f"it cannot be read to the end ({error})"))
    return list(dict.fromkeys(problems))


def _file(conn: sqlite3.Connection) -> Iterator[Problem]:
    for (message,) in conn.execute("PRAGMA integrity_check"):
        if message != "ok":
            yield Problem(table="file", id=None, what=" ".join(message.split()))


def _references(conn: sqlite3.Connection) -> Iterator[Problem]:
    for table, rowid, parent, _ in conn.execute("PRAGMA foreign_key_check"):
        yield Problem(table=table, id=rowid, what=f"it refers to a row of {parent} that is not there")


def _full_text(conn: sqlite3.Connection) -> Iterator[Problem]:
    # FTS5 checks itself through an INSERT, which a read-only database refuses: a copy takes it
    with closing(sqlite3.connect("", isolation_level=None)) as copy:
        conn.backup(copy)
        for table in _FULL_TEXT:
            try:
                copy.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")
            except sqlite3.DatabaseError:
                yield Problem(table=table, id=None, what="the index does not agree with the text that it is made from")


def _articles(conn: sqlite3.Connection) -> Iterator[Problem]:
    for article in conn.execute("SELECT id, text, text_hash, characters FROM article ORDER BY id"):
        if hash_text(article["text"]) != article["text_hash"]:
            yield Problem(table="article", id=article["id"], what="its text is not the one that was stored (text_hash)")
        if len(article["text"]) != article["characters"]:
            yield Problem(table="article", id=article["id"], what="its text has not the stored number of characters")
        yield from _quotes(conn, article)
        yield from _marks(conn, article)
        yield from _topics(conn, article)
        yield from _roles(conn, article)


def _quotes(conn: sqlite3.Connection, article: Row) -> Iterator[Problem]:
    query = "SELECT id, text, fingerprint, mention, cue FROM quote WHERE article_id = ? ORDER BY position"
    for quote in conn.execute(query, (article["id"],)):
        words: dict[str, list[str]] = {"content": [], "cue": [], "source": []}
        spans = conn.execute(
            "SELECT role, start, end, text FROM span WHERE quote_id = ? ORDER BY role, number", (quote["id"],)
        )
        for span in spans:
            words[span["role"]].append(span["text"])
            if not _reads(article["text"], span["start"], span["end"], span["text"]):
                what = (
                    f"its {span['role']} [{span['start']}, {span['end']}) does not read so in article {article['id']}"
                )
                yield Problem(table="quote", id=quote["id"], what=what)
        for column, agrees in _agreements(quote, words):
            if not agrees:
                yield Problem(table="quote", id=quote["id"], what=f"its {column} does not agree with its spans")


def _agreements(quote: Row, words: Mapping[str, list[str]]) -> Iterator[tuple[str, bool]]:
    text = CUT.join(words["content"])
    yield "text", bool(words["content"]) and quote["text"] == text
    yield "fingerprint", quote["fingerprint"] == fingerprint(text)
    # a source that stands nowhere in the text may still have a mention
    yield "mention", not words["source"] or quote["mention"] == CUT.join(words["source"])
    yield "cue", (quote["cue"] or "") == CUT.join(words["cue"])


def _marks(conn: sqlite3.Connection, article: Row) -> Iterator[Problem]:
    text = article["text"]
    query = "SELECT id, start, end, opening, closing FROM mark WHERE article_id = ? ORDER BY id"
    for mark in conn.execute(query, (article["id"],)):
        if mark["end"] > len(text):
            yield Problem(table="mark", id=mark["id"], what=f"it ends behind the text of article {article['id']}")
        stand = (  # each glyph, and whether it is where it should be
            (mark["opening"], mark["opening"] is None or text.endswith(mark["opening"], 0, mark["start"])),
            (mark["closing"], mark["closing"] is None or text.startswith(mark["closing"], mark["end"])),
        )
        for glyph, stands in stand:
            if not stands:
                what = f"{glyph} does not stand at [{mark['start']}, {mark['end']}) of article {article['id']}"
                yield Problem(table="mark", id=mark["id"], what=what)


def _topics(conn: sqlite3.Connection, article: Row) -> Iterator[Problem]:
    topics = conn.execute("SELECT rank, term FROM topic WHERE article_id = ? ORDER BY rank", (article["id"],))
    for expected, topic in enumerate(topics, 1):
        if topic["rank"] != expected:
            yield Problem(table="article", id=article["id"], what=f"its topics lack one of rank {expected}")
            return
        if topic["term"] not in article["text"]:
            yield Problem(table="article", id=article["id"], what=f"its topic {topic['term']} stands nowhere in it")


def _roles(conn: sqlite3.Connection, article: Row) -> Iterator[Problem]:
    query = "SELECT id, start, end, text FROM role WHERE article_id = ? ORDER BY id"
    for role in conn.execute(query, (article["id"],)):
        if not _reads(article["text"], role["start"], role["end"], role["text"]):
            what = f"[{role['start']}, {role['end']}) does not read so in article {article['id']}"
            yield Problem(table="role", id=role["id"], what=what)


def _originals(conn: sqlite3.Connection) -> Iterator[Problem]:
    query = (
        "SELECT article_id, bytes, raw_hash FROM original JOIN article ON article.id = article_id ORDER BY article_id"
    )
    for original in conn.execute(query):
        try:
            whole = hash_bytes(gzip.decompress(original["bytes"])) == original["raw_hash"]
        except (OSError, EOFError, zlib.error):
            whole = False
        if not whole:
            what = "its bytes are not the ones that were stored (raw_hash)"
            yield Problem(table="original", id=original["article_id"], what=what)


def _speakers(conn: sqlite3.Connection) -> Iterator[Problem]:
    unused = "NOT EXISTS (SELECT 1 FROM quote WHERE quote.speaker_id = speaker.id)"
    for (speaker_id,) in conn.execute(f"SELECT id FROM speaker WHERE {unused} ORDER BY id"):
        yield Problem(table="speaker", id=speaker_id, what="no quote is theirs")


def _aliases(conn: sqlite3.Connection) -> Iterator[Problem]:
    unused = "NOT EXISTS (SELECT 1 FROM quote WHERE quote.alias_id = alias.id)"
    for (alias,) in conn.execute(f"SELECT id FROM alias WHERE {unused} ORDER BY id"):
        yield Problem(table="alias", id=alias, what="no quote uses it")
    query = (
        "SELECT quote.id FROM quote JOIN speaker ON speaker.id = quote.speaker_id "
        "LEFT JOIN alias ON alias.id = quote.alias_id WHERE speaker.id IS NOT alias.speaker_id ORDER BY quote.id"
    )
    for (quote,) in conn.execute(query):
        yield Problem(table="quote", id=quote, what="its speaker is not the one that its alias leads to")


def _outlets(conn: sqlite3.Connection) -> Iterator[Problem]:
    unused = "NOT EXISTS (SELECT 1 FROM article WHERE article.outlet_id = outlet.id)"
    for (outlet_id,) in conn.execute(f"SELECT id FROM outlet WHERE {unused} ORDER BY id"):
        yield Problem(table="outlet", id=outlet_id, what="no article is theirs")


def _reads(text: str, start: int, end: int, words: str) -> bool:
    return end <= len(text) and text[start:end] == words
