"""Comparing, word for word, the pairs of wordings that may be near: enough of them, where there are very many.

Of many wordings of one utterance each is compared with some, and so is another wording that is like them: one more edge
joins nothing more. A contradiction that nobody has looked for would part what is joined: so all wordings that are
joined in the end are compared whose numbers, names, negations or modal verbs are not the same, or that have opposites.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quotes.group.kinds import may_oppose, may_turn, opposed
from quotes.group.paraphrase import Open, read_near
from quotes.group.sets import Sets
from quotes.group.wording import read_wording
from quotes.store.groups.edges import indexed_wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotes.group.link import Link

    Pair = tuple[int, int]

_ENOUGH = 3


@dataclass(slots=True)
class Batch:
    """Pairs of wordings by their first quotes, the texts of these, and how likely the pairs say the same."""

    pairs: list[Pair]
    texts: dict[int, str]
    likelihood: list[float]

    def __len__(self) -> int:
        return len(self.pairs)


@dataclass(slots=True)
class Found:
    """Edges between quotes, and after their likelihood the pairs that words leave open."""

    edges: list[tuple[int, int, Link]] = field(default_factory=list)
    left: list[tuple[float, int, int]] = field(default_factory=list)


def compare(batch: Batch) -> Found:
    """What words settle and what they leave open."""
    comparing = _Comparing(batch.texts)
    passed_over: list[tuple[int, int, float]] = []
    for (a, b), likelihood in zip(batch.pairs, batch.likelihood, strict=True):
        if comparing.is_known(a, b):
            passed_over.append((a, b, likelihood))
        else:
            comparing.compare(a, b, likelihood)
    for a, b, likelihood in passed_over:
        if comparing.may_hide_contradiction(a, b):
            comparing.compare(a, b, likelihood)
    return comparing.found


class _Comparing:
    """What is known of some wordings, and what is `found` of their pairs."""

    def __init__(self, texts: Mapping[int, str]) -> None:
        self.found = Found()
        self._texts = texts
        self._joined = Sets(texts)
        self._compared: Counter[int] = Counter()
        self._contradicted: Counter[int] = Counter()
        self._met: Counter[Pair] = Counter()
        """How often a wording was compared with one of a set, by a member of it."""
        self._mattering: dict[int, _Mattering] = {}

    def is_known(self, a: int, b: int) -> bool:
        """Whether an edge between the two would hardly join or part anything more."""
        ours, theirs = self._joined.find(a), self._joined.find(b)
        if ours == theirs:
            return min(self._compared[a], self._compared[b]) >= _ENOUGH
        if max(self._met[a, theirs], self._met[b, ours]) >= _ENOUGH:
            return True
        often = min(self._contradicted[a], self._contradicted[b]) >= _ENOUGH
        return often and self._matters(a).turning != self._matters(b).turning

    def may_hide_contradiction(self, a: int, b: int) -> bool:
        """Whether the two are joined, and may contradict each other."""
        return self._joined.find(a) == self._joined.find(b) and self._matters(a).may_contradict(self._matters(b))

    def compare(self, a: int, b: int, likelihood: float) -> None:
        """Compare two wordings; of two that are joined only a contradiction still counts."""
        self._compared.update((a, b))
        edge = read_near(indexed_wording(self._texts[a]), indexed_wording(self._texts[b]), likelihood)
        ours, theirs = self._joined.find(a), self._joined.find(b)
        if edge is None or (ours == theirs and (isinstance(edge, Open) or not edge.contradiction)):
            return
        self._met.update(((a, theirs), (b, ours)))
        if isinstance(edge, Open):
            self.found.left.append((edge.likelihood, a, b))
            return
        self.found.edges.append((a, b, edge))
        if edge.contradiction:
            self._contradicted.update((a, b))
        elif edge.linked and edge.kind == "near":
            self._joined.join(a, b)

    def _matters(self, number: int) -> _Mattering:
        """Told when it is asked for: most pairs are soon known to have too little in common."""
        if number not in self._mattering:
            self._mattering[number] = _Mattering.of(self._texts[number])
        return self._mattering[number]


@dataclass(frozen=True, slots=True)
class _Mattering:
    """The words of a wording; names, as far as capitals tell; words with an opposite; what else may turn it, sorted."""

    words: frozenset[str]
    names: frozenset[str]
    opposing: frozenset[str]
    turning: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> _Mattering:
        words = read_wording(text).words
        turning = tuple(sorted([word.key for word in words if may_turn(word.key)]))
        names = frozenset([word.key for word in words if word.printed[0].isupper()])
        opposing = frozenset([word.key for word in words if may_oppose(word.key)])
        return cls(frozenset([word.key for word in words]), names, opposing, turning)

    def may_contradict(self, other: _Mattering) -> bool:
        """Whether numbers, negations or modal verbs differ, or one name or opposite stands for another."""
        if self.turning != other.turning or not (self.names <= other.names or other.names <= self.names):
            return True
        return self._has_opposite_in(other) or other._has_opposite_in(self)

    def _has_opposite_in(self, other: _Mattering) -> bool:
        ours = self.opposing - other.words
        return bool(ours) and any(opposed(one, its) for one in ours for its in other.words - self.words)
