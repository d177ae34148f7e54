"""Quotations over several paragraphs: opened anew in each, closed in the last, and one statement.

“The road is closed.

“It will open in May,” she said.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from quotes.model import TextSpan
from quotes.text import strip_span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.extract.relation import Relation
    from quotes.model import MarkPair


def with_continued(relations: Sequence[Relation], marks: Sequence[MarkPair], text: str) -> list[Relation]:
    """The relations, with those that share a quotation over several paragraphs made one, which takes in all of it.

    Source and cue are those of the one that is surest of a source; a relation keeps what it has outside the quotation.
    Paragraphs in which somebody else says something are no such quotation: one of their marks is missing.
    """
    joined = list(relations)
    for chain in _chains(marks):
        quotation = [span for span in map(_with_glyphs, chain) if _has_words(span.of(text))]
        if len(quotation) < 2:
            continue
        whole = TextSpan(quotation[0].start, quotation[-1].end)
        inside = [r for r in joined if any(span.overlaps(whole) for span in r.contents)]
        if not inside or any(cue.overlaps(whole) for relation in joined for cue in relation.cues):
            continue
        best = max(inside, key=lambda relation: (bool(relation.sources), relation.confidence or 0.0))
        kept: list[Relation] = []
        for relation in joined:
            outside = tuple(part for span in relation.contents for part in _without(span, whole, text))
            contents = tuple(sorted((*outside, *quotation))) if relation is best else outside
            if contents:
                kept.append(replace(relation, contents=contents))
        joined = kept
    return joined


def _without(span: TextSpan, taken: TextSpan, text: str) -> list[TextSpan]:
    """What of a span lies before and after another, as far as there are words in it."""
    if not span.overlaps(taken):
        return [span]
    parts = ((span.start, min(span.end, taken.start)), (max(span.start, taken.end), span.end))
    return [strip_span(start, end, text) for start, end in parts if _has_words(text[start:end])]


def _has_words(text: str) -> bool:
    return any(map(str.isalnum, text))


def _chains(marks: Sequence[MarkPair]) -> list[list[MarkPair]]:
    """Outer quotations that run on from one paragraph into the next."""
    chains: list[list[MarkPair]] = []
    runs_on = False
    for mark in marks:
        if mark.level:
            continue
        if runs_on:
            chains[-1].append(mark)
        elif mark.status == "continued":
            chains.append([mark])
        runs_on = mark.status == "continued"
    return [chain for chain in chains if len(chain) > 1]


def _with_glyphs(mark: MarkPair) -> TextSpan:
    start = mark.opening.start if mark.opening else mark.start
    end = mark.closing.end if mark.closing else mark.end
    return TextSpan(start, end)
