"""Every look-up over a few made-up articles, and how it finds its rows."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.errors import NoSuchRow
from quotes.model import TextSpan
from quotes.store import queries, speakers
from quotes.store.connection import open_reading
from quotes.store.rows import Context, Counts, MarkRow, SpeakerRef, SpeakerRow

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Make


@pytest.fixture
def conn(bridge: Path, make: Make, add: Callable[..., str]) -> Iterator[sqlite3.Connection]:
    """The article about the bridge (1), and others that repeat or vary its words."""
    add(*make.saying("Nobody will pay a toll.", "Ana Lopez", name="early", published="2024-03-01", outlet="Courier"))
    add(*make.saying("A toll will nobody pay", "Ana Maria Lopez", name="undated"))
    add(*make.saying("Tolls are for trolls", None, name="later", published="2024-05"))
    add(*make.saying("Ask José", "Mayor José Álvarez", name="jose", published="2024-06", outlet="Courier"))
    with closing(open_reading(bridge)) as connection:
        yield connection


def test_queries_who_finds_the_words_in_sequence_earliest_first(conn: sqlite3.Connection) -> None:
    found = queries.who(conn, "nobody will PAY... a toll")
    assert (found.match, found.total) == ("exact", 2)
    assert [(quote.article.published, quote.article.outlet) for quote in found.quotes] == [
        ("2024-03-01", "Courier"),
        ("2024-03-04", "Riverton Post"),
    ]


def test_queries_who_tells_all_that_an_answer_prints(conn: sqlite3.Connection) -> None:
    (quote,) = queries.who(conn, "under budget").quotes
    assert (quote.id, quote.kind, quote.mention, quote.cue) == (2, "direct", "she", "added")
    assert quote.speaker == SpeakerRef(id=1, name="Ana Lopez")
    assert quote.text == "“We are on time and under budget,” … “Nobody will pay a toll.”"
    assert (quote.start, quote.end) == (73, 144)
    assert quote.context == Context(
        before="", content="“We are on time and under budget,” she added. “Nobody will pay a toll.”", after=""
    )
    article = quote.article
    assert (article.id, article.label, article.path, article.url) == (1, "Bridge to open", "bridge.txt", None)
    assert (article.version, article.latest) == (1, True)


@pytest.mark.parametrize(
    ("words", "match", "ids"),
    [
        ("pay toll", "all words", {2, 4, 5}),
        ("budget trolls", "some words", {2, 6}),
        ("jose", "exact", {7}),
        ("zebra", None, set()),
        ("…?!", None, set()),
        ("", None, set()),
    ],
)
def test_queries_who_widens_only_when_nothing_is_closer(
    conn: sqlite3.Connection, words: str, match: str | None, ids: set[int]
) -> None:
    found = queries.who(conn, words)
    assert (found.match, found.total, {quote.id for quote in found.quotes}) == (match, len(ids), ids)


def test_queries_who_hands_over_no_more_than_asked_for(conn: sqlite3.Connection) -> None:
    found = queries.who(conn, "toll", limit=2)
    assert (found.total, len(found.quotes)) == (4, 2)


def test_queries_who_ranks_what_has_more_of_the_words_first(conn: sqlite3.Connection) -> None:
    found = queries.who(conn, "trolls budget and under")
    assert [quote.id for quote in found.quotes] == [2, 6]


def test_queries_who_tells_what_is_printed_outside_every_quote(conn: sqlite3.Connection) -> None:
    found = queries.who(conn, "nobody answered")
    assert found.match is None
    assert [(passage.article.name, passage.context.content) for passage in found.printed] == [
        ("early", "Nobody answered"),
        ("undated", "Nobody answered"),
        ("later", "Nobody answered"),
        ("jose", "Nobody answered"),
    ]
    assert len(queries.who(conn, "nobody answered", limit=3).printed) == 3


def test_queries_who_lists_no_passage_that_is_in_a_quote(conn: sqlite3.Connection) -> None:
    assert [passage.context.content for passage in queries.who(conn, "the toll was").printed] == []
    assert [passage.article.name for passage in queries.who(conn, "nobody").printed] == [
        "early",
        "undated",
        "later",
        "jose",
    ]


def test_queries_by_puts_the_exact_name_first_then_the_most_quoted(conn: sqlite3.Connection) -> None:
    assert speakers.by(conn, "lopez") == [
        SpeakerRow(id=1, name="Ana Lopez", quotes=3, articles=2, outlets=2),
        SpeakerRow(id=3, name="Ana Maria Lopez", quotes=1, articles=1, outlets=0),
    ]
    assert [speaker.name for speaker in speakers.by(conn, "ANA MARÍA LÓPEZ")] == ["Ana Maria Lopez"]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("jose alvarez", ["Mayor José Álvarez"]),
        ("Mayor Álvarez", ["Mayor José Álvarez"]),
        ("Jos", []),
        ("Lopez Baker", []),
        ("", []),
        ("*", []),
    ],
)
def test_queries_by_matches_whole_words_without_titles_accents_and_case(
    conn: sqlite3.Connection, name: str, found: list[str]
) -> None:
    assert [speaker.name for speaker in speakers.by(conn, name)] == found


def test_queries_of_a_speaker_come_by_date_and_undated_last(
    conn: sqlite3.Connection, make: Make, add: Callable[..., str]
) -> None:
    add(*make.saying("Perhaps.", "Ana Lopez", name="undated too"))
    quotes = queries.quotes_of(conn, 1)
    assert [(quote.article.published, quote.text) for quote in quotes] == [
        ("2024-03-01", "“Nobody will pay a toll.”"),
        ("2024-03-04", "The bridge will open in May"),
        ("2024-03-04", "“We are on time and under budget,” … “Nobody will pay a toll.”"),
        (None, "“Perhaps.”"),
    ]


def test_queries_show_a_quote_with_its_evidence(conn: sqlite3.Connection) -> None:
    shown = queries.show(conn, 2)
    assert shown.contents == (TextSpan(73, 107), TextSpan(119, 144))
    assert (shown.cues, shown.sources) == ((TextSpan(112, 117),), (TextSpan(108, 111),))
    assert (shown.line, shown.column, shown.extractor) == (3, 1, "made/1")
    assert shown.marks == (
        MarkRow(start=74, end=106, opening="“", closing="”", status="closed", level=0),
        MarkRow(start=120, end=143, opening="“", closing="”", status="closed", level=0),
    )
    assert queries.show(conn, 1).context == Context(
        before="RIVERTON - ", content="The bridge will open in May", after=", Mayor Ana Lopez said on Monday."
    )


@pytest.mark.parametrize("number", [77, 0, 2**70])
def test_queries_show_says_that_there_is_no_such_quote(conn: sqlite3.Connection, number: int) -> None:
    with pytest.raises(NoSuchRow) as caught:
        queries.show(conn, number)
    assert str(caught.value) == (
        f"There is no quote {number}: `quotes who WORDS` and `quotes by NAME` print the numbers of quotes."
    )


@pytest.mark.parametrize("look_up", [queries.article, queries.article_text])
def test_queries_article_says_that_there_is_no_such_article(
    conn: sqlite3.Connection, look_up: Callable[[sqlite3.Connection, int], object]
) -> None:
    with pytest.raises(NoSuchRow) as caught:
        look_up(conn, 77)
    assert str(caught.value) == "There is no article 77: `quotes articles` lists the numbers of articles."


def test_queries_article_has_all_but_the_text(conn: sqlite3.Connection, make: Make) -> None:
    article = queries.article(conn, 1)
    assert (article.label, article.outlet, article.quotes, article.reader) == (
        "Bridge to open",
        "Riverton Post",
        3,
        "made",
    )
    assert queries.article_text(conn, 1) == make.article().text
    assert next(queries.articles(conn)) == article


def test_queries_list_speakers_by_how_much_they_said(conn: sqlite3.Connection) -> None:
    assert [(speaker.name, speaker.quotes) for speaker in queries.speakers(conn)] == [
        ("Ana Lopez", 3),
        ("Ana Maria Lopez", 1),
        ("Jon Baker", 1),
        ("Mayor José Álvarez", 1),
    ]


def test_queries_hand_over_every_quote_with_its_spans(conn: sqlite3.Connection) -> None:
    quotes = list(queries.every_quote(conn))
    assert [quote.id for quote in quotes] == [1, 2, 3, 4, 5, 6, 7]
    texts = {article.id: text for article, text in queries.every_text(conn)}
    assert [[span.of(texts[quote.article.id]) for span in quote.contents] for quote in quotes[:2]] == [
        ["The bridge will open in May"],
        ["“We are on time and under budget,”", "“Nobody will pay a toll.”"],
    ]
    assert [quote.speaker and quote.speaker.name for quote in quotes[4:6]] == ["Ana Maria Lopez", None]
    assert list(queries.quotes_in(conn, 1)) == quotes[:3]


def test_queries_count_what_there_is(conn: sqlite3.Connection) -> None:
    assert queries.counts(conn) == Counts(articles=5, outlets=2, speakers=4, quotes=7, attributed=6)


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(anything=st.text(st.characters(), max_size=40))
def test_queries_take_any_string_for_words_and_names(conn: sqlite3.Connection, anything: str) -> None:
    found = queries.who(conn, anything)
    assert found.total >= len(found.quotes)
    assert isinstance(speakers.by(conn, anything), list)


LOOK_UPS: dict[str, Callable[[sqlite3.Connection], object]] = {
    "who exact": lambda conn: queries.who(conn, "nobody will pay"),
    "who all": lambda conn: queries.who(conn, "pay toll"),
    "who some": lambda conn: queries.who(conn, "budget trolls"),
    "who printed": lambda conn: queries.who(conn, "nobody answered"),
    "by": lambda conn: speakers.by(conn, "lopez"),
    "quotes of": lambda conn: list(queries.quotes_of(conn, 1)),
    "show": lambda conn: queries.show(conn, 2),
    "article": lambda conn: queries.article(conn, 1),
    "quotes in": lambda conn: list(queries.quotes_in(conn, 1)),
}


@pytest.mark.parametrize("look_up", LOOK_UPS.values(), ids=LOOK_UPS.keys())
def test_queries_scan_no_table(conn: sqlite3.Connection, look_up: Callable[[sqlite3.Connection], object]) -> None:
    asked: list[str] = []
    conn.set_trace_callback(asked.append)
    look_up(conn)
    conn.set_trace_callback(None)
    # FTS5 asks tables of its own, which it names with their schema
    ours = [query for query in asked if "'main'." not in query and "SELECT" in query]
    plans = [row["detail"] for query in ours for row in conn.execute(f"EXPLAIN QUERY PLAN {query}")]
    assert plans
    assert [plan for plan in plans if plan.startswith("SCAN") and "VIRTUAL TABLE INDEX" not in plan] == []
