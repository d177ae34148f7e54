"""What grouping decides about two wordings: whether they are joined, by what, and what may be turned round.

Words settle what they can. Only where they leave it open is the meaning asked (`quotes.group.meaning`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quotes.group.compare import score_of
from quotes.group.evidence import is_name, shared_quotation
from quotes.group.keys import IndexedWording
from quotes.group.link import by_words
from quotes.text import words

if TYPE_CHECKING:
    from quotes.group.link import Kind, Link

SETTLED = ((0.85, 6.0), (0.7, 9.0))
"""A share of words, and the weight of the shorter statement from which that share is enough to join the two."""

NAMES = 7.0
"""The weight below which what is but the name of a thing joins nothing: its words stand in statements of many kinds."""

LIKELY = 0.75
"""The score by meaning from which a smaller share, or a shorter statement, is joined too."""

ENOUGH = 0.8
"""The share of words that short statements need besides."""

SAID = 4.5
"""The weight of a run of words that joins two statements which both have it in quotation marks; slogans have 4."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Two wordings: `kind` is None unless they are joined; `suggested` is whether a person is asked to join them.

    `score` is 0 to 1 and ranks all pairs. `contradiction` says what may turn the meaning round, where the two
    share their words or are suggested.
    """

    score: float
    kind: Kind | None
    suggested: bool
    contradiction: str | None

    def as_record(self) -> dict[str, Any]:
        """All of it as plain values, for JSON."""
        return {
            "score": self.score,
            "edge": self.kind,
            "contradiction": self.contradiction,
            "suggested": self.suggested,
        }


def decide(a: str, b: str) -> Likeness:
    """The edge of two wordings."""
    ours, theirs = words(a), words(b)
    if ours == theirs or not ours or not theirs:
        same = bool(ours) and ours == theirs
        return _edge(1.0 if same else 0.0, "identical" if same else None)
    first, second = IndexedWording.of(a), IndexedWording.of(b)
    shared = score_of(a, b)
    link = by_words(first, second)
    if link and settled(shared, first, second):
        return _edge(shared, link.kind, contradiction=link.contradiction)
    return _by_meaning(first, second, shared, link)


def settled(score: float, a: IndexedWording, b: IndexedWording) -> bool:
    """Whether a share of their words is enough to join two statements."""
    weight = min(a.weight, b.weight)
    return any(score >= share and weight >= least for share, least in SETTLED) and not _names(a, b)


def _names(a: IndexedWording, b: IndexedWording) -> bool:
    return min(a.weight, b.weight) < NAMES and (is_name(a.text) or is_name(b.text))


def _by_meaning(first: IndexedWording, second: IndexedWording, shared: float, link: Link | None) -> Likeness:
    from quotes.group import meaning

    a, b = first.text, second.text
    (score,) = meaning.score([(a, b)])
    verdict = meaning.verdict(a, b, score)
    told = link.contradiction if link else None
    contradiction = told or ", ".join(meaning.contradiction(a, b)) or None
    if not contradiction:
        if shared_quotation(a, b) >= SAID:
            return _edge(max(score, meaning.LINKED), link.kind if link else "paraphrase")
        enough = min(first.weight, second.weight) >= meaning.LEAST_WEIGHT or shared >= ENOUGH
        if link and score >= LIKELY and enough and not _names(first, second):
            return _edge(score, link.kind)
        if verdict == "linked" and not (link and _names(first, second)):
            return _edge(score, "paraphrase")
    shown = contradiction if link or verdict else None
    return _edge(score, None, suggested=bool(verdict), contradiction=shown)


def _edge(score: float, kind: Kind | None, *, suggested: bool = False, contradiction: str | None = None) -> Likeness:
    return Likeness(score=round(score, 4), kind=kind, suggested=suggested, contradiction=contradiction)
