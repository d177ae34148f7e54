"""The edge of two wordings: by their words, else by their meaning where their words make that likely enough.

Asking the meaning takes a model and some hundredths of a second, so that few pairs may be asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from quotes.group import meaning
from quotes.group.edges import decide, settled
from quotes.group.keys import rarity, sentences, stems
from quotes.group.link import Link, by_words, may_share
from quotes.group.screen import ALIKE, LEAST_LIKELY, likelihood, may_be_near
from quotes.group.vectors import likeness, vector

if TYPE_CHECKING:
    from quotes.group.keys import IndexedWording

MOST_ASKED = 12
"""With how many others, the likeliest, the meaning of one wording is compared; more where it is likely for these.

Of 15,000 statements of polnear-train, where all are about one election, 42 of 53 pairs with a score of 0.7 and more are
among these, and 21 of 24 from 0.8 on.
"""

MOST_WORDS = 300_000
"""Words of the pairs whose meaning is compared when all groups are made anew, the likeliest: some 7,000 usual pairs.

Words are counted, since what a pair costs hangs on its length.
"""

LEAST_OVERLAP = 0.35
"""Below it the meaning is not asked in reports of one event, since too many pairs would be."""

LIKELY, LIKELIER = 0.25, 0.65
"""The scores by meaning from which two wordings of two reports of one event are joined.

The lower is for counterparts (`quotes.group.counterparts`), the higher for others. The score counts on pairs of
statements taken from anywhere, few of which are the same; between reports of one event far more are. The 840 articles
of polnear-train have three pairs of such reports, in which nine pairs of statements are joined so; all are the same, or
one holds the other, as one reader judged them. With three statements in common in place of five, a higher score of 0.5
and without a limit of time 26 of 42 were. Of labelled pairs of counterparts in articles that share many words (a cosine
of 0.6 and more), which is less to go by, 27 of 34 with a score of 0.25 and more are the same.
"""

METHOD, EVENT = "meaning/2", "meaning and event/1"
"""What compares meanings, and what besides knows that two articles report one event, with their versions."""


@dataclass(frozen=True, slots=True)
class Open:
    """What words do not settle; `likelihood` (log odds, by what is soon read) is how likely the two say the same."""

    likelihood: float


def read_words(a: IndexedWording, b: IndexedWording, alike: int | None = None) -> Link | Open | None:
    """The edge of two different wordings as far as words settle it; None where there is none.

    The answer is the same in either order of the two. `alike` is the likeness of their vectors, where it is known.
    """
    found = read_same_words(a, b, alike)
    if found or a.short or b.short:
        return found
    if likelihood(a.signature, b.signature, ALIKE) < LEAST_LIKELY:
        return None
    likely = _likelihood(a, b, alike)
    return Open(likely) if likely >= LEAST_LIKELY else None


def read_same_words(a: IndexedWording, b: IndexedWording, alike: int | None = None) -> Link | Open | None:
    """The same, but of nearly the same words, or of one a part of the other: what utterances are made of."""
    found = by_words(a, b) if may_be_near(a.signature, b.signature) and may_share(a, b) else None
    if found is None or _is_told(found, a, b):
        return found
    return Open(_likelihood(a, b, alike))


def read_near(a: IndexedWording, b: IndexedWording, likely: float) -> Link | Open | None:
    """The same as `read_words`, of two that may have nearly the same words, and whose likelihood is known."""
    found = by_words(a, b)
    if found is None:
        return Open(likely) if likely >= LEAST_LIKELY else None
    return found if _is_told(found, a, b) else Open(likely)


def _likelihood(a: IndexedWording, b: IndexedWording, alike: int | None) -> float:
    if alike is None:
        alike = int(likeness(vector(a.words), vector(b.words)))
    return likelihood(a.signature, b.signature, alike)


def _is_told(found: Link, a: IndexedWording, b: IndexedWording) -> bool:
    """Whether nothing hangs on the meaning."""
    return found.contradiction is not None or settled(found.score, a, b)


def ask_meaning(a: IndexedWording, b: IndexedWording) -> Link | None:
    """The edge of two wordings that their words leave open, the same in either order; none if too little is shared."""
    # one order, so that rounding cannot make the answer hang on which wording came first
    decided = decide(*sorted((a.text, b.text)))
    if decided.kind is None and not decided.suggested:
        return None
    return Link(
        kind=decided.kind or "paraphrase",
        score=decided.score,
        linked=decided.kind is not None,
        contradiction=decided.contradiction,
        method=METHOD,
    )


def in_one_event(a: IndexedWording, b: IndexedWording, *, counterparts: bool) -> Link | None:
    """The edge of two wordings of two reports of one event, where far less tells that they are the same.

    Counterparts that it does not join are suggested.
    """
    if a.short or b.short or not (counterparts or overlap(a, b) >= LEAST_OVERLAP):
        return None
    one, other = sorted((a.text, b.text))
    (score,) = meaning.score([(one, other)])
    contradiction = ", ".join(meaning.contradiction(one, other)) or None
    likely = score >= (LIKELY if counterparts else LIKELIER) and overlap(a, b) >= LEAST_OVERLAP
    linked = likely and not contradiction
    if not linked and not counterparts:
        return None
    return Link(kind="paraphrase", score=round(score, 4), linked=linked, contradiction=contradiction, method=EVENT)


def overlap(a: IndexedWording, b: IndexedWording) -> float:
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
