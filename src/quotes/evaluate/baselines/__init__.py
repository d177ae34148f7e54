"""What a model has to beat: extractors that are measured and timed, and never fill a database.

"regex" knows quotation marks and reporting verbs alone; "textacy" is that library's `direct_quotations`. A third one is
the extractor "rules" of `quotes.extract`: in the spirit of the BBC's Citron it takes cues from a lexicon and their
neighbours, contents from quotations and clauses, and sources from the nearest noun phrase.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from quotes.evaluate.records import JsonLines, gold_documents
from quotes.export.attributions import to_record
from quotes.extract import to_extraction
from quotes.extract.marks import pair_marks
from quotes.model import Article

if TYPE_CHECKING:
    from quotes.extract.relation import Relation

BASELINES = {"regex": "quotes.evaluate.baselines.regex", "textacy": "quotes.evaluate.baselines.textacy"}
"""The module of each baseline, by the name that `quotes evaluate --extractor` takes; loaded when it is used."""

COMPARED = ("rules", *BASELINES)
"""What `quotes evaluate --baselines` sets beside the figures; all but "rules" are baselines only."""


class Baseline(Protocol):
    """What a baseline's module holds."""

    def find_relations(self, article: Article) -> list[Relation] | None:
        """The relations of an article, in any order; None when the baseline gives the article up."""

    def version(self) -> str:
        """The name and the version of what was measured."""


def predict(gold: JsonLines, name: str) -> tuple[JsonLines, tuple[str, ...]]:
    """A baseline's reading of the gold's texts, a document a record, and what the reader of its figures must know.

    A document that the baseline gives up counts as one in which nothing is found. Raises KeyError for a name that
    `BASELINES` lacks.
    """
    baseline = cast("Baseline", import_module(BASELINES[name]))
    records = []
    given_up = 0
    for document in gold_documents(gold).values():
        article = Article(text=document.text, name=document.id)
        found = baseline.find_relations(article)
        given_up += found is None
        extraction = to_extraction(found or (), article.text, pair_marks(article.text), baseline.version())
        records.append(to_record(article, extraction))
    warnings = (f"{name} gave up on {given_up} of {len(records)} documents: nothing found in them.",) * bool(given_up)
    return JsonLines.of(f"baseline {name}", records), warnings
