import os
import sqlite3
import stat
from contextlib import closing

import pytest

from quotes.errors import DatabaseMissing, PublishError
from quotes.model import Article, Extraction, Quote, Speaker, TextSpan
from quotes.store.connection import reading
from quotes.store.history import locate
from quotes.store.judgements import Decision
from quotes.store.pages.articles import article
from quotes.store.publish import excerpts, publish
from quotes.store.writer import Writer


def count(path, table):
    with reading(path) as conn:
        return conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def test_publish_copies_what_there_is(told_database, tmp_path):
    done = publish(told_database, tmp_path / "out.db")
    assert (done.articles, done.quotes, done.left_out) == (4, 5, ("fetch", "judgement", "original"))
    assert done.size == (tmp_path / "out.db").stat().st_size
    with reading(told_database) as ours, reading(tmp_path / "out.db") as copy:
        for table in ("quote", "span", "mark", "claim", "edge", "conflict", "speaker", "topic", "total", "listing"):
            query = f"SELECT * FROM {table}"
            assert list(map(tuple, ours.execute(query))) == list(map(tuple, copy.execute(query))), table


def test_publish_leaves_the_tables_out_that_it_is_told_to(told_database, tmp_path):
    publish(told_database, tmp_path / "out.db", leave_out=["edge", "topic"])
    assert [count(tmp_path / "out.db", table) for table in ("edge", "topic", "conflict")] == [0, 0, 1]


def test_publish_names_nobody_who_decided_unless_asked_to(told_database, tmp_path):
    source = tmp_path / "own.db"
    source.write_bytes(told_database.read_bytes())
    with closing(sqlite3.connect(source)) as conn, conn:
        columns = "about, decision, a, b, who, made"
        conn.execute(f"INSERT INTO judgement ({columns}) VALUES ('speaker', 'same', '1', '2', 'Jo', '2024')")
    publish(source, tmp_path / "out.db")
    assert count(tmp_path / "out.db", "judgement") == 0
    publish(source, tmp_path / "all.db", include=["judgement"])
    assert count(tmp_path / "all.db", "judgement") == 1


def test_publish_without_texts_keeps_the_words_around_quotes_where_they_stand(tmp_path):
    secret = "Nobody may copy this sentence. " * 30
    text = f"{secret}\n\nThe mayor said: “No.” Then she left.\n\n{secret}"
    start = text.index("“No.”")
    source = tmp_path / "own.db"
    with Writer(source) as writer:
        quote = Quote(kind="direct", contents=(TextSpan(start, start + 5),))
        writer.add(Article(text=text, name="a"), lambda _: Extraction(quotes=(quote,), marks=(), extractor="made/1"))
    publish(source, tmp_path / "out.db", texts=False)
    with reading(tmp_path / "out.db") as conn:
        page = article(conn, 1)
        found = conn.execute("SELECT rowid FROM article_fts WHERE article_fts MATCH 'copy'").fetchall()
    assert page.text[start : start + 5] == "“No.”"
    assert page.text.strip() == "The mayor said: “No.” Then she left."
    assert len(page.text) == len(text)
    assert found == []
    assert b"Nobody may copy" not in (tmp_path / "out.db").read_bytes()


def test_publish_excerpts_keep_a_long_paragraph_up_to_so_many_characters():
    text = "word " * 200 + "said" + " word" * 200
    kept = excerpts(text, iter([(1000, 1004)]))
    assert kept.strip() == text[760:1244].strip()
    assert len(kept) == len(text)


def test_publish_names_no_file_of_this_machine(bridge, tmp_path):
    publish(bridge, tmp_path / "out.db")
    with reading(tmp_path / "out.db") as conn:
        row = conn.execute("SELECT path, location FROM article").fetchone()
    assert tuple(row) == (None, "article:1")


