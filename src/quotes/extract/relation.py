"""An attribution relation as an extractor finds it, and the quote that it becomes."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.extract.cues import read_cue
from quotes.model import Quote
from quotes.text import join_spans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.model import Kind, MarkPair, MarkStatus, TextSpan

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """Source, cue and content spans in the order of the text; `contents` is never empty.

    `confidence` is a calibrated probability that content and source are right, None where there is none. `verbatim`
    says that the content is printed as spoken though it stands in no quotation marks, as in a transcript.
    """

    contents: tuple[TextSpan, ...]
    cues: tuple[TextSpan, ...] = ()
    sources: tuple[TextSpan, ...] = ()
    confidence: float | None = None
    verbatim: bool = False


class MarkIndex:
    """The outer quotations of one text, ready to be asked what stands inside them."""

    def __init__(self, marks: Sequence[MarkPair]) -> None:
        self._outer = [mark for mark in marks if mark.level == 0]
        self._starts = [mark.start for mark in self._outer]

    def around(self, start: int, end: int) -> list[MarkPair]:
        """The outer quotations whose inside overlaps [start, end), in the order of the text."""
        first = max(0, bisect_right(self._starts, start) - 1)
        last = bisect_left(self._starts, end)
        return [mark for mark in self._outer[first:last] if mark.end > start]

    def holding(self, start: int, end: int) -> list[MarkPair]:
        """Those of them that hold what stands inside; of one without an opening mark it is anyone's guess what."""
        return [mark for mark in self.around(start, end) if mark.status != "unopened"]

    def holds(self, start: int, end: int) -> bool:
        """Whether [start, end) lies inside one outer quotation."""
        return any(mark.start <= start and end <= mark.end for mark in self.holding(start, end))


def to_quote(relation: Relation, text: str, marks: MarkIndex) -> Quote:
    """Add what the text alone tells of a relation; the speaker stays unresolved."""
    cue = read_cue(join_spans(relation.cues, text))
    return Quote(
        kind="direct" if relation.verbatim else kind_of(relation.contents, text, marks),
        contents=relation.contents,
        cues=relation.cues,
        sources=relation.sources,
        mention=join_spans(relation.sources, text) or None,
        cue_class=cue.cue_class,
        negated=cue.negated,
        modality=cue.modality,
        status=_status(relation.contents, marks),
        confidence=relation.confidence,
    )


def kind_of(contents: Sequence[TextSpan], text: str, marks: MarkIndex) -> Kind:
    """direct when every word of the content stands inside quotation marks, indirect when none does, else mixed.

    A content without any word counts by its marks alone: direct when it stands inside some.
    """
    if not any(marks.around(span.start, span.end) for span in contents):
        return "indirect"
    if all(marks.holds(span.start, span.end) for span in contents):
        return "direct"
    words = [(m.start(), m.end()) for span in contents for m in _WORD.finditer(text, span.start, span.end)]
    pieces = words or [(span.start, span.end) for span in contents]
    holding = marks.holding(pieces[0][0], pieces[-1][1])
    inside = sum(any(mark.start <= start and end <= mark.end for mark in holding) for start, end in pieces)
    if inside == 0:
        return "indirect"
    return "direct" if inside == len(pieces) else "mixed"


def _status(contents: Sequence[TextSpan], marks: MarkIndex) -> MarkStatus | None:
    """That of the first quotation that lacks a mark; else "closed", or "continued" when all of them run on."""
    found = [mark.status for span in contents for mark in marks.around(span.start, span.end)]
    broken = next((status for status in found if status in {"unclosed", "unopened"}), None)
    return broken or ("closed" if "closed" in found else found[0] if found else None)
