"""The shipped model: windows of words, and one ONNX session over them.

The words of a text (`quotes.words`) become windows of whole paragraphs, and the session turns windows into a
`Reading`: per word the logits of its role and of the further heads, and the vectors from which
`quotes.extract.decoding` computes pointers. Training uses the same functions up to the windows, so
that what the model sees in training and at run time cannot differ.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime

from quotes.words import OUTSIDE, SPECIAL, FloatArray, IntArray, WordReader, Words

TAGS = ("O", "B-SOURCE", "I-SOURCE", "B-CUE", "I-CUE", "B-CONTENT", "I-CONTENT")
NAMES = ("O", "B-PERSON", "I-PERSON", "B-ORGANIZATION", "I-ORGANIZATION", "B-LOCATION", "I-LOCATION")
POS = (
    *("ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM"),
    *("PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X"),
)

#: Width of one pointer vector; a word has four of them, see `Reading.vectors`.
POINTER_WIDTH = 32
CONTENT_QUERY, CUE_KEY, CUE_QUERY, SOURCE_KEY = range(4)

#: What the graph says of a word, in the order of `Reading`.
OUTPUTS = ("tags", "names", "pos", "sentences", "vectors")

#: Pieces in a window, [CLS] and [SEP]s included: the length that the model was trained at.
WINDOW = 256
#: Windows in a part of a text, some 10,000 words: the vectors of a word take two kilobytes.
PART = 64
#: Pieces before a window that are read again, so that its first words have a left context. None: with 64
#: it was slower by a third and worse by 0.8 (content_match) on held-out articles.
CONTEXT = 0


@dataclass(frozen=True, slots=True)
class Window:
    """Words `start` to `end` (half-open) read in one go, after those from `context` on for context."""

    context: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What the model says of a text, one row a word.

    tags, names, pos: logits over TAGS, NAMES, POS. sentences: [N] logit of beginning a sentence.
    vectors: [N, 4, POINTER_WIDTH], the word as content (query), as cue (key), as cue (query) and as
    source (key). nulls: [windows, 2, POINTER_WIDTH] keys of "no cue" and "no source"; windows: [N] the
    window that a word was read in, bounds: [windows, 2] the words that the window saw, context included.
    """

    words: Words
    tags: FloatArray
    names: FloatArray
    pos: FloatArray
    sentences: FloatArray
    vectors: FloatArray
    nulls: FloatArray
    windows: IntArray
    bounds: IntArray


