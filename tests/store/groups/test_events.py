"""Reports of one event: what is only likely the same in them is joined, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.store.groups.test_groups import PIER, TRAMS, Store, article

from quotes.group.edges import Likeness
from quotes.group.paraphrase import EVENT, METHOD

if TYPE_CHECKING:
    from pathlib import Path

LIKELY = "The damaged northern pier will be repaired by engineers, and then ferries can use the harbour again"
SHARED = [
    TRAMS,
    "Schools in the valley stay closed until the water has been tested by the laboratory again",
    "Nobody in the old town was hurt when the roof of the market hall gave way under the snow",
    "The orchestra will play its summer concerts in the park whatever the weather turns out to be",
]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Whatever words leave open is likely the same, and no more."""
    open_ = Likeness(score=0.5, kind=None, suggested=True, contradiction=None)
    monkeypatch.setattr("quotes.group.paraphrase.decide", lambda *_: open_)
    monkeypatch.setattr("quotes.group.meaning.score", lambda pairs: [0.5 for _ in pairs])
    return Store(tmp_path / "quotes.db")


def linked(store: Store) -> list[tuple[object, ...]]:
    return store.rows("SELECT linked, method FROM edge WHERE kind = 'paraphrase'")


def test_events_two_articles_with_one_likely_pair_are_no_event(store: Store) -> None:
    store.add(article("a", (PIER, "Ana Lopez")), article("b", (LIKELY, "Jon Baker")))
    assert linked(store) == [(0, METHOD)]
    assert store.rows("SELECT count(*) FROM conflict") == [(0,)]


@pytest.mark.parametrize("turned", [False, True])
def test_events_articles_that_share_five_statements_report_one(store: Store, turned: bool) -> None:
    first = article("a", (PIER, "Ana Lopez"), *((words, None) for words in SHARED))
    second = article("b", (LIKELY, "Jon Baker"), *((words, None) for words in SHARED))
    store.add(*((second, first) if turned else (first, second)))
    assert linked(store) == [(1, EVENT)]
    assert frozenset({"a0", "b0"}) in store.groups()
    assert store.rows("SELECT kind FROM conflict") == [("different persons",)]


@pytest.mark.parametrize(
    ("dates", "method"),
    [
        (("2024-01-01", "2024-01-08T09:30:00Z"), EVENT),
        (("2024-01-01", "2024-01-09"), METHOD),
        (("2024-01-01", None), EVENT),
        (("2024-01-01", "2023"), EVENT),
    ],
)
def test_events_are_reported_within_a_week_as_far_as_dates_are_known(
    store: Store, dates: tuple[str, str | None], method: str
) -> None:
    shared = [(words, None) for words in SHARED]
    first = article("a", (PIER, None), *shared, published=dates[0])
    store.add(first, article("b", (LIKELY, None), *shared, published=dates[1]))
    assert linked(store) == [(int(method == EVENT), method)]


@pytest.mark.parametrize("name", ["a", "b"])
def test_events_hang_on_the_date_that_is_known_last(store: Store, name: str) -> None:
    shared = [(words, None) for words in SHARED]
    own = {"a": PIER, "b": LIKELY}
    dates = {"a": "2024-01-01", "b": "2024-01-01"}
    store.add(*(article(one, (own[one], None), *shared, published=dates[one]) for one in own))
    assert linked(store) == [(1, EVENT)]
    for date, found in (("2024-03-01", (0, METHOD)), ("2024-01-03", (1, EVENT))):
        store.add(article(name, (own[name], None), *shared, published=date))
        assert linked(store) == [found]
        assert (frozenset({"a0", "b0"}) in store.groups()) == (found == (1, EVENT))


def test_events_a_removal_takes_back_what_hung_on_it(store: Store) -> None:
    shared = [(words, None) for words in SHARED]
    store.add(article("a", (PIER, None), *shared), article("b", (LIKELY, None), *shared), article("c", (LIKELY, None)))
    assert linked(store) == [(1, EVENT)]
    store.remove("b")
    assert linked(store) == [(0, METHOD)]
    assert store.groups() == {frozenset({quote}) for quote in ("a0", "a1", "a2", "a3", "a4", "c0")}
