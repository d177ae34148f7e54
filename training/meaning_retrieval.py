"""Measures candidate search: `python -m training.meaning_retrieval --corpora DIR`.

For each tweet of claims-checkthat2020-dev all fact-checked claims of the file are ranked by the scalar product of
`quotes.group.meaning.embed`, and by the share of words for comparison. Printed are recall at 5 and mean average
precision.
"""

import argparse
import gzip
import json
import time
from collections import defaultdict
from pathlib import Path

import numpy as np
import numpy.typing as npt

from quotes.group.meaning import embed
from quotes.text import words

Scores = npt.NDArray[np.floating]


def ranks(scores: Scores, right: set[int]) -> list[int]:
    """The places, from 1, of the right columns."""
    order = np.argsort(-scores, kind="stable").tolist()
    return [place for place, column in enumerate(order, start=1) if column in right]


def report(name: str, scores: Scores, right: list[set[int]]) -> None:
    """Prints the figures over all rows."""
    places = [ranks(row, own) for row, own in zip(scores, right, strict=True)]
    recall = np.mean([sum(place <= 5 for place in row) / len(row) for row in places])
    precision = np.mean([np.mean([n / place for n, place in enumerate(row, start=1)]) for row in places])
    print(f"{name}: recall@5 {recall:.3f}, MAP {precision:.3f}")


def main() -> None:
    """Runs the command that the module's docstring describes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    args = parser.parse_args()
    with gzip.open(args.corpora / "claims-checkthat2020-dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        pairs = [json.loads(line) for line in lines]
    claims = sorted({pair["b"] for pair in pairs})
    column = {claim: i for i, claim in enumerate(claims)}
    wanted: dict[str, set[int]] = defaultdict(set)
    for pair in pairs:
        if pair["label"] == 1:
            wanted[pair["a"]].add(column[pair["b"]])
    tweets, right = list(wanted), list(wanted.values())
    started = time.process_time()
    vectors = embed([*tweets, *claims])
    spent = time.process_time() - started
    print(f"{len(tweets)} tweets, {len(claims)} claims, {len(vectors) / spent:.0f} a second of one core")
    report("vectors", vectors[: len(tweets)] @ vectors[len(tweets) :].T, right)
    theirs = [set(words(claim)) for claim in claims]
    shared = [[len(own & other) / (len(other) or 1) for other in theirs] for own in (set(words(t)) for t in tweets)]
    report("words shared", np.array(shared), right)


if __name__ == "__main__":
    main()
