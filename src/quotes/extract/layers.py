"""What else the model's reading of a text holds: names, parts of speech and sentence starts."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

from quotes.encoder import NAMES, POS
from quotes.extract.paths import spans_of, viterbi

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.encoder import Reading
    from quotes.words import IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Layers:
    """A text's further layers, told of the model's words.

    spans: [N, 2] half-open character offsets of the words. names: character offsets and type, PERSON, ORGANIZATION or
    LOCATION, in the order of the text. parts_of_speech: the coarse (universal) one of each word. sentence_starts:
    numbers of the words that begin a sentence, in order.
    """

    spans: IntArray
    names: list[tuple[int, int, str]]
    parts_of_speech: list[str]
    sentence_starts: list[int]


def layers_of(reading: Reading) -> Layers:
    """All layers of a reading; empty ones for a text without words."""
    return Layers(reading.words.spans, names(reading), parts_of_speech(reading), sentence_starts(reading))


def joined(parts: Sequence[Layers]) -> Layers:
    """The layers of a text whose parts were read one after the other."""
    first_words = accumulate((len(part.spans) for part in parts), initial=0)
    return Layers(
        np.concatenate([np.zeros((0, 2), dtype=np.int32), *(part.spans for part in parts)]),
        [name for part in parts for name in part.names],
        [pos for part in parts for pos in part.parts_of_speech],
        [first + start for first, part in zip(first_words, parts, strict=False) for start in part.sentence_starts],
    )


def names(reading: Reading) -> list[tuple[int, int, str]]:
    """Names in the order of the text: character offsets and PERSON, ORGANIZATION or LOCATION."""
    if not len(reading.words):
        return []
    tags = viterbi(reading.names, reading.words.paragraphs, NAMES)
    spans = reading.words.spans
    found = [
        (int(spans[start, 0]), int(spans[end - 1, 1]), name.removeprefix("B-"))
        for first, name in enumerate(NAMES)
        if name.startswith("B-")
        for start, end in spans_of(tags, first)
    ]
    return sorted(found)


def parts_of_speech(reading: Reading) -> list[str]:
    """The coarse (universal) part of speech of each word."""
    return [POS[i] for i in reading.pos.argmax(axis=1)]


def sentence_starts(reading: Reading) -> list[int]:
    """Numbers of the words that begin a sentence; a paragraph's first word always does."""
    first = np.diff(reading.words.paragraphs, prepend=-1) > 0
    starts: list[int] = np.flatnonzero(first | (reading.sentences > 0)).tolist()
    return starts
