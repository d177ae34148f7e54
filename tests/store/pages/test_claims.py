import pytest

from quotes.errors import NoSuchRow
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
    assert [line.id for line in first.lines] == [1, 5]
    assert [line.id for line in claims(told_connection, after=first.next).lines] == [4]


def test_conflicts_are_listed_by_kind(told_connection):
    found = conflicts(told_connection)
    assert (found.total, found.kinds, found.before) == (1, {"different persons": 1}, None)
    assert conflicts(told_connection, kind="via").lines == ()
    assert conflicts(told_connection, before=1).lines == ()


def test_drift_shows_the_earlier_wording_first(told_connection):
    (line,) = drift(told_connection).lines
    assert (line.claim.id, line.contradiction, line.a.id, line.b.id) == (1, "negation", 1, 3)


def test_coverage_counts_marks_that_are_part_of_a_quote(told_connection):
    shares = {line.name: (line.articles, line.quotes, line.share) for line in coverage(told_connection)}
    assert shares == {"Daily": (1, 1, 0.5), "Evening Post": (1, 1, 1.0), "Weekly": (1, 2, 1.0), None: (1, 1, None)}


def test_suggestions_are_the_edges_that_link_nothing_yet(told_connection):
    found = suggestions(told_connection)
    assert [(line.a.id, line.b.id, line.kind) for line in found.claims] == [(1, 5, "paraphrase")]
    assert found.people == ()
