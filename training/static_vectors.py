"""Makes the static vectors of `quotes.group.vectors`: what each word piece says by itself, and the cells of an index.

`python -m training.static_vectors --base DIR --corpora DIR --out src/quotes/data/meaning` writes pieces.npy, a row in
int8 for each piece of the vocabulary, and cells.npy, points near which statements stand. A piece is read alone by the
base (as in model2vec), what it says is cut to its principal components, and it counts for less the more common it is:
the lesser of what its place in the vocabulary and its share of the training texts say (SIF: Arora et al. 2017). The
cells are found by k-means over the sentences of those texts, by cosine. No label is used.
"""

import argparse
import gzip
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from quotes.group.vectors import ALIKE, WIDTH, add_up
from quotes.words import WordReader
from training.meaning_model import MeaningNetwork, mask_of

Array = npt.NDArray[np.float64]

_CORPORA = ("polnear-train", "gum-train", "ewt-train", "wikigold-ner")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_WORDS = range(6, 61)
_CELLS, _ROUNDS, _SEED = 4096, 10, 1
_AT_ONCE = 512
#: The vocabulary begins with marks and letters; from "the" on, pieces stand in the order of how common they are.
_FIRST_WORD = 1996
#: The place after "the", and the share of all pieces, of a piece that counts half.
_COMMON_PLACE, _COMMON_SHARE = 1000, 1e-4
#: The largest of so many of the values of all pieces is the largest of int8; the few beyond it are cut.
_WITHIN = 0.9999


def read_pieces(base: Path, pieces: int, reader: WordReader) -> Array:
    """[pieces, 384], the last state of each piece where a text is nothing else."""
    network = MeaningNetwork()
    network.load_base(base / "model.safetensors")
    network.eval()
    found = []
    with torch.no_grad():
        for start in range(0, pieces, _AT_ONCE):
            own = torch.arange(start, min(start + _AT_ONCE, pieces))
            ids = torch.stack((torch.full_like(own, reader.cls), own, torch.full_like(own, reader.sep)), dim=1)
            mask = mask_of(torch.ones_like(ids))
            x = network.lower(ids, torch.zeros_like(ids), mask)
            for layer in network.single:
                x = layer(x, mask)
            found.append(x[:, 1].numpy())
    return np.concatenate(found).astype(np.float64)


def principal(vectors: Array) -> Array:
    """[N, WIDTH], the first components, each divided by the root of its spread so that the first tell less of all."""
    centred = vectors - vectors.mean(axis=0)
    values, directions = np.linalg.eigh(centred.T @ centred)
    chosen = np.argsort(-values)[:WIDTH]
    directions = directions[:, chosen]
    # either sign will do; that the largest part is positive makes the file the same again
    directions *= np.sign(directions[np.abs(directions).argmax(axis=0), np.arange(WIDTH)])
    found: Array = (centred @ directions) / values[chosen] ** 0.25
    return found


def rarity(counts: Array) -> Array:
    """[pieces], 0 to 1, what each counts for, by its place and by how often the training texts have it."""
    place = np.maximum(np.arange(len(counts)) - (_FIRST_WORD - 1), 0)
    share = (counts + 1) / (counts + 1).sum()
    found: Array = np.minimum(place / (place + _COMMON_PLACE), _COMMON_SHARE / (_COMMON_SHARE + share))
    return found


def find_cells(vectors: npt.NDArray[np.int8]) -> npt.NDArray[np.int8]:
    """[_CELLS, WIDTH], the middles of clusters of vectors, by cosine."""
    x = vectors[vectors.any(axis=1)].astype(np.float32)
    x /= np.linalg.norm(x, axis=1, keepdims=True)
    cells = x[np.random.default_rng(_SEED).choice(len(x), _CELLS, replace=False)]
    for _ in range(_ROUNDS):
        nearest = np.concatenate([(x[i : i + _AT_ONCE] @ cells.T).argmax(axis=1) for i in range(0, len(x), _AT_ONCE)])
        sums = np.zeros_like(cells)
        np.add.at(sums, nearest, x)
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        cells = np.where(lengths > 0, sums / np.maximum(lengths, 1e-9), cells)
    return np.rint(ALIKE**0.5 * cells).astype(np.int8)


def main() -> None:
    """Runs the command that the module's docstring describes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, required=True, help="folder of model.safetensors and vocab.txt")
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    reader = WordReader(args.base / "vocab.txt")
    texts = list(_texts(args.corpora))
    counts = np.zeros(len(reader))
    for ids in reader.pieces_of_all(texts):
        np.add.at(counts, ids, 1)
    table = principal(read_pieces(args.base, len(reader), reader)) * rarity(counts)[:, None]
    largest = float(np.quantile(np.abs(table), _WITHIN))
    pieces = np.clip(np.rint(table * (127 / largest)), -127, 127).astype(np.int8)
    cells = find_cells(add_up(pieces, reader.pieces_of_all(_sentences(texts))))
    for name, array in (("pieces", pieces), ("cells", cells)):
        path = args.out / f"{name}.npy"
        np.save(path, array)
        print(f"{path}: {array.shape}, {path.stat().st_size / 1e6:.1f} MB")


def _texts(corpora: Path) -> Iterator[str]:
    for name in _CORPORA:
        with gzip.open(corpora / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            yield from (json.loads(line)["text"] for line in lines)


def _sentences(texts: Sequence[str]) -> list[str]:
    found = {part.strip() for text in texts for part in _SENTENCE.split(text)}
    return sorted(part for part in found if len(part.split()) in _WORDS)


if __name__ == "__main__":
    main()
