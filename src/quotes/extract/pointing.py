"""Where the words of contents and cues point: contents cut by their cues, and the source of each cue.

Every content word votes for the cue that it points to, by a best path along each content, since neighbours share a cue;
each cue picks the source that it points to. All is done window by window, so time is linear in the text.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

import numpy as np

from quotes.encoder import CONTENT_QUERY, CUE_KEY, CUE_QUERY, POINTER_WIDTH, SOURCE_KEY, TAGS
from quotes.extract.paths import softmax, spans_of, steady_path, viterbi
from quotes.words import INSIDE, PUNCTUATION, UNCLOSED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quotes.encoder import Reading
    from quotes.extract.decoding import Decoding
    from quotes.extract.paths import Array, Span
    from quotes.words import IntArray

_OUTSIDE = TAGS.index("O")
_FIRST = {role: TAGS.index(f"B-{role}") for role in ("SOURCE", "CUE", "CONTENT")}
_ONE_THREAD = 32
"""Vectors whose products with a window's are too few for a second thread of OpenBLAS (2 ** 18 multiplications)."""
FLOOR = 1e-4
"""The smallest chance that is told from none."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a content that points to one cue; cue is None where it points to null."""

    words: Span
    cue: Span | None
    mass: float


class View:
    """A reading with what decoding derives from it: the spans of each role, and of each word its chances of a role.

    begins, inside: by role, a word's probability of beginning a span of it, and of standing in one. quoted: whether a
    word stands inside double quotation marks. They are lists since spans are short, and numpy's calls are not.
    """

    def __init__(self, reading: Reading, decoding: Decoding) -> None:
        self.reading = reading
        self.decoding = decoding
        chances = softmax(reading.tags)
        scores = reading.tags.copy()
        scores[:, _OUTSIDE] += decoding.outside_bias
        self.tags = viterbi(scores, reading.words.paragraphs)
        self.begins: dict[str, list[float]] = {role: chances[:, i].tolist() for role, i in _FIRST.items()}
        self.inside: dict[str, list[float]] = {
            role: (chances[:, i] + chances[:, i + 1]).tolist() for role, i in _FIRST.items()
        }
        self.spans = {role: spans_of(self.tags, i) for role, i in _FIRST.items()}
        self.starts = {role: [start for start, _ in spans] for role, spans in self.spans.items()}
        states = reading.words.states
        self.quoted: list[bool] = ((states == INSIDE) | (states == UNCLOSED)).tolist()

    def seen(self, role: str, window: int) -> list[Span]:
        """The role's spans that begin among the words that a window saw."""
        first, last = self.reading.bounds[window].tolist()
        return self.spans[role][bisect_left(self.starts[role], first) : bisect_left(self.starts[role], last)]

    def pointers(self, window: int, rows: IntArray, query: int, key: int) -> Array:
        """Where words of a window point, as probabilities: [rows, words that the window saw + null]."""
        reading = self.reading
        first, last = reading.bounds[window]
        keys = np.concatenate([reading.vectors[first:last, key], reading.nulls[window, int(key == SOURCE_KEY), None]])
        queries = reading.vectors[rows, query] / np.float32(POINTER_WIDTH**0.5)
        return softmax(_products(queries, keys))


def _products(queries: Array, keys: Array) -> Array:
    """Those of each query with each key: [queries, keys].

    Few enough at a time that BLAS takes them in one thread: several cost more than they save, and rounding would hang
    on how many there are.
    """
    blocks = range(0, len(queries), _ONE_THREAD)
    return np.concatenate([queries[first : first + _ONE_THREAD] @ keys.T for first in blocks])


def mean_of(values: Sequence[float]) -> float:
    """The mean of the values of a span."""
    return sum(values) / len(values)


def cut_contents(view: View) -> Iterator[Piece]:
    """All contents, cut where they change cue, joined where only a window ends.

    What goes on from before a window, where its cue is out of sight, keeps the cue that it had.
    """
    last: Piece | None = None
    for window, contents in _by_window(view):
        for piece in _by_cue(view, window, contents):
            if last is not None and _continues(view, last, piece):
                last = _join(last, piece)
                continue
            if last is not None:
                yield last
            last = _resumed(view, last, piece)
    if last is not None:
        yield last


def _by_window(view: View) -> Iterator[tuple[int, list[Span]]]:
    """Windows with the parts of contents that they own."""
    owners = view.reading.windows
    current = -1
    contents: list[Span] = []
    for span in view.spans["CONTENT"]:
        start, end = span
        while start < end:
            window = int(owners[start])
            cut = min(end, int(np.searchsorted(owners, window, side="right")))
            if window != current:
                if contents:
                    yield current, contents
                current, contents = window, []
            contents.append((start, cut))
            start = cut
    if contents:
        yield current, contents


def _continues(view: View, last: Piece, piece: Piece) -> bool:
    start = piece.words[0]
    begins = view.tags[start] == _FIRST["CONTENT"]
    return last.words[1] == start and not begins and piece.cue in (last.cue, None)


