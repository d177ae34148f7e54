"""What the words of two statements tell besides how many they share."""

from __future__ import annotations

import pytest

from quotes.group.evidence import is_name, negations_apart, shared_quotation, statements_named


@pytest.mark.parametrize(
    ("a", "b", "weight"),
    [
        ("He called the tram “an expensive way of going nowhere.”", "“It is an expensive way of going nowhere,”", 4.5),
        ("The tram is an expensive way of going nowhere", "“An expensive way of going nowhere,”", 0.0),
        ("“The harbour”", "“The tram”", 0.25),
        ("", "“The tram”", 0.0),
    ],
)
def test_evidence_weighs_the_longest_run_that_both_quote(a: str, b: str, weight: float) -> None:
    assert shared_quotation(a, b) == shared_quotation(b, a) == weight


@pytest.mark.parametrize(
    "text",
    ["the new tram line to the harbour", "Senior harbour official Jane Doe", "the people who live at the harbour"],
)
def test_evidence_knows_what_only_names_a_thing(text: str) -> None:
    assert is_name(text)


@pytest.mark.parametrize(
    "text",
    [
        "the tram line will reach the harbour",
        "to close the harbour",
        "closing the harbour",
        "the mayor closed the harbour",
        "“Nothing but trams,”",
        "that the harbour closes",
    ],
)
def test_evidence_knows_what_says_something(text: str) -> None:
    assert not is_name(text)


def test_evidence_counts_statements_that_are_only_named() -> None:
    assert statements_named("her proposal to close the harbour", "the allegation that trams are dear") == 2
    assert statements_named("to close the harbour", "trams are dear") == 0


def test_evidence_tells_an_odd_number_of_negations() -> None:
    assert negations_apart("trams for non-residents", "trams for residents")
    assert not negations_apart("we will not close it", "it will never be closed")