def plan_windows(words: Words, limit: int = WINDOW, context: int = CONTEXT) -> list[Window]:
    """Packs whole paragraphs into windows of at most `limit` pieces, [CLS] and [SEP]s included.

    A paragraph that is longer than a window is cut after its last stop that fits, or where the window
    ends. Up to `context` pieces before a window are read with it. Every word starts in exactly one window.
    """
    if not len(words):
        return []
    # One [SEP] a paragraph: cost[j] - cost[i] is what words i to j take up, give or take the last [SEP].
    cost = words.piece_starts[:-1] + words.paragraphs
    total = int(words.piece_starts[-1] + words.paragraphs[-1])
    ends = np.append(np.flatnonzero(np.diff(words.paragraphs)) + 1, len(words))
    stops = np.flatnonzero(words.stops) + 1
    windows: list[Window] = []
    start = 0
    while start < len(words):
        left = int(np.searchsorted(cost, cost[start] - context)) if context else start
        reach = int(cost[left]) + limit - 2
        if total <= reach:
            end = len(words)
        else:
            # The first word that does not fit whole; every word before it does.
            fit = int(np.searchsorted(cost, reach, side="right")) - 1
            paragraph_end = ends[np.searchsorted(ends, fit, side="right") - 1] if fit >= ends[0] else 0
            stop = stops[np.searchsorted(stops, fit, side="right") - 1] if len(stops) and fit >= stops[0] else 0
            if paragraph_end > start:
                end = int(paragraph_end)
            elif stop > start + (fit - start) // 4:
                end = int(stop)
            else:
                end = max(fit, start + 1)
        windows.append(Window(left, start, end))
        start = end
    return windows


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows as the model takes them: [B, T] arrays, padded at the end.

    pieces: WordPiece ids; shapes, states: as in `Words`, for each piece of the word; attended: 1 for what
    is no padding. firsts: for each window, where in T the first piece of each of its words stands.
    """

    pieces: npt.NDArray[np.int64]
    shapes: npt.NDArray[np.int64]
    states: npt.NDArray[np.int64]
    attended: npt.NDArray[np.int64]
    firsts: list[IntArray]


def make_batch(reader: WordReader, windows: Sequence[tuple[Words, Window]]) -> Batch:
    """Lays out windows: [CLS], then the words, with [SEP] after each paragraph."""
    rows = [_row(reader, words, window) for words, window in windows]
    width = max(len(pieces) for pieces, *_ in rows)
    pieces, shapes, states, attended = np.zeros((4, len(rows), width), dtype=np.int64)
    pieces += reader.pad
    for i, row in enumerate(rows):
        n = len(row[0])
        pieces[i, :n], shapes[i, :n], states[i, :n], attended[i, :n] = row[0], row[1], row[2], 1
    return Batch(pieces, shapes, states, attended, [row[3] for row in rows])


def _row(reader: WordReader, words: Words, window: Window) -> tuple[IntArray, IntArray, IntArray, IntArray]:
    """Pieces, shapes and states of a window, and where the first piece of each of its words stands."""
    a, b = window.context, window.end
    first, last = words.piece_starts[a], words.piece_starts[b]
    # [CLS] stands before the first piece, and a [SEP] after each paragraph
    ahead = words.paragraphs[a:b] - words.paragraphs[a] + 1
    owners = np.repeat(np.arange(a, b), np.diff(words.piece_starts[a : b + 1]))
    at = np.arange(last - first) + ahead[owners - a]
    row = np.full((3, at[-1] + 2), [[reader.sep], [SPECIAL], [OUTSIDE]], dtype=np.int32)
    row[0, 0] = reader.cls
    row[:, at] = words.pieces[first:last], words.shapes[owners], words.states[owners]
    return row[0], row[1], row[2], words.piece_starts[a:b] - first + ahead


class Encoder:
    """The model of a folder that holds the graph and vocabulary.txt; one session, made once.

    Each window is a run of its own, and the graph takes one without a dimension for batches. It is the fastest way
    on a CPU, since a window's activations stay in the cache where a batch's do not. And as the graph scales its
    activations by the largest of a run, no reading hangs on what else is read: neither on the texts beside it nor
    on how they are shared out among processes.
    """

    def __init__(self, folder: Path, *, threads: int = 0, graph: str = "model.onnx") -> None:
        """`threads` are those of one operation; 0 leaves it to onnxruntime (one a core)."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        # The graph is written with the operations that are fastest; one more that onnxruntime would fuse is slower.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
        self._session = onnxruntime.InferenceSession(str(folder / graph), options, providers=["CPUExecutionProvider"])
        self.reader = WordReader(folder / "vocabulary.txt")

    def read(self, texts: Iterable[str]) -> Iterator[Reading]:
        """A reading for each text, in the order given, each text taken when its reading is asked for."""
        for text in texts:
            words = self.reader.read(text)
            yield self._read(words, plan_windows(words))

    def read_parts(self, text: str) -> Iterator[Reading]:
        """The reading of a text of any length in parts of at most PART windows, so that no more is ever held.

        What a word's window says of it is the same as in one reading of the whole. A text without words has no part.
        """
        words = self.reader.read(text)
        windows = plan_windows(words)
        for first in range(0, len(windows), PART):
            part = windows[first : first + PART]
            start = part[0].context
            moved = [Window(w.context - start, w.start - start, w.end - start) for w in part]
            yield self._read(words.part(start, part[-1].end), moved)

    def _read(self, words: Words, windows: list[Window]) -> Reading:
        reading = _blank_reading(words, windows)
        for index, window in enumerate(windows):
            batch = make_batch(self.reader, [(words, window)])
            feed = {
                "pieces": batch.pieces[0],
                "shapes": batch.shapes[0],
                "states": batch.states[0],
                "firsts": _own_places(batch.firsts[0], window),
            }
            _fill(reading, index, window, self._session.run(OUTPUTS, feed))
        return reading


def _blank_reading(words: Words, windows: list[Window]) -> Reading:
    """A reading to be filled."""
    n, k = len(words), len(windows)
    return Reading(
        words=words,
        tags=np.zeros((n, len(TAGS)), dtype=np.float32),
        names=np.zeros((n, len(NAMES)), dtype=np.float32),
        pos=np.zeros((n, len(POS)), dtype=np.float32),
        sentences=np.zeros(n, dtype=np.float32),
        vectors=np.zeros((n, 4, POINTER_WIDTH), dtype=np.float32),
        nulls=np.zeros((k, 2, POINTER_WIDTH), dtype=np.float32),
        windows=np.repeat(np.arange(k, dtype=np.int32), [w.end - w.start for w in windows]),
        bounds=np.array([(w.context, w.end) for w in windows], dtype=np.int32).reshape(-1, 2),
    )


def _own_places(firsts: IntArray, window: Window) -> npt.NDArray[np.int64]:
    """[1 + W] places to compute: [CLS], then the first pieces of the words that the window owns."""
    return np.concatenate(([0], firsts[window.start - window.context :])).astype(np.int64)


def _fill(reading: Reading, index: int, window: Window, outputs: list[Any]) -> None:
    """Copies what the session said of one window to the words that the window owns."""
    tags, names, pos, sentences, vectors = outputs
    own, at = slice(window.start, window.end), slice(1, 1 + window.end - window.start)
    reading.tags[own], reading.names[own], reading.pos[own] = tags[at], names[at], pos[at]
    reading.sentences[own] = sentences[at, 0]
    split = vectors.reshape(-1, 4, POINTER_WIDTH)
    reading.vectors[own] = split[at]
    reading.nulls[index] = split[0, [CUE_KEY, SOURCE_KEY]]
