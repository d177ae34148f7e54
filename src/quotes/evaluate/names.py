"""When a predicted name counts as that of a gold person.

The scorers' own rule, apart from `quotes.resolve.names`: a change in how the extractor compares names must not change
how it is measured.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_TITLES = frozenset(
    "mr mrs ms miss dr prof professor sir dame lord lady sen senator rep representative gov governor president prime "
    "minister secretary general brigadier major colonel captain lt gen col justice judge king queen prince princess "
    "pope chancellor mayor ambassador former the".split()
)
_NAME_WORD = re.compile(r"[^\W_]+")


def name_words(name: str) -> list[str]:
    """The case-folded words of a name without titles and possessives; of nothing but titles, those."""
    found = _NAME_WORD.findall(name.casefold().replace("’s", "").replace("'s", ""))
    return [word for word in found if word not in _TITLES] or found


def same_person(name: str, accepted: Iterable[str]) -> bool:
    """Whether a name is one of the accepted ones, a short form of one, or ends in a whole one of two words or more.

    A short form has no words but those of the accepted name and ends in its last word. "Mathematician Hermann Weyl"
    ends in a whole name.
    """
    words = name_words(name)
    return any(_is_form_of(words, name_words(other)) for other in accepted)


def _is_form_of(words: list[str], whole: list[str]) -> bool:
    if words == whole:
        return True
    if words and whole and set(words) <= set(whole) and words[-1] == whole[-1]:
        return True
    return len(whole) > 1 and words[-len(whole) :] == whole
