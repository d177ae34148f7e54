import sqlite3
from contextlib import closing

import pytest

from quotes.errors import NoSuchRow
from quotes.store.connection import reading
from quotes.store.pages.claims import claim, claims
from quotes.store.pages.conflicts import conflicts
from quotes.store.pages.coverage import coverage
from quotes.store.pages.drift import drift
from quotes.store.pages.suggestions import suggestions


@pytest.mark.parametrize("number", [1, 3])
def test_claim_is_found_by_its_number_and_by_that_of_any_quote(told_connection, number):
    page = claim(told_connection, number)
    assert page.claim.id == 1
    assert [quote.id for quote in page.quotes] == [1, 2, 3]
    assert page.topics == ("bridge",)


def test_claim_has_who_said_it_and_the_wordings_with_the_most_printed_first(told_connection):
    page = claim(told_connection, 1)
    assert [(who.name, who.quotes) for who in page.speakers] == [("Ana Ruiz", 2), ("Bo Lind", 1)]
    assert [(wording.text, wording.quotes, wording.outlets, wording.first) for wording in page.wordings] == [
        ("“We will open the bridge in May,”", (1, 2), ("Daily", "Evening Post"), "2024-03-01"),
        ("“We will not open the bridge in May,”", (3,), ("Weekly",), "2024-03-09"),
    ]
    assert [line.kind for line in page.conflicts] == ["different persons"]


def test_claim_without_a_row_is_no_such_row(told_connection):
    with pytest.raises(NoSuchRow) as raised:
        claim(told_connection, 99)
    assert str(raised.value) == "There is no claim 99: `quotes claims` lists the numbers of claims."


def test_claims_are_listed_by_sources_page_after_page(told_connection):
    first = claims(told_connection, limit=2)
    assert [line.id for line in first.lines] == [1, 4]
    assert [line.id for line in claims(told_connection, after=first.next).lines] == [5]


def test_conflicts_are_listed_by_kind(told_connection):
    found = conflicts(told_connection)
    assert (found.total, found.kinds, found.before) == (1, {"different persons": 1}, None)
    assert conflicts(told_connection, kind="via").lines == ()
    assert conflicts(told_connection, before=1).lines == ()


def test_drift_shows_the_earlier_wording_first(told_connection):
    (line,) = drift(told_connection).lines
    assert (line.claim.id, line.contradiction, line.a.id, line.b.id) == (1, "negation", 1, 3)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE quote SET article_id = 1, position = 9 WHERE id = 3",  # both wordings stand in one article
        "UPDATE quote SET text = 'It cost ten million, which the council will not pay back to anyone' WHERE id = 3",
    ],
)
def test_drift_leaves_out_what_one_article_says_twice_and_what_is_said_in_other_words(told_database, tmp_path, change):
    path = tmp_path / "news.db"
    path.write_bytes(told_database.read_bytes())
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute(change)
    with reading(path) as conn:
        assert drift(conn).lines == ()


def test_coverage_counts_marks_that_are_part_of_a_quote(told_connection):
    shares = {line.name: (line.articles, line.quotes, line.share) for line in coverage(told_connection)}
    assert shares == {"Daily": (1, 1, 0.5), "Evening Post": (1, 1, 1.0), "Weekly": (1, 2, 1.0), None: (1, 1, None)}


def test_suggestions_are_the_edges_that_link_nothing_yet(told_connection):
    found = suggestions(told_connection)
    assert [(line.a.id, line.b.id, line.kind) for line in found.claims] == [(1, 5, "paraphrase")]
    assert found.people == ()


@pytest.mark.parametrize(("decision", "left"), [(None, [(1, 2)]), ("different", [])])
def test_suggestions_name_speakers_that_nobody_has_told_apart(told_database, tmp_path, decision, left):
    path = tmp_path / "news.db"
    path.write_bytes(told_database.read_bytes())
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute("INSERT INTO alias_pair VALUES (1, 2, 0.8, 0, '[\"the same words\"]')")
        if decision:
            conn.execute(
                "INSERT INTO judgement (about, decision, a, b, who, made) "
                "SELECT 'speaker', ?, one.key, other.key, 'Jo', '2024' FROM alias AS one, alias AS other "
                "WHERE one.id = 1 AND other.id = 2",
                (decision,),
            )
    with reading(path) as conn:
        found = suggestions(conn).people
    assert [(pair.a.id, pair.b.id) for pair in found] == left
    assert all(pair.reasons == ("the same words",) for pair in found)
