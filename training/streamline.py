"""From the exported graph in int8 to the one that is shipped: the same network in the operations that run fastest.

`python -m training.streamline SOURCE.onnx TARGET.onnx`. What changes beside the operations' names:

- One window a run, without a dimension for batches: nothing is padded, so nothing is masked, and onnxruntime's
  attention takes its faster way (MultiHeadAttention without a mask).
- Queries are smoothed by the factors of keys and values, so that a layer's input is made int8 once and not twice.
- What smooths the input of a layer's output map is part of the values that it is a mean of.
- The channels of the feed-forward part that stay in fp32 stand first, and are cut off and not gathered.
- GELU by its tanh form: at most 0.0005 off, where a step of int8 is 0.01 and more.
- Pointer vectors are computed in int8.

Addition and norm stay apart: onnxruntime's fused SkipLayerNormalization takes twice as long as the two (1.31, x86).
"""

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from quotes.encoder import OUTPUTS

WIDTH, LAYERS, HEAD_WIDTH = 384, 6, 32
INPUTS = ("pieces", "shapes", "states", "firsts")
_OPSET = 17
_EPSILON = 1e-12
_LARGEST = 64
"""Weights take 7 bits: see `training.export.quantise`."""
_MICROSOFT = "com.microsoft"
_FLOAT = TensorProto.FLOAT

Array = npt.NDArray[np.float32]
Value = str
"""A value of the graph, by its name."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """A linear map in int8 of an input that is multiplied, channel by channel, by `smoothing` first.

    weight: [in, out]; scale, bias: [out]; smoothing: [in].
    """

    weight: npt.NDArray[np.int8]
    scale: Array
    bias: Array
    smoothing: Array

    def columns(self, start: int, end: int) -> "Matrix":
        """The map to some of the outputs."""
        part = slice(start, end)
        return Matrix(self.weight[:, part], self.scale[part], self.bias[part], self.smoothing)

    def scaled(self, factor: Array) -> "Matrix":
        """The map whose outputs are larger by a factor each."""
        return replace(self, scale=self.scale * factor, bias=self.bias * factor)

    def smoothed(self, smoothing: Array) -> "Matrix":
        """The same map with other factors for its input."""
        weight = self.weight * self.scale * (self.smoothing / smoothing)[:, None]
        return Matrix(*quantised(weight), self.bias, smoothing)


def quantised(weight: Array) -> tuple[npt.NDArray[np.int8], Array]:
    """A matrix, [in, out], in 7 bits with a scale for each column."""
    scale = (np.abs(weight).max(axis=0) / _LARGEST).astype(np.float32)
    return np.rint(weight / scale).astype(np.int8), scale


class Weights:
    """What an exported graph holds, by the names of the modules of `training.export`."""

    def __init__(self, path: Path) -> None:
        graph = onnx.load(path).graph
        self._values = {value.name: numpy_helper.to_array(value) for value in graph.initializer}
        # Of parameters that are alike, the exporter keeps one.
        alike = [node for node in graph.node if node.op_type == "Identity" and node.input[0] in self._values]
        self._values |= {node.output[0]: self._values[node.input[0]] for node in alike}
        self._inputs = {node.name: list(node.input) for node in graph.node}

    def value(self, name: str) -> npt.NDArray[np.generic]:
        """A parameter or buffer."""
        return self._values[name]

    def floats(self, module: str) -> Array:
        """The matrix in fp32 of a linear map."""
        return self._values[self._inputs[f"{_scope(module)}/MatMul"][1]].astype(np.float32)

    def matrix(self, module: str) -> Matrix:
        """A `Smoothed` linear map."""
        name = self._inputs[f"{_scope(module)}/linear/MatMul_quant"][1]
        scale = self._values[name.removesuffix("_quantized") + "_scale"]
        bias, smoothing = self._values[f"{module}.linear.bias"], self._values[f"{module}.inverse"]
        return Matrix(self._values[name], scale, bias, smoothing)


def _scope(module: str) -> str:
    """A module's name as the exporter writes it in those of its nodes: "/layers.0/outer/rest"."""
    return "/" + re.sub(r"\.(?!\d)", "/", module)


