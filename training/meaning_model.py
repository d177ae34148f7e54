"""The network of `quotes.sentences`: MiniLM's encoder with its upper half twice, for single statements and for pairs.

The lower half and the upper half for single statements stay as the base has them; the copy for pairs is trained.
"""

from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from quotes.sentences import inputs
from quotes.words import WordReader
from training.model import LAYERS, POSITIONS, VOCABULARY, WIDTH, Dropout, Layer, Network

#: Layers that single statements and pairs share.
SHARED = 3
_EPSILON = 1e-12

Texts = tuple[str] | tuple[str, str]


class Lower(nn.Module):
    """Embeddings and the first layers."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.second = nn.Parameter(torch.zeros(WIDTH))
        self.norm = nn.LayerNorm(WIDTH, _EPSILON)
        self.layers = nn.ModuleList([Layer(0.0) for _ in range(SHARED)])

    def forward(self, pieces: Tensor, sides: Tensor, mask: Tensor) -> Tensor:
        """[B, T, WIDTH] states of [B, T] pieces; `sides` is 1 for those of a pair's second statement."""
        x = self.pieces(pieces) + self.positions(torch.arange(pieces.shape[1])) + sides[..., None] * self.second
        x = self.norm(x)
        for layer in self.layers:
            x = layer(x, mask)
        return x


class Pairs(nn.Module):
    """The upper half for pairs, with its head."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.layers = nn.ModuleList([Layer(dropout) for _ in range(LAYERS - SHARED)])
        self.dropout = Dropout(dropout)
        self.head = nn.Linear(WIDTH, WIDTH)
        self.logit = nn.Linear(WIDTH, 1)

    def forward(self, x: Tensor, attended: Tensor) -> Tensor:
        """[B] logits of [B, T, WIDTH] lower states; attended: [B, T]."""
        mask = mask_of(attended)
        for layer in self.layers:
            x = layer(x, mask)
        mean = (x * attended[..., None]).sum(dim=1) / attended.sum(dim=1, keepdim=True)
        logit: Tensor = self.logit(torch.tanh(self.head(self.dropout(mean))))
        return logit[:, 0]


class MeaningNetwork(nn.Module):
    """All three parts."""

    def __init__(self, dropout: float = 0.0) -> None:
        super().__init__()
        self.lower = Lower()
        self.single = nn.ModuleList([Layer(0.0) for _ in range(LAYERS - SHARED)])
        self.pairs = Pairs(dropout)

    def load_base(self, weights: Path) -> None:
        """Takes over a BERT checkpoint; the pairs' head stays as it is."""
        network = Network()
        network.load_base(weights)
        base, kinds = network.state_dict(), load_file(weights)["embeddings.token_type_embeddings.weight"]
        own = {f"lower.{name}": base[name] for name in base if name.split(".")[0] in ("pieces", "positions", "norm")}
        own["lower.second"] = kinds[1] - kinds[0]
        for name, value in base.items():
            part, _, rest = name.partition(".")
            if part == "layers":
                number, _, rest = rest.partition(".")
                above = int(number) - SHARED
                places = ("single", "pairs.layers") if above >= 0 else ("lower.layers",)
                own |= {f"{place}.{above if above >= 0 else number}.{rest}": value for place in places}
        self.load_state_dict({**self.state_dict(), **own})


def mask_of(attended: Tensor) -> Tensor:
    """What is added to the attention scores, [B, 1, 1, T]."""
    return (attended.float()[:, None, None, :] - 1.0) * 1e4


def make_batch(reader: WordReader, rows: Sequence[Texts]) -> tuple[Tensor, Tensor, Tensor]:
    """Pieces, sides and what is attended, [B, T] each, padded at the end."""
    feeds = [inputs(reader, *row) for row in rows]
    width = max(f["pieces"].shape[1] for f in feeds)
    pieces, sides, attended = (torch.zeros((len(rows), width), dtype=torch.int64) for _ in range(3))
    for i, one in enumerate(feeds):
        n = one["pieces"].shape[1]
        pieces[i, :n], sides[i, :n] = torch.from_numpy(one["pieces"][0]), torch.from_numpy(one["sides"][0])
        attended[i, :n] = 1
    return pieces, sides, attended
