"""Resolved speakers against gold coreference: the figures of `score_speakers.py`.

found: share of the items that some prediction answers; named: of items whose person has a name in the document, the
share answered with that person, and the share right of those answered with any name; needs_link: the same where the
source itself has no name (he, the minister); unnamed: of found items whose person is never named, the share not given
to another.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.evaluate.names import name_words, same_person
from quotes.evaluate.records import gold_documents, predicted_documents
from quotes.evaluate.report import Mistake, Report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotes.evaluate.records import Document, JsonLines, Record
    from quotes.evaluate.report import Figures, MistakeKind
    from quotes.model import TextSpan

_COUNTS = frozenset({"items", "n"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    cues: tuple[TextSpan, ...]
    sources: tuple[TextSpan, ...]
    speaker: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """One gold source; `name` is None for people whom the document never names."""

    cue: TextSpan
    source: TextSpan
    name: str | None
    chain: tuple[str, ...]
    needs_link: bool

    @property
    def accepted(self) -> tuple[str, ...]:
        return (self.name, *self.chain) if self.name else self.chain


def score_speakers(gold: JsonLines, predictions: JsonLines) -> Report:
    """Score the "speaker" of attribution JSONL against gold "items"; raises BadGold for anything else.

    Items whose source is the first or second person are left out.
    """
    documents = gold_documents(gold)
    predicted, warnings = predicted_documents(predictions, documents)
    counts: Counter[str] = Counter()
    errors: list[Mistake] = []
    for document in documents.values():
        answers = _answers(predicted.get(document.id), len(document.text))
        for item in _items(document):
            answer = _find(item, answers)
            right = _is_right(item, answer, document)
            _count(counts, item, answer, right=right)
            if not right:
                differs = {"gold": item.name, "predicted": answer.speaker if answer else None}
                error: MistakeKind = "speaker" if answer else "missed"
                errors.append(Mistake.at(error, document.id, [item.source], document.text, **differs))
    return Report(figures=_figures(counts), counts=_COUNTS, errors=tuple(errors), warnings=warnings)


def _items(document: Document) -> Iterator[_Item]:
    length = len(document.text)
    for record in document.record.records("items"):
        if record.data.get("first_person") or record.data.get("second_person"):
            continue
        yield _Item(
            cue=record.span("cue_span", length=length),
            source=record.span("source_span", length=length),
            name=record.optional_string("gold_name") or None,
            chain=tuple(name for name in record.strings("names_in_chain", required=False) if name),
            needs_link=bool(record.data.get("needs_link")),
        )


def _answers(record: Record | None, length: int) -> list[_Answer]:
    return [
        _Answer(
            cues=attribution.spans("cues", length=length),
            sources=attribution.spans("sources", length=length),
            speaker=attribution.optional_string("speaker") or None,
        )
        for attribution in (record.records("attributions") if record else [])
    ]


def _find(item: _Item, answers: list[_Answer]) -> _Answer | None:
    """The first answer that overlaps the item's cue, or, failing that, its source."""
    by_cue = (answer for answer in answers if any(span.overlaps(item.cue) for span in answer.cues))
    by_source = (answer for answer in answers if any(span.overlaps(item.source) for span in answer.sources))
    return next(by_cue, None) or next(by_source, None)


def _is_right(item: _Item, answer: _Answer | None, document: Document) -> bool:
    """The right person, or, of one whom the document never names, no other person's name."""
    if answer is None:
        return False
    speaker = answer.speaker
    if item.name:
        return speaker is not None and same_person(speaker, item.accepted)
    if speaker is None or not any(word[:1].isupper() for word in speaker.split()):
        return True
    # the answer may repeat the source's own words: an organisation, a role
    return set(name_words(speaker)) <= set(name_words(item.source.of(document.text)))


def _count(counts: Counter[str], item: _Item, answer: _Answer | None, *, right: bool) -> None:
    counts["items"] += 1
    counts["found"] += answer is not None
    if item.name:
        for group in ("named", "needs_link") if item.needs_link else ("named",):
            counts[group] += 1
            counts[f"{group} right"] += right
            counts[f"{group} answered"] += answer is not None and answer.speaker is not None
    elif answer:
        counts["unnamed"] += 1
        counts["unnamed right"] += right


def _figures(counts: Counter[str]) -> Figures:
    return {
        "items": counts["items"],
        "found": _percent(counts["found"], counts["items"]),
        "named": _linked(counts, "named"),
        "needs_link": _linked(counts, "needs_link"),
        "unnamed": {"n": counts["unnamed"], "right": _percent(counts["unnamed right"], counts["unnamed"])},
    }


def _linked(counts: Counter[str], group: str) -> Figures:
    right = counts[f"{group} right"]
    return {
        "n": counts[group],
        "recall": _percent(right, counts[group]),
        "precision": _percent(right, counts[f"{group} answered"]),
    }


def _percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None
