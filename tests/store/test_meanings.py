"""Looking up what says the same in other words."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from quotes.store import queries
from quotes.store.connection import open_reading
from quotes.store.meanings import LEAST, like

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Make


@pytest.fixture
def conn(bridge: Path, make: Make, add: Callable[..., str]) -> Iterator[sqlite3.Connection]:
    add(*make.saying("The fishing harbour will be shut to all vessels until Sunday", "Ana Lopez", name="harbour"))
    add(*make.saying("Vessels are what this town was built on", "Ana Lopez", name="vessels"))
    with closing(open_reading(bridge)) as connection:
        yield connection


def test_meanings_find_a_statement_in_other_words(conn: sqlite3.Connection) -> None:
    found = queries.who(conn, "no vessel may enter the harbor, which stays closed until the weekend")
    assert found.match == "similar"
    assert found.quotes[0].text == "“The fishing harbour will be shut to all vessels until Sunday”"


def test_meanings_find_a_statement_that_shares_no_word_with_the_question(
    conn: sqlite3.Connection, make: Make, add: Callable[..., str]
) -> None:
    add(*make.saying("Children should get school meals at no cost", "Ana Lopez", name="meals"))
    found = queries.who(conn, "kids ought to have free lunches")
    assert [quote.text for quote in found.quotes] == ["“Children should get school meals at no cost”"]


def test_meanings_score_from_least_to_one(conn: sqlite3.Connection) -> None:
    found = like(conn, "the harbour is closed to vessels until Sunday")
    assert found
    assert all(LEAST <= score <= 1 for score in found.values())


@pytest.mark.parametrize("question", ["vessels", "vessels harbour", "the opera house in the capital burnt down", "…?!"])
def test_meanings_find_nothing_for_a_subject_or_another_matter(conn: sqlite3.Connection, question: str) -> None:
    assert like(conn, question) == {}
