from quotes.store.connection import reading
from quotes.store.pages.start import start
from quotes.store.pages.values import Month
from quotes.store.writer import Writer


def test_start_counts_what_is_there_and_says_from_when_to_when(told_connection):
    found = start(told_connection)
    assert (found.articles, found.outlets, found.speakers, found.quotes) == (4, 3, 2, 5)
    assert (found.first, found.last) == ("2024-03-01", "2024-03-09")
    assert found.months == (Month(month="2024-03", quotes=4),)


def test_start_lists_repeated_claims_conflicts_speakers_and_the_newest(told_connection):
    found = start(told_connection)
    assert [claim.id for claim in found.repeated] == [1]
    assert [(line.a.id, line.b.id, line.kind) for line in found.conflicts] == [(1, 3, "different persons")]
    assert found.conflicts_in_all == 1
    assert [(line.name, line.quotes) for line in found.speakers_most_quoted] == [("Bo Lind", 2), ("Ana Ruiz", 2)]
    assert [line.label for line in found.newest] == [
        "No bridge in May",
        "Bridge in May",
        "Mayor promises a bridge",
        "4",
    ]


def test_start_of_an_empty_database_is_empty(tmp_path):
    with Writer(tmp_path / "empty.db"):
        pass
    with reading(tmp_path / "empty.db") as conn:
        found = start(conn)
    assert (found.articles, found.quotes, found.first, found.months, found.repeated) == (0, 0, None, (), ())
