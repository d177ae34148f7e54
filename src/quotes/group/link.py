"""Whether two wordings are the same words, nearly so, or one a part of the other: the decision behind an edge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rapidfuzz.distance import LCSseq

from quotes.group.compare import LINKED, compare
from quotes.group.keys import LEAST_WEIGHT

if TYPE_CHECKING:
    from quotes.group.keys import Wording

Kind = Literal["identical", "near", "fragment", "paraphrase"]

METHOD = "words/1"
"""What compares words, with its version."""

_LIGHT = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two wordings are alike: `linked` is whether that joins them, `contradiction` what may turn the meaning round."""

    kind: Kind
    score: float
    linked: bool
    contradiction: str | None = None
    method: str = METHOD


IDENTICAL = Link(kind="identical", score=1.0, linked=True, method="fingerprint/1")
"""The edge of two quotes whose words are the same, marks, case and punctuation aside."""

SHORT = Link(kind="fragment", score=1.0, linked=False, method="short/1")
"""The edge of a short wording and a statement that holds it: suggested, since two such words are anybody's."""


def by_words(a: Wording, b: Wording) -> Link | None:
    """The edge of two different wordings by their words, none if they share too little or one of them is short.

    A changed number, negation, name or modal verb is told and joins nothing.
    """
    if a.short or b.short or _at_most(a, b) < LINKED:
        return None
    found = compare(a.text, b.text)
    if found.edge is None:
        return None
    kind: Kind = "fragment" if found.edge == "fragment" else "near"
    matters = sorted({matter for change in found.changes for matter in change.matters})
    return Link(kind=kind, score=found.score, linked=not matters, contradiction=", ".join(matters) or None)


def _at_most(a: Wording, b: Wording) -> float:
    """No lower than the score of `compare`, and far sooner known: the longest common subsequences of words."""
    shared = LCSseq.similarity(a.content, b.content) + _LIGHT * LCSseq.similarity(a.light, b.light)
    alike = 2 * shared / (a.weight + b.weight)
    return max(alike, shared / min(a.weight, b.weight)) if shared >= LEAST_WEIGHT else alike
