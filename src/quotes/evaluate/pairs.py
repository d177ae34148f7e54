"""Scores and edges of labelled pairs: the figures of `score_pairs.py`.

Average precision of the scores, and precision and recall of the edges at the shipped threshold. Pairs labelled 1,
"same" or "partial" belong together, all others do not.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from quotes.errors import BadGold
from quotes.evaluate.report import Mistake, Report
from quotes.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quotes.evaluate.records import JsonLines, Record

_TOGETHER = (1, "same", "partial")


def score_pairs(gold: JsonLines, predictions: JsonLines) -> Report:
    """Score objects with "score" and "edge" against pairs with "label", line by line.

    Raises BadGold for anything else, and for another number of lines.
    """
    if not gold.records:
        raise BadGold(f"{gold.name} holds no pair; name a gold file with a pair a line.")
    if len(predictions.records) != len(gold.records):
        raise BadGold(
            f"{predictions.name} has {len(predictions.records)} lines where {gold.name} has {len(gold.records)}; "
            "give one line for each pair of the gold, in its order."
        )
    together = [pair.value("label") in _TOGETHER for pair in gold.records]
    scores = [_score(row) for row in predictions.records]
    linked = [bool(row.data.get("edge")) for row in predictions.records]
    right = sum(a and b for a, b in zip(linked, together, strict=True))
    figures = {
        "average_precision": round(_average_precision(scores, together), 3),
        "precision": round(right / sum(linked), 2) if any(linked) else 0,
        "recall": round(right / sum(together), 2) if any(together) else 0,
    }
    return Report(figures=figures, counts=frozenset(), errors=tuple(_mistakes(gold, predictions, together)))


def _score(row: Record) -> float:
    value = row.value("score")
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise row.bad('"score" is no number', "give the pair's score as a number")
    return value


def _average_precision(scores: Sequence[float], together: Sequence[bool]) -> float:
    """The precision at each right pair, averaged; equal scores are taken in the order that is kindest to them."""
    ranked = sorted(zip(scores, together, strict=True), reverse=True)
    hits, total = 0, 0.0
    for rank, (_, right) in enumerate(ranked, 1):
        if right:
            hits += 1
            total += hits / rank
    return total / hits if hits else 0


def _mistakes(gold: JsonLines, predictions: JsonLines, together: Sequence[bool]) -> Iterator[Mistake]:
    for number, (pair, row, same) in enumerate(zip(gold.records, predictions.records, together, strict=True), 1):
        edge = row.data.get("edge")
        if bool(edge) == same:
            continue
        texts = [pair.optional_string(key) for key in ("a", "b")]
        yield Mistake(
            error="missed" if same else "false",
            document=str(pair.data.get("id") or f"pair {number}"),
            words=" | ".join(one_line(text) for text in texts if text),
            gold=str(pair.data["label"]),
            predicted=f"{edge or 'no edge'}, score {row.data['score']}",
        )
