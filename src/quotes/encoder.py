"""The shipped model: words with their features, windows, and one ONNX session over them.

A text becomes `Words` (the pre-tokens of BERT's uncased WordPiece, with letter shape and quotation
state), the words become windows of whole paragraphs, and the session turns windows into a `Reading`:
per word the logits of its role and of the further heads, and the vectors from which
`quotes.extract.decoding` computes pointers. Training uses the same functions up to the windows, so
that what the model sees in training and at run time cannot differ.

Texts are any sequence of Unicode scalar values; offsets count code points of the text as given.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

IntArray = npt.NDArray[np.int32]
ByteArray = npt.NDArray[np.uint8]
FloatArray = npt.NDArray[np.float32]

TAGS = ("O", "B-SOURCE", "I-SOURCE", "B-CUE", "I-CUE", "B-CONTENT", "I-CONTENT")
NAMES = ("O", "B-PERSON", "I-PERSON", "B-ORGANIZATION", "I-ORGANIZATION", "B-LOCATION", "I-LOCATION")
POS = (
    *("ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM"),
    *("PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X"),
)
SHAPES = ("lower", "title", "upper", "mixed", "digit", "punctuation", "single capital", "special")
STATES = ("outside", "inside", "open", "close", "unclosed", "single open", "single close")
LOWER, TITLE, UPPER, MIXED, DIGIT, PUNCTUATION, SINGLE_CAPITAL, SPECIAL = range(len(SHAPES))
OUTSIDE, INSIDE, OPEN, CLOSE, UNCLOSED, SINGLE_OPEN, SINGLE_CLOSE = range(len(STATES))

#: Width of one pointer vector; a word has four of them, see `Reading.vectors`.
POINTER_WIDTH = 128
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

_MAX_WORD = 100  # characters; a longer word is one unknown piece

_OPENING = frozenset("“«„")
_CLOSING = frozenset("”»")
_MARKS = _OPENING | _CLOSING | frozenset("\"'`‘’")
_STOPS = frozenset(".!?")
_LINE_END = re.compile("\n")


@dataclass(frozen=True, slots=True)
class Words:
    """A text as pre-tokens: one entry a word (or punctuation mark) in every array but the last two.

    spans: [N, 2] half-open offsets into the text. paragraphs: [N] running number of the line that the
    word stands in, counting only lines with words. shapes, states: [N] indices into SHAPES and STATES.
    stops: [N] whether the word is . ! or ?. pieces: [P] WordPiece ids of all words in a row;
    piece_starts: [N + 1] where each word's pieces begin in them.
    """

    spans: IntArray
    paragraphs: IntArray
    shapes: ByteArray
    states: ByteArray
    stops: npt.NDArray[np.bool_]
    pieces: IntArray
    piece_starts: IntArray

    def __len__(self) -> int:
        return len(self.spans)

    def part(self, start: int, end: int) -> "Words":
        """Words `start` to `end` (half-open), with their offsets into the whole text."""
        first, last = self.piece_starts[start], self.piece_starts[end]
        return Words(
            spans=self.spans[start:end],
            paragraphs=self.paragraphs[start:end],
            shapes=self.shapes[start:end],
            states=self.states[start:end],
            stops=self.stops[start:end],
            pieces=self.pieces[first:last],
            piece_starts=self.piece_starts[start : end + 1] - first,
        )


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


class WordReader:
    """Cuts texts into `Words` with the model's own vocabulary (a file with one piece a line)."""

    def __init__(self, vocabulary: Path) -> None:
        pieces = vocabulary.read_text(encoding="utf-8").splitlines()
        ids = {piece: i for i, piece in enumerate(pieces)}
        self.pad, self.cls, self.sep, self.mask = (ids[f"[{name}]"] for name in ("PAD", "CLS", "SEP", "MASK"))
        # Built from the vocabulary alone: with added tokens a text that says "[SEP]" would become one.
        self._tokenizer = Tokenizer(
            models.WordPiece(ids, unk_token="[UNK]", max_input_chars_per_word=_MAX_WORD)  # noqa: S106 - no password
        )
        self._tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
        self._tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()

    def __len__(self) -> int:
        """How many pieces the vocabulary has."""
        return int(self._tokenizer.get_vocab_size())

    def pieces(self, text: str, limit: int) -> list[int]:
        """The first `limit` WordPiece ids of `text`, without [CLS] and [SEP]."""
        ids: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids[:limit]
        return ids

    def pieces_of_all(self, texts: Sequence[str]) -> list[list[int]]:
        """All WordPiece ids of each text, sooner than one after the other."""
        return [found.ids for found in self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)]

    def read(self, text: str) -> Words:
        """The words of `text`; none for a text without any visible character."""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        pieces = np.array(encoding.ids, dtype=np.int32)
        offsets = np.fromiter(chain.from_iterable(encoding.offsets), dtype=np.int32).reshape(-1, 2)
        # No word goes over the end of a line, which is white space.
        begins = np.diff(np.array(encoding.word_ids, dtype=np.int32), prepend=-1) != 0
        piece_starts = np.append(np.flatnonzero(begins), len(pieces)).astype(np.int32)
        spans = np.stack((offsets[piece_starts[:-1], 0], offsets[piece_starts[1:] - 1, 1]), axis=1)
        bounds = spans.tolist()
        surfaces = [text[start:end] for start, end in bounds]
        line_ends = np.fromiter((match.start() for match in _LINE_END.finditer(text)), dtype=np.int32)
        lines = np.searchsorted(line_ends, spans[:, 0])
        paragraph_starts = np.flatnonzero(np.diff(lines, prepend=-1)).tolist()
        states: list[int] = []
        for first, last in pairwise([*paragraph_starts, len(surfaces)]):
            states += quotation_states(surfaces[first:last], bounds[first:last])
        return Words(
            spans=spans,
            paragraphs=np.repeat(
                np.arange(len(paragraph_starts), dtype=np.int32), np.diff([*paragraph_starts, len(surfaces)])
            ),
            shapes=np.array([shape(s) for s in surfaces], dtype=np.uint8),
            states=np.array(states, dtype=np.uint8),
            stops=np.array([s in _STOPS for s in surfaces], dtype=np.bool_),
            pieces=pieces,
            piece_starts=piece_starts,
        )


