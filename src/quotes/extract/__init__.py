"""From a spaCy Doc to quotes: what the marks show, what an extractor finds, and the two held against each other.

An extractor is a module with `find_relations(doc, marks)`, which gives the relations of a Doc, and `version()`.
Everything that follows from the text alone, the kind, the words of the mention, the class of the cue and the status of
the marks, is added here for all of them alike.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from quotes.extract.continued import with_continued
from quotes.extract.marks import pair_marks
from quotes.extract.relation import MarkIndex, to_quote
from quotes.extract.turns import with_turns
from quotes.model import Extraction

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from quotes.extract.relation import Relation
    from quotes.model import MarkPair

EXTRACTORS = {"model": "quotes.extract.neural", "rules": "quotes.extract.rules"}
"""The module of each extractor, by the name that `--extractor` takes; loaded when it is used."""

DEFAULT_EXTRACTOR = "model"


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
    chosen = cast("Extractor", import_module(EXTRACTORS[extractor]))
    text = doc.text
    marks = pair_marks(text)
    found = with_continued(with_turns(chosen.find_relations(doc, marks), text), marks, text)
    relations = sorted(found, key=lambda relation: relation.contents[0])
    index = MarkIndex(marks)
    quotes = tuple(to_quote(relation, text, index) for relation in relations)
    return Extraction(quotes=quotes, marks=marks, extractor=chosen.version())
