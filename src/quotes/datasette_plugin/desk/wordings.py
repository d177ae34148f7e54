"""Wordings side by side: which words of each the other does not have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.group.kinds import MATTERS, RANK
from quotes.store.drift import difference

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_LONGEST = 4_000
_MOST_WORDINGS = 40


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words of a wording; `changed` where the other wording lacks them."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """Two wordings with what differs; `matters` are the kinds of change that may turn the meaning round.

    `in_other_words`: they share too little to set them against each other word by word.
    """

    before: tuple[Stretch, ...]
    after: tuple[Stretch, ...]
    matters: tuple[str, ...]
    in_other_words: bool


def pair(before: str, after: str) -> Pair:
    """Two wordings as `quotes diff` compares them; texts beyond a page or two are left as they are."""
    if max(len(before), len(after)) > _LONGEST:
        return Pair((Stretch(before, changed=False),), (Stretch(after, changed=False),), (), in_other_words=False)
    found = difference(before, after)
    if found.in_other_words:
        return Pair((Stretch(before, changed=False),), (Stretch(after, changed=False),), (), in_other_words=True)
    kinds = {kind for change in found.changes for kind in change.kinds} & MATTERS
    return Pair(
        _stretches(before, ((change.before_start, change.before_end) for change in found.changes)),
        _stretches(after, ((change.after_start, change.after_end) for change in found.changes)),
        tuple(kind for kind in RANK if kind in kinds),
        in_other_words=False,
    )


def side_by_side(wordings: Sequence[str]) -> list[Pair]:
    """The first wording against each of the others."""
    return [pair(wordings[0], other) for other in wordings[1:_MOST_WORDINGS]]


def _stretches(text: str, changed: Iterable[tuple[int, int]]) -> tuple[Stretch, ...]:
    found: list[Stretch] = []
    place = 0
    for start, end in sorted(changed):
        if end > max(start, place):
            found += [
                Stretch(text[place : max(start, place)], changed=False),
                Stretch(text[max(start, place) : end], changed=True),
            ]
            place = end
    found.append(Stretch(text[place:], changed=False))
    return tuple(stretch for stretch in found if stretch.text)
