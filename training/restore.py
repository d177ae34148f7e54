"""From the shipped graph back to weights that training goes on from.

`python -m training.restore GRAPH.onnx --out W.safetensors`. Weights come back as int8 holds them; the shipped
graph's own form stays, in which values are scaled and the feed-forward part is in another order, to the same effect.
What the graph has no use for begins anew: the heads for dependencies, and the embeddings of other guidelines.
"""

import argparse
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import numpy_helper
from safetensors.torch import save_file
from torch import Tensor

from quotes.encoder import OUTPUTS
from training.model import HEAD_WIDTH, LAYERS, Network, Sizes

_HEADS = tuple(name for name in OUTPUTS if name != "vectors")


def restore(graph: Path, seed: int = 1) -> Network:
    """The network of a graph."""
    torch.manual_seed(seed)
    stored = {value.name: numpy_helper.to_array(value) for value in onnx.load(graph).graph.initializer}
    layers = [f"layers.{i}" for i in range(LAYERS)]
    heads = tuple(len(stored[f"{layer}.query.bias"]) // HEAD_WIDTH for layer in layers)
    network = Network(sizes=Sizes(heads, tuple(len(stored[f"{layer}.inner.bias"]) for layer in layers)))
    # PolNeAR's guideline is part of the graph's positions
    own = {"positions.weight": _tensor(stored["positions"]), "guidelines.weight": network.guidelines.weight.detach()}
    own["guidelines.weight"][0] = 0
    own["pieces.weight"] = _tensor(stored["pieces.rows"]) * _tensor(stored["pieces.scale"])
    for layer in layers:
        attended = [_linear(stored, f"{layer}.{name}", f"{layer}.input") for name in ("query", "key", "value")]
        rest, bias = _linear(stored, f"{layer}.rest", f"{layer}.rest")
        apart = _tensor(stored[f"{layer}.apart"])
        rest[:, : len(apart)] += apart.T
        linear = {
            "qkv": (torch.cat([weight for weight, _ in attended]), torch.cat([bias for _, bias in attended])),
            "out": _linear(stored, f"{layer}.out"),
            "inner": _linear(stored, f"{layer}.inner", f"{layer}.inner"),
            "outer": (rest, bias),
        }
        for name, (weight, bias) in linear.items():
            own |= {f"{layer}.{name}.weight": weight, f"{layer}.{name}.bias": bias}
    norms = ["norm", *(f"{layer}.{name}" for layer in layers for name in ("norm1", "norm2"))]
    plain = [f"{name}.{kind}" for name in norms for kind in ("weight", "bias")]
    own |= {name: _tensor(stored[name]) for name in [*plain, "shapes.weight", "states.weight"]}
    own |= {f"{name}.weight": _tensor(stored[f"{name}.weight"]).T for name in _HEADS}
    own |= {f"{name}.bias": _tensor(stored[f"{name}.bias"]) for name in _HEADS}
    own["vectors.weight"], own["vectors.bias"] = _linear(stored, "vectors")
    network.load_state_dict({**network.state_dict(), **own})
    return network


def _linear(stored: dict[str, npt.NDArray[np.generic]], name: str, smoothing: str = "") -> tuple[Tensor, Tensor]:
    """Weight, [out, in], and bias of a map in int8, with the factors of its input if it has any."""
    weight = _tensor(stored[f"{name}.weight"]) * _tensor(stored[f"{name}.scale"])
    if smoothing:
        weight *= _tensor(stored[f"{smoothing}.smoothing"])[:, None]
    return weight.T, _tensor(stored[f"{name}.bias"])


def _tensor(values: npt.NDArray[np.generic]) -> Tensor:
    return torch.from_numpy(np.array(values, dtype=np.float32))


def main() -> None:
    """Runs the command that the module's docstring describes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("graph", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    network = restore(args.graph)
    save_file({name: value.contiguous() for name, value in network.state_dict().items()}, args.out)


if __name__ == "__main__":
    main()
