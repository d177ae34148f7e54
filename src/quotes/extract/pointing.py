"""Where the words of contents and cues point: contents cut by their cues, and the source of each cue.

Every content word votes for the cue that it points to, by a best path along each content, since neighbours share a cue;
each cue picks the source that it points to. All is done window by window, so time is linear in the text.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from quotes.encoder import CONTENT_QUERY, CUE_KEY, CUE_QUERY, POINTER_WIDTH, SOURCE_KEY, TAGS
from quotes.extract.paths import log_softmax, softmax, spans_of, steady_path, viterbi
from quotes.words import INSIDE, PUNCTUATION, UNCLOSED

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from quotes.encoder import Reading
    from quotes.extract.decoding import Decoding
    from quotes.extract.paths import Array, Span
    from quotes.words import IntArray

_OUTSIDE = TAGS.index("O")
_FIRST = {role: TAGS.index(f"B-{role}") for role in ("SOURCE", "CUE", "CONTENT")}
FLOOR = 1e-4
"""The smallest chance that is told from none."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a content that points to one cue; cue is None where it points to null."""

    words: Span
    cue: Span | None
    mass: float


@dataclass(frozen=True, slots=True)
class _Pointing:
    """Where words of one window point.

    first: the first word that the window saw; cues: those that begin in it. chances: [rows, words seen + null];
    masses: [rows, cues], what of that lies on each cue.
    """

    first: int
    cues: list[Span]
    chances: Array
    masses: Array

    def part(self, start: int, end: int) -> _Pointing:
        """That of some of the rows."""
        return _Pointing(self.first, self.cues, self.chances[start:end], self.masses[start:end])


class View:
    """A reading with what decoding derives from it: tag probabilities and the spans of each role."""

    def __init__(self, reading: Reading, decoding: Decoding) -> None:
        self.reading = reading
        self.decoding = decoding
        scores = log_softmax(reading.tags)
        chances = np.exp(scores)
        if decoding.outside_bias:
            scores[:, _OUTSIDE] += decoding.outside_bias  # not normalized again: that moves all of a word's alike
        self.tags = viterbi(scores, reading.words.paragraphs)
        self.begins = {role: chances[:, i] for role, i in _FIRST.items()}
        self.inside = {role: chances[:, i] + chances[:, i + 1] for role, i in _FIRST.items()}
        self.spans = {role: spans_of(self.tags, i) for role, i in _FIRST.items()}
        self.starts = {role: np.array([s for s, _ in spans]) for role, spans in self.spans.items()}
        self.quoted = (reading.words.states == INSIDE) | (reading.words.states == UNCLOSED)

    def seen(self, role: str, window: int) -> list[Span]:
        """The role's spans that begin among the words that a window saw."""
        first, last = np.searchsorted(self.starts[role], self.reading.bounds[window])
        return self.spans[role][first:last]

    def pointers(self, window: int, rows: IntArray, query: int, key: int) -> Array:
        """Where words of a window point, as probabilities: [rows, words that the window saw + null]."""
        reading = self.reading
        first, last = reading.bounds[window]
        keys = np.concatenate([reading.vectors[first:last, key], reading.nulls[window, int(key == SOURCE_KEY), None]])
        # not `@`: its threads cost more than products of this size, and its rounding depends on their number
        scores = np.einsum("rv,kv->rk", reading.vectors[rows, query], keys)
        return softmax(scores / np.float32(POINTER_WIDTH**0.5))


def mean_of(values: npt.NDArray[Any]) -> float:
    """What `values.mean()` is, at a third of its cost for the few values of a span."""
    return float(np.add.reduce(values) / len(values))


def cut_contents(view: View) -> Iterator[Piece]:
    """All contents, cut where they change cue, joined where only a window ends.

    What goes on from before a window, where its cue is out of sight, keeps the cue that it had.
    """
    last: Piece | None = None
    for window, contents in _by_window(view):
        rows = np.concatenate([np.arange(*span, dtype=np.int32) for span in contents])
        chances = view.pointers(window, rows, CONTENT_QUERY, CUE_KEY)
        first, cues = int(view.reading.bounds[window][0]), view.seen("CUE", window)
        pointing = _Pointing(first, cues, chances, _masses(chances, cues, first))
        offset = 0
        for span in contents:
            part = pointing.part(offset, offset + span[1] - span[0])
            offset += span[1] - span[0]
            for piece in _by_cue(view, span, part):
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


def _by_cue(view: View, span: Span, pointing: _Pointing) -> Iterator[Piece]:
    """A content (or a window's part of it) cut where its words go over to another cue."""
    chances, candidates, columns = pointing.chances, [*pointing.cues], [pointing.masses, pointing.chances[:, -1:]]
    mean = chances[:, :-1].mean(axis=0)
    top = int(mean.argmax())
    word = pointing.first + top
    if mean[top] > view.decoding.untagged_cue and not any(a <= word < b for a, b in candidates):
        candidates.append((word, word + 1))
        columns.insert(1, chances[:, top : top + 1])
    masses = np.concatenate(columns, axis=1)
    path = steady_path(np.log(np.maximum(masses, FLOOR)), view.decoding.switch_penalty)
    cuts = [0, *(np.flatnonzero(np.diff(path)) + 1).tolist(), len(path)]
    for a, b in pairwise(cuts):
        choice = int(path[a])
        cue = candidates[choice] if choice < len(candidates) else None
        yield Piece((span[0] + a, span[0] + b), cue, mean_of(masses[a:b, choice]))


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
