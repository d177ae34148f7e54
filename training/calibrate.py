"""Chooses decoding parameters and fits the confidence on held-out training articles.

`python -m training.calibrate --model DIR --corpus polnear-train.jsonl.gz --scorer score_attributions.py`
writes `decoding.json` into the model's folder.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from operator import itemgetter
from pathlib import Path

import numpy as np
import numpy.typing as npt

from quotes.encoder import Encoder, Reading
from quotes.extract import as_printed
from quotes.extract.decoding import EVIDENCE, Calibration, Decoding, decode
from quotes.extract.marks import pair_marks
from quotes.extract.neural import relations_of
from training.evaluate import Scorer, calibration_error, load_gold, predict
from training.prepare import Document

Floats = npt.NDArray[np.float64]

#: What is tried for each parameter, one after the other, twice over.
CHOICES: dict[str, tuple[float, ...]] = {
    "fragment_mass": (0.15, 0.45, 0.6, 0.75),
    "outside_bias": (-0.3, 0.0, 0.2, 0.4, 0.6),
    "untagged_cue": (0.3, 0.7, 1.1),
    "switch_penalty": (3.0, 10.0),
    "null_source_bias": (-0.4, 0.4),
    "orphan_quoted": (0.7, 0.8),
}
_THRESHOLDS = tuple(np.arange(0.0, 0.5, 0.02).tolist())
#: What is tried in the end of what decides how much is reported.
_OUTSIDE = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6)
_LEAST = (0.18, 0.22, 0.26, 0.3, 0.34, 0.38, 0.42)
_FOLDS = 5
_RIDGE = 30.0
"""Of 0.1 to 300 the one under which the held-out articles are likeliest, each fold by weights of the others."""


class HeldOut:
    """The held-out articles as read by the model, with their gold."""

    def __init__(self, documents: Sequence[Document], readings: Sequence[Reading], scorer: Scorer) -> None:
        self.documents, self.readings, self.scorer = documents, readings, scorer
        self.marks = [pair_marks(document["text"]) for document in documents]

    def quality(self, decoding: Decoding) -> tuple[float, float]:
        """Mean of content_match and attribution F1 at the best confidence threshold, and that threshold.

        Confidence comes from the other folds of documents, so that the choice is not of its own making.
        """
        evidence, verdicts, folds = self.evidence(decoding)
        confidence = np.zeros(len(evidence))
        for fold in range(_FOLDS):
            weights = fit(evidence[folds != fold], verdicts[folds != fold, 1])
            confidence[folds == fold] = _chances(evidence[folds == fold], weights)
        gold = sum(len(d["attributions"]) for d in self.documents)
        best = (0.0, 0.0)
        for threshold in _THRESHOLDS:
            kept = verdicts[confidence >= threshold]
            # F1 is right / mean(found, gold); the half of two is in the sum of both figures.
            best = max(best, (100 * float(kept.sum()) / (len(kept) + gold), -threshold))
        return best[0], -best[1]

    def evidence(self, decoding: Decoding) -> tuple[Floats, npt.NDArray[np.bool_], npt.NDArray[np.int64]]:
        """Of all relations before any threshold: evidence, whether matched and whether right, and fold."""
        predicted = predict(self.readings, replace(decoding, minimum_confidence=0.0), Calibration())
        rows = [r.evidence for relations in predicted for r in relations]
        pairs = zip(self.documents, predicted, strict=True)
        verdicts = [verdict for d, relations in pairs for verdict in self.scorer.judge(d, relations)]
        folds = [i % _FOLDS for i, relations in enumerate(predicted) for _ in relations]
        return np.array(rows), np.array(verdicts), np.array(folds)

    def search(self) -> Decoding:
        """Coordinate search over CHOICES; a change must gain something to be taken."""
        decoding = Decoding()
        best, threshold = self.quality(decoding)
        for _ in range(2):
            for name, values in CHOICES.items():
                for value in values:
                    trial = replace(decoding, **{name: value})
                    quality, at = self.quality(trial)
                    if quality > best + 0.05:
                        best, threshold, decoding = quality, at, trial
            print(f"mean of match and attribution {best:.2f} at {threshold}: {decoding}", flush=True)
        return replace(decoding, minimum_confidence=threshold)

    def calibrated(self, decoding: Decoding) -> Calibration:
        """The confidence of what is decoded so."""
        evidence, verdicts, _ = self.evidence(decoding)
        weights = fit(evidence, verdicts[:, 1])
        return Calibration(tuple(round(float(w), 5) for w in weights[:-1]), round(float(weights[-1]), 5))

    def as_reported(self, decoding: Decoding) -> Decoding:
        """The parameters with those by which the package as a whole does best.

        Much of what is decoded wrongly goes when it is held against marks and cues, so that it may report more.
        """
        best = (0.0, decoding)
        for bias in _OUTSIDE:
            calibration = self.calibrated(replace(decoding, outside_bias=bias))
            for least in _LEAST:
                trial = replace(decoding, outside_bias=bias, minimum_confidence=least)
                best = max(best, (self._reported_quality(trial, calibration), trial), key=itemgetter(0))
        print(f"end to end {best[0]:.2f}: {best[1]}", flush=True)
        return best[1]

    def _reported_quality(self, decoding: Decoding, calibration: Calibration) -> float:
        """Mean of content_match and attribution F1 of what the package reports."""
        right = found = 0
        for document, reading, marks in zip(self.documents, self.readings, self.marks, strict=True):
            text = document["text"]
            relations = relations_of(decode(reading, decoding, calibration), reading, text, marks)
            verdicts = self.scorer.judge(document, as_printed(relations, marks, text))
            right, found = right + sum(map(sum, verdicts)), found + len(verdicts)
        return 100 * right / (found + sum(len(d["attributions"]) for d in self.documents))


def fit(evidence: Floats, right: npt.NDArray[np.bool_]) -> Floats:
    """Ridge logistic regression by Newton's method: weights over EVIDENCE, then the bias."""
    spread = evidence.std(axis=0) + 1e-6
    design = np.column_stack([evidence / spread, np.ones(len(evidence))])
    ridge = np.diag([_RIDGE] * len(EVIDENCE) + [0.0])
    weights = np.zeros(design.shape[1])
    for _ in range(25):
        chances = 1 / (1 + np.exp(-design @ weights))
        gradient = design.T @ (right - chances) - ridge @ weights
        curvature = (design * (chances * (1 - chances))[:, None]).T @ design + ridge
        weights += np.linalg.solve(curvature + 1e-6 * np.eye(len(weights)), gradient)
    return np.append(weights[:-1] / spread, weights[-1])


def _chances(evidence: Floats, weights: Floats) -> Floats:
    chances: Floats = 1 / (1 + np.exp(-(evidence @ weights[:-1] + weights[-1])))
    return chances


def main() -> None:
    """Runs the command that the module's docstring describes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="folder of model.onnx")
    parser.add_argument("--corpus", type=Path, required=True, help="the corpus that was trained on")
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--graph", default="model.onnx")
    args = parser.parse_args()
    documents = load_gold(args.corpus, held_out=True)
    readings = list(Encoder(args.model, graph=args.graph).read(d["text"] for d in documents))
    held_out = HeldOut(documents, readings, Scorer(args.scorer))
    decoding = held_out.as_reported(held_out.search())
    calibration = held_out.calibrated(decoding)
    evidence, verdicts, _ = held_out.evidence(decoding)
    right = verdicts[:, 1]
    error, _ = calibration_error(_chances(evidence, np.array([*calibration.weights, calibration.bias])), right)
    print(f"calibration error in sample {error:.4f} on {len(right)} relations")
    parameters = {"decoding": asdict(decoding), "calibration": asdict(calibration)}
    (args.model / "decoding.json").write_text(json.dumps(parameters, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
