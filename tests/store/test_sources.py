"""What the writer keeps of where an article came from."""

from __future__ import annotations

import gzip
import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from quotes.model import Fetched
from quotes.store.connection import reading, writing
from quotes.store.migrations.sources import _share_locations
from quotes.store.verify import verify
from quotes.store.writer import Writer
from quotes.text import hash_bytes

if TYPE_CHECKING:
    from pathlib import Path

URL = "https://www.news.example/2024/road"
BYTES = b"<html>The road is open.</html>"


def rows(db: Path, query: str) -> list[tuple[Any, ...]]:
    with reading(db) as conn:
        conn.row_factory = None
        return conn.execute(query).fetchall()


def known(**more: Any) -> dict[str, Any]:
    return {"url": URL, "path": None, "fetched": Fetched(url=URL, status=200, etag='"1"'), **more}


def test_sources_keep_what_the_page_tells(make, add, db):
    add(
        make.article(**known(authors=("Ana Lopez", "Jön"), updated="2024-05-06", missing=("outlet",))),
        make.extraction(),
    )
    assert rows(db, "SELECT url, location, authors, updated, missing FROM article") == [
        (URL, "https://news.example/2024/road", '["Ana Lopez", "Jön"]', "2024-05-06", '["outlet"]')
    ]


def test_sources_find_a_correction_in_the_text(make, add, db):
    add(make.article("The road is open.\nCorrection: it is not.", **known()), make.extraction())
    assert rows(db, "SELECT correction FROM article") == [("Correction: it is not.",)]


def test_sources_know_one_article_at_all_its_addresses(make, add, db):
    add(make.article(**known()), make.extraction())
    for url in ("http://news.example/2024/road", "https://m.news.example/2024/road/amp?utm_source=x"):
        assert add(make.article(**known(url=url)), make.extraction()) == "unchanged"
    assert rows(db, "SELECT url, version FROM article") == [(URL, 1)]


def test_sources_learn_what_was_missing(make, add, db):
    add(make.article(**known(missing=("authors", "outlet", "published"))), make.extraction())
    assert add(make.article(**known(authors=("Ana Lopez",), missing=("outlet",))), make.extraction()) == "updated"
    assert rows(db, "SELECT authors, missing FROM article") == [('["Ana Lopez"]', '["outlet", "published"]')]


def test_sources_keep_the_bytes_that_the_text_was_read_from(make, add, db):
    article = replace(make.article(**known(original=BYTES)), raw_hash=hash_bytes(BYTES))
    add(article, make.extraction())
    # another page around the same text: the article stays as it was first read
    other = replace(article, original=b"other", raw_hash=hash_bytes(b"other"))
    assert add(other, make.extraction()) == "unchanged"
    [(packed, encoding, raw_hash)] = rows(
        db, "SELECT bytes, encoding, raw_hash FROM original JOIN article ON article.id = article_id"
    )
    assert (gzip.decompress(packed), encoding, raw_hash) == (BYTES, "gzip", hash_bytes(BYTES))


def test_sources_remember_what_was_fetched(make, add, db):
    add(make.article(**known()), make.extraction())
    with Writer(db) as writer:
        writer.note_fetch(Fetched(url=URL, status=503, error="busy"))
        writer.note_fetch(Fetched(url=URL, status=None, error="down"))
        last = writer.last_fetched(URL)
        assert writer.last_fetched("https://elsewhere.example/") is None
    assert last == Fetched(url=URL, status=None, location="https://news.example/2024/road", etag='"1"', error="down")
    assert last.failures == 2
    assert last.when is not None
    add(make.article(**known()), make.extraction())
    with Writer(db) as writer:
        last = writer.last_fetched(URL)
    assert last is not None
    assert (last.status, last.failures, last.error) == (200, 0, None)


def test_sources_forget_what_was_fetched_of_a_removed_article(make, add, db):
    add(make.article(**known()), make.extraction())
    with Writer(db) as writer:
        assert writer.has_article_at("http://news.example/2024/road?utm_source=x")
        writer.remove(1)
        assert writer.last_fetched(URL) is None
        assert not writer.has_article_at(URL)


def test_sources_keep_where_a_web_archive_has_the_page(make, add, db):
    article = make.article(**known())
    add(article, make.extraction())
    with Writer(db) as writer:
        writer.note_archived(article, "https://archive.example/1")
    assert add(article, make.extraction()) == "unchanged"
    assert rows(db, "SELECT archived FROM article") == [("https://archive.example/1",)]


def test_sources_give_old_articles_the_location_that_they_share(make, add, db):
    for number, text in enumerate(("One.", "Two.", "Three.", "Two.")):
        add(make.article(text, name=str(number), path=None, url=f"https://news.example/{number}"), make.extraction())
    old = (
        "http://news.example/a",
        "https://news.example/a",
        "http://www.news.example/a?utm_source=x",
        "https://m.news.example/a",
    )
    with closing(sqlite3.connect(db)) as conn, conn:
        for number, location in enumerate(old, 1):
            conn.execute("UPDATE article SET location = ? WHERE id = ?", (location, number))
    with writing(db) as database:
        _share_locations(database)
    shared = "https://news.example/a"
    assert rows(db, "SELECT id, location, version FROM article ORDER BY id") == [
        (1, shared, 1),
        (2, shared, 2),
        (3, shared, 3),
        (4, "https://m.news.example/a", 1),
    ]


@pytest.mark.parametrize("data", [b"other", gzip.compress(b"other", mtime=0), gzip.compress(BYTES, mtime=0)[:-9]])
def test_sources_verify_the_bytes_that_are_kept(make, add, db, data):
    article = replace(make.article(**known(original=BYTES)), raw_hash=hash_bytes(BYTES))
    add(article, make.extraction())
    assert verify(db) == []
    with closing(sqlite3.connect(db)) as conn, conn:
        conn.execute("UPDATE original SET bytes = ?", (data,))
    assert list(map(str, verify(db))) == ["original 1: its bytes are not the ones that were stored (raw_hash)"]
