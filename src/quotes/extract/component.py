"""The spaCy component: `nlp.add_pipe("quotes")` on any English pipeline.

Its answer stands in three groups of `doc.spans`, one a role, which survive `DocBin` and `nlp.pipe(n_process=2)`:
"quotes/content", "quotes/cue" and "quotes/source". A span's `id` is the number of its quote in the Doc, from 0 (not
its `id_`: spaCy reads small numbers there as names of its own), and the label of a content is its kind. Spans are of
whole tokens; the exact characters are in the group's `attrs["offsets"]`, span for span. `quotes_of` reads it all back.

The extractor "model" also sets names, parts of speech, lemmas and sentence starts where no other component has, see
`quotes.extract.annotations`; "layers" in the component's config lists those that it may set.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import srsly
from spacy.language import Language
from spacy.tokens import Span, SpanGroup
from spacy.util import ensure_path

from quotes.extract import DEFAULT_EXTRACTOR, EXTRACTORS, extract, extract_with_layers
from quotes.extract.annotations import LAYERS, annotate
from quotes.extract.marks import pair_marks
from quotes.extract.relation import MarkIndex, Relation, to_quote
from quotes.model import TextSpan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from spacy.tokens import Doc

    from quotes.extract.layers import Layers
    from quotes.model import Extraction, Quote

    Prediction = tuple[Extraction, Layers | None]

ROLES = ("content", "cue", "source")
_SETTINGS = "settings.json"
_Name = TypeVar("_Name", bound=str)


@Language.factory(
    "quotes",
    assigns=["doc.spans", "doc.ents", "doc.sents", "token.pos", "token.lemma", "token.is_sent_start"],
    default_config={"extractor": DEFAULT_EXTRACTOR, "layers": list(LAYERS)},
)
def create(nlp: Language, name: str, extractor: str, layers: list[str]) -> QuoteFinder:  # noqa: ARG001 - spaCy's signature
    """Make the component; raises ValueError for an extractor or a layer that there is not."""
    return QuoteFinder(name, extractor=extractor, layers=layers)


class QuoteFinder:
    """Finds the quotes of a Doc: `predict` reads it, `set_annotations` alone writes to it."""

    def __init__(
        self, name: str = "quotes", *, extractor: str = DEFAULT_EXTRACTOR, layers: Iterable[str] = LAYERS
    ) -> None:
        self.name = name
        self._configure({"extractor": extractor, "layers": layers})

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one Doc."""
        self.set_annotations([doc], self.predict([doc]))
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:  # noqa: ARG002 - spaCy's signature
        """Annotate a stream of Docs, one at a time: the model is no faster with several."""
        return map(self, stream)

    def predict(self, docs: Iterable[Doc]) -> list[Prediction]:
        """What is found in each Doc, which stays as it is."""
        return [self._predict(doc) for doc in docs]

    def _predict(self, doc: Doc) -> Prediction:
        if not self.layers:
            return extract(doc, extractor=self.extractor), None
        return extract_with_layers(doc, extractor=self.extractor)

    def set_annotations(self, docs: Iterable[Doc], predictions: Iterable[Prediction]) -> None:
        """Write what was found into `doc.spans`, over what stood there before, and the layers where none stood."""
        for doc, (extraction, layers) in zip(docs, predictions, strict=True):
            for role in ROLES:
                doc.spans[f"quotes/{role}"] = _group(doc, role, extraction)
            if layers is not None:
                annotate(doc, layers, self.layers)

    def to_bytes(self, *, exclude: Sequence[str] = ()) -> bytes:  # noqa: ARG002 - spaCy's signature
        """The component's settings; the model is part of the package."""
        return bytes(srsly.json_dumps(self._settings), "utf-8")

    def from_bytes(self, data: bytes, *, exclude: Sequence[str] = ()) -> QuoteFinder:  # noqa: ARG002 - spaCy's signature
        """Take over the settings that `to_bytes` wrote."""
        self._configure(srsly.json_loads(data.decode("utf-8")))
        return self

    def to_disk(self, path: str | Path, *, exclude: Sequence[str] = ()) -> None:  # noqa: ARG002 - spaCy's signature
        """Write the settings into a folder, which is made where it is missing."""
        folder = ensure_path(path)
        folder.mkdir(parents=True, exist_ok=True)
        srsly.write_json(folder / _SETTINGS, self._settings)

    def from_disk(self, path: str | Path, *, exclude: Sequence[str] = ()) -> QuoteFinder:  # noqa: ARG002 - spaCy's signature
        """Take over the settings that `to_disk` wrote."""
        self._configure(srsly.read_json(ensure_path(path) / _SETTINGS))
        return self

    @property
    def _settings(self) -> dict[str, Any]:
        return {"extractor": self.extractor, "layers": list(self.layers)}

    def _configure(self, settings: Mapping[str, Any]) -> None:
        self.extractor = _known(settings["extractor"], EXTRACTORS, "extractor")
        self.layers = tuple(_known(layer, LAYERS, "layer") for layer in settings["layers"])


def quotes_of(doc: Doc) -> tuple[Quote, ...]:
    """The quotes that the component found in a Doc, in the order of the text; none when it has not run."""
    if "quotes/content" not in doc.spans:
        return ()
    kinds = {span.id: span.label_ for span in doc.spans["quotes/content"]}
    parts: dict[str, dict[int, list[TextSpan]]] = {role: {} for role in ROLES}
    for role in ROLES:
        group = doc.spans[f"quotes/{role}"]
        for span, (start, end) in zip(group, group.attrs["offsets"], strict=True):
            parts[role].setdefault(span.id, []).append(TextSpan(start, end))
    marks = MarkIndex(pair_marks(doc.text))
    confidences = doc.spans["quotes/content"].attrs["confidence"]
    return tuple(
        to_quote(
            Relation(
                contents=tuple(contents),
                cues=tuple(parts["cue"].get(number, ())),
                sources=tuple(parts["source"].get(number, ())),
                confidence=confidences[number],
                verbatim=kinds[number] == "direct",
            ),
            doc.text,
            marks,
        )
        for number, contents in sorted(parts["content"].items())
    )


def _group(doc: Doc, role: str, extraction: Extraction) -> SpanGroup:
    """One role's spans of all quotes, with what a span of tokens cannot hold in the group's attributes."""
    found = [(number, quote, span) for number, quote in enumerate(extraction.quotes) for span in _spans(quote, role)]
    attributes: dict[str, Any] = {"offsets": [[span.start, span.end] for _, _, span in found]}
    if role == "content":
        attributes["extractor"] = extraction.extractor
        attributes["confidence"] = [quote.confidence for quote in extraction.quotes]
    spans = [_tokens(doc, span, quote.kind if role == "content" else role, number) for number, quote, span in found]
    return SpanGroup(doc, name=f"quotes/{role}", attrs=attributes, spans=spans)


def _spans(quote: Quote, role: str) -> tuple[TextSpan, ...]:
    return {"content": quote.contents, "cue": quote.cues, "source": quote.sources}[role]


def _tokens(doc: Doc, span: TextSpan, label: str, number: int) -> Span:
    found = doc.char_span(span.start, span.end, label=label, span_id=number, alignment_mode="expand")
    assert found is not None, "characters of the Doc's own text always lie in tokens"
    return found


def _known(name: str, names: Iterable[_Name], what: str) -> _Name:
    for known in names:
        if known == name:
            return known
    raise ValueError(f"There is no {what} {name!r}: take one of {', '.join(names)}.")
