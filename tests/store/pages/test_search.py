import pytest

from quotes.store import queries
from quotes.store.pages import search as module
from quotes.store.pages.search import Asked, choices, search


def ids(found):
    return [quote.id for quote in found.quotes]


@pytest.mark.parametrize(
    "words",
    [
        "open the bridge in May",
        "bridge May open",
        "the bridge was never opened",
        "Bridge!",
        "million cost",
        "May be safe",
    ],
)
def test_search_answers_as_who_does(told_connection, words):
    found, who = search(told_connection, Asked(words=words)), queries.who(told_connection, words)
    assert found.match == who.match
    assert ids(found) == [quote.id for quote in who.quotes]
    assert found.total == who.total


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (Asked(speaker="Ruiz"), [2, 1]),
        (Asked(speaker="2"), [4, 3]),
        (Asked(speaker="nobody of this name"), []),
        (Asked(outlet="Weekly"), [4, 3]),
        (Asked(outlet="1"), [1]),
        (Asked(outlet="unknown to us"), []),
        (Asked(kind="indirect"), [4, 5]),
        (Asked(cue_class="says", kind="direct"), [3, 2, 1]),
        (Asked(since="2024-03-02"), [4, 3, 2]),
        (Asked(until="2024-03-02"), [2, 1]),
        (Asked(since="2024-03", until="2024-03"), [4, 3, 2, 1]),
        (Asked(words="bridge", speaker="Ruiz"), [1, 2]),
        (Asked(words="bridge", outlet="Weekly"), [3]),
        (Asked(words="bridge", kind="indirect"), [5]),
        (Asked(words="bridge", until="2024-03-01"), [1]),
    ],
)
def test_search_keeps_what_the_filters_leave(told_connection, asked, found):
    assert ids(search(told_connection, asked)) == found


def test_search_without_anything_lists_all_with_the_newest_first_and_the_undated_last(told_connection):
    assert ids(search(told_connection, Asked())) == [4, 3, 2, 1, 5]


def test_search_goes_on_where_a_page_ended(told_connection):
    shown, after = [], None
    for _ in range(3):
        found = search(told_connection, Asked(), after=after, limit=2)
        shown, after = shown + ids(found), found.next
    assert (shown, after) == ([4, 3, 2, 1, 5], None)
    exact = search(told_connection, Asked(words="bridge"), limit=3)
    assert ids(search(told_connection, Asked(words="bridge"), after=exact.next, limit=3)) == [5]


@pytest.mark.parametrize("after", ["x", "9" * 40, "-1", "2024.x", "..", "2024-03-02."])
def test_search_starts_anew_where_the_place_makes_no_sense(told_connection, after):
    assert ids(search(told_connection, Asked(), after=after))
    assert ids(search(told_connection, Asked(words="bridge"), after=after)) in ([1, 2, 3, 5], [])


def test_search_of_marks_alone_finds_nothing(told_connection):
    found = search(told_connection, Asked(words='"" () *'))
    assert (found.match, found.total, found.quotes) == (None, 0, ())


def test_search_names_the_filters_that_would_leave_less(told_connection):
    found = search(told_connection, Asked(words="bridge"))
    assert [(line.field, line.name, line.quotes) for line in found.narrower] == [
        ("speaker", "Ana Ruiz", 2),
        ("speaker", "Bo Lind", 1),
        ("outlet", "Daily", 1),
        ("outlet", "Evening Post", 1),
        ("outlet", "Weekly", 1),
        ("kind", "direct", 3),
        ("kind", "indirect", 1),
    ]


def test_search_looks_through_the_quotes_added_last_where_too_many_match(told_connection, monkeypatch):
    monkeypatch.setattr(module, "BOUND", 2)
    found = search(told_connection, Asked(words="bridge"))
    assert (found.bounded, found.total, ids(found)) == (True, 2, [3, 5])


def test_search_offers_outlets_and_cue_classes(told_connection):
    offered = choices(told_connection)
    assert [outlet.name for outlet in offered.outlets] == ["Daily", "Evening Post", "Weekly"]
    assert offered.cue_classes == ("says",)
