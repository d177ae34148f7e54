"""The edge of two wordings: by their words, else by their meaning where enough of their rarer words is shared.

Asking the meaning takes a model and some milliseconds, so that few pairs may be asked.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from quotes.group import meaning
from quotes.group.edges import decide, settled
from quotes.group.keys import rarity, sentences, stems
from quotes.group.link import Link, by_words

if TYPE_CHECKING:
    from quotes.group.keys import IndexedWording

LEAST_OVERLAP = 0.35
"""Below it the meaning is not asked, since too many pairs would be; a fifth of those that say the same have less."""

LIKELY = 0.2
"""The score by meaning from which two wordings of two reports of one event are joined.

The score counts on pairs of statements taken from anywhere, few of which are the same; between reports of one event far
more are. Of labelled pairs whose articles share many words (a cosine of 0.35 and more), 21 of 26 with this score or a
higher one are the same: 14 of 15 of the labels that the model was trained with, 7 of 11 of the development set.
"""

METHOD, EVENT = "meaning/1", "meaning and event/1"
"""What compares meanings, and what besides knows that two articles report one event, with their versions."""


def link(a: IndexedWording, b: IndexedWording) -> Link | None:
    """The edge of two different wordings by their words, else by what they mean; none where neither is enough.

    The answer is the same in either order of the two.
    """
    if a.short or b.short:
        return None
    found = by_words(a, b)
    if found and _is_told(found, a, b):
        return found
    if not found and overlap(a, b) < LEAST_OVERLAP:
        return None
    return _by_meaning(a, b)


def link_of_words(a: IndexedWording, b: IndexedWording) -> Link | None:
    """The same, but none of those that only mean the same: what utterances are made of.

    The meaning is asked only where the words leave it open whether they join the two.
    """
    found = by_words(a, b)
    if found and not _is_told(found, a, b):
        found = _by_meaning(a, b)
    return found if found and found.kind != "paraphrase" else None


def _is_told(found: Link, a: IndexedWording, b: IndexedWording) -> bool:
    """Whether nothing hangs on the meaning."""
    return found.contradiction is not None or settled(found.score, min(a.weight, b.weight))


def _by_meaning(a: IndexedWording, b: IndexedWording) -> Link | None:
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


def in_one_event(a: IndexedWording, b: IndexedWording) -> Link | None:
    """The edge of two wordings of two reports of one event, where far less tells that they are the same."""
    if a.short or b.short or overlap(a, b) < LEAST_OVERLAP:
        return None
    one, other = sorted((a.text, b.text))
    (score,) = meaning.score([(one, other)])
    if score < LIKELY or meaning.contradiction(one, other):
        return None
    return Link(kind="paraphrase", score=round(score, 4), linked=True, method=EVENT)


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
