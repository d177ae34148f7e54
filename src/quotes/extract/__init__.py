"""From a spaCy Doc to quotes: what the marks show, what an extractor finds, and the two held against each other.

An extractor is a module with `find_relations(doc, marks)`, which gives the relations of a Doc, and `version()`.
Everything that follows from the text alone, the kind, the words of the mention, the class of the cue and the status of
the marks, is added here for all of them alike.
"""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from quotes.extract.continued import with_continued
from quotes.extract.marks import pair_marks
from quotes.extract.relation import MarkIndex, to_quote
from quotes.extract.turns import with_turns
from quotes.model import Extraction

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spacy.tokens import Doc

    from quotes.extract.layers import Layers
    from quotes.extract.relation import Relation
    from quotes.model import MarkPair

    FindRelations = Callable[[Doc, Sequence[MarkPair]], list[Relation]]

EXTRACTORS = {"model": "quotes.extract.neural", "rules": "quotes.extract.rules"}
"""The module of each extractor, by the name that `--extractor` takes; loaded when it is used."""

DEFAULT_EXTRACTOR = "model"

_WITH_LAYERS = "model"
"""The extractor whose reading of a text tells more than its relations."""


class Extractor(Protocol):
    """What an extractor's module holds."""

    def find_relations(self, doc: Doc, marks: Sequence[MarkPair]) -> list[Relation]:
        """The relations of a Doc, in any order; never raises for a text."""

    def version(self) -> str:
        """The name and the version that are stored with what was found."""


def extract(doc: Doc, *, extractor: str = DEFAULT_EXTRACTOR) -> Extraction:
    """Find every reported statement of a Doc, in the order of the text, with its speaker still unresolved.

    Raises KeyError for an extractor that `EXTRACTORS` lacks; never raises for a text.
    """
    chosen = _module(extractor)
    return _extraction(doc, chosen.find_relations, chosen.version())


def extract_with_layers(doc: Doc, *, extractor: str = DEFAULT_EXTRACTOR) -> tuple[Extraction, Layers | None]:
    """The same, and the layers that the model's one pass over the text tells besides; None for one without a model."""
    if extractor != _WITH_LAYERS:
        return extract(doc, extractor=extractor), None
    from quotes.extract import neural
    from quotes.extract.layers import layers_of

    reading = neural.read(doc.text)
    find_relations = partial(neural.find_relations, reading=reading)
    return _extraction(doc, find_relations, neural.version()), layers_of(reading)


def _module(extractor: str) -> Extractor:
    return cast("Extractor", import_module(EXTRACTORS[extractor]))


def _extraction(doc: Doc, find_relations: FindRelations, version: str) -> Extraction:
    text = doc.text
    marks = pair_marks(text)
    found = with_continued(with_turns(find_relations(doc, marks), text), marks, text)
    relations = sorted(found, key=lambda relation: relation.contents[0])
    index = MarkIndex(marks)
    quotes = tuple(to_quote(relation, text, index) for relation in relations)
    return Extraction(quotes=quotes, marks=marks, extractor=version)
