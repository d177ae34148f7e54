"""The second shipped model: what a statement says as vectors, and how surely two statements make the same claim.

It shares the vocabulary of `quotes.encoder`'s model and comes in three graphs: the lower half of an encoder, and its
upper half twice. One upper half reads a statement by itself and gives vectors, by which candidates are found among very
many. The other reads two together and gives one number, by which few candidates are decided (`training/README.md`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import onnxruntime

from quotes.words import WordReader

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy.typing as npt

    from quotes.words import FloatArray

VECTOR = 384
"""The width of every vector."""

LONGEST = 96
"""Pieces of a statement that are read, about 70 words."""

#: The vocabulary begins with marks and letters; from "the" on, pieces stand in the order of how common they are.
_FIRST_WORD = 1996
_LEAST_RARITY = 0.15


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement as the model reads it.

    vector: [VECTOR], of length 1. pieces: [T, VECTOR], one for each piece in its context, of length 1. rarity: [T],
    what each piece counts for, more for a rare one.
    """

    vector: FloatArray
    pieces: FloatArray
    rarity: FloatArray


class SentenceEncoder:
    """The graphs of a folder and the vocabulary of another; a session each, made once.

    Each statement and each pair is a run of its own, so that its answer hangs on nothing else (see `quotes.encoder`).
    """

    def __init__(self, folder: Path, vocabulary: Path, *, threads: int = 1) -> None:
        """`threads` are those of one operation."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self._lower, self._single, self._pairs = (
            onnxruntime.InferenceSession(str(folder / f"{name}.onnx"), options, providers=["CPUExecutionProvider"])
            for name in ("lower", "single", "pairs")
        )
        self._reader = WordReader(vocabulary)

    def read(self, text: str) -> Statement:
        """A statement's vectors."""
        feed = inputs(self._reader, text)
        (lower,) = self._lower.run(None, feed)
        vector, pieces = self._single.run(["vector", "pieces"], {"lower": lower})
        own = feed["pieces"][0, 1:-1]
        rarity = np.log(np.maximum(own, 1) / _FIRST_WORD) / np.log(len(self._reader) / _FIRST_WORD)
        return Statement(vector[0], pieces[0, 1:-1], np.maximum(rarity, _LEAST_RARITY).astype(np.float32))

    def vectors(self, texts: Sequence[str]) -> FloatArray:
        """[N, VECTOR], the vector of each text."""
        found = np.zeros((len(texts), VECTOR), dtype=np.float32)
        for row, text in enumerate(texts):
            (lower,) = self._lower.run(None, inputs(self._reader, text))
            (vector,) = self._single.run(["vector"], {"lower": lower})
            found[row] = vector[0]
        return found

    def logit(self, a: str, b: str) -> float:
        """The mean of both orders' logits, so that the order does not matter."""
        return (self.logit_in_order(a, b) + self.logit_in_order(b, a)) / 2

    def logit_in_order(self, a: str, b: str) -> float:
        """The logit of one order, which is half the work."""
        (lower,) = self._lower.run(None, inputs(self._reader, a, b))
        (logit,) = self._pairs.run(None, {"lower": lower})
        return float(logit[0])


def inputs(reader: WordReader, a: str, b: str | None = None) -> dict[str, npt.NDArray[np.int64]]:
    """The lower graph's inputs, [1, T] each: [CLS] a [SEP], and after it b [SEP], whose `sides` are 1."""
    first = [reader.cls, *reader.pieces(a, LONGEST), reader.sep]
    second = [] if b is None else [*reader.pieces(b, LONGEST), reader.sep]
    return {
        "pieces": np.array([first + second], dtype=np.int64),
        "sides": np.array([[0] * len(first) + [1] * len(second)], dtype=np.int64),
    }


def covered(a: Statement, b: Statement) -> tuple[float, float]:
    """How much of a's pieces b holds, and a of b's; each against its most alike, as in BERTScore, rare ones first."""
    if not len(a.pieces) or not len(b.pieces):
        return 0.0, 0.0
    alike = a.pieces @ b.pieces.T
    ours = float(alike.max(axis=1) @ a.rarity / a.rarity.sum())
    theirs = float(alike.max(axis=0) @ b.rarity / b.rarity.sum())
    return ours, theirs
