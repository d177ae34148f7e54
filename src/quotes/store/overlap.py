"""Which quote a pair of quotation marks belongs to."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.model import MarkPair, TextSpan


def most_overlapping(marks: Sequence[MarkPair], contents: Sequence[Sequence[TextSpan]]) -> list[int | None]:
    """For each mark pair the index of the quote whose content shares most characters with its inside.

    The earlier quote wins a tie; None where no content shares any.
    """
    spans = sorted((span.start, span.end, index) for index, of_quote in enumerate(contents) for span in of_quote)
    starts = [start for start, _, _ in spans]
    furthest = list(accumulate((end for _, end, _ in spans), max))
    owners: list[int | None] = []
    for mark in marks:
        shared: Counter[int] = Counter()
        position = bisect_left(starts, mark.end) - 1
        while position >= 0 and furthest[position] > mark.start:
            start, end, index = spans[position]
            shared[index] += max(0, min(end, mark.end) - max(start, mark.start))
            position -= 1
        best = min(shared, key=lambda index: (-shared[index], index), default=None)
        owners.append(best if best is not None and shared[best] else None)
    return owners