@lru_cache(maxsize=50_000)
def shape(word: str) -> int:
    """Index into SHAPES of a word's letters; the vocabulary is uncased and would not tell."""
    if not any(map(str.isalnum, word)):
        return PUNCTUATION
    if any(map(str.isdigit, word)):
        return DIGIT
    if word.isupper():
        return SINGLE_CAPITAL if len(word) == 1 else UPPER
    if word[0].isupper() and word[1:].islower():
        return TITLE
    return LOWER if word == word.lower() else MIXED


def quotation_states(words: Sequence[str], spans: Sequence[tuple[int, int]]) -> list[int]:
    """Index into STATES of each word of one paragraph, whose character offsets are `spans`.

    Straight double marks open and close in turn; two apostrophes or two grave accents in a row count
    as one double mark. A mark that is never closed makes the words after it UNCLOSED. A single mark
    opens before a letter and closes after one, if one is open; apostrophes inside words are neither.
    """
    if _MARKS.isdisjoint(words):
        return [OUTSIDE] * len(words)
    states: list[int] = []
    opened: int | None = None
    single = False
    i = 0
    while i < len(words):
        word = words[i]
        width = 2 if word in "'`" and words[i + 1 : i + 2] == [word] and spans[i][1] == spans[i + 1][0] else 1
        if word in _OPENING or ((word == '"' or width == 2) and opened is None):
            state, opened = OPEN, len(states) if opened is None else opened
        elif word in _CLOSING or word == '"' or width == 2:
            state, opened = CLOSE, None
        else:
            state = INSIDE if opened is not None else OUTSIDE
            if word in "'‘’":
                before = i > 0 and spans[i - 1][1] == spans[i][0] and words[i - 1][-1].isalnum()
                after = i + 1 < len(words) and spans[i + 1][0] == spans[i][1] and words[i + 1][0].isalnum()
                if not before and (after or word == "‘"):
                    state, single = SINGLE_OPEN, True
                elif single and not after and word != "‘":
                    state, single = SINGLE_CLOSE, False
        states += [state] * width
        i += width
    if opened is not None:
        states[opened + 1 :] = [UNCLOSED if s == INSIDE else s for s in states[opened + 1 :]]
    return states


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
    rows = []
    for words, window in windows:
        a, b = window.context, window.end
        first_piece, last_piece = words.piece_starts[a], words.piece_starts[b]
        owner = np.repeat(np.arange(a, b), np.diff(words.piece_starts[a : b + 1]))
        breaks = np.flatnonzero(np.diff(words.paragraphs[owner])) + 1
        at = np.concatenate(([0], breaks, [len(owner)]))
        specials = np.array([reader.cls] + [reader.sep] * (len(breaks) + 1))
        firsts = words.piece_starts[a:b] - first_piece + 1 + words.paragraphs[a:b] - words.paragraphs[a]
        rows.append(
            (
                np.insert(words.pieces[first_piece:last_piece], at, specials),
                np.insert(words.shapes[owner], at, SPECIAL),
                np.insert(words.states[owner], at, OUTSIDE),
                firsts.astype(np.int32),
            )
        )
    width = max(len(row[0]) for row in rows)
    pieces, shapes, states, attended = np.zeros((4, len(rows), width), dtype=np.int64)
    pieces += reader.pad
    for i, row in enumerate(rows):
        n = len(row[0])
        pieces[i, :n], shapes[i, :n], states[i, :n], attended[i, :n] = row[0], row[1], row[2], 1
    return Batch(pieces, shapes, states, attended, [row[3] for row in rows])


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
