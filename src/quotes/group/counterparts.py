"""Which statements of one report are those of another report of the same event: each the other's most alike.

Two reports of one event, each in its own words or translation, tell much of the same; what is most alike in both
directions is then likely the same statement, and far more surely so than its likeness alone would tell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from quotes.group import meaning
from quotes.group.keys import IndexedWording, sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST = 0.6
"""The likeness below which the most alike are none."""


def counterparts(ours: Sequence[str], theirs: Sequence[str]) -> set[tuple[int, int]]:
    """The places of statements that have sentences which are each other's most alike; short sentences are left out.

    The answer is the same in either order of the two, and whatever the order within.
    """
    mine, others = _sentences(ours), _sentences(theirs)
    if not mine or not others:
        return set()
    alike = meaning.alike([text for _, text in mine], [text for _, text in others])
    best = alike == np.maximum(alike.max(axis=1, keepdims=True), alike.max(axis=0, keepdims=True))
    return {(mine[row][0], others[column][0]) for row, column in np.argwhere(best & (alike >= LEAST)).tolist()}


def _sentences(statements: Sequence[str]) -> list[tuple[int, str]]:
    return [
        (place, sentence)
        for place, statement in enumerate(statements)
        for sentence in sentences(statement)
        if not IndexedWording.of(sentence).short
    ]
