"""Wordings side by side: which words of each the other does not have."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from quotes.group.compare import compare
from quotes.text import words

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD = re.compile(r"\w+(?:['’ʼ]\w+)*")
_MOST_WORDS = 600
_MOST_WORDINGS = 40


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words of a wording; `changed` where the other wording lacks them."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """Two wordings with what differs, and what the changes touch that may turn the meaning round."""

    before: tuple[Stretch, ...]
    after: tuple[Stretch, ...]
    matters: tuple[str, ...]


def pair(before: str, after: str) -> Pair:
    """Words are compared in order and in their comparable form, so that case and marks make no difference."""
    ours, theirs = _spans(before), _spans(after)
    if max(len(ours), len(theirs)) > _MOST_WORDS:
        return Pair((Stretch(before, changed=False),), (Stretch(after, changed=False),), ())
    keys = [
        ["".join(words(text[start:end])) for start, end in of_text]
        for text, of_text in ((before, ours), (after, theirs))
    ]
    blocks = SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes()
    cut = [(i, j) for tag, i, j, _, _ in blocks if tag in {"delete", "replace"}]
    added = [(k, m) for tag, _, _, k, m in blocks if tag in {"insert", "replace"}]
    matters = sorted({matter for change in compare(before, after).changes for matter in change.matters})
    return Pair(_stretches(before, ours, cut), _stretches(after, theirs, added), tuple(matters))


def side_by_side(wordings: Sequence[str]) -> list[Pair]:
    """The first wording against each of the others."""
    return [pair(wordings[0], other) for other in wordings[1:_MOST_WORDINGS]]


def _spans(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _WORD.finditer(text)]


def _stretches(text: str, of_words: list[tuple[int, int]], changed: list[tuple[int, int]]) -> tuple[Stretch, ...]:
    found: list[Stretch] = []
    place = 0
    for first, last in changed:
        start, end = of_words[first][0], of_words[last - 1][1]
        found += [Stretch(text[place:start], changed=False), Stretch(text[start:end], changed=True)]
        place = end
    found.append(Stretch(text[place:], changed=False))
    return tuple(stretch for stretch in found if stretch.text)
