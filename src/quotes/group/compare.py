"""Two wordings side by side: how much they share, what changed, and whether a change turns the meaning round.

Words are compared in order, by their keys (`quotes.group.wording`), so that marks, case, dashes and brackets do not
count, nor whether a number or a negation is written in full. Words that carry little (the, of, and) count for little.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from quotes.group.alignment import align, is_beyond
from quotes.group.changes import Change, changes
from quotes.group.wording import LEAST_WEIGHT, read_wording
from quotes.text import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.group.alignment import Opcode
    from quotes.group.wording import Wording

EdgeKind = Literal["identical", "near", "fragment"]
"""identical: word for word; near: a word cut, added or replaced; fragment: one is a part of the other."""

LINKED = 0.6
"""The score from which two wordings are linked; on labelled pairs of news quotes anything from 0.55 to 0.65 does."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two wordings share: `score` is 0 to 1, `edge` None below LINKED.

    `contradicts` is true where a number, a negation, a name or a modal verb changed: near in form, and perhaps the
    opposite in meaning.
    """

    score: float
    edge: EdgeKind | None
    changes: tuple[Change, ...]

    @property
    def contradicts(self) -> bool:
        """Whether any change matters."""
        return any(change.matters for change in self.changes)

    def as_record(self) -> dict[str, Any]:
        """All of it as plain values, for JSON."""
        changes = [change.as_record() for change in self.changes]
        return {"score": self.score, "edge": self.edge, "changes": changes, "contradicts": self.contradicts}


def compare(a: str, b: str) -> Comparison:
    """Compare two wordings; the score is the same in either order."""
    first, second = read_wording(a), read_wording(b)
    if not first.words or not second.words:
        return Comparison(0.0, None, ())
    found = weigh(a, b)
    score, edge = (1.0, "identical") if words(a) == words(b) else (found.score, found.edge)
    return Comparison(score, edge, tuple(changes(first, second, found.blocks)))


def score_of(a: str, b: str) -> float:
    """The score that `compare` gives, and sooner, since what has changed is not told."""
    if words(a) == words(b):
        return 1.0 if words(a) else 0.0
    return weigh(a, b).score if read_wording(a).words and read_wording(b).words else 0.0


@dataclass(frozen=True, slots=True)
class Weighed:
    """What two unlike wordings share, and the blocks in which changes count."""

    score: float
    edge: EdgeKind | None
    blocks: Sequence[Opcode]


@lru_cache(maxsize=64)
def weigh(a: str, b: str) -> Weighed:
    """How much two wordings share that are not the same words; each has words.

    Kept for a moment, since whatever decides about a pair asks for it.
    """
    first, second = read_wording(a), read_wording(b)
    blocks = align(first, second)
    shared = sum(first.weight(i, j) for tag, i, j, _, _ in blocks if tag == "equal")
    mine, others = first.weights[-1], second.weights[-1]
    alike = 2 * shared / (mine + others)
    # Without what stands before and after all that they share, one may be a part of the other.
    equal = [number for number, block in enumerate(blocks) if block[0] == "equal"]
    common = blocks[equal[0] : equal[-1] + 1] if equal else []
    within_mine = first.weight(common[0][1], common[-1][2]) if common else 0.0
    within_others = second.weight(common[0][3], common[-1][4]) if common else 0.0
    part = shared / max(within_mine, within_others, 1e-9) * shared / min(mine, others)
    score = max(alike, part if shared >= LEAST_WEIGHT else 0.0)
    is_part = score > alike
    edge: EdgeKind | None = ("fragment" if is_part else "near") if score >= LINKED else None
    return Weighed(round(score, 4), edge, _inner(first, second, blocks) if is_part else blocks)


def _inner(ours: Wording, theirs: Wording, blocks: Sequence[Opcode]) -> list[Opcode]:
    """The blocks without what only one of the two goes on saying, at some length, before or after."""
    return [block for block in blocks if not is_beyond(ours, theirs, block)]
