"""Measures candidate search: `python -m training.meaning_retrieval --corpora DIR`.

For each tweet of claims-checkthat2020-dev all fact-checked claims of the file are ranked by the scalar product of
`quotes.group.meaning.embed`, for comparison by the vectors that the attribution model has anyway, by those that need no
network (`quotes.group.vectors`), and by the share of words. Printed are recall at 5 and mean average precision,
processor time, and the average precision of each sort of vectors on claim-pairs-dev; then what the keys of the index
find: the share of the pairs that belong together which share a key, by sort of key, here and of the labelled pairs, and
the share of tweets and claims taken at random that do.
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
from quotes.group.keys import IndexedWording, cell_keys, meaning_keys, word_keys
from quotes.group.meaning import embed
from quotes.group.vectors import vectors as static_vectors
from quotes.text import words
from training.claim_pairs import average_precision, read_development, read_labels

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


def without_network(texts: Sequence[str]) -> Scores:
    """[N, WIDTH], of length 1 but for rounding."""
    return static_vectors([words(text) for text in texts]).astype(np.float32) / 127


def keys_shared(name: str, pairs: Sequence[tuple[str, str]]) -> None:
    """Prints the share of pairs that have keys in common: of words, of rare stems, of cells, and of any sort."""
    found = []
    for pair in pairs:
        ours, theirs = map(IndexedWording.of, pair)
        cells, other_cells = cell_keys(static_vectors([ours.words, theirs.words]))
        words_and_stems = [bool(keys(ours) & keys(theirs)) for keys in (word_keys, meaning_keys)]
        found.append([*words_and_stems, bool(cells & other_cells)])
    shared = np.array(found)
    by_words, by_stems, by_cells = shared.mean(axis=0)
    before, now = shared[:, :2].any(axis=1).mean(), shared.any(axis=1).mean()
    print(
        f"{name}: {len(pairs)} pairs share keys of words {by_words:.3f}, stems {by_stems:.3f} (either {before:.3f}), "
        f"cells {by_cells:.3f}, any {now:.3f}"
    )


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
    ways: dict[str, Callable[[Sequence[str]], Scores]] = {
        "vectors": embed,
        "attribution model's vectors": pointers,
        "vectors without a network": without_network,
    }
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
    keys_shared("tweets and their claims", [(t, claims[i]) for t, own in zip(tweets, right, strict=True) for i in own])
    keys_shared("tweets and claims at random", [(t, c) for t in tweets[::40] for c in claims[::40]])
    labelled = [*read_labels(args.corpora), *read_labels(args.corpora, later=True)]
    for name, given in (("own labels", labelled), ("claim-pairs-dev", development)):
        keys_shared(f"{name}, same or partial", [(pair.a, pair.b) for pair in given if pair.together])


if __name__ == "__main__":
    main()
