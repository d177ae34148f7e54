"""From the model's reading of a text to attribution relations.

Roles are decoded first (Viterbi under the constraints of BIO), then every content word votes for the cue
that it points to (a second Viterbi along each content, since neighbours share a cue), and each cue picks
the source that it points to. All work is done window by window, so time is linear in the text.
"""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from quotes.encoder import CONTENT_QUERY, CUE_KEY, CUE_QUERY, POINTER_WIDTH, SOURCE_KEY, TAGS, Reading
from quotes.extract.paths import Array, Span, log_softmax, softmax, spans_of, steady_path, viterbi
from quotes.words import INSIDE, PUNCTUATION, UNCLOSED, IntArray

_OUTSIDE = TAGS.index("O")
_FIRST = {role: TAGS.index(f"B-{role}") for role in ("SOURCE", "CUE", "CONTENT")}
_FLOOR = 1e-4

#: What the confidence of a relation is made of, in the order of `Decoded.evidence`.
EVIDENCE = (
    "content",  # mean probability of being content, over its words, as a logit
    "start",  # probability, as a logit, that the first content begins where it does
    "end",  # the same for the end of the last
    "weakest",  # smallest probability of being content among its words, as a logit
    "cue",  # mean probability of being cue, over the cue's words, as a logit; 0 without cue
    "pointer",  # mean share of the content words' pointers that lies on the cue, as a logit
    "source",  # share of the cue's pointer on the source that was picked, as a logit
    "sourced",  # 1 with a source
    "quoted",  # share of content words inside double quotation marks
    "length",  # logarithm of the number of content words
    "fragments",  # number of contents less one
    "tagged",  # mean probability of being source, over the source's words, as a logit; 0 without source
    "distance",  # logarithm of one more than the words between cue and content; 0 without cue
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """One attribution: character spans of its sources, cues and contents, in the order of the text.

    evidence: one number for each name in EVIDENCE. confidence: probability that content and source are
    right (content words overlap by half, source words overlap), by the model's calibration.
    """

    sources: tuple[Span, ...]
    cues: tuple[Span, ...]
    contents: tuple[Span, ...]
    confidence: float
    evidence: tuple[float, ...] = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Calibration:
    """Logistic weights over EVIDENCE, fitted on articles that the model was not trained on."""

    weights: tuple[float, ...] = (0.0,) * len(EVIDENCE)
    bias: float = 0.0

    def confidence(self, evidence: tuple[float, ...]) -> float:
        """Probability in (0, 1) of a relation with this evidence."""
        score = self.bias + math.fsum(w * e for w, e in zip(self.weights, evidence, strict=True))
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))


@dataclass(frozen=True, slots=True)
class Decoding:
    """Tunables, chosen on training articles that were held out.

    outside_bias: added to the logit of standing outside every role. switch_penalty: nats that it costs one
    content to go over to another cue. untagged_cue: mean pointer mass from which a word that is not tagged
    as a cue becomes one. fragment_mass: a content whose pointers give its cue less than this is dropped
    when the relation has a better one. orphan_quoted: share of words inside quotation marks from which a
    content without cue is kept. null_source_bias: nats added to having no source. minimum_confidence:
    relations below it are dropped.
    """

    outside_bias: float = 0.0
    switch_penalty: float = 6.0
    untagged_cue: float = 0.5
    fragment_mass: float = 0.3
    orphan_quoted: float = 0.6
    null_source_bias: float = 0.0
    minimum_confidence: float = 0.0


def load_parameters(path: Path) -> tuple[Decoding, Calibration]:
    """Decoding and calibration as training/ wrote them beside the model."""
    data = json.loads(path.read_text(encoding="utf-8"))
    calibration = data["calibration"]
    return Decoding(**data["decoding"]), Calibration(tuple(calibration["weights"]), calibration["bias"])


@dataclass(frozen=True, slots=True)
class _Piece:
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

    def part(self, start: int, end: int) -> "_Pointing":
        """That of some of the rows."""
        return _Pointing(self.first, self.cues, self.chances[start:end], self.masses[start:end])