class Graph:
    """A graph that is being written: each method adds an operation and gives the name of its value."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def constant(self, name: str, value: npt.NDArray[np.generic]) -> Value:
        """A value that is the same in every run."""
        self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def add(self, kind: str, inputs: Sequence[Value], *, outputs: int = 1, **attributes: object) -> list[Value]:
        """An operation of several outputs."""
        domain = "" if onnx.defs.has(kind, domain="") and kind != "Gelu" else _MICROSOFT
        names = [f"{kind}_{len(self.nodes)}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, inputs, names, name=names[0], domain=domain, **attributes))
        return names

    def one(self, kind: str, *inputs: Value, **attributes: object) -> Value:
        """An operation of one output."""
        return self.add(kind, inputs, **attributes)[0]

    def norm(self, x: Value, name: str, weights: Weights) -> Value:
        """The layer norm of that name."""
        parts = [self.constant(part, weights.value(part)) for part in (f"{name}.weight", f"{name}.bias")]
        return self.one("LayerNormalization", x, *parts, axis=-1, epsilon=_EPSILON)

    def smoothed(self, x: Value, name: str, factors: Array) -> Value:
        """x times a factor for each channel."""
        return self.one("Mul", x, self.constant(f"{name}.smoothing", factors))

    def linear(self, x: Value, name: str, matrix: Matrix) -> Value:
        """The map of a smoothed x, which is made int8 by its own range."""
        weight, scale, zero, bias = self._parts(name, matrix)
        return self.one("DynamicQuantizeMatMul", x, weight, scale, zero, bias)

    def linear_of_bytes(self, x: Sequence[Value], name: str, matrix: Matrix) -> Value:
        """The map of what DynamicQuantizeLinear made of a smoothed x: bytes, their scale, and their zero."""
        weight, scale, zero, bias = self._parts(name, matrix)
        return self.one("MatMulIntegerToFloat", x[0], weight, x[1], scale, x[2], zero, bias)

    def _parts(self, name: str, matrix: Matrix) -> list[Value]:
        zero = np.zeros(matrix.weight.shape[1], dtype=np.int8)
        parts = {"weight": matrix.weight, "scale": matrix.scale, "zero": zero, "bias": matrix.bias}
        return [self.constant(f"{name}.{part}", value) for part, value in parts.items()]


def _embedded(graph: Graph, weights: Weights) -> Value:
    """[length, WIDTH]: the sum of the embeddings, normed."""

    def rows(name: str, index: Value) -> Value:
        return graph.one("Gather", graph.constant(name, weights.value(name)), index)

    zero = graph.constant("zero", np.array([0]))
    positions = graph.constant("positions", weights.value("positions"))
    x = graph.one("Mul", graph.one("Cast", rows("pieces.rows", "pieces"), to=_FLOAT), rows("pieces.scale", "pieces"))
    x = graph.one("Add", x, graph.one("Slice", positions, zero, graph.one("Shape", "pieces"), zero))
    for name in ("shapes", "states"):
        x = graph.one("Add", x, rows(f"{name}.weight", name))
    return graph.norm(x, "norm", weights)


def _attended(graph: Graph, weights: Weights, layer: str, x: Value, kept: Value) -> Value:
    """What attention adds to `kept`, which is x or some of its rows."""
    key_value, out = weights.matrix(f"{layer}.key_value"), weights.matrix(f"{layer}.out")
    width = len(out.smoothing)
    key, value = key_value.columns(0, width), key_value.columns(width, 2 * width).scaled(out.smoothing)
    query = weights.matrix(f"{layer}.query").smoothed(key_value.smoothing)
    smoothed = graph.smoothed(x, f"{layer}.input", key_value.smoothing)
    read = graph.add("DynamicQuantizeLinear", [smoothed], outputs=3)
    if kept == x:
        asking = graph.linear_of_bytes(read, f"{layer}.query", query)
    else:
        asking = graph.linear(graph.smoothed(kept, f"{layer}.kept", query.smoothing), f"{layer}.query", query)
    found = [
        asking,
        graph.linear_of_bytes(read, f"{layer}.key", key),
        graph.linear_of_bytes(read, f"{layer}.value", value),
    ]
    one_window = graph.constant(f"{layer}.one_window", np.array([1, -1, width]))
    heads = [graph.one("Reshape", part, one_window) for part in found]
    mixed = graph.one("MultiHeadAttention", *heads, num_heads=width // HEAD_WIDTH)
    mixed = graph.one("Reshape", mixed, graph.constant(f"{layer}.rows", np.array([-1, width])))
    return graph.linear(mixed, f"{layer}.out", out)


def _fed_forward(graph: Graph, weights: Weights, layer: str, x: Value) -> Value:
    """What the feed-forward part adds to x."""
    channels = weights.value(f"{layer}.outer.channels").astype(np.int64)
    inner, rest = weights.matrix(f"{layer}.inner"), weights.matrix(f"{layer}.outer.rest")
    order = np.concatenate([channels, np.setdiff1d(np.arange(len(inner.bias)), channels)])
    inner = Matrix(inner.weight[:, order], inner.scale[order], inner.bias[order], inner.smoothing)
    smoothed = graph.smoothed(x, f"{layer}.inner", inner.smoothing)
    bent = graph.one("FastGelu", graph.linear(smoothed, f"{layer}.inner", inner))
    bounds = [graph.constant(name, np.array([n])) for name, n in (("zero", 0), ("apart", len(channels)), ("axis", 1))]
    apart = graph.constant(f"{layer}.apart", weights.floats(f"{layer}.outer.apart"))
    others = graph.smoothed(bent, f"{layer}.rest", rest.smoothing[order])
    mapped = graph.linear(others, f"{layer}.rest", replace(rest, weight=rest.weight[order]))
    return graph.one("Gemm", graph.one("Slice", bent, *bounds), apart, mapped)


def _heads(graph: Graph, weights: Weights, x: Value) -> None:
    """The outputs."""
    for i, name in enumerate(OUTPUTS):
        weight, bias = weights.floats(f"heads.{i}"), weights.value(f"heads.{i}.bias").astype(np.float32)
        if name == "vectors":
            graph.linear(x, name, Matrix(*quantised(weight), bias, np.ones(WIDTH, dtype=np.float32)))
        else:
            graph.one("Gemm", x, graph.constant(f"{name}.weight", weight), graph.constant(f"{name}.bias", bias))
        graph.nodes[-1].output[0] = name


def streamline(source: Path, target: Path) -> None:
    """Writes the shipped form of an exported graph."""
    weights, graph = Weights(source), Graph()
    x = _embedded(graph, weights)
    for i in range(LAYERS):
        layer = f"layers.{i}"
        kept = x if i < LAYERS - 1 else graph.one("Gather", x, "firsts")
        x = graph.norm(graph.one("Add", kept, _attended(graph, weights, layer, x, kept)), f"{layer}.norm1", weights)
        x = graph.norm(graph.one("Add", x, _fed_forward(graph, weights, layer, x)), f"{layer}.norm2", weights)
    _heads(graph, weights, x)
    lengths = {name: "words" if name == "firsts" else "length" for name in INPUTS}
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, [n]) for name, n in lengths.items()]
    outputs = [helper.make_tensor_value_info(name, _FLOAT, ["words", None]) for name in OUTPUTS]
    model = helper.make_model(
        helper.make_graph(graph.nodes, "quotes", inputs, outputs, list(graph.constants.values())),
        opset_imports=[helper.make_opsetid("", _OPSET), helper.make_opsetid(_MICROSOFT, 1)],
        ir_version=8,
    )
    onnx.save(model, target)


def main() -> None:
    """Runs the command that the module's docstring describes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    args = parser.parse_args()
    streamline(args.source, args.target)


if __name__ == "__main__":
    main()
