"""The package's own predictions for the texts of a gold file."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Protocol

from quotes.evaluate.records import JsonLines, gold_documents
from quotes.model import Article

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quotes.model import Extraction


def predict_attributions(gold: JsonLines, *, extractor: str) -> JsonLines:
    """The gold's texts as `quotes extract` reads them: a document a record."""
    from quotes.export.attributions import to_record
    from quotes.pipeline import default_workers, extract_articles

    results = extract_articles(_articles(gold), extractor=extractor, workers=default_workers())
    return JsonLines.of(f"extractor {extractor}", [to_record(*result) for result in results])


def predict_quotes(gold: JsonLines, *, extractor: str) -> JsonLines:
    """The gold's texts as `quotes add` and `quotes export` leave them: a quote a record."""
    from quotes.export.jsonl import rows
    from quotes.pipeline import default_workers, extract_articles
    from quotes.store.connection import open_reading
    from quotes.store.writer import Writer

    with TemporaryDirectory(prefix="quotes-evaluate-") as folder:
        database = Path(folder) / "gold.db"
        with Writer(database) as writer:
            results = extract_articles(_articles(gold), extractor=extractor, nested=True, workers=default_workers())
            for article, extraction in results:
                writer.add(article, partial(_found, extraction))
        with closing(open_reading(database)) as connection:
            return JsonLines.of(f"extractor {extractor}", list(rows(connection)))


def _found(extraction: Extraction, _: Article) -> Extraction:
    return extraction


def predict_pairs(gold: JsonLines, *, extractor: str) -> JsonLines:  # noqa: ARG001 - no text is read for quotes
    """The gold's pairs as `quotes compare` scores them."""
    from quotes.group.edges import decide

    found = [decide(pair.string("a"), pair.string("b")) for pair in gold.records]
    return JsonLines.of("quotes compare", [{"score": edge.score, "edge": edge.kind} for edge in found])


class _Predictor(Protocol):
    def __call__(self, gold: JsonLines, *, extractor: str) -> JsonLines: ...


PREDICTORS: Mapping[str, _Predictor] = {
    "attributions": predict_attributions,
    "quotes": predict_quotes,
    "scores": predict_pairs,
}
"""What makes the predictions that a scorer reads, by `Scorer.reads`."""


def _articles(gold: JsonLines) -> Iterator[Article]:
    for document in gold_documents(gold).values():
        yield Article(text=document.text, name=document.id, path=f"{gold.name}/{document.id}", reader="evaluate")
