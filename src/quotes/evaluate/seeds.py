"""Attributions and their speakers on the seeds' gold: the figures of `score_seeds.py`.

Required attributions must be found, with a source that shares a word with the gold one, and with the right person (any
of "speaker_names"). Optional ones are neutral, found or not.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from quotes.evaluate.names import same_person
from quotes.evaluate.records import gold_documents, predicted_documents
from quotes.evaluate.relations import match_relations, relations
from quotes.evaluate.report import Mistake, Report
from quotes.evaluate.words import WordIndex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotes.evaluate.records import Document, JsonLines, Record
    from quotes.evaluate.relations import Relation
    from quotes.evaluate.report import Figures

_TALLY = ("req", "match", "attr", "who", "pred", "good")
_COUNTS = frozenset(_TALLY)


def score_seeds(gold: JsonLines, predictions: JsonLines) -> Report:
    """Score attribution JSONL against gold with "required" and "speaker_names"; raises BadGold for anything else.

    The counts: required gold relations, those matched, with the right source, with the right person; predictions but
    for those matched with optional gold, and those matched with required gold.
    """
    documents = gold_documents(gold)
    predicted, warnings = predicted_documents(predictions, documents)
    counts: Counter[str] = Counter()
    errors: list[Mistake] = []
    for document in documents.values():
        for name, mistake in _judge(document, predicted.get(document.id)):
            if name:
                counts[name] += 1
            if mistake:
                errors.append(mistake)
    return Report(figures=_figures(counts), counts=_COUNTS, errors=tuple(errors), warnings=warnings)


def _judge(document: Document, record: Record | None) -> Iterator[tuple[str | None, Mistake | None]]:
    """Each thing to count in one document, each with its mistake if it is one."""
    index, length = WordIndex(document.text), len(document.text)
    ours = relations(document.record, index, length=length)
    theirs = [relation for relation in relations(record, index, length=length) if relation.content]
    matched = match_relations(ours, theirs)
    required = [relation.record.value("required") for relation in ours]
    for i, relation in enumerate(ours):
        if required[i]:
            yield "req", None
            yield from _judge_required(document, relation, theirs[matched[i]] if i in matched else None)
    gold_of = {j: i for i, j in matched.items()}
    for j, relation in enumerate(theirs):
        if j not in gold_of:
            source = relation.source_words(document.text)
            yield "pred", Mistake.at("false", document.id, relation.contents, document.text, predicted=source)
        elif required[gold_of[j]]:
            yield "pred", None
            yield "good", None


def _judge_required(
    document: Document, relation: Relation, answer: Relation | None
) -> Iterator[tuple[str | None, Mistake | None]]:
    text = document.text
    if answer is None:
        source = relation.source_words(text)
        yield None, Mistake.at("missed", document.id, relation.contents, text, gold=source)
        return
    yield "match", None
    if answer.source & relation.source:
        yield "attr", None
    else:
        differs = {"gold": relation.source_words(text), "predicted": answer.source_words(text)}
        yield None, Mistake.at("source", document.id, relation.contents, text, **differs)
    accepted = relation.record.strings("speaker_names", required=True)
    speaker = answer.record.optional_string("speaker")
    if speaker and same_person(speaker, accepted):
        yield "who", None
    else:
        person = relation.record.optional_string("speaker")
        yield None, Mistake.at("speaker", document.id, relation.contents, text, gold=person, predicted=speaker)


def _figures(counts: Counter[str]) -> Figures:
    required = counts["req"]
    return {
        "match_recall": _percent(counts["match"], required),
        "attribution_recall": _percent(counts["attr"], required),
        "right_person": _percent(counts["who"], required),
        "precision": _percent(counts["good"], counts["pred"]),
        **{name: counts[name] for name in _TALLY},
    }


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0
