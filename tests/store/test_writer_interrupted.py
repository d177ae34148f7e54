"""Processes that are killed, or run out of room, while they add articles."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from quotes.store import queries
from quotes.store.connection import reading
from quotes.store.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable

ADDING = Path(__file__).with_name("adding.py")
ARTICLES = 4
ADDED = 19
"""The column of an article that tells when it was added."""
TABLES = ("outlet", "article", "speaker", "quote", "span", "mark", "topic", "sqlite_sequence")


def adding(db: Path, *mode: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ADDING), db.name, str(ARTICLES), *mode]
    return subprocess.run(command, cwd=db.parent, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    db = tmp_path_factory.mktemp("undisturbed") / "quotes.db"
    assert adding(db).stdout.split("\n") == ["added"] * ARTICLES + [""]
    return db


def without_times(dumped: dict[str, list[tuple[Any, ...]]]) -> dict[str, list[tuple[Any, ...]]]:
    return {
        table: [row[:ADDED] + row[ADDED + 1 :] if table == "article" else row for row in dumped[table]]
        for table in TABLES
    }


# 6 to 122 make the schema, 123 and 124 switch to WAL; an article is some 620, those of triggers among them
@pytest.mark.parametrize("statement", [10, 97, 114, 122, 124, 400, 744, 1500])
def test_writer_killed_at_any_moment_leaves_what_the_next_run_completes(
    db: Path, undisturbed: Path, dump: Callable[[Path], dict[str, list[tuple[Any, ...]]]], statement: int
) -> None:
    assert adding(db, "die", str(statement)).returncode == -signal.SIGKILL
    assert verify(db) == []
    completed = adding(db)
    assert completed.stderr == ""
    assert len(completed.stdout.split()) == ARTICLES
    assert verify(db) == []
    assert without_times(dump(db)) == without_times(dump(undisturbed))


@pytest.mark.parametrize("lines", [1, 3])
def test_writer_killed_from_outside_keeps_what_it_reported(db: Path, lines: int) -> None:
    command = [sys.executable, str(ADDING), db.name, "1000"]
    with subprocess.Popen(command, cwd=db.parent, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        reported = [process.stdout.readline() for _ in range(lines)]
        process.kill()
    assert reported == ["added\n"] * lines
    assert verify(db) == []
    with reading(db) as conn:
        assert [article.quotes for article in queries.articles(conn)][:lines] == [40] * lines


def test_writer_shares_a_database_with_another_process_from_the_first_moment(db: Path) -> None:
    command = [sys.executable, str(ADDING), db.name, "10"]
    with (
        subprocess.Popen(command, cwd=db.parent, stdout=subprocess.PIPE, text=True) as one,
        subprocess.Popen(command, cwd=db.parent, stdout=subprocess.PIPE, text=True) as other,
    ):
        outcomes = one.communicate()[0].split() + other.communicate()[0].split()
    assert sorted(outcomes) == ["added"] * 10 + ["unchanged"] * 10
    assert verify(db) == []
    assert [path.name for path in db.parent.iterdir()] == ["quotes.db"]


def test_writer_out_of_room_says_so_and_keeps_what_is_stored(db: Path) -> None:
    stopped = adding(db, "limit", "700000")
    assert stopped.stderr == (
        "There is no room left to write quotes.db: free some disk space and run the command again; "
        "what is stored so far is whole.\n"
    )
    stored = len(stopped.stdout.split())
    assert 0 < stored < ARTICLES
    assert verify(db) == []
    assert adding(db).stdout.split("\n") == ["unchanged"] * stored + ["added"] * (ARTICLES - stored) + [""]
    assert verify(db) == []
