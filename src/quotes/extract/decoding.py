"""From the model's reading of a text to attribution relations, each with a calibrated confidence.

Roles are decoded first (Viterbi under the constraints of BIO), then contents are cut and joined by the cues that they
point to, and each cue picks its source (`quotes.extract.pointing`).
"""

import json
import math
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from quotes.encoder import Reading
from quotes.extract.paths import Span
from quotes.extract.pointing import FLOOR, Piece, View, cut_contents, find_sources, mean_of

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


def decode(reading: Reading, decoding: Decoding | None = None, calibration: Calibration | None = None) -> list[Decoded]:
    """The relations of a text, in the order of their contents."""
    if not len(reading.words):
        return []
    decoding, calibration = decoding or Decoding(), calibration or Calibration()
    view = View(reading, decoding)
    groups: dict[Span | None, list[Piece]] = {}
    for piece in cut_contents(view):
        groups.setdefault(piece.cue, []).append(piece)
    make = partial(_make, view, calibration=calibration)
    relations = [make([piece], None, (None, 0.0)) for piece in groups.pop(None, []) if _kept(view, piece)]
    sources = find_sources(view, [cue for cue in groups if cue is not None])
    for cue, pieces in groups.items():
        if cue is not None:
            relations.append(make(_strong(view, pieces), cue, sources[cue]))
    kept = (r for r in relations if r.confidence >= decoding.minimum_confidence)
    return sorted(kept, key=lambda r: (r.contents, r.cues))


def _logit(chance: float) -> float:
    chance = min(max(chance, FLOOR), 1 - FLOOR)
    return math.log(chance / (1 - chance))


def _kept(view: View, piece: Piece) -> bool:
    return mean_of(view.quoted[slice(*piece.words)]) >= view.decoding.orphan_quoted


def _strong(view: View, pieces: list[Piece]) -> list[Piece]:
    """The pieces without those that hardly point to their cue, unless none does better."""
    best = max(p.mass for p in pieces)
    return [p for p in pieces if p.mass >= min(best, view.decoding.fragment_mass)]


def _make(
    view: View,
    pieces: list[Piece],
    cue: Span | None,
    source: tuple[Span | None, float],
    *,
    calibration: Calibration,
) -> Decoded:
    """The relation in characters, with its evidence and confidence."""
    content = view.inside["CONTENT"]
    inside = [chance for p in pieces for chance in content[slice(*p.words)]]
    quoted = [word for p in pieces for word in view.quoted[slice(*p.words)]]
    end = pieces[-1].words[1]
    evidence = (
        _logit(mean_of(inside)),
        _logit(view.begins["CONTENT"][pieces[0].words[0]]),
        _logit(1 - (content[end] - view.begins["CONTENT"][end] if end < len(content) else 0.0)),
        _logit(min(inside)),
        _logit(mean_of(view.inside["CUE"][slice(*cue)])) if cue else 0.0,
        _logit(sum(p.mass * (p.words[1] - p.words[0]) for p in pieces) / len(inside)),
        _logit(source[1]),
        float(source[0] is not None),
        mean_of(quoted),
        math.log(len(inside)),
        float(len(pieces) - 1),
        _logit(mean_of(view.inside["SOURCE"][slice(*source[0])])) if source[0] else 0.0,
        math.log1p(min(max(p.words[0] - cue[1], cue[0] - p.words[1], 0) for p in pieces)) if cue else 0.0,
    )
    spans = view.reading.words.spans

    def characters(words: Span) -> Span:
        return int(spans[words[0], 0]), int(spans[words[1] - 1, 1])

    return Decoded(
        sources=(characters(source[0]),) if source[0] else (),
        cues=(characters(cue),) if cue else (),
        contents=tuple(characters(p.words) for p in pieces),
        confidence=calibration.confidence(evidence),
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
