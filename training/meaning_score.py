"""Fits and measures `quotes.group.meaning`.

`python -m training.meaning_score --corpora DIR --logits logits.json --out scoring.json`

The regression is fitted on all labelled pairs, with the logits of `training.meaning_folds`: of networks that have not
seen their articles. For each such pair, what is printed is said of it by a regression that was fitted without its
articles. Measured besides is claim-pairs-dev, of which nothing is fitted; intervals are of 2,000 bootstrap samples by
article. `linked` is what grouping would join. Needs no torch.
"""

import argparse
import json
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

import numpy as np
import numpy.typing as npt

from quotes.group import meaning
from quotes.group.edges import decide
from quotes.group.meaning import EVIDENCE, evidence
from training.claim_pairs import FOLDS, Pair, average_precision, read_development, read_labels

Array = npt.NDArray[np.float64]

_PENALTY = 2.0
_SAMPLES = 2000
_THRESHOLDS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9)


def fit(x: Array, y: Array) -> tuple[Array, float]:
    """Weights and bias of a logistic regression with an L2 penalty on the weights of standardised columns."""
    mean, spread = x.mean(axis=0), x.std(axis=0) + 1e-9
    z = np.column_stack([(x - mean) / spread, np.ones(len(x))])
    penalty = np.diag([_PENALTY] * x.shape[1] + [0.0])
    weights = np.zeros(z.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-z @ weights))
        hessian = (z * (p * (1 - p))[:, None]).T @ z + penalty
        weights -= np.linalg.solve(hessian, z.T @ (p - y) + penalty @ weights)
    own = weights[:-1] / spread
    return own, float(weights[-1] - own @ mean)


def out_of_fold(pairs: Sequence[Pair], x: Array, y: Array) -> Array:
    """The probability of each pair by regressions that were fitted without the articles of its fold."""
    said = np.zeros(len(pairs))
    for fold in range(FOLDS):
        inside = np.array([fold in pair.folds for pair in pairs])
        weights, bias = fit(x[~inside], y[~inside])
        said[inside] += x[inside] @ weights + bias
    return _probability(said / np.array([len(pair.folds) for pair in pairs]))


def joined(pairs: Sequence[Pair], scores: Array) -> npt.NDArray[np.bool_]:
    """Which pairs grouping would join, were these the scores by meaning."""
    found = []
    for pair, score in zip(pairs, scores.tolist(), strict=True):
        with patch.object(meaning, "score", lambda _, score=score: [score]):
            found.append(decide(pair.a, pair.b).kind is not None)
    return np.array(found)


def interval(pairs: Sequence[Pair], figure: Callable[[list[int]], float]) -> str:
    """The interval of 95 % of a figure of some rows, over samples of first articles."""
    generator = np.random.default_rng(1)
    articles = sorted({pair.articles[0] for pair in pairs})
    rows = {article: [i for i, pair in enumerate(pairs) if pair.articles[0] == article] for article in articles}
    samples = (generator.choice(articles, len(articles)) for _ in range(_SAMPLES))
    figures = [figure([i for article in sample for i in rows[article]]) for sample in samples]
    low, high = np.nanquantile(figures, [0.025, 0.975])
    return f"({low:.2f} to {high:.2f})"


def report(name: str, pairs: Sequence[Pair], scores: Array) -> None:
    """Prints average precision, what is linked, precision and recall at thresholds, and how well it is calibrated."""
    together = np.array([pair.together for pair in pairs])

    def average(rows: list[int]) -> float:
        return average_precision(together[rows].tolist(), scores[rows].tolist())

    print(f"{name}: {len(pairs)} pairs, AP {average(list(range(len(pairs)))):.3f} {interval(pairs, average)}")
    linked = joined(pairs, scores)
    right = together & linked
    precision, recall = right.sum() / linked.sum(), right.sum() / together.sum()
    print(
        f"  linked: {right.sum()} of {linked.sum()} right, precision {precision:.3f} "
        f"{interval(pairs, lambda rows: float(right[rows].sum() / max(1, linked[rows].sum())))}, recall {recall:.3f} "
        f"{interval(pairs, lambda rows: float(right[rows].sum() / max(1, together[rows].sum())))}"
    )
    for threshold in _THRESHOLDS:
        chosen = scores >= threshold
        hits = int(together[chosen].sum())
        precision, recall = hits / max(1, chosen.sum()), hits / together.sum()
        print(f"  {threshold:.2f}: {chosen.sum():4d} pairs, precision {precision:.2f} recall {recall:.2f}")
    for a, b in pairwise((0.0, 0.1, 0.25, 0.5, 0.75, 1.01)):
        inside = (scores >= a) & (scores < b)
        if inside.any():
            print(f"  said {scores[inside].mean():.2f}, true {together[inside].mean():.2f} ({inside.sum()})")


def _probability(logits: Array) -> Array:
    return 1 / (1 + np.exp(-logits))


def main() -> None:
    """Runs the command that the module's docstring describes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--logits", type=Path, required=True, help="what training.meaning_folds has written")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    said = json.loads(args.logits.read_text(encoding="utf-8"))
    labelled = [*read_labels(args.corpora), *read_labels(args.corpora, later=True)]
    development = read_development(args.corpora)
    x, test = (np.array([evidence(pair.a, pair.b) for pair in pairs]) for pairs in (labelled, development))
    x[:, EVIDENCE.index("logit")] = [*said["first"], *said["later"]]
    y = np.array([pair.together for pair in labelled], dtype=np.float64)
    weights, bias = fit(x, y)
    scoring = {
        "weights": {name: round(w, 4) for name, w in zip(EVIDENCE, weights.tolist(), strict=True)},
        "bias": round(bias, 4),
    }
    args.out.write_text(json.dumps(scoring, indent=2) + "\n", encoding="utf-8")
    for name, column in zip(EVIDENCE, test.T, strict=True):
        print(f"{name} alone: AP {average_precision([p.together for p in development], column.tolist()):.3f}")
    report("own labels, out of fold", labelled, out_of_fold(labelled, x, y))
    report("claim-pairs-dev", development, _probability(test @ weights + bias))


if __name__ == "__main__":
    main()
