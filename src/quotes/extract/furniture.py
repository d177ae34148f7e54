"""Relations held against what is printed around the article: a dateline, a byline, a licence states nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from quotes.furniture import find_furniture
from quotes.model import TextSpan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quotes.extract.relation import Relation

_WORD = re.compile(r"\w")
_EDGES = " \t\r\n\u00a0,;:–—-"


def without_furniture(relations: Sequence[Relation], text: str) -> list[Relation]:
    """The relations without the parts of them that stand in furniture; without those that say nothing else."""
    taken = [piece.span for piece in find_furniture(text) if not piece.is_read]
    if not taken or not relations:
        return list(relations)
    kept = []
    for relation in relations:
        if not any(span.overlaps(piece) for piece in taken for span in (*relation.contents, *relation.sources)):
            kept.append(relation)
            continue
        contents = tuple(sorted(part for span in relation.contents for part in _outside(span, taken, text)))
        if contents:
            sources = tuple(part for span in relation.sources for part in _outside(span, taken, text))
            kept.append(replace(relation, contents=contents, sources=sources))
    return kept


def _outside(span: TextSpan, taken: Sequence[TextSpan], text: str) -> Iterator[TextSpan]:
    """The parts of a span with words in them that no furniture covers."""
    start = span.start
    for piece in (*(piece for piece in taken if piece.overlaps(span)), None):
        end = span.end if piece is None else piece.start
        if start < end and _WORD.search(text, start, end):
            while start < end and start > span.start and text[start] in _EDGES:
                start += 1
            while text[end - 1] in _EDGES and end < span.end:
                end -= 1
            yield TextSpan(start, end)
        if piece is not None:
            start = max(start, piece.end)
