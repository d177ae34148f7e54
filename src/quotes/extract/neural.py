"""The extractor by the shipped model: the encoder's reading, decoded, and held against the quotation marks."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

import numpy as np

from quotes.encoder import POS, Encoder
from quotes.extract.decoding import decode, load_parameters
from quotes.extract.layers import joined, layers_of
from quotes.extract.marks import pair_marks
from quotes.extract.relation import MarkIndex, Relation
from quotes.extract.sources import with_noun_phrase
from quotes.extract.statements import is_statement, with_whole_cue
from quotes.model import TextSpan
from quotes.text import strip_span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from quotes.encoder import Reading
    from quotes.extract.decoding import Calibration, Decoded, Decoding
    from quotes.extract.layers import Layers
    from quotes.model import MarkPair

_VERBAL = np.array([part in {"VERB", "AUX"} for part in POS])
_NOMINAL = np.array([part in {"ADJ", "NOUN", "PROPN", "NUM"} for part in POS])

_EDGES = " \t\r\n\u00a0.,;:–—-"
"""What no span begins with: it belongs to what stands before."""

_COMMAS = " \t\r\n\u00a0,;:–—-"
"""What no span ends with; a full stop may be part of it ("Jr.")."""


def version() -> str:
    """Told by the model's own bytes: another model is another version."""
    return f"model/{_model().digest}"


def find_relations(doc: Doc, marks: Sequence[MarkPair]) -> list[Relation]:
    """The relations of a Doc that the model sees, each with a calibrated probability."""
    return find_with_layers(doc.text, marks)[0]


def find_in_text(text: str) -> list[Relation]:
    """The same for a bare text."""
    marks = pair_marks(text)
    return [found for reading in _model().encoder.read_parts(text) for found in _read(reading, text, marks)]


def find_with_layers(text: str, marks: Sequence[MarkPair]) -> tuple[list[Relation], Layers]:
    """The relations of a text, and all that the same pass of the model tells besides."""
    relations: list[Relation] = []
    layers: list[Layers] = []
    for reading in _model().encoder.read_parts(text):
        relations += _read(reading, text, marks)
        layers.append(layers_of(reading))
    return relations, joined(layers)


def _read(reading: Reading, text: str, marks: Sequence[MarkPair]) -> list[Relation]:
    model = _model()
    return relations_of(decode(reading, model.decoding, model.calibration), reading, text, marks)


def relations_of(
    all_decoded: Sequence[Decoded], reading: Reading, text: str, marks: Sequence[MarkPair]
) -> list[Relation]:
    """What was decoded of a reading, on the quotation marks of its text, without what is no statement."""
    if not all_decoded:
        return []
    index = MarkIndex(marks)
    parts = reading.pos.argmax(axis=1)
    verbs, nominal = reading.words.spans[_VERBAL[parts], 0].tolist(), _NOMINAL[parts]
    found = []
    for decoded in all_decoded:
        contents = _on_marks(decoded.contents, text, index)
        if not contents:
            continue
        beside = (*decoded.cues, *decoded.contents)
        sources = [with_noun_phrase(span, beside, text, reading.words, nominal=nominal) for span in decoded.sources]
        relation = Relation(
            contents=contents,
            cues=_trimmed(decoded.cues, text) or _marks_alone(decoded.cues, text),
            sources=_trimmed(sources, text),
            confidence=round(decoded.confidence, 4),
        )
        relation = with_whole_cue(relation, text)
        if is_statement(relation, text, index, verbs):
            found.append(relation)
    return found


@dataclass(frozen=True, slots=True)
class _Model:
    encoder: Encoder
    decoding: Decoding
    calibration: Calibration
    digest: str


@cache
def _model() -> _Model:
    with as_file(files("quotes") / "data" / "model") as folder:
        digest = hashlib.sha256((folder / "model.onnx").read_bytes()).hexdigest()[:12]
        # One thread: sharing out articles among processes is faster than sharing out an operation among threads.
        return _Model(Encoder(folder, threads=1), *load_parameters(folder / "decoding.json"), digest)


def _trimmed(spans: Sequence[tuple[int, int]], text: str) -> tuple[TextSpan, ...]:
    """The spans without spaces and commas at their ends; those of nothing else are left out."""
    trimmed = (_trim(start, end, text) for start, end in spans)
    return tuple(TextSpan(start, end) for start, end in trimmed if start < end)


def _marks_alone(spans: Sequence[tuple[int, int]], text: str) -> tuple[TextSpan, ...]:
    """Cues that are nothing but marks, such as the colon after a name."""
    return tuple(strip_span(start, end, text) for start, end in spans if text[start:end].strip())


def _trim(start: int, end: int, text: str) -> tuple[int, int]:
    while start < end and text[start] in _EDGES:
        start += 1
    while start < end and text[end - 1] in _COMMAS:
        end -= 1
    return start, end


def _on_marks(contents: Sequence[tuple[int, int]], text: str, marks: MarkIndex) -> tuple[TextSpan, ...]:
    """The contents with the marks of the quotations that they fill, and without what stands before or between."""
    spans = (_on_mark(start, end, text, marks) for start, end in contents)
    return tuple(span for span in spans if span is not None)


def _on_mark(start: int, end: int, text: str, marks: MarkIndex) -> TextSpan | None:
    start, end = _trim(start, end, text)
    if not any(char.isalnum() for char in text[start:end]):
        return None
    for mark in marks.around(start, end):
        if mark.opening and not text[mark.start : start].strip() and mark.opening.start < start:
            start = mark.opening.start
        if mark.closing and not text[end : mark.end].strip(_EDGES) and end <= mark.end:
            end = mark.closing.end
    return TextSpan(start, end)
