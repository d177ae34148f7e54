"""The list of claims: in which order, by which topic, and how sure their quotes are."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest

from quotes.model import Quote, Speaker, TextSpan
from quotes.store.claims import claims
from quotes.store.connection import reading
from quotes.store.filters import Filters
from quotes.store.writer import Writer
from quotes.topics import Profile, Topic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Make

TAXES = "We will lower the income taxes of every family next year"
ROAD = "The old road over the mountains is closed until further notice"
FERRY = "The night ferry to the islands sails again from the first of June"


@pytest.fixture
def listed(db: Path) -> Callable[..., list[str]]:
    """The labels of the claims that a look-up lists, without their marks."""

    def labels(filters: Filters | None = None, **asked: str) -> list[str]:
        with reading(db) as connection:
            return [claim.label.strip("“”") for claim in claims(connection, filters, **asked)]

    return labels


@contextmanager
def writing(db: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(db)) as connection, connection:
        yield connection


def say_often(make: Make, words: str, name: str, times: int) -> tuple[object, object]:
    """An article that prints one statement so many times."""
    text = "\n\n".join(f"Ana Lopez said on day {day}: “{words}” Nobody answered." for day in range(times))
    places = [text.index(f"“{words}”", text.index(f"day {day}:")) for day in range(times)]
    quotes = [
        Quote(
            kind="direct",
            contents=(TextSpan(place, place + len(words) + 2),),
            sources=(),
            cues=(),
            speaker=Speaker("Ana Lopez", "made up"),
            mention=None,
        )
        for place in places
    ]
    return make.article(text, name=name, outlet="Courier"), make.extraction(*quotes)


def test_claims_what_one_article_says_twice_comes_after_what_two_articles_print(
    make: Make, add: Callable[..., object], listed: Callable[..., list[str]]
) -> None:
    add(*say_often(make, ROAD, "often", 4))
    add(*make.saying(TAXES, "Ana Lopez", name="a", outlet="Post"))
    add(*make.saying(TAXES, "Ana Lopez", name="b", outlet="Post"))
    assert listed() == [TAXES, ROAD]


def test_claims_that_more_outlets_print_come_first_though_others_have_more_articles(
    make: Make, add: Callable[..., object], db: Path, listed: Callable[..., list[str]]
) -> None:
    for name in "abc":
        add(*make.saying(ROAD, "Ana Lopez", name=name, outlet="Post"))
    for name in "de":
        add(*make.saying(TAXES, "Ana Lopez", name=name, outlet=f"Outlet {name}"))
    with writing(db) as connection:
        connection.execute("UPDATE claim SET sources = 1")  # as if they were copies of one text
    assert listed() == [TAXES, ROAD]


@pytest.mark.parametrize(
    ("topic", "found"),
    [
        ("income taxes", [TAXES]),
        ("TAXES", [TAXES]),
        ("tax", [TAXES]),
        ("taxes income", [TAXES]),
        ("tax ferry", []),
        ("axes", []),
        ("%", []),
        ("", []),
    ],
)
def test_claims_are_found_by_part_of_a_topic(
    make: Make, db: Path, listed: Callable[..., list[str]], topic: str, found: list[str]
) -> None:
    for words, term in ((TAXES, "income taxes"), (FERRY, "night ferry")):
        article, extraction = make.saying(words, "Ana Lopez", name=term)
        with Writer(db) as writer:
            writer.add(
                article,
                lambda _, found=extraction: found,
                profile=lambda _, term=term: Profile((Topic(term, 0.5),)),
            )
    assert listed(topic=topic) == found


def test_claims_tell_the_confidence_of_the_surest_quote(
    make: Make, add: Callable[..., object], db: Path, listed: Callable[..., list[str]]
) -> None:
    for name in "ab":
        add(*make.saying(TAXES, "Ana Lopez", name=name, outlet=f"Outlet {name}"))
    add(*make.saying(ROAD, "Ana Lopez", name="c"))
    add(*make.saying(FERRY, "Ana Lopez", name="d"))
    with writing(db) as connection:
        for number, confidence in ((1, 0.4), (2, 0.9), (3, 0.6)):
            connection.execute("UPDATE quote SET confidence = ? WHERE id = ?", (confidence, number))
    with reading(db) as connection:
        assert [claim.confidence for claim in claims(connection)] == [0.9, 0.6, 1.0]
    assert listed(Filters(sure=True)) == [TAXES, FERRY]
