"""What a scorer found: its figures, and the mistakes behind them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal

from quotes.text import join_spans, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quotes.model import TextSpan

MistakeKind = Literal["missed", "false", "source", "speaker", "split", "mixed"]
"""missed: gold that nothing answers; false: a prediction that answers no gold; source, speaker: found, but given to
another; split: a gold group spread over several claims; mixed: a claim that holds several gold groups."""

Figures = dict[str, Any]
"""Figures by name in the reference's order: numbers, None where there is nothing to measure, or one more level."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One error, with its words and the place: a document's id and [start, end) offsets into its text.

    `gold` and `predicted` say what differs: the sources' words, the speakers' names, the groups.
    """

    error: MistakeKind
    document: str
    spans: tuple[tuple[int, int], ...] = ()
    words: str
    gold: str | None = None
    predicted: str | None = None

    @classmethod
    def at(
        cls, error: MistakeKind, document: str, spans: Iterable[TextSpan], text: str, **differs: str | None
    ) -> Mistake:
        """A mistake at spans of a document's text."""
        found = tuple(spans)
        return cls(
            error=error,
            document=document,
            spans=tuple((span.start, span.end) for span in found),
            words=one_line(join_spans(found, text)),
            **differs,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The figures of one scorer, as its reference prints them.

    `counts` names the figures that are sizes and not qualities, at whatever level they stand; every other figure is
    the better the higher. `warnings` is what the reader of the figures must know.
    """

    figures: Figures
    counts: frozenset[str]
    errors: tuple[Mistake, ...] = ()
    warnings: tuple[str, ...] = ()

    def qualities(self) -> dict[str, float | None]:
        """Every figure that is no count, by its path ("content_match.f1")."""
        return {path: value for path, key, value in _leaves(self.figures) if key not in self.counts}

    def tables(self) -> Iterator[tuple[list[str], list[list[object]]]]:
        """The figures as tables, each with its columns and rows: what has the same columns stands together."""
        for columns, group in groupby(self.figures.items(), key=lambda item: _columns(item[1])):
            rows = [[name, *(value.values() if isinstance(value, dict) else [value])] for name, value in group]
            yield ["figure", *columns], rows


def _columns(value: object) -> list[str]:
    return list(value) if isinstance(value, dict) else ["value"]


def _leaves(figures: Figures) -> Iterator[tuple[str, str, float | None]]:
    for key, value in figures.items():
        if isinstance(value, dict):
            yield from ((f"{key}.{path}", leaf, number) for path, leaf, number in _leaves(value))
        else:
            yield key, key, value