def said(name, **known):
    """An article in which Ana Diaz says something, and what is found in it."""
    text = f"“We go now to {name},” Ana Diaz said."
    speaker = Speaker(name="Ana Diaz", reason="as printed")
    quote = Quote(kind="direct", contents=(TextSpan(1, text.index(",")),), mention="Ana Diaz", speaker=speaker)
    extraction = Extraction(quotes=(quote,), marks=(), extractor="made/1")
    return Article(text=text, name=name, **known), lambda _: extraction


def test_publish_names_no_file_where_a_name_was_split_off_in_it(tmp_path):
    with Writer(tmp_path / "own.db") as writer:
        for name in ("a", "b"):
            writer.add(*said(name, path=str(tmp_path / "secret" / f"{name}.txt")))
        with writer.people() as people:
            people.decide(Decision("speaker", "split", "ana diaz", "secret/b.txt"), who="Jo")
    publish(tmp_path / "own.db", tmp_path / "out.db")
    with reading(tmp_path / "out.db") as conn:
        aliases = conn.execute("SELECT key, location FROM alias ORDER BY id").fetchall()
        keys = [row["key"] for row in conn.execute("SELECT key FROM speaker ORDER BY id")]
    assert list(map(tuple, aliases)) == [("ana diaz", None), ("ana diaz @ article:2", "article:2")]
    assert keys == ["ana diaz", "ana diaz @ article:2"]
    assert b"secret/" not in (tmp_path / "out.db").read_bytes()


def test_publish_keeps_the_address_by_which_an_article_is_found(tmp_path):
    with Writer(tmp_path / "own.db") as writer:
        writer.add(*said("a", url="http://www.news.example/road?utm_source=x"))
    publish(tmp_path / "own.db", tmp_path / "out.db")
    with reading(tmp_path / "out.db") as conn:
        assert locate(conn, "https://news.example/road") == "https://news.example/road"


def test_publish_makes_one_compact_file_that_others_may_read(told_database, tmp_path):
    publish(told_database, tmp_path / "out.db")
    assert [path.name for path in tmp_path.iterdir()] == ["out.db"]
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE((tmp_path / "out.db").stat().st_mode) == 0o666 & ~mask
    with reading(tmp_path / "out.db") as conn:
        assert conn.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
        assert conn.execute("PRAGMA freelist_count").fetchone()[0] == 0
        assert conn.execute("SELECT count(*) FROM sqlite_stat1").fetchone()[0] > 0
        assert conn.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert conn.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.parametrize("texts", [True, False])
def test_publish_changes_nothing_in_the_source(told_database, tmp_path, texts):
    before = told_database.read_bytes()
    publish(told_database, tmp_path / "out.db", texts=texts)
    assert told_database.read_bytes() == before


def test_publish_writes_over_nothing_unless_told_to(told_database, tmp_path):
    target = tmp_path / "out.db"
    target.write_text("precious")
    with pytest.raises(PublishError) as raised:
        publish(told_database, target)
    assert str(raised.value) == f"{target} is there already: name another file, or overwrite it with --force."
    assert target.read_text() == "precious"
    publish(told_database, target, replace=True)
    assert count(target, "article") == 4


def test_publish_onto_the_database_itself_is_refused(told_database):
    with pytest.raises(PublishError) as raised:
        publish(told_database, told_database, replace=True)
    assert str(raised.value) == f"{told_database} is the database itself: name another file for the copy."


def test_publish_to_a_folder_that_is_not_there_says_so(told_database, tmp_path):
    target = tmp_path / "none" / "out.db"
    with pytest.raises(PublishError) as raised:
        publish(told_database, target)
    assert str(raised.value) == f"There is no folder {target.parent} to write out.db to: make it first."


def test_publish_of_no_database_leaves_nothing_behind(tmp_path):
    with pytest.raises(DatabaseMissing):
        publish(tmp_path / "none.db", tmp_path / "out.db")
    assert list(tmp_path.iterdir()) == []
