"""From the steps of a reading to pairs with a status, a level and an inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.model import MarkPair, TextSpan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.extract.marks.search import Step
    from quotes.model import MarkStatus


def to_pairs(text: str, start: int, steps: Sequence[Step]) -> list[MarkPair]:
    """The pairs that a reading of the paragraph beginning at `start` shows, ordered by where each begins."""
    pairs: list[MarkPair] = []
    opened: list[TextSpan] = []
    free = [start]  # by level: where the next quotation may begin
    for step in steps:
        if step.event == "open":
            opened.append(TextSpan(step.start, step.end))
            free.append(step.end)
        elif step.event == "unopened":
            pairs.append(_unopened(text, free[-1], step, len(opened)))
            free[-1] = step.end
        else:
            pairs.append(_opened(text, opened.pop(), step, len(opened)))
            free.pop()
            free[-1] = step.end
    return sorted(pairs, key=lambda pair: (pair.opening.start if pair.opening else pair.start, pair.level))


def _opened(text: str, opening: TextSpan, step: Step, level: int) -> MarkPair:
    if step.event == "close":
        closing = TextSpan(step.start, step.end)
        return MarkPair(
            start=opening.end, end=step.start, opening=opening, closing=closing, status="closed", level=level
        )
    end = step.start
    while end > opening.end and text[end - 1].isspace():
        end -= 1
    status: MarkStatus = "continued" if step.event == "continue" else "unclosed"
    return MarkPair(start=opening.end, end=end, opening=opening, closing=None, status=status, level=level)


def _unopened(text: str, start: int, step: Step, level: int) -> MarkPair:
    while start < step.start and text[start].isspace():
        start += 1
    closing = TextSpan(step.start, step.end)
    return MarkPair(start=start, end=step.start, opening=None, closing=closing, status="unopened", level=level)
