"""Exports weights as ONNX.

`python -m training.export --weights W.safetensors --base DIR --corpus polnear-train.jsonl.gz --out DIR` writes into
the output folder `model.onnx` (int8, what is shipped), `float.onnx` (the same in fp32, for comparison) and
`vocabulary.txt`. Piece embeddings are int8 with a scale for each piece; the encoder's matrix products are int8
with a scale for each output channel (see `Smoothed`), and so are pointer vectors; the other heads, norms and
attention stay in fp32. The graph takes one window a run, without a dimension for batches; `training.streamline`
gives it its last form.
"""

import argparse
import shutil
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.nn import functional

from quotes.encoder import OUTPUTS, Window, make_batch, plan_windows
from quotes.words import WordReader, Words
from training.evaluate import load_gold
from training.model import HEAD_WIDTH, LAYERS, Layer, Network, Sizes, load_state
from training.streamline import INPUTS, streamline

_OPSET = 17
#: How much of the activations' spread goes over to the weights (SmoothQuant, Xiao et al. 2023).
_MIGRATION = 0.5
#: Channels after GELU that stay in fp32 (LLM.int8, Dettmers et al. 2022).
_APART = 8

Ranges = dict[str, Tensor]


class ByteEmbedding(nn.Module):
    """An embedding in int8 with a scale for each row: a quarter of the size, and next to no error."""

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        scale = weight.abs().amax(dim=1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("rows", torch.round(weight / scale).to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, index: Tensor) -> Tensor:
        """[..., WIDTH] rows of `index`, [...]."""
        rows, scale = self.get_buffer("rows"), self.get_buffer("scale")
        return rows[index].float() * scale[index]


class Smoothed(nn.Module):
    """A linear layer made ready for int8: the same map, of inputs that are alike in size.

    The input is divided by a factor for each channel, and the weights are multiplied by it.
    """

    def __init__(self, weight: Tensor, bias: Tensor, largest: Tensor) -> None:
        """`largest`: the largest absolute input seen in each channel; of 0, the channel is left out."""
        super().__init__()
        spread = weight.abs().amax(dim=0).clamp(min=1e-5)
        factor = (largest.clamp(min=1e-5) ** _MIGRATION / spread ** (1 - _MIGRATION)).clamp(min=1e-3)
        used = (largest > 0).float()
        self.register_buffer("inverse", used / factor)
        self.linear = nn.Linear(weight.shape[1], weight.shape[0])
        self.linear.weight.data.copy_(weight * factor * used)
        self.linear.bias.data.copy_(bias)

    def forward(self, x: Tensor) -> Tensor:
        """The linear map of [..., channels]."""
        mapped: Tensor = self.linear(x * self.get_buffer("inverse"))
        return mapped


class SmoothedApart(nn.Module):
    """The same, with the channels of the largest inputs apart in fp32: they would set the scale of all."""

    def __init__(self, weight: Tensor, bias: Tensor, largest: Tensor) -> None:
        super().__init__()
        apart = largest.topk(_APART).indices.sort().values
        self.register_buffer("channels", apart)
        self.apart = nn.Linear(_APART, weight.shape[0], bias=False)
        self.apart.weight.data.copy_(weight[:, apart])
        self.rest = Smoothed(weight, bias, largest.index_fill(0, apart, 0))

    def forward(self, x: Tensor) -> Tensor:
        """The linear map of [..., channels]."""
        apart: Tensor = self.apart(x.index_select(-1, self.get_buffer("channels")))
        mapped: Tensor = self.rest(x) + apart
        return mapped


class ExportedLayer(nn.Module):
    """A layer as it runs; the last one reads everything but computes only the words that are asked for."""

    def __init__(self, layer: Layer, ranges: Ranges, prefix: str) -> None:
        super().__init__()

        def smoothed(name: str, rows: slice = slice(None)) -> Smoothed:
            linear = getattr(layer, name)
            return Smoothed(linear.weight.detach()[rows], linear.bias.detach()[rows], ranges[f"{prefix}.{name}"])

        self.heads = layer.heads
        self.query = smoothed("qkv", slice(0, layer.heads * HEAD_WIDTH))
        self.key_value = smoothed("qkv", slice(layer.heads * HEAD_WIDTH, None))
        self.out, self.inner = smoothed("out"), smoothed("inner")
        # GELU lets single channels grow far beyond the others: most of the loss of int8 was here.
        outer = layer.outer
        self.outer = SmoothedApart(outer.weight.detach(), outer.bias.detach(), ranges[f"{prefix}.outer"])
        self.norm1, self.norm2 = layer.norm1, layer.norm2

    def forward(self, x: Tensor, kept: Tensor) -> Tensor:
        """x: [1, T, WIDTH]; kept: [1, W, WIDTH], the rows of x that go on."""
        query = self.query(kept).view(1, -1, self.heads, HEAD_WIDTH).transpose(1, 2)
        key_value = self.key_value(x).view(1, -1, 2, self.heads, HEAD_WIDTH).permute(2, 0, 3, 1, 4)
        mixed = functional.scaled_dot_product_attention(query, key_value[0], key_value[1])
        kept = self.norm1(kept + self.out(mixed.transpose(1, 2).reshape(1, -1, self.heads * HEAD_WIDTH)))
        return self.norm2(kept + self.outer(functional.gelu(self.inner(kept))))


class Exported(nn.Module):
    """The network as it runs: PolNeAR's guideline folded into the positions, outputs in a fixed order."""

    def __init__(self, network: Network, ranges: Ranges, *, byte_embedding: bool) -> None:
        super().__init__()
        self.positions = nn.Parameter((network.positions.weight + network.guidelines.weight[0]).detach())
        self.pieces = ByteEmbedding(network.pieces.weight.detach()) if byte_embedding else network.pieces
        self.shapes, self.states, self.norm = network.shapes, network.states, network.norm
        self.layers = nn.ModuleList(
            [ExportedLayer(layer, ranges, f"layers.{i}") for i, layer in enumerate(network.layers)]  # type: ignore[arg-type]
        )
        self.heads = nn.ModuleList([getattr(network, name) for name in OUTPUTS])

    def forward(self, pieces: Tensor, shapes: Tensor, states: Tensor, firsts: Tensor) -> tuple[Tensor, ...]:
        """Heads of the positions `firsts`, [W], of a window, [T]."""
        x = self.pieces(pieces) + self.positions[: pieces.shape[0]] + self.shapes(shapes) + self.states(states)
        # A first dimension of 1 has linear maps exported as MatMul and Add, which `quantise` knows.
        x = self.norm(x)[None]
        for layer in self.layers[:-1]:
            x = layer(x, x)
        x = self.layers[-1](x, x[:, firsts])
        return tuple(head(x)[0] for head in self.heads)


def load_network(weights: Path) -> Network:
    """The network with averaged weights of training, in fp32."""
    state = load_state(weights)
    network = Network(sizes=Sizes.of(state))
    network.load_state_dict(state)
    return network.eval()


def activation_ranges(network: Network, reader: WordReader, texts: Sequence[str]) -> Ranges:
    """The largest absolute input of each channel of the layers' linear maps, over some texts."""
    ranges: Ranges = {}

    def watch(name: str, module: nn.Module) -> torch.utils.hooks.RemovableHandle:
        def note(_: nn.Module, inputs: tuple[Tensor, ...]) -> None:
            largest = inputs[0].abs().flatten(0, 1).amax(dim=0)
            ranges[name] = torch.maximum(ranges.get(name, largest), largest)

        return module.register_forward_pre_hook(note)

    names = [f"layers.{i}.{part}" for i in range(LAYERS) for part in ("qkv", "out", "inner", "outer")]
    hooks = [watch(name, network.get_submodule(name)) for name in names]
    with torch.no_grad():
        for words, window in _windows(reader, texts):
            batch = make_batch(reader, [(words, window)])
            arrays = (batch.pieces, batch.shapes, batch.states, batch.attended)
            pieces, shapes, states, attended = map(torch.from_numpy, arrays)
            network.encode(pieces, shapes, states, attended, torch.zeros(1, dtype=torch.int64))
    for hook in hooks:
        hook.remove()
    return ranges


def _windows(reader: WordReader, texts: Sequence[str]) -> Iterator[tuple[Words, Window]]:
    for text in texts:
        words = reader.read(text)
        yield from ((words, window) for window in plan_windows(words))


def write_graph(network: Network, ranges: Ranges, path: Path, *, byte_embedding: bool) -> None:
    """Traces the network into an ONNX file with free length and number of words."""
    example = tuple(torch.ones(16 if name != "firsts" else 9, dtype=torch.int64) for name in INPUTS)
    axes = {name: {0: "words" if name in ("firsts", *OUTPUTS) else "length"} for name in (*INPUTS, *OUTPUTS)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracing exporter is deprecated, but its graph is the leaner one
        torch.onnx.export(
            Exported(network, ranges, byte_embedding=byte_embedding).eval(),
            example,
            str(path),
            input_names=list(INPUTS),
            output_names=list(OUTPUTS),
            dynamic_axes=axes,
            opset_version=_OPSET,
            dynamo=False,
        )


def quantise(source: Path, target: Path, *, reduce_range: bool = True) -> None:
    """Encoder matrices to int8, a scale for each output channel.

    With `reduce_range` weights take 7 bits: on x86 without VNNI the products of unsigned and signed bytes
    would saturate otherwise.
    """
    nodes = onnx.load(source).graph.node
    heads = [n.name for n in nodes if n.op_type == "MatMul" and "linear" not in n.name]
    quantize_dynamic(
        source,
        target,
        op_types_to_quantize=["MatMul"],
        nodes_to_exclude=heads,
        per_channel=True,
        reduce_range=reduce_range,
        weight_type=QuantType.QInt8,
    )


def main() -> None:
    """Runs the command that the module's docstring describes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True, help="folder of vocab.txt")
    parser.add_argument("--corpus", type=Path, required=True, help="its held-out articles give activation ranges")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    network = load_network(args.weights)
    texts = [d["text"] for d in load_gold(args.corpus, held_out=True)[:8]]
    ranges = activation_ranges(network, WordReader(args.base / "vocab.txt"), texts)
    write_graph(network, ranges, args.out / "float.onnx", byte_embedding=False)
    write_graph(network, ranges, args.out / "bytes.onnx", byte_embedding=True)
    quantise(args.out / "bytes.onnx", args.out / "quantised.onnx")
    streamline(args.out / "quantised.onnx", args.out / "model.onnx")
    for name in ("bytes.onnx", "quantised.onnx"):
        (args.out / name).unlink()
    shutil.copyfile(args.base / "vocab.txt", args.out / "vocabulary.txt")
    size = (args.out / "model.onnx").stat().st_size
    print(f"{args.out / 'model.onnx'}: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
