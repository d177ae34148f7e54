"""Numbers as SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def numbers(ids: Iterable[int]) -> str:
    """Integers as the inside of IN (...), as many as there are: bound parameters would end at some thousands."""
    return ", ".join(map(str, map(int, ids)))
