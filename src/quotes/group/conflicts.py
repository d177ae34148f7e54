"""One claim, two speakers: what kind of disagreement it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from quotes.lexicon import countries, word_list
from quotes.resolve.identity import compare_names
from quotes.resolve.names import speaker_key
from quotes.text import words

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST_ACRONYM = 4
"""Longer words in capitals are more often the last names of a transcript."""

ConflictKind = Literal["same person", "different persons", "organization and person", "different organizations", "via"]
"""same person: perhaps one under two names; via: one of them is quoted inside the other's statement."""


def kind_of(a: str, b: str, *, via: Sequence[str | None] = ()) -> ConflictKind:
    """What kind of conflict two speakers' names are; `via` are the outer speakers of either's quotes."""
    for outer in via:
        if outer and any(speaker_key(outer) == speaker_key(name) for name in (a, b)):
            return "via"
    if _may_be_one(a, b):
        return "same person"
    bodies = is_body(a), is_body(b)
    if not any(bodies):
        return "different persons"
    return "different organizations" if all(bodies) else "organization and person"


def _may_be_one(a: str, b: str) -> bool:
    """Whether the names are alike, or the one stands in the other, with an office or more around it."""
    shorter, longer = sorted((f" {' '.join(words(name))} " for name in (a, b)), key=len)
    return shorter in longer or compare_names(a.title(), b.title()).verdict != "different"


def is_body(name: str) -> bool:
    """Whether a name is an organisation's or a country's, as far as its words tell."""
    own = words(name)
    if not own or "-".join(own) in countries():
        return True
    if own[-1] in word_list("bodies") or (len(own) > 2 and own[0] in word_list("bodies")):
        return True
    return own[0] == "the" or (len(own) == 1 and name.isupper() and 1 < len(name) <= _LONGEST_ACRONYM)
