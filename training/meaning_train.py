"""Trains the half of `quotes.sentences` that reads pairs, on `claim_pairs.csv` without its kept-back articles.

`python -m training.meaning_train --base DIR --corpora DIR --out W.safetensors` prints the average precision on the
pairs of the articles kept back. The shared lower half does not change, so its states are computed once.
"""

import argparse
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn import functional

from quotes.words import WordReader
from training.claim_pairs import Pair, average_precision, read_labels
from training.meaning_model import WIDTH, MeaningNetwork, make_batch, mask_of

TARGETS = {"same": 1.0, "partial": 0.85, "contradict": 0.05, "related": 0.05, "different": 0.0}
EPOCHS, BATCH, RATE, HEAD_RATE, DROPOUT, WARM_UP = 3, 16, 1e-4, 5e-4, 0.1, 0.1
#: Weights are averaged over the steps of the last part of training.
AVERAGED = 0.4


def lower_states(network: MeaningNetwork, reader: WordReader, pairs: Sequence[tuple[str, str]]) -> list[Tensor]:
    """[T, WIDTH] of each pair, in half precision."""
    found = []
    with torch.no_grad():
        for pair in pairs:
            pieces, sides, attended = make_batch(reader, [pair])
            found.append(network.lower(pieces, sides, mask_of(attended))[0].half())
    return found


def padded(states: Sequence[Tensor]) -> tuple[Tensor, Tensor]:
    """[B, T, WIDTH] states and [B, T] what is attended."""
    width = max(len(state) for state in states)
    x, attended = torch.zeros((len(states), width, WIDTH)), torch.zeros((len(states), width), dtype=torch.int64)
    for row, state in enumerate(states):
        x[row, : len(state)], attended[row, : len(state)] = state.float(), 1
    return x, attended


def batches(states: Sequence[Tensor], size: int, rng: np.random.Generator) -> Iterator[list[int]]:
    """Batches of rows of similar length, in a random order."""
    order = rng.permutation(len(states)).tolist()
    chunks = [sorted(order[i : i + 8 * size], key=lambda row: len(states[row])) for i in range(0, len(order), 8 * size)]
    cut = [chunk[i : i + size] for chunk in chunks for i in range(0, len(chunk), size)]
    yield from (cut[i] for i in rng.permutation(len(cut)))


def logits(network: MeaningNetwork, states: Sequence[Tensor]) -> list[float]:
    """The logit of each row of lower states."""
    network.eval()
    with torch.no_grad():
        return [network.pairs(*padded([state])).item() for state in states]


def train(
    network: MeaningNetwork, reader: WordReader, pairs: Sequence[Pair], held: Sequence[Pair], rng: np.random.Generator
) -> None:
    """Fits the pairs' half in place."""
    both = [(a, b) for pair in pairs for a, b in ((pair.a, pair.b), (pair.b, pair.a))]
    states = lower_states(network, reader, both)
    held_states = lower_states(network, reader, [(pair.a, pair.b) for pair in held])
    targets = torch.tensor([TARGETS[pair.label] for pair in pairs for _ in range(2)])
    body = list(network.pairs.layers.parameters())
    head = [*network.pairs.head.parameters(), *network.pairs.logit.parameters()]
    groups = [{"params": body, "lr": RATE}, {"params": head, "lr": HEAD_RATE}]
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01)
    # Each epoch sees every pair once, in one of its two orders.
    steps = EPOCHS * -(-len(pairs) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / (WARM_UP * steps)) * max(0.05, 1 - step / steps)
    )
    average = torch.optim.swa_utils.AveragedModel(network.pairs)
    started, step = time.time(), 0
    for epoch in range(EPOCHS):
        network.pairs.train()
        side = rng.integers(2, size=len(pairs))
        chosen = [states[2 * row + side[row]] for row in range(len(pairs))]
        for rows in batches(chosen, BATCH, rng):
            x, attended = padded([chosen[row] for row in rows])
            wanted = targets[[2 * row for row in rows]]
            loss = functional.binary_cross_entropy_with_logits(network.pairs(x, attended), wanted)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_([*body, *head], 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            if step > (1 - AVERAGED) * steps:
                average.update_parameters(network.pairs)
        figure = average_precision([pair.together for pair in held], logits(network, held_states))
        print(f"epoch {epoch + 1}: kept back {figure:.3f}, {time.time() - started:.0f} s", flush=True)
    network.pairs.load_state_dict(average.module.state_dict())
    figure = average_precision([pair.together for pair in held], logits(network, held_states))
    print(f"averaged: kept back {figure:.3f}")


def main() -> None:
    """Runs the command that the module's docstring describes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, required=True, help="folder of model.safetensors and vocab.txt")
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1, help="of the order of pairs and of dropout")
    args = parser.parse_args()
    torch.manual_seed(1)  # every run begins with the same head, so that the weights of several can be averaged
    network = MeaningNetwork(DROPOUT)
    if args.seed != 1:
        torch.manual_seed(args.seed)
    network.load_base(args.base / "model.safetensors")
    pairs = read_labels(args.corpora)
    train(
        network,
        WordReader(args.base / "vocab.txt"),
        [pair for pair in pairs if not pair.kept_back],
        [pair for pair in pairs if pair.kept_back],
        np.random.default_rng(args.seed),
    )
    save_file({name: value.half() for name, value in network.state_dict().items()}, args.out)


if __name__ == "__main__":
    main()
