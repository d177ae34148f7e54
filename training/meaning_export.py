"""Exports the three graphs of `quotes.sentences`, in int8 and in the way of `training.export`.

`python -m training.meaning_export --weights W.safetensors --base DIR --corpora DIR --out DIR` writes lower.onnx,
single.onnx and pairs.onnx; with `--float` they stay in fp32, for comparison.
"""

import argparse
import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from quotes.words import WordReader
from training.claim_pairs import read_labels
from training.export import ByteEmbedding, ExportedLayer, Ranges, quantise
from training.meaning_model import Lower, MeaningNetwork, Pairs, Texts, make_batch, mask_of
from training.model import WIDTH, Layer, load_state

_OPSET = 17
#: Pairs whose activations set the scales.
_SAMPLE = 200
_PARTS = ("qkv", "out", "inner", "outer")


class ExportedLower(nn.Module):
    """Embeddings and the shared layers as they run: one row without padding, so without a mask."""

    def __init__(self, lower: Lower, ranges: Ranges, *, byte_embedding: bool) -> None:
        super().__init__()
        self.pieces = ByteEmbedding(lower.pieces.weight.detach()) if byte_embedding else lower.pieces
        self.positions, self.second, self.norm = lower.positions.weight, lower.second, lower.norm
        self.layers = exported(lower.layers, ranges, "lower.layers")

    def forward(self, pieces: Tensor, sides: Tensor) -> Tensor:
        """[1, T, WIDTH] of [1, T] inputs."""
        x = self.norm(self.pieces(pieces) + self.positions[: pieces.shape[1]] + sides[..., None] * self.second)
        for layer in self.layers:
            x = layer(x, x)
        return cast("Tensor", x)


class ExportedSingle(nn.Module):
    """The upper half for one statement: a vector for the whole and one for each piece, of length 1."""

    def __init__(self, layers: Iterable[nn.Module], ranges: Ranges) -> None:
        super().__init__()
        self.layers = exported(layers, ranges, "single")

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """[1, WIDTH] and [1, T, WIDTH] of [1, T, WIDTH]."""
        for layer in self.layers:
            x = layer(x, x)
        return functional.normalize(x.mean(dim=1), dim=-1), functional.normalize(x, dim=-1)


class ExportedPairs(nn.Module):
    """The upper half for two statements."""

    def __init__(self, pairs: Pairs, ranges: Ranges) -> None:
        super().__init__()
        self.layers = exported(pairs.layers, ranges, "pairs.layers")
        self.head, self.last = pairs.head, pairs.logit

    def forward(self, x: Tensor) -> Tensor:
        """[1] logit of [1, T, WIDTH]."""
        for layer in self.layers:
            x = layer(x, x)
        return cast("Tensor", self.last(torch.tanh(self.head(x.mean(dim=1))))[:, 0])


def exported(layers: Iterable[nn.Module], ranges: Ranges, name: str) -> nn.ModuleList:
    """The layers as they run."""
    return nn.ModuleList([ExportedLayer(cast("Layer", layer), ranges, f"{name}.{i}") for i, layer in enumerate(layers)])


def activation_ranges(network: MeaningNetwork, reader: WordReader, rows: Sequence[Texts]) -> Ranges:
    """The largest absolute input of each channel of the layers' linear maps, over some statements and pairs."""
    ranges: Ranges = {}

    def watch(name: str, module: nn.Module) -> torch.utils.hooks.RemovableHandle:
        def note(_: nn.Module, inputs: tuple[Tensor, ...]) -> None:
            largest = inputs[0].abs().flatten(0, 1).amax(dim=0)
            ranges[name] = torch.maximum(ranges.get(name, largest), largest)

        return module.register_forward_pre_hook(note)

    linear = [(name, part) for name, part in network.named_modules() if name.rpartition(".")[2] in _PARTS]
    hooks = [watch(name, part) for name, part in linear]
    with torch.no_grad():
        for row in rows:
            pieces, sides, attended = make_batch(reader, [row])
            x = network.lower(pieces, sides, mask_of(attended))
            if len(row) == 2:
                network.pairs(x, attended)
            else:
                for layer in network.single:
                    x = layer(x, mask_of(attended))
    for hook in hooks:
        hook.remove()
    return ranges


def write_graph(module: nn.Module, example: dict[str, Tensor], outputs: dict[str, tuple[int, ...]], path: Path) -> None:
    """Traces a module into an ONNX file with a free length; `outputs` names them with their free axes."""
    axes = {name: {1: "length"} for name in example} | {
        name: dict.fromkeys(free, "length") for name, free in outputs.items()
    }
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # the tracing exporter is deprecated, but its graph is the leaner one
        torch.onnx.export(
            module.eval(),
            tuple(example.values()),
            str(path),
            input_names=list(example),
            output_names=list(outputs),
            dynamic_axes=axes,
            opset_version=_OPSET,
            dynamo=False,
        )


def main() -> None:
    """Runs the command that the module's docstring describes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True, help="folder of vocab.txt")
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--float", action="store_true", help="no int8")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    network = MeaningNetwork()
    network.load_state_dict(load_state(args.weights))
    network.eval()
    pairs = read_labels(args.corpora)[:_SAMPLE]
    rows: list[Texts] = [row for pair in pairs for row in ((pair.a,), (pair.a, pair.b))]
    ranges = activation_ranges(network, WordReader(args.base / "vocab.txt"), rows)
    ids, states = torch.ones((1, 16), dtype=torch.int64), torch.zeros((1, 16, WIDTH))
    graphs: dict[str, tuple[nn.Module, dict[str, Tensor], dict[str, tuple[int, ...]]]] = {
        "lower": (
            ExportedLower(network.lower, ranges, byte_embedding=not args.float),
            {"pieces": ids, "sides": torch.zeros_like(ids)},
            {"lower": (1,)},
        ),
        "single": (ExportedSingle(network.single, ranges), {"lower": states}, {"vector": (), "pieces": (1,)}),
        "pairs": (ExportedPairs(network.pairs, ranges), {"lower": states}, {"logit": ()}),
    }
    for name, (module, example, outputs) in graphs.items():
        path, unquantised = args.out / f"{name}.onnx", args.out / f"{name}.float.onnx"
        write_graph(module, example, outputs, path if args.float else unquantised)
        if not args.float:
            quantise(unquantised, path)
            unquantised.unlink()
        print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
