"""What else the model's reading holds: names, parts of speech and sentence starts."""

import numpy as np

from quotes.encoder import NAMES, POS, Reading
from quotes.extract.decoding import log_softmax, spans_of, viterbi


def names(reading: Reading) -> list[tuple[int, int, str]]:
    """Names in the order of the text: character offsets and PERSON, ORGANIZATION or LOCATION."""
    if not len(reading.words):
        return []
    tags = viterbi(log_softmax(reading.names), reading.words.paragraphs, NAMES)
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
    return np.flatnonzero(first | (reading.sentences > 0)).tolist()
