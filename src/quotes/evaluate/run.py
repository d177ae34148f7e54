"""One evaluation from files to figures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from quotes.errors import EvaluationError
from quotes.evaluate import SCORERS
from quotes.evaluate.baselines import BASELINES, COMPARED, predict
from quotes.evaluate.floors import Measured
from quotes.evaluate.groups import score_groups
from quotes.evaluate.predict import PREDICTORS
from quotes.evaluate.records import read_lines

if TYPE_CHECKING:
    from pathlib import Path

    from quotes.evaluate.report import Report


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The report, and what of it is held against floors."""

    report: Report
    measured: Measured


def evaluate(
    gold: Path,
    *,
    scorer: str = "attributions",
    predictions: Path | None = None,
    conflicts: Path | None = None,
    extractor: str | None = None,
) -> Evaluation:
    """Score a file of predictions, or without one what the package's own extractor makes of the gold's texts.

    `conflicts` is a file of `quotes conflicts --json` whose lines the scorer "groups" counts; `extractor` None is the
    shipped one, and a baseline's name is that of an extractor here. Raises InputMissing and BadGold for the files,
    EvaluationError where a baseline predicts nothing that the scorer reads.
    """
    chosen = SCORERS[scorer]
    score = chosen.score
    if conflicts is not None:
        score = partial(score_groups, conflicts=len(read_lines(conflicts).records))
    gold_lines = read_lines(gold)
    warnings: tuple[str, ...] = ()
    if predictions is not None:
        extractor = None
        predicted = read_lines(predictions)
    elif extractor in BASELINES and chosen.reads == "attributions":
        predicted, warnings = predict(gold_lines, extractor)
    elif extractor in BASELINES:
        raise EvaluationError(f"The baseline {extractor} predicts nothing that the scorer {scorer} reads.")
    else:
        from quotes.pipeline import DEFAULT_EXTRACTOR

        extractor = extractor or DEFAULT_EXTRACTOR
        predicted = PREDICTORS[chosen.reads](gold_lines, extractor=extractor)
    report = score(gold_lines, predicted)
    report = replace(report, warnings=(*report.warnings, *warnings))
    measured = Measured(
        scorer=scorer, gold=gold, digest=gold_lines.digest, extractor=extractor, qualities=report.qualities()
    )
    return Evaluation(report, measured)


def compare(gold: Path) -> dict[str, Report]:
    """The attributions that each of `baselines.COMPARED` finds in the gold's texts, scored; by its name."""
    return {name: evaluate(gold, extractor=name).report for name in COMPARED}
