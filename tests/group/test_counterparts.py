"""Statements of two reports that are each other's most alike."""

from __future__ import annotations

from quotes.group.counterparts import counterparts

OURS = [
    "“The harbour will be closed to all ships until the end of the week.”",
    "the mayor asked people to keep their children away from the water",
]
THEIRS = [
    "that residents should not let children near the water, the mayor urged",
    "no ship may enter the harbour before the week is over",
    "bread has become dearer in every town of the country",
]


def test_counterparts_are_each_others_most_alike() -> None:
    assert counterparts(OURS, THEIRS) == {(0, 1), (1, 0)}


def test_counterparts_are_the_same_in_either_order() -> None:
    assert counterparts(THEIRS, OURS) == {(b, a) for a, b in counterparts(OURS, THEIRS)}


def test_counterparts_of_nothing_or_of_short_words_are_none() -> None:
    assert counterparts([], THEIRS) == counterparts(["“No ships”"], THEIRS) == set()
