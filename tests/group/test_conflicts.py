"""What kind of disagreement two names are."""

from __future__ import annotations

import pytest

from quotes.group.conflicts import kind_of


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [
        ("Mohammad Karim Sadat", "Mohammed Karim Sadat", "same person"),
        ("Anna Lindqvist", "Lindqvist", "same person"),
        ("Anna Lindqvist", "Jon Baker", "different persons"),
        ("Anna Lindqvist", "Health Ministry", "organization and person"),
        ("Ministry of Health", "Kenya", "different organizations"),
        ("NATO", "Anna Lindqvist", "organization and person"),
    ],
)
def test_conflicts_have_a_kind(a: str, b: str, kind: str) -> None:
    assert kind_of(a, b) == kind_of(b, a) == kind


def test_conflicts_one_quoted_inside_the_others_statement_is_told_apart() -> None:
    assert kind_of("Anna Lindqvist", "Jon Baker", via=[None, "Anna Lindqvist"]) == "via"
    assert kind_of("Anna Lindqvist", "Jon Baker", via=["Mia Stone"]) == "different persons"
