"""From a spaCy Doc to quotes: what the marks show, what an extractor finds, and the two held against each other.

An extractor is a module with `find_relations(doc, marks)`, which gives the relations of a Doc, and `version()`.
Everything that follows from the text alone, the kind, the words of the mention, the class of the cue and the status of
the marks, is added here for all of them alike.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from quotes.extract.appositions import with_appositions
from quotes.extract.continued import with_continued
from quotes.extract.furniture import without_furniture
from quotes.extract.marks import pair_marks
from quotes.extract.nested import nested_relations
from quotes.extract.passives import with_passive_subjects
from quotes.extract.relation import MarkIndex, to_quote
from quotes.extract.turns import with_turns
from quotes.model import Extraction, NameSpan

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from spacy.tokens import Doc

    from quotes.extract.layers import Layers
    from quotes.extract.relation import Relation
    from quotes.model import MarkPair, NameKind

EXTRACTORS = {"model": "quotes.extract.neural", "rules": "quotes.extract.rules"}
"""The module of each extractor, by the name that `--extractor` takes; loaded when it is used."""

DEFAULT_EXTRACTOR = "model"

WITHOUT_DOC = "model"
"""The extractor that needs no Doc, and whose reading of a text tells more than its relations."""

_NAME_KINDS: Mapping[str, NameKind] = {"PERSON": "person", "ORGANIZATION": "organization", "LOCATION": "place"}


class Extractor(Protocol):
    """What an extractor's module holds."""

    def find_relations(self, doc: Doc, marks: Sequence[MarkPair]) -> list[Relation]:
        """The relations of a Doc, in any order; never raises for a text."""

    def version(self) -> str:
        """The name and the version that are stored with what was found."""


def extract(doc: Doc, *, extractor: str = DEFAULT_EXTRACTOR, nested: bool = False) -> Extraction:
    """Find every reported statement of a Doc, in the order of the text, with its speaker still unresolved.

    `nested` adds what stands inside other statements: where A says that B said something, what B said. Raises KeyError
    for an extractor that `EXTRACTORS` lacks; never raises for a text.
    """
    return extract_with_layers(doc, extractor=extractor, nested=nested)[0]


def extract_with_layers(
    doc: Doc, *, extractor: str = DEFAULT_EXTRACTOR, nested: bool = False
) -> tuple[Extraction, Layers | None]:
    """The same, and the layers that the model's one pass over the text tells besides; None for one without a model."""
    text = doc.text
    if extractor == WITHOUT_DOC:
        return extract_text(text, nested=nested)
    chosen = _module(extractor)
    marks = pair_marks(text)
    found = as_printed(chosen.find_relations(doc, marks), marks, text)
    return to_extraction(found, text, marks, chosen.version()), None


def extract_text(text: str, *, nested: bool = False) -> tuple[Extraction, Layers]:
    """What `extract_with_layers` finds by the model, which goes by the text alone: no Doc has to be made for it."""
    from quotes.extract import neural

    marks = pair_marks(text)
    relations, layers = neural.find_with_layers(text, marks)
    found = as_printed(relations, marks, text)
    if nested:
        found += nested_relations(found, text, neural.find_in_text, layers)
    names = tuple(_name(*name) for name in layers.names)
    return to_extraction(found, text, marks, neural.version(), names=names), layers


def to_extraction(
    relations: Iterable[Relation],
    text: str,
    marks: tuple[MarkPair, ...],
    extractor: str,
    *,
    names: tuple[NameSpan, ...] | None = None,
) -> Extraction:
    """The quotes of relations in any order, in the order of the text, with all that the text alone tells of them."""
    index = MarkIndex(marks)
    ordered = sorted(relations, key=lambda relation: relation.contents[0])
    quotes = tuple(to_quote(relation, text, index) for relation in ordered)
    return Extraction(quotes=quotes, marks=marks, extractor=extractor, names=names)


def as_printed(relations: Sequence[Relation], marks: Sequence[MarkPair], text: str) -> list[Relation]:
    """The relations held against what layout and marks show: whole turns, whole quotations, what is furniture."""
    relations = with_appositions(with_passive_subjects(relations, text), text)
    whole = with_continued(with_turns(relations, text), marks, text)
    return without_furniture(whole, text)


def current_extractor(extractor: str = DEFAULT_EXTRACTOR) -> str:
    """The name and the version that an extraction by this extractor will have."""
    return _module(extractor).version()


def _name(start: int, end: int, kind: str) -> NameSpan:
    return NameSpan(start, end, _NAME_KINDS[kind])


def _module(extractor: str) -> Extractor:
    return cast("Extractor", import_module(EXTRACTORS[extractor]))
