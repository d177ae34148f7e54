"""From links between names to people: a fold over links and decisions that no order of arrival changes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a person decided: two names are the `same` person's or `different` ones', or one stands `apart`."""

    decision: Literal["same", "different", "apart"]
    a: str
    b: str | None = None


@dataclass(slots=True)
class _Groups:
    """Disjoint sets of names, and which of them must not be joined."""

    of: dict[str, set[str]]
    barred: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def join(self, a: str, b: str) -> None:
        one, other = self.of[a], self.of[b]
        if one is not other:
            one |= other
            for name in other:
                self.of[name] = one

    def bar(self, a: str, b: str) -> None:
        self.barred[a].add(b)
        self.barred[b].add(a)

    def are_barred(self, a: str, b: str) -> bool:
        return any(not self.barred[name].isdisjoint(self.of[b]) for name in self.of[a])


def cluster(
    names: Collection[str],
    links: Iterable[tuple[float, str, str]],
    rulings: Sequence[Ruling],
    *,
    conflict: Callable[[str, str], bool],
) -> list[frozenset[str]]:
    """Partition names (their keys) into people.

    `rulings` are in the order in which they were made, and a later one outranks those before. `links` (score and two
    names) follow, the surest first. A link counts for nothing where one of its names stands apart, where a name would
    join two that conflict, and where joining would put two in one set that conflict or were told apart.
    """
    groups = _Groups({name: {name} for name in names})
    alone = _rule(groups, rulings)
    kept = {(score, min(a, b), max(a, b)) for score, a, b in links if not {a, b} & alone and {a, b} <= groups.of.keys()}
    neighbours: defaultdict[str, set[str]] = defaultdict(set)
    for _, a, b in kept:
        neighbours[a].add(b)
        neighbours[b].add(a)
    for _, a, b in sorted(kept, key=lambda link: (-link[0], link[1], link[2])):
        if groups.of[a] is groups.of[b] or groups.are_barred(a, b):
            continue
        if any(conflict(b, c) for c in neighbours[a] - {b}) or any(conflict(a, c) for c in neighbours[b] - {a}):
            continue
        if not any(conflict(one, other) for one in groups.of[a] for other in groups.of[b]):
            groups.join(a, b)
    return sorted({frozenset(group) for group in groups.of.values()}, key=sorted)


def _rule(groups: _Groups, rulings: Sequence[Ruling]) -> set[str]:
    """Follow the rulings, the latest first; the names that no link may join to others."""
    alone: set[str] = set()
    for ruling in reversed(rulings):
        a, b = ruling.a, ruling.b
        if a not in groups.of or (b is not None and b not in groups.of):
            continue
        if ruling.decision == "apart" or b is None:
            alone.add(a)
        elif ruling.decision == "different":
            if groups.of[a] is not groups.of[b]:
                groups.bar(a, b)
        elif not {a, b} & alone and not groups.are_barred(a, b):
            groups.join(a, b)
    return alone
