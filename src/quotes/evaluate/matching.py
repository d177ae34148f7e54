"""One-to-one matching of gold and predicted contents by the words that they share."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    Words = frozenset[int]

MIN_JACCARD = 0.5
"""From here on two contents count as the same statement."""


def jaccard(a: Words, b: Words) -> float:
    """The share of the words of either that stand in both; one of them must hold a word."""
    return len(a & b) / len(a | b)


def match_best_first(gold: Sequence[Words], predicted: Sequence[Words]) -> dict[int, int]:
    """Which prediction each gold content is matched with, both as positions: the most alike first, each once.

    Among pairs that are equally alike the later gold content goes first, then the later prediction.
    """
    pairs = sorted(
        ((jaccard(a, b), i, j) for i, a in enumerate(gold) for j, b in enumerate(predicted) if a & b), reverse=True
    )
    matched: dict[int, int] = {}
    taken: set[int] = set()
    for likeness, i, j in pairs:
        if likeness < MIN_JACCARD:
            break
        if i not in matched and j not in taken:
            matched[i] = j
            taken.add(j)
    return matched
