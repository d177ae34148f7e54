"""Fits and measures `quotes.group.meaning`: `python -m training.meaning_score --corpora DIR --out scoring.json`.

The regression is fitted on the kept-back articles of `claim_pairs.csv`, which training has not seen. Measured is on
claim-pairs-dev, of which nothing is fitted; intervals are of 2,000 bootstrap samples by article. Needs no torch.
"""

import argparse
import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from quotes.group.meaning import EVIDENCE, evidence
from training.claim_pairs import Pair, average_precision, read_development, read_labels

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


def bootstrap(pairs: Sequence[Pair], scores: Array) -> tuple[float, float]:
    """The interval of 95 % of the average precision, over samples of first articles."""
    generator = np.random.default_rng(1)
    articles = sorted({pair.articles[0] for pair in pairs})
    rows = {article: [i for i, pair in enumerate(pairs) if pair.articles[0] == article] for article in articles}
    figures = []
    for _ in range(_SAMPLES):
        chosen = [i for article in generator.choice(articles, len(articles)) for i in rows[article]]
        figures.append(average_precision([pairs[i].together for i in chosen], scores[chosen].tolist()))
    low, high = np.quantile(figures, [0.025, 0.975])
    return float(low), float(high)


def report(name: str, pairs: Sequence[Pair], scores: Array) -> None:
    """Prints average precision, then precision and recall at some thresholds, then how well it is calibrated."""
    together = np.array([pair.together for pair in pairs])
    low, high = bootstrap(pairs, scores)
    figure = average_precision(together.tolist(), scores.tolist())
    print(f"{name}: {len(pairs)} pairs, AP {figure:.3f} ({low:.3f} to {high:.3f})")
    for threshold in _THRESHOLDS:
        chosen = scores >= threshold
        right = int(together[chosen].sum())
        precision, recall = right / max(1, chosen.sum()), right / together.sum()
        print(f"  {threshold:.2f}: {chosen.sum():4d} pairs, precision {precision:.2f} recall {recall:.2f}")
    for a, b in pairwise((0.0, 0.1, 0.25, 0.5, 0.75, 1.01)):
        inside = (scores >= a) & (scores < b)
        if inside.any():
            print(f"  said {scores[inside].mean():.2f}, true {together[inside].mean():.2f} ({inside.sum()})")


def main() -> None:
    """Runs the command that the module's docstring describes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    held = [pair for pair in read_labels(args.corpora) if pair.kept_back]
    development = read_development(args.corpora)
    x, test = (np.array([evidence(pair.a, pair.b) for pair in pairs]) for pairs in (held, development))
    weights, bias = fit(x, np.array([pair.together for pair in held], dtype=np.float64))
    scoring = {
        "weights": {name: round(w, 4) for name, w in zip(EVIDENCE, weights.tolist(), strict=True)},
        "bias": round(bias, 4),
    }
    args.out.write_text(json.dumps(scoring, indent=2) + "\n", encoding="utf-8")
    for name, column in zip(EVIDENCE, test.T, strict=True):
        print(f"{name} alone: AP {average_precision([p.together for p in development], column.tolist()):.3f}")
    for name, pairs, values in (("kept back (fitted on it)", held, x), ("claim-pairs-dev", development, test)):
        report(name, pairs, 1 / (1 + np.exp(-(values @ weights + bias))))


if __name__ == "__main__":
    main()
