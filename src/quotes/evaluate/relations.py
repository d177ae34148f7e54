"""Attribution relations as the scorers compare them: spans turned into the words that they cover."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.evaluate.matching import match_best_first
from quotes.text import join_spans, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.evaluate.records import Record
    from quotes.evaluate.words import WordIndex
    from quotes.model import Kind, TextSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """One relation: its spans, the numbers of the words in them, its kind, and the object it was read from."""

    contents: tuple[TextSpan, ...]
    sources: tuple[TextSpan, ...]
    content: frozenset[int]
    source: frozenset[int]
    kind: Kind
    record: Record

    def source_words(self, text: str) -> str | None:
        """The source's words, None where there is no source."""
        return one_line(join_spans(self.sources, text)) or None


def relations(record: Record | None, index: WordIndex, *, length: int) -> list[Relation]:
    """The relations in an object's "attributions", of no object none; "contents" must be there."""
    found = []
    for attribution in record.records("attributions") if record else []:
        contents = attribution.spans("contents", length=length, required=True)
        sources = attribution.spans("sources", length=length)
        content = index.ids(contents)
        found.append(
            Relation(
                contents=contents,
                sources=sources,
                content=content,
                source=index.ids(sources),
                kind=index.kind(content),
                record=attribution,
            )
        )
    return found


def match_relations(gold: Sequence[Relation], predicted: Sequence[Relation]) -> dict[int, int]:
    """Which prediction each gold relation is matched with, both as positions."""
    return match_best_first([relation.content for relation in gold], [relation.content for relation in predicted])