def decode(reading: Reading, decoding: Decoding | None = None, calibration: Calibration | None = None) -> list[Decoded]:
    """The relations of a text, in the order of their contents."""
    if not len(reading.words):
        return []
    decoding, calibration = decoding or Decoding(), calibration or Calibration()
    view = _View(reading, decoding, calibration)
    groups: dict[Span | None, list[_Piece]] = {}
    for piece in _pieces(view):
        groups.setdefault(piece.cue, []).append(piece)
    relations = [_make(view, [p], None, (None, 0.0)) for p in groups.pop(None, []) if _kept(view, p)]
    sources = _sources(view, [cue for cue in groups if cue is not None])
    for cue, pieces in groups.items():
        if cue is not None:
            relations.append(_make(view, _strong(view, pieces), cue, sources[cue]))
    kept = (r for r in relations if r.confidence >= decoding.minimum_confidence)
    return sorted(kept, key=lambda r: (r.contents, r.cues))


class _View:
    """A reading with what decoding derives from it: tag probabilities and the spans of each role."""

    def __init__(self, reading: Reading, decoding: Decoding, calibration: Calibration) -> None:
        self.reading = reading
        self.decoding = decoding
        self.calibration = calibration
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


def _logit(chance: float) -> float:
    chance = min(max(float(chance), _FLOOR), 1 - _FLOOR)
    return math.log(chance / (1 - chance))


def _mean(values: npt.NDArray[Any]) -> float:
    """What `values.mean()` is, at a third of its cost for the few values of a span."""
    return float(np.add.reduce(values) / len(values))


def _pieces(view: _View) -> Iterator[_Piece]:
    """All contents, cut where they change cue, joined where only a window ends.

    What goes on from before a window, where its cue is out of sight, keeps the cue that it had.
    """
    last: _Piece | None = None
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


def _by_window(view: _View) -> Iterator[tuple[int, list[Span]]]:
    """Windows with the parts of contents that they own."""
    owners = view.reading.windows
    current, contents = -1, list[Span]()
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


def _continues(view: _View, last: _Piece, piece: _Piece) -> bool:
    start = piece.words[0]
    begins = view.tags[start] == _FIRST["CONTENT"]
    return last.words[1] == start and not begins and piece.cue in (last.cue, None)


def _resumed(view: _View, last: _Piece | None, piece: _Piece) -> _Piece:
    """The piece, with the cue of the last one if it points nowhere and only takes up where that one ended.

    So a quote goes on over paragraphs: nothing but marks and the end of a paragraph lies between.
    """
    if last is None or piece.cue is not None:
        return piece
    shapes = view.reading.words.shapes[last.words[1] : piece.words[0]]
    return replace(piece, cue=last.cue) if (shapes == PUNCTUATION).all() else piece


def _join(a: _Piece, b: _Piece) -> _Piece:
    n, m = a.words[1] - a.words[0], b.words[1] - b.words[0]
    return _Piece((a.words[0], b.words[1]), a.cue, (n * a.mass + m * b.mass) / (n + m))


def _masses(chances: Array, spans: list[Span], first: int) -> Array:
    """What of each word's pointer lies on each span of a window that saw words from `first` on: [rows, spans]."""
    if not spans:
        return np.zeros((len(chances), 0), dtype=np.float32)
    # a span may go on in the next window, past the last word that this one saw
    bounds = np.minimum(np.array(spans).ravel() - first, chances.shape[1] - 1)
    masses: Array = np.add.reduceat(chances, bounds, axis=1)[:, ::2]
    return masses


def _by_cue(view: _View, span: Span, pointing: _Pointing) -> Iterator[_Piece]:
    """A content (or a window's part of it) cut where its words go over to another cue."""
    chances, candidates, columns = pointing.chances, [*pointing.cues], [pointing.masses, pointing.chances[:, -1:]]
    mean = chances[:, :-1].mean(axis=0)
    top = int(mean.argmax())
    word = pointing.first + top
    if mean[top] > view.decoding.untagged_cue and not any(a <= word < b for a, b in candidates):
        candidates.append((word, word + 1))
        columns.insert(1, chances[:, top : top + 1])
    masses = np.concatenate(columns, axis=1)
    path = steady_path(np.log(np.maximum(masses, _FLOOR)), view.decoding.switch_penalty)
    cuts = [0, *(np.flatnonzero(np.diff(path)) + 1).tolist(), len(path)]
    for a, b in pairwise(cuts):
        choice = int(path[a])
        cue = candidates[choice] if choice < len(candidates) else None
        yield _Piece((span[0] + a, span[0] + b), cue, _mean(masses[a:b, choice]))


