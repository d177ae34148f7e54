"""From a spaCy Doc to quotes: what the marks show, what an extractor finds, and the two held against each other.

An extractor is a function from a Doc and its mark pairs to relations. Everything that follows from the text alone, the
kind, the words of the mention, the class of the cue and the status of the marks, is added here for all of them alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.extract import rules
from quotes.extract.marks import pair_marks
from quotes.extract.relation import MarkIndex, to_quote
from quotes.model import Extraction

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc

    from quotes.extract.relation import Relation
    from quotes.model import MarkPair

    Extractor = Callable[[Doc, tuple[MarkPair, ...]], list[Relation]]

EXTRACTORS: dict[str, Extractor] = {"rules": rules.find_relations}
"""Every extractor by the name that `--extractor` takes."""

VERSIONS = {"rules": "rules/1"}

DEFAULT_EXTRACTOR = "rules"


def extract(doc: Doc, *, extractor: str = DEFAULT_EXTRACTOR) -> Extraction:
    """Find every reported statement of a Doc, in the order of the text, with its speaker still unresolved.

    Raises KeyError for an extractor that `EXTRACTORS` lacks; never raises for a text.
    """
    text = doc.text
    marks = pair_marks(text)
    relations = EXTRACTORS[extractor](doc, marks)
    relations.sort(key=lambda relation: relation.contents[0])
    index = MarkIndex(marks)
    quotes = tuple(to_quote(relation, text, index) for relation in relations)
    return Extraction(quotes=quotes, marks=marks, extractor=VERSIONS[extractor])
