"""Each kind of damage is found, and nothing is found where there is none."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from quotes.errors import DatabaseMissing
from quotes.store.connection import writing
from quotes.store.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def damage(db: Path, *statements: str) -> list[str]:
    with closing(sqlite3.connect(db)) as conn:
        for statement in statements:
            conn.execute(statement)
        conn.commit()
    return [str(problem) for problem in verify(db)]


def test_verify_finds_nothing_wrong_with_what_the_writer_leaves(bridge: Path) -> None:
    assert verify(bridge) == []


def test_verify_finds_nothing_wrong_with_an_empty_database(db: Path) -> None:
    with writing(db):
        pass
    assert verify(db) == []


def test_verify_finds_nothing_wrong_with_an_empty_file(db: Path) -> None:
    db.touch()
    assert verify(db) == []


def test_verify_needs_a_database(db: Path) -> None:
    with pytest.raises(DatabaseMissing):
        verify(db)


def test_verify_checks_a_database_that_may_not_be_written(
    bridge: Path, public_folder: Path, unprivileged: Callable[[], Any]
) -> None:
    copy = public_folder / "quotes.db"
    copy.write_bytes(bridge.read_bytes())
    public_folder.chmod(0o555)
    with unprivileged():
        assert verify(copy) == []


@pytest.mark.parametrize(
    ("statement", "problems"),
    [
        (
            "UPDATE article SET text_hash = 'sha256:0'",
            ["article 1: its text is not the one that was stored (text_hash)"],
        ),
        ("UPDATE article SET characters = 7", ["article 1: its text has not the stored number of characters"]),
        (
            "UPDATE span SET start = 12 WHERE quote_id = 1 AND role = 'content'",
            ["quote 1: its content [12, 38) does not read so in article 1"],
        ),
        (
            "UPDATE span SET text = 'They' WHERE quote_id = 2 AND role = 'source'",
            [
                "quote 2: its source [108, 111) does not read so in article 1",
                "quote 2: its mention does not agree with its spans",
            ],
        ),
        (
            "UPDATE quote SET text = 'The bridge will close in May' WHERE id = 1",
            ["quote 1: its text does not agree with its spans"],
        ),
        ("UPDATE quote SET mention = 'he' WHERE id = 2", ["quote 2: its mention does not agree with its spans"]),
        ("UPDATE quote SET cue = NULL WHERE id = 1", ["quote 1: its cue does not agree with its spans"]),
        ("UPDATE quote SET fingerprint = '0' WHERE id = 3", ["quote 3: its fingerprint does not agree with its spans"]),
        (
            "DELETE FROM span WHERE quote_id = 3 AND role = 'content'",
            [
                "quote 3: its text does not agree with its spans",
                "quote 3: its fingerprint does not agree with its spans",
            ],
        ),
        ("UPDATE mark SET start = 80 WHERE id = 1", ["mark 1: “ does not stand at [80, 106) of article 1"]),
        ("UPDATE mark SET closing = '»' WHERE id = 3", ["mark 3: » does not stand at [166, 174) of article 1"]),
        (
            "UPDATE mark SET closing = NULL, end = 9999 WHERE id = 3",
            ["mark 3: it ends behind the text of article 1"],
        ),
        ("INSERT INTO speaker (name, key) VALUES ('Nobody', 'nobody')", ["speaker 3: no quote is theirs"]),
        (
            "INSERT INTO alias (speaker_id, name, key) VALUES (1, 'Nobody', 'nobody')",
            ["alias 3: no quote uses it"],
        ),
        (
            "UPDATE quote SET speaker_id = 1 WHERE id = 3",
            ["speaker 2: no quote is theirs", "quote 3: its speaker is not the one that its alias leads to"],
        ),
        (
            "INSERT INTO role (alias_id, article_id, text, words, start, end) VALUES (1, 1, 'Mayor', 'mayor', 0, 5)",
            ["role 1: [0, 5) does not read so in article 1"],
        ),
        ("INSERT INTO outlet (name) VALUES ('Nobody')", ["outlet 2: no article is theirs"]),
        (
            "UPDATE quote SET speaker_id = 77 WHERE id = 3",
            ["quote 3: it refers to a row of speaker that is not there", "speaker 2: no quote is theirs"],
        ),
        ("DELETE FROM mark WHERE id = 1", []),
        ("INSERT INTO topic VALUES (1, 1, 'bridge', 0.5)", []),
        ("INSERT INTO topic VALUES (1, 1, 'Bridges', 0.5)", ["article 1: its topic Bridges stands nowhere in it"]),
        ("INSERT INTO topic VALUES (1, 2, 'bridge', 0.5)", ["article 1: its topics lack one of rank 1"]),
    ],
)
def test_verify_names_what_is_wrong_and_where(bridge: Path, statement: str, problems: list[str]) -> None:
    assert damage(bridge, statement) == problems


@pytest.mark.parametrize("table", ["article", "quote", "speaker"])
def test_verify_finds_an_index_that_has_lost_a_text(bridge: Path, table: str) -> None:
    statement = f"INSERT INTO {table}_fts ({table}_fts) VALUES ('delete-all')"
    assert damage(bridge, statement) == [f"{table}_fts: the index does not agree with the text that it is made from"]


def test_verify_finds_a_span_that_ends_behind_the_text(bridge: Path) -> None:
    problems = damage(bridge, "UPDATE span SET end = 99999 WHERE quote_id = 3 AND role = 'source'")
    assert problems == ["quote 3: its source [230, 99999) does not read so in article 1"]


def test_verify_finds_bytes_that_are_no_text(bridge: Path) -> None:
    bridge.write_bytes(bridge.read_bytes().replace(b"Mayor Ana Lopez said on", b"Mayor Ana \xffopez said on"))
    assert [str(problem) for problem in verify(bridge)] == [
        "article_fts: the index does not agree with the text that it is made from",
        "article 1: its text is not the one that was stored (text_hash)",
        "quote 1: its source [40, 55) does not read so in article 1",
    ]


def test_verify_finds_garbage_in_the_middle_of_the_file(bridge: Path) -> None:
    with closing(sqlite3.connect(bridge)) as conn:
        (size,) = conn.execute("PRAGMA page_size").fetchone()
        (root,) = conn.execute("SELECT rootpage FROM sqlite_master WHERE name = 'quote'").fetchone()
    data = bytearray(bridge.read_bytes())
    data[(root - 1) * size : root * size] = b"\xa5" * size
    bridge.write_bytes(data)
    problems = verify(bridge)
    assert problems[0].table == "file"
    assert "file: it cannot be read to the end (database disk image is malformed)" in map(str, problems)
