"""Words as the shipped models take them: the pre-tokens of BERT's uncased WordPiece, with what the vocabulary loses.

A word's letter shape and where it stands to quotation marks are told apart, since the pieces are uncased and a mark
that opens looks like one that closes. Texts are any sequence of Unicode scalar values; offsets count code points of the
text as given.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, chain, pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

IntArray = npt.NDArray[np.int32]
ByteArray = npt.NDArray[np.uint8]
FloatArray = npt.NDArray[np.float32]

SHAPES = ("lower", "title", "upper", "mixed", "digit", "punctuation", "single capital", "special")
STATES = ("outside", "inside", "open", "close", "unclosed", "single open", "single close")
LOWER, TITLE, UPPER, MIXED, DIGIT, PUNCTUATION, SINGLE_CAPITAL, SPECIAL = range(len(SHAPES))
OUTSIDE, INSIDE, OPEN, CLOSE, UNCLOSED, SINGLE_OPEN, SINGLE_CLOSE = range(len(STATES))

_MAX_WORD = 100  # characters; a longer word is one unknown piece

_OPENING = frozenset("“«„")
_CLOSING = frozenset("”»")
_DOUBLE = _OPENING | _CLOSING | {'"'}
_SINGLE = frozenset("'‘’")
_MARKS = _DOUBLE | _SINGLE | {"`"}
_STOPS = frozenset(".!?")
_LINE_END = re.compile("\n")

_SPACE, _ALONE, _JOINED, _UNUSUAL = range(4)
_LETTERS = range(0x530)
"""Latin, Greek and Cyrillic: further on, versions of Unicode differ in what is punctuation."""
_PUNCTUATION_MARKS = range(0x2000, 0x2100)
_KNOWN_WORDS = 1 << 15
"""Words whose pieces are kept, those looked up last."""


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


class WordReader:
    """Cuts texts into `Words` with the model's own vocabulary (a file with one piece a line)."""

    def __init__(self, vocabulary: Path) -> None:
        pieces = vocabulary.read_text(encoding="utf-8").splitlines()
        ids = self._ids = {piece: i for i, piece in enumerate(pieces)}
        self.pad, self.cls, self.sep, self.mask = (ids[f"[{name}]"] for name in ("PAD", "CLS", "SEP", "MASK"))
        # Built from the vocabulary alone: with added tokens a text that says "[SEP]" would become one.
        self._tokenizer = Tokenizer(
            models.WordPiece(ids, unk_token="[UNK]", max_input_chars_per_word=_MAX_WORD)  # noqa: S106 - no password
        )
        self._tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
        self._tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
        self._known = lru_cache(_KNOWN_WORDS)(self._look_up)

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
        spans = plain_spans(text)
        if spans is None:
            spans = self._spans(text)
        bounds = spans.tolist()
        surfaces = [text[start:end] for start, end in bounds]
        # a long one is no word that comes again, and nothing to keep
        known = [self._known(word) if len(word) <= _MAX_WORD else self._look_up(word) for word in surfaces]
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
            shapes=np.array([form for _, form in known], dtype=np.uint8),
            states=np.array(states, dtype=np.uint8),
            stops=np.array([s in _STOPS for s in surfaces], dtype=np.bool_),
            pieces=np.fromiter(chain.from_iterable(pieces for pieces, _ in known), dtype=np.int32),
            piece_starts=np.fromiter(
                accumulate((len(pieces) for pieces, _ in known), initial=0), dtype=np.int32, count=len(known) + 1
            ),
        )

    def _spans(self, text: str) -> IntArray:
        """[N, 2] offsets of the words of any text, by the tokenizer itself."""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        offsets = np.fromiter(chain.from_iterable(encoding.offsets), dtype=np.int32).reshape(-1, 2)
        # No word goes over the end of a line, which is white space.
        begins = np.diff(np.array(encoding.word_ids, dtype=np.int32), prepend=-1) != 0
        firsts = np.append(np.flatnonzero(begins), len(offsets))
        return np.stack((offsets[firsts[:-1], 0], offsets[firsts[1:] - 1, 1]), axis=1)

    def _look_up(self, word: str) -> tuple[tuple[int, ...], int]:
        """A word's pieces and shape; most words are one piece, and the vocabulary is in lower case."""
        whole = self._ids.get(word.lower()) if word.isascii() else None
        pieces = (whole,) if whole is not None else self._tokenizer.encode(word, add_special_tokens=False).ids
        return tuple(pieces), shape(word)


@cache
def _classes() -> ByteArray:
    """What each character is to words: white space, a word of its own, part of a word, or left to the tokenizer.

    Most text has no other characters than letters of European alphabets and the usual punctuation.
    """
    classes = np.full(_PUNCTUATION_MARKS.stop, _UNUSUAL, dtype=np.uint8)
    for code in chain(_LETTERS, _PUNCTUATION_MARKS):
        char, category = chr(code), unicodedata.category(chr(code))
        if char in " \t\r\n\u00a0":
            classes[code] = _SPACE
        elif category[0] == "P" or (category[0] == "S" and char.isascii()):
            classes[code] = _ALONE
        elif category[0] in "LNS":
            classes[code] = _JOINED
    return classes


def plain_spans(text: str) -> IntArray | None:
    """[N, 2] offsets of the words of a text of usual characters, five times sooner than the tokenizer tells them.

    None for any other text.
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    if codes.max(initial=0) >= len(_classes()):
        return None
    classes = _classes()[codes]
    if (classes == _UNUSUAL).any():
        return None
    alone, joined = classes == _ALONE, classes == _JOINED
    edges = np.diff(joined, prepend=False, append=False)
    starts = np.flatnonzero(alone | (joined & edges[:-1]))
    ends = np.flatnonzero(alone | (joined & edges[1:])) + 1
    return np.stack((starts, ends), axis=1).astype(np.int32)


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
    Marks that lean the other way are what they stand for: ”so in Swedish”, „so in German“, »so in Danish«.
    """
    states: list[int] = []
    opened: int | None = None
    single = False
    for i in [number for number, word in enumerate(words) if word in _MARKS]:
        if i < len(states):
            continue  # the second half of a double mark
        word = words[i]
        beside = OUTSIDE if opened is None else INSIDE
        states += [beside] * (i - len(states))
        touches_last = i > 0 and spans[i - 1][1] == spans[i][0]
        touches_next = i + 1 < len(words) and spans[i + 1][0] == spans[i][1]
        before, after = touches_last and words[i - 1][-1].isalnum(), touches_next and words[i + 1][0].isalnum()
        width = 2 if word in "'`" and touches_next and words[i + 1] == word else 1
        if width == 2 or word in _DOUBLE:
            opens = opened is None
            if word in _OPENING:
                opens = opens or after or not touches_last
            elif word in _CLOSING:
                opens = opens and after and not touches_last
            state, opened = (OPEN, i if opened is None else opened) if opens else (CLOSE, None)
        else:
            state = beside
            if word in _SINGLE and not before and (after or word == "‘"):
                state, single = SINGLE_OPEN, True
            elif word in _SINGLE and single and not after and word != "‘":
                state, single = SINGLE_CLOSE, False
        states += [state] * width
    states += [OUTSIDE if opened is None else INSIDE] * (len(words) - len(states))
    if opened is not None:
        states[opened + 1 :] = [UNCLOSED if s == INSIDE else s for s in states[opened + 1 :]]
    return states
