"""Whether two wordings are the same words, nearly so, or one a part of the other: the decision behind an edge."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from rapidfuzz.distance import LCSseq

from quotes.group.changes import matters_of
from quotes.group.compare import LINKED, weigh
from quotes.group.sketch import coded
from quotes.group.wording import LEAST_WEIGHT, LIGHT, read_wording

if TYPE_CHECKING:
    from quotes.group.keys import IndexedWording

Kind = Literal["identical", "near", "fragment", "paraphrase"]

LEAST_SHARED = 0.5
"""What `may_share` wants of the shorter wording; none of the reworded quotes of quote-variants-dev has less."""

METHOD = "words/1"
"""What compares words, with its version."""


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


def by_words(a: IndexedWording, b: IndexedWording) -> Link | None:
    """The edge of two different wordings by their words, none if they share too little or one of them is short.

    A changed number, negation, name or modal verb is told and joins nothing.
    """
    if a.short or b.short or at_most(a.text, b.text) < LINKED:
        return None
    found = weigh(a.text, b.text)
    if found.edge is None:
        return None
    kind: Kind = "fragment" if found.edge == "fragment" else "near"
    matters = sorted(matters_of(read_wording(a.text), read_wording(b.text), found.blocks))
    return Link(kind=kind, score=found.score, linked=not matters, contradiction=", ".join(matters) or None)


def may_share(a: IndexedWording, b: IndexedWording) -> bool:
    """Whether two wordings have so much of the shorter one in common, in order; sooner known than `at_most`.

    It counts words as the index has them, with numbers and contractions as they are written.
    """
    shared = LCSseq.similarity(a.coded, b.coded) + LIGHT * LCSseq.similarity(a.coded_light, b.coded_light)
    return bool(shared >= LEAST_SHARED * min(a.weight, b.weight))


def at_most(a: str, b: str) -> float:
    """No lower than the score that `compare` gives two unlike texts, and far sooner known.

    It counts the longest common subsequences of what `compare` compares, of function words and of others apart.
    """
    ours, theirs = _compared(a), _compared(b)
    if not ours.weight or not theirs.weight:
        return 0.0
    shared = LCSseq.similarity(ours.content, theirs.content) + LIGHT * LCSseq.similarity(ours.light, theirs.light)
    alike = 2 * shared / (ours.weight + theirs.weight)
    return max(alike, shared / min(ours.weight, theirs.weight)) if shared >= LEAST_WEIGHT else alike


@dataclass(frozen=True, slots=True)
class _Compared:
    """A character for each word; where two words should have the same one, only more seems to be shared."""

    content: str
    light: str
    weight: float


@lru_cache(maxsize=1 << 16)
def _compared(text: str) -> _Compared:
    """Kept far longer than the wording that it is made of, since one has many candidates and this is small."""
    wording = read_wording(text)
    content = coded(word.key for word in wording.words if word.weight > LIGHT)
    light = coded(word.key for word in wording.words if word.weight <= LIGHT)
    return _Compared(content, light, wording.weights[-1])
