"""Attribution relations against gold ones: the figures of `score_attributions.py`.

All are micro-averaged over documents and count words. content_token: words in any content against words in any gold
content; content_exact: relations with the same content words; content_match: relations matched one to one; attribution:
matched ones whose sources share a word, or that both have none. For each kind of gold relation, the recall of the last
two. A document that the predictions lack counts as predicted empty.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, get_args

from quotes.evaluate.records import gold_documents, predicted_documents
from quotes.evaluate.relations import match_relations, relations
from quotes.evaluate.report import Mistake, Report
from quotes.evaluate.words import WordIndex
from quotes.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quotes.evaluate.records import Document, JsonLines, Record
    from quotes.evaluate.relations import Relation
    from quotes.evaluate.report import Figures

_COUNTS = frozenset({"documents", "relations_gold", "relations_pred", "gold", "pred"})


def score_attributions(gold: JsonLines, predictions: JsonLines) -> Report:
    """Score attribution JSONL against gold in the same format; raises BadGold for what is not in it."""
    documents = gold_documents(gold)
    predicted, warnings = predicted_documents(predictions, documents)
    counts: Counter[str] = Counter()
    errors: list[Mistake] = []
    for document in documents.values():
        index = WordIndex(document.text)
        ours = _with_words(document.record, index, document)
        theirs = _with_words(predicted.get(document.id), index, document)
        matched = match_relations(ours, theirs)
        _count_contents(counts, ours, theirs)
        _count_kinds(counts, ours, theirs, matched)
        errors.extend(_mistakes(document, ours, theirs, matched))
    return Report(figures=_figures(len(documents), counts), counts=_COUNTS, errors=tuple(errors), warnings=warnings)


def _with_words(record: Record | None, index: WordIndex, document: Document) -> list[Relation]:
    found = relations(record, index, length=len(document.text))
    return [relation for relation in found if relation.content]


def _count_contents(counts: Counter[str], ours: Sequence[Relation], theirs: Sequence[Relation]) -> None:
    gold_words = frozenset[int]().union(*(relation.content for relation in ours))
    predicted_words = frozenset[int]().union(*(relation.content for relation in theirs))
    exact = Counter(relation.content for relation in ours) & Counter(relation.content for relation in theirs)
    counts["shared_words"] += len(gold_words & predicted_words)
    counts["gold_words"] += len(gold_words)
    counts["predicted_words"] += len(predicted_words)
    counts["exact"] += exact.total()
    counts["gold"] += len(ours)
    counts["predicted"] += len(theirs)


def _count_kinds(
    counts: Counter[str], ours: Sequence[Relation], theirs: Sequence[Relation], matched: dict[int, int]
) -> None:
    counts.update(f"gold {relation.kind}" for relation in ours)
    counts.update(f"predicted {relation.kind}" for relation in theirs)
    for i, j in matched.items():
        kind = ours[i].kind
        counts[f"matched {kind}"] += 1
        counts[f"attributed {kind}"] += same_source(ours[i], theirs[j])


def same_source(a: Relation, b: Relation) -> bool:
    """Whether the two sources share a word, or neither has one."""
    return bool(a.source & b.source) or not (a.source or b.source)


def _mistakes(
    document: Document, ours: Sequence[Relation], theirs: Sequence[Relation], matched: dict[int, int]
) -> Iterator[Mistake]:
    text = document.text
    for i, relation in enumerate(ours):
        source = relation.source_words(text)
        if i not in matched:
            yield Mistake.at("missed", document.id, relation.contents, text, gold=source)
        elif not same_source(relation, theirs[matched[i]]):
            predicted = theirs[matched[i]].source_words(text)
            yield Mistake.at("source", document.id, relation.contents, text, gold=source, predicted=predicted)
    taken = set(matched.values())
    for j, relation in enumerate(theirs):
        if j not in taken:
            yield Mistake.at("false", document.id, relation.contents, text, predicted=relation.source_words(text))


def _figures(documents: int, counts: Counter[str]) -> Figures:
    kinds = get_args(Kind)
    gold, predicted = counts["gold"], counts["predicted"]
    matched = sum(counts[f"matched {kind}"] for kind in kinds)
    attributed = sum(counts[f"attributed {kind}"] for kind in kinds)
    figures: Figures = {
        "documents": documents,
        "relations_gold": gold,
        "relations_pred": predicted,
        "content_token": _precision_recall(counts["shared_words"], counts["predicted_words"], counts["gold_words"]),
        "content_exact": _precision_recall(counts["exact"], predicted, gold),
        "content_match": _precision_recall(matched, predicted, gold),
        "attribution": _precision_recall(attributed, predicted, gold),
    }
    for kind in kinds:
        n = counts[f"gold {kind}"]
        figures[kind] = {
            "gold": n,
            "pred": counts[f"predicted {kind}"],
            "match_recall": round(100 * counts[f"matched {kind}"] / n, 2) if n else None,
            "attribution_recall": round(100 * counts[f"attributed {kind}"] / n, 2) if n else None,
        }
    return figures


def _precision_recall(right: int, predicted: int, gold: int) -> dict[str, float]:
    """Precision, recall and F1 in percent; 0 where there is nothing to divide by."""
    p = right / predicted if predicted else 0.0
    r = right / gold if gold else 0.0
    return {"p": round(100 * p, 2), "r": round(100 * r, 2), "f1": round(200 * p * r / (p + r), 2) if p + r else 0.0}
