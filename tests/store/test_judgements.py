"""Decisions are added, taken back, and taken up again; none is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.errors import NoSuchRow
from quotes.store import judgements
from quotes.store.connection import writing
from quotes.store.judgements import Decision

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from sqlite3 import Connection


@pytest.fixture
def conn(db: Path) -> Iterator[Connection]:
    with writing(db) as database:
        yield database.conn


def test_judgements_say_who_decided_what_and_why(conn: Connection) -> None:
    number = judgements.record(conn, Decision("speaker", "same", "ana lopez", "a lopez"), who="vera", why="the minutes")
    (found,) = judgements.in_force(conn, "speaker")
    assert (found.id, found.decision, found.a, found.b) == (number, "same", "ana lopez", "a lopez")
    assert (found.who, found.why, found.takes_back, found.in_force) == ("vera", "the minutes", None, True)
    assert found.made.endswith("+00:00")


def test_judgements_of_claims_and_of_speakers_are_apart(conn: Connection) -> None:
    judgements.record(conn, Decision("claim", "same", "1f", "2e"), who="vera")
    assert judgements.in_force(conn, "speaker") == []
    assert [found.about for found in judgements.in_force(conn, "claim")] == ["claim"]


def test_judgements_taken_back_are_kept_and_can_be_taken_up_again(conn: Connection) -> None:
    first = judgements.record(conn, Decision("speaker", "same", "a", "b"), who="vera")
    assert judgements.take_back(conn, first, "speaker", who="otto", why="two people").a == "a"
    assert judgements.in_force(conn, "speaker") == []
    decided, undone = judgements.every(conn)
    assert (decided.in_force, undone.in_force, undone.decision, undone.takes_back) == (False, True, "undo", first)
    judgements.take_back(conn, undone.id, "speaker", who="vera")
    assert [found.id for found in judgements.in_force(conn, "speaker")] == [first]


def test_judgements_can_be_taken_back_once_only(conn: Connection) -> None:
    number = judgements.record(conn, Decision("speaker", "apart", "a"), who="vera")
    judgements.take_back(conn, number, "speaker", who="vera")
    with pytest.raises(NoSuchRow) as error:
        judgements.take_back(conn, number, "speaker", who="vera")
    assert str(error.value) == "Judgement 1 is taken back already: `quotes speakers judgements` lists those in force."


def test_judgements_that_are_not_there_cannot_be_taken_back(conn: Connection) -> None:
    with pytest.raises(NoSuchRow) as error:
        judgements.take_back(conn, 7, "speaker", who="vera")
    assert str(error.value) == "There is no judgement 7 about speakers: `quotes speakers judgements` lists them."


def test_judgements_about_something_else_cannot_be_taken_back(conn: Connection) -> None:
    number = judgements.record(conn, Decision("claim", "merge", "1f", "2e"), who="vera")
    with pytest.raises(NoSuchRow) as error:
        judgements.take_back(conn, number, "speaker", who="vera")
    assert str(error.value) == "There is no judgement 1 about speakers: `quotes speakers judgements` lists them."
    assert len(judgements.in_force(conn, "claim")) == 1