def _kept(view: _View, piece: _Piece) -> bool:
    return _mean(view.quoted[slice(*piece.words)]) >= view.decoding.orphan_quoted


def _strong(view: _View, pieces: list[_Piece]) -> list[_Piece]:
    """The pieces without those that hardly point to their cue, unless none does better."""
    best = max(p.mass for p in pieces)
    return [p for p in pieces if p.mass >= min(best, view.decoding.fragment_mass)]


def _sources(view: _View, cues: list[Span]) -> dict[Span, tuple[Span | None, float]]:
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


def _source(view: _View, chances: Array, first: int, best: tuple[float, Span]) -> tuple[Span | None, float]:
    """One cue's source; chances: where it points, in a window that saw words from `first` on; best: by the tags."""
    null = float(chances[-1])
    top = int(chances[:-1].argmax())
    mass, span = best
    if chances[top] > mass:
        mass, span = float(chances[top]), _grown(view, first + top)
    if null * math.exp(view.decoding.null_source_bias) > mass:
        return None, null
    return span, mass


def _grown(view: _View, word: int) -> Span:
    """An untagged source: the word pointed to, and the words around it that lean towards being source."""
    lean, paragraphs = view.inside["SOURCE"], view.reading.words.paragraphs
    start, end = word, word + 1
    while start and lean[start - 1] > 0.3 and paragraphs[start - 1] == paragraphs[word]:
        start -= 1
    while end < len(lean) and lean[end] > 0.3 and paragraphs[end] == paragraphs[word]:
        end += 1
    return start, end


def _make(
    view: _View,
    pieces: list[_Piece],
    cue: Span | None,
    source: tuple[Span | None, float],
) -> Decoded:
    """The relation in characters, with its evidence and confidence."""
    rows = np.concatenate([np.arange(*p.words) for p in pieces])
    content = view.inside["CONTENT"]
    end = pieces[-1].words[1]
    goes_on = float(content[end] - view.begins["CONTENT"][end]) if end < len(content) else 0.0
    evidence = (
        _logit(_mean(content[rows])),
        _logit(view.begins["CONTENT"][rows[0]]),
        _logit(1 - goes_on),
        _logit(content[rows].min()),
        _logit(_mean(view.inside["CUE"][slice(*cue)])) if cue else 0.0,
        _logit(sum(p.mass * (p.words[1] - p.words[0]) for p in pieces) / len(rows)),
        _logit(source[1]),
        float(source[0] is not None),
        _mean(view.quoted[rows]),
        math.log(len(rows)),
        float(len(pieces) - 1),
        _logit(_mean(view.inside["SOURCE"][slice(*source[0])])) if source[0] else 0.0,
        math.log1p(min(max(p.words[0] - cue[1], cue[0] - p.words[1], 0) for p in pieces)) if cue else 0.0,
    )
    spans = view.reading.words.spans

    def characters(words: Span) -> Span:
        return int(spans[words[0], 0]), int(spans[words[1] - 1, 1])

    return Decoded(
        sources=(characters(source[0]),) if source[0] else (),
        cues=(characters(cue),) if cue else (),
        contents=tuple(characters(p.words) for p in pieces),
        confidence=view.calibration.confidence(evidence),
        evidence=evidence,
    )


def as_json(relation: Decoded) -> dict[str, Any]:
    """The relation as a value of attribution JSONL."""
    return {
        "sources": [list(s) for s in relation.sources],
        "cues": [list(s) for s in relation.cues],
        "contents": [list(s) for s in relation.contents],
        "confidence": round(relation.confidence, 4),
    }
