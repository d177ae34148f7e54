"""Measuring against gold: the scorers by name, each with `score(gold, predictions) -> Report`.

Each reports the figures of one reference script in `fixtures/bench`, digit for digit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from quotes.evaluate.attributions import score_attributions
from quotes.evaluate.groups import score_groups
from quotes.evaluate.pairs import score_pairs
from quotes.evaluate.records import JsonLines, read_lines
from quotes.evaluate.report import Mistake, Report
from quotes.evaluate.seeds import score_seeds
from quotes.evaluate.speakers import score_speakers

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["SCORERS", "JsonLines", "Mistake", "Report", "Scorer", "read_lines"]


@dataclass(frozen=True, slots=True)
class Scorer:
    """One way to measure; `reads` is what a line of its predictions is.

    "attributions": a document as `quotes extract` prints it; "quotes": a quote as `quotes export` prints it; "scores":
    an object with "score" and "edge" for the gold's line of the same number.
    """

    name: str
    reads: Literal["attributions", "quotes", "scores"]
    score: Callable[[JsonLines, JsonLines], Report]


SCORERS: dict[str, Scorer] = {
    scorer.name: scorer
    for scorer in (
        Scorer("attributions", "attributions", score_attributions),
        Scorer("seeds", "attributions", score_seeds),
        Scorer("speakers", "attributions", score_speakers),
        Scorer("groups", "quotes", score_groups),
        Scorer("pairs", "scores", score_pairs),
    )
}
