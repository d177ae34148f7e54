"""Out-of-fold logits: what networks that have not seen a pair's articles say of it.

`python -m training.meaning_folds --base DIR --corpora DIR --out logits.json` trains four networks as
`training.meaning_train` does, each without the articles of two folds of eight, and writes a logit for each pair of
`claim_pairs.csv` ("first") and of `claim_pairs_later.csv` ("later"). The regression is fitted on these, since of the
pairs that it was trained on the shipped network is far too sure.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from quotes.words import WordReader
from training.claim_pairs import Pair, read_labels
from training.meaning_model import MeaningNetwork
from training.meaning_train import DROPOUT, logits, lower_states, train

_LEFT_OUT = ({1, 2}, {3, 4}, {5, 6}, {7, 0})


def of_both_orders(network: MeaningNetwork, reader: WordReader, pairs: Sequence[Pair]) -> list[float]:
    """The mean logit of a pair's two orders."""
    orders = [order for pair in pairs for order in ((pair.a, pair.b), (pair.b, pair.a))]
    found = logits(network, lower_states(network, reader, orders))
    return [(one + other) / 2 for one, other in zip(found[::2], found[1::2], strict=True)]


def main() -> None:
    """Runs the command that the module's docstring describes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, required=True, help="folder of model.safetensors and vocab.txt")
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    reader = WordReader(args.base / "vocab.txt")
    pairs = {"first": read_labels(args.corpora), "later": read_labels(args.corpora, later=True)}
    said: dict[str, list[list[float]]] = {name: [[] for _ in labelled] for name, labelled in pairs.items()}
    for left_out in _LEFT_OUT:
        torch.manual_seed(1)
        network = MeaningNetwork(DROPOUT)
        network.load_base(args.base / "model.safetensors")
        seen = [pair for pair in pairs["first"] if not left_out & pair.folds]
        unseen = [pair for pair in pairs["first"] if left_out & pair.folds]
        train(network, reader, seen, unseen, np.random.default_rng(1))
        for name, labelled in pairs.items():
            rows = [row for row, pair in enumerate(labelled) if left_out & pair.folds]
            for row, logit in zip(rows, of_both_orders(network, reader, [labelled[row] for row in rows]), strict=True):
                said[name][row].append(logit)
    means = {name: [round(float(np.mean(row)), 4) for row in rows] for name, rows in said.items()}
    args.out.write_text(json.dumps(means) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
