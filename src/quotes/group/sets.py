"""Disjoint sets of numbers."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Sets:
    """Disjoint sets, each called by its least member (Tarjan 1975, with path halving)."""

    def __init__(self, items: Iterable[int]) -> None:
        self._parent = {item: item for item in items}

    def __contains__(self, item: int) -> bool:
        return item in self._parent

    def find(self, item: int) -> int:
        """The name of an item's set."""
        parent = self._parent
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    def join(self, a: int, b: int) -> None:
        """Make the sets of two items one."""
        low, high = sorted((self.find(a), self.find(b)))
        self._parent[high] = low

    def members(self) -> dict[int, list[int]]:
        """The sets by their names."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for item in self._parent:
            found[self.find(item)].append(item)
        return found
