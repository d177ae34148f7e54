"""Where a place in the text stands to the statements around it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.model import Quote
    from quotes.resolve.layout import Layout

Bounds = tuple[int, int]
"""Half-open offsets."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Where a statement's source stands and where its contents."""

    source: Bounds
    contents: tuple[Bounds, ...] = ()

    @classmethod
    def of(cls, quote: Quote) -> Statement:
        """That of a quote with a source."""
        source = (quote.sources[0].start, quote.sources[-1].end)
        return cls(source, tuple((span.start, span.end) for span in quote.contents))


@dataclass(frozen=True, slots=True)
class Place:
    """What a place in the text has to do with the statements around it; None for what there is not.

    `own`: the contents of the statement that it is the source of; `last`: where the last source before it begins;
    `holding`: where the source of the statement begins whose content holds it; `first`: what is said begins before the
    place; `near`: not more than the end of one sentence stands between the last statement and this one.
    """

    own: tuple[Bounds, ...] | None
    last: int | None
    holding: int | None
    first: bool
    near: bool


class Statements:
    """The statements of an article with a source, ready to be asked what stands where."""

    def __init__(self, statements: Sequence[Statement], layout: Layout) -> None:
        self._layout = layout
        self._sources = sorted({(*s.source, s.contents) for s in statements})
        self._source_starts = [source[0] for source in self._sources]
        self._contents = sorted((start, end, s.source) for s in statements for start, end in s.contents)
        self._content_starts = [content[0] for content in self._contents]

    def place(self, at: int) -> Place:
        """What a place has to do with the statements around it."""
        own = self._source(at)
        last = bisect_left(self._source_starts, own[0] if own else at) - 1
        holding = self._holding(at)
        begin = min((own[0], *(start for start, _ in own[2]))) if own else at
        last_end = max((self._sources[last][1], *(end for _, end in self._sources[last][2]))) if last >= 0 else 0
        return Place(
            own=own[2] if own else None,
            last=self._sources[last][0] if last >= 0 else None,
            holding=holding[2][0] if holding else None,
            first=begin < at,
            near=last >= 0 and self._layout.sentences(min(last_end, begin), begin) <= 1,
        )

    def source_at(self, at: int) -> int | None:
        """Where the source begins that a place stands in."""
        source = self._source(at)
        return source[0] if source else None

    def content_at(self, at: int) -> Bounds | None:
        """The last content that begins before a place and holds it."""
        holding = self._holding(at)
        return holding[:2] if holding else None

    def _source(self, at: int) -> tuple[int, int, tuple[Bounds, ...]] | None:
        number = bisect_right(self._source_starts, at) - 1
        return self._sources[number] if number >= 0 and at < self._sources[number][1] else None

    def _holding(self, at: int) -> tuple[int, int, Bounds] | None:
        number = bisect_right(self._content_starts, at) - 1
        for content in reversed(self._contents[max(0, number - 2) : number + 1]):
            if at < content[1]:
                return content
        return None
