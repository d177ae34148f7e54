"""Other words for the same: which pairs of wordings are worth asking the meaning of, and what becomes of the answer."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from quotes.group.keys import rarity, sentences, stems
from quotes.group.link import Link

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quotes.group.keys import Wording

SUGGESTED, LINKED = 0.35, 0.6
METHOD = "overlap/1"


def by_meaning(wording: Wording, others: Sequence[tuple[int, Wording]]) -> Iterator[tuple[int, Link]]:
    """The edges of a wording to others that share rare stems with it but not its words; `others` have numbers."""
    for number, other in others:
        score = overlap(wording, other)
        if score >= SUGGESTED:
            linked = score >= LINKED
            yield number, Link(kind="paraphrase", score=round(score, 4), linked=linked, method=METHOD)


def overlap(a: Wording, b: Wording) -> float:
    """0 to 1: how much two sentences share, rarer words counting more; of several sentences the best pair."""
    ours, theirs = (list(map(_weights, sentences(wording.text))) for wording in (a, b))
    return max((_shared(x, y) for x, y in product(ours, theirs)), default=0.0)


def _weights(sentence: str) -> dict[str, float]:
    return {stem: 0.1 + rarity(stem) for stem in stems(sentence)}


def _shared(a: dict[str, float], b: dict[str, float]) -> float:
    if len(a) < 3 or len(b) < 3:
        return 0.0
    shared = sum(weight for stem, weight in a.items() if stem in b)
    return 2 * shared / (sum(a.values()) + sum(b.values()))