def _resumed(view: View, last: Piece | None, piece: Piece) -> Piece:
    """The piece, with the cue of the last one if it points nowhere and only takes up where that one ended.

    So a quote goes on over paragraphs: nothing but marks and the end of a paragraph lies between.
    """
    if last is None or piece.cue is not None:
        return piece
    shapes = view.reading.words.shapes[last.words[1] : piece.words[0]]
    return replace(piece, cue=last.cue) if (shapes == PUNCTUATION).all() else piece


def _join(a: Piece, b: Piece) -> Piece:
    n, m = a.words[1] - a.words[0], b.words[1] - b.words[0]
    return Piece((a.words[0], b.words[1]), a.cue, (n * a.mass + m * b.mass) / (n + m))


def _masses(chances: Array, spans: list[Span], first: int) -> Array:
    """What of each word's pointer lies on each span of a window that saw words from `first` on: [rows, spans]."""
    if not spans:
        return np.zeros((len(chances), 0), dtype=np.float32)
    # a span may go on in the next window, past the last word that this one saw
    bounds = np.minimum(np.array(spans).ravel() - first, chances.shape[1] - 1)
    masses: Array = np.add.reduceat(chances, bounds, axis=1)[:, ::2]
    return masses


def _by_cue(view: View, window: int, contents: Sequence[Span]) -> Iterator[Piece]:
    """The contents that a window owns, or its parts of them, cut where their words go over to another cue."""
    rows = np.concatenate([np.arange(*span, dtype=np.int32) for span in contents])
    chances = view.pointers(window, rows, CONTENT_QUERY, CUE_KEY)
    first, cues = int(view.reading.bounds[window][0]), view.seen("CUE", window)
    masses = np.concatenate([_masses(chances, cues, first), chances[:, -1:]], axis=1)
    offsets = list(accumulate((end - start for start, end in contents), initial=0))
    pointed = np.add.reduceat(chances[:, :-1], offsets[:-1], axis=0)
    tops, most = pointed.argmax(axis=1).tolist(), pointed.max(axis=1).tolist()
    for (start, _), (a, b), top, mass in zip(contents, pairwise(offsets), tops, most, strict=True):
        word, candidates, own = first + top, cues, masses[a:b]
        if mass > (b - a) * view.decoding.untagged_cue and not any(start <= word < end for start, end in cues):
            candidates = [*cues, (word, word + 1)]
            own = np.insert(own, -1, chances[a:b, top], axis=1)
        path = steady_path(np.log(np.maximum(own, FLOOR)), view.decoding.switch_penalty)
        cuts = [i for i in range(len(path)) if i == 0 or path[i] != path[i - 1]]
        for i, j in pairwise((*cuts, len(path))):
            cue = candidates[path[i]] if path[i] < len(candidates) else None
            yield Piece((start + i, start + j), cue, mean_of(own[i:j, path[i]].tolist()))


def find_sources(view: View, cues: list[Span]) -> dict[Span, tuple[Span | None, float]]:
    """The source that each cue points to, with its share of the pointer; None when that is null."""
    by_window: dict[int, list[Span]] = {}
    for cue in cues:
        by_window.setdefault(int(view.reading.windows[cue[0]]), []).append(cue)
    found: dict[Span, tuple[Span | None, float]] = {}
    for window, own in by_window.items():
        rows = np.array([start for start, _ in own], dtype=np.int32)
        chances = view.pointers(window, rows, CUE_QUERY, SOURCE_KEY)
        first, spans = int(view.reading.bounds[window][0]), view.seen("SOURCE", window)
        masses = _masses(chances, spans, first).tolist()
        for cue, chance, mass in zip(own, chances, masses, strict=True):
            found[cue] = _source(view, chance, first, max(zip(mass, spans, strict=True), default=(0.0, (0, 0))))
    return found


def _source(view: View, chances: Array, first: int, best: tuple[float, Span]) -> tuple[Span | None, float]:
    """One cue's source; chances: where it points, in a window that saw words from `first` on; best: by the tags."""
    null = float(chances[-1])
    top = int(chances[:-1].argmax())
    mass, span = best
    if chances[top] > mass:
        mass, span = float(chances[top]), _grown(view, first + top)
    if null * math.exp(view.decoding.null_source_bias) > mass:
        return None, null
    return span, mass


def _grown(view: View, word: int) -> Span:
    """An untagged source: the word pointed to, and the words around it that lean towards being source."""
    lean, paragraphs = view.inside["SOURCE"], view.reading.words.paragraphs
    start, end = word, word + 1
    while start and lean[start - 1] > 0.3 and paragraphs[start - 1] == paragraphs[word]:
        start -= 1
    while end < len(lean) and lean[end] > 0.3 and paragraphs[end] == paragraphs[word]:
        end += 1
    return start, end
