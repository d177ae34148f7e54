"""Cuts a trained network down to what its answers hang on, so that it runs faster; training then goes on from it.

`python -m training.prune --weights W.safetensors --corpora DIR --base DIR --out W2.safetensors`. Attention heads and
inner channels of the feed-forward parts go whose absence would change the loss least, wherever they are, to first order
and over articles of the training data (Michel et al. 2019 for heads, Molchanov et al. 2019 for channels). Pointer
vectors are made as short as the package reads them, by the singular values of the products that they are for.
"""

import argparse
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from quotes.encoder import CONTENT_QUERY, CUE_KEY, CUE_QUERY, POINTER_WIDTH, SOURCE_KEY
from quotes.words import WordReader
from training.model import HEAD_WIDTH, LAYERS, WIDTH, Sizes, load_state
from training.prepare import Corpus, prepare
from training.train import Config, Trainer, steps, training_windows

State = dict[str, Tensor]

_STEPS = 60
_ROUND = 32
"""Inner channels of a layer that are kept come to a multiple of it, as products of matrices like it."""


def importance(trainer: Trainer, corpus: Corpus, steps_at_most: int = _STEPS) -> tuple[Tensor, Tensor]:
    """What heads, [LAYERS, heads], and inner channels, [LAYERS, channels], matter to the loss on some articles.

    The network is one that was not cut down before: its layers are alike.
    """
    network = trainer.network.eval()
    seen: dict[str, Tensor] = {}

    def watch(name: str) -> torch.utils.hooks.RemovableHandle:
        def note(_: nn.Module, inputs: tuple[Tensor, ...]) -> None:
            inputs[0].retain_grad()
            seen[name] = inputs[0]

        return network.get_submodule(name).register_forward_pre_hook(note)

    hooks = [watch(f"layers.{i}.{name}") for i in range(LAYERS) for name in ("out", "outer")]
    rng = np.random.default_rng(trainer.config.seed)
    groups = list(steps(training_windows(corpus, trainer.config, rng), trainer.config.step_pieces, rng))[:steps_at_most]
    heads, inner = torch.zeros(()), torch.zeros(())
    for group in groups:
        network.zero_grad()
        torch.stack(list(trainer.losses(group).values())).sum().backward()  # type: ignore[no-untyped-call]
        heads = heads + torch.stack([_changes(seen[f"layers.{i}.out"], HEAD_WIDTH) for i in range(LAYERS)])
        inner = inner + torch.stack([_changes(seen[f"layers.{i}.outer"], 1) for i in range(LAYERS)])
    for hook in hooks:
        hook.remove()
    return heads, inner


def _changes(values: Tensor, width: int) -> Tensor:
    """For each `width` channels how much the loss would change without them, summed over positions."""
    assert values.grad is not None, "the loss hangs on every layer"
    products = (values.detach() * values.grad).flatten(0, 1)
    return products.unflatten(1, (-1, width)).sum(dim=2).abs().sum(dim=0)


def kept_of(matters: Tensor, dropped: int, to: int = 1) -> list[Tensor]:
    """For each layer which rows stay, ascending, when the `dropped` that matter least go; in multiples of `to`."""
    order = matters.flatten().argsort()[dropped:]
    counts = Counter((order // matters.shape[1]).tolist())
    kept = []
    for i, row in enumerate(matters):
        number = min(len(row), max(to, round(counts[i] / to) * to))
        kept.append(row.topk(number).indices.sort().values)
    return kept


def cut(state: State, heads: Sequence[Tensor], inner: Sequence[Tensor]) -> State:
    """The weights with these heads and inner channels of each layer."""
    state = dict(state)
    for i in range(LAYERS):
        layer = f"layers.{i}"
        channels = (heads[i][:, None] * HEAD_WIDTH + torch.arange(HEAD_WIDTH)).flatten()
        # queries, keys and values stand one after the other
        thirds = torch.cat([channels + part * (state[f"{layer}.qkv.bias"].shape[0] // 3) for part in range(3)])
        for name, rows in (("qkv", thirds), ("inner", inner[i])):
            for kind in ("weight", "bias"):
                state[f"{layer}.{name}.{kind}"] = state[f"{layer}.{name}.{kind}"][rows]
        state[f"{layer}.out.weight"] = state[f"{layer}.out.weight"][:, channels]
        state[f"{layer}.outer.weight"] = state[f"{layer}.outer.weight"][:, inner[i]]
    return state


def narrowed(state: State, width: int = POINTER_WIDTH) -> State:
    """The weights with pointer vectors of `width`, whose products are as close to the longer ones' as can be."""
    weight, bias = state["vectors.weight"].view(4, -1, WIDTH), state["vectors.bias"].view(4, -1)
    longer = weight.shape[1]
    maps = torch.cat([weight, bias[:, :, None]], dim=2)
    parts = torch.zeros(4, width, WIDTH + 1)
    for query, key in ((CONTENT_QUERY, CUE_KEY), (CUE_QUERY, SOURCE_KEY)):
        # scores are divided by the root of the width
        left, sizes, right = torch.linalg.svd(maps[query].T @ maps[key] * (width / longer) ** 0.5)
        roots = sizes[:width].sqrt()[:, None]
        parts[query], parts[key] = roots * left.T[:width], roots * right[:width]
    shorter = parts.flatten(0, 1)
    return {**state, "vectors.weight": shorter[:, :-1], "vectors.bias": shorter[:, -1]}


def main() -> None:
    """Runs the command that the module's docstring describes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True, help="folder of vocab.txt")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--heads", type=int, default=24, help="how many go, of all layers' together")
    parser.add_argument("--inner", type=int, default=3072, help="how many channels go, of all layers' together")
    args = parser.parse_args()
    reader = WordReader(args.base / "vocab.txt")
    state = load_state(args.weights)
    if state["vectors.bias"].shape[0] != 4 * POINTER_WIDTH:
        state = narrowed(state)
    config = Config(seed=3, half=False, dropout=0.0, masked_words=0.0, masked_cues=0.0)
    with tempfile.TemporaryDirectory() as folder:
        trainer = Trainer(config, reader, Path(folder), Sizes.of(state))
    torch.set_num_threads(config.threads)
    trainer.network.load_state_dict(state)
    heads, inner = importance(trainer, prepare(args.corpora, reader))
    pruned = cut(state, kept_of(heads, args.heads), kept_of(inner, args.inner, _ROUND))
    save_file({name: value.contiguous() for name, value in pruned.items()}, args.out)
    print(f"{args.out}: {Sizes.of(pruned)}")


if __name__ == "__main__":
    main()
