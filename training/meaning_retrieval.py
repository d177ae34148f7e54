"""Measures candidate search: `python -m training.meaning_retrieval --corpora DIR`.

For each tweet of claims-checkthat2020-dev all fact-checked claims of the file are ranked by the scalar product of
`quotes.group.meaning.embed`, for comparison by the vectors that the attribution model has anyway, and by the share of
words. Printed are recall at 5 and mean average precision, processor time, and the average
precision of both sorts of vectors on claim-pairs-dev.
"""

import argparse
import gzip
import json
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
import numpy.typing as npt

from quotes.encoder import Encoder
from quotes.group.meaning import embed
from quotes.text import words
from training.claim_pairs import average_precision, read_development

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


def pointers(texts: Sequence[str]) -> Scores:
    """[N, 4 * POINTER_WIDTH]: the mean of the attribution model's vectors of each text's words, of length 1."""
    with as_file(files("quotes") / "data" / "model") as folder:
        encoder = Encoder(folder, threads=1)
    found = [reading.vectors.astype(np.float32).mean(axis=0).ravel() for reading in encoder.read(texts)]
    return np.array([vector / (np.linalg.norm(vector) + 1e-9) for vector in found])


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
    print(f"{len(tweets)} tweets, {len(claims)} claims")
    development = read_development(args.corpora)
    ways: dict[str, Callable[[Sequence[str]], Scores]] = {"vectors": embed, "attribution model's vectors": pointers}
    for name, way in ways.items():
        started = time.process_time()
        vectors = way([*tweets, *claims])
        print(f"{name}: {1000 * (time.process_time() - started) / len(vectors):.1f} ms a text")
        report(name, vectors[: len(tweets)] @ vectors[len(tweets) :].T, right)
        ours, theirs = way([pair.a for pair in development]), way([pair.b for pair in development])
        figure = average_precision([pair.together for pair in development], (ours * theirs).sum(axis=1).tolist())
        print(f"{name}: claim-pairs-dev AP {figure:.3f}")
    said = [set(words(claim)) for claim in claims]
    shared = [[len(own & other) / (len(other) or 1) for other in said] for own in (set(words(t)) for t in tweets)]
    report("words shared", np.array(shared), right)


if __name__ == "__main__":
    main()
