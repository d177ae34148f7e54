"""The words of a text as every scorer counts them, and which of them stand inside quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quotes.model import Kind, TextSpan

_WORD = re.compile(r"\w+")
_OPENING, _CLOSING = "“«", "”»"


def quoted_mask(text: str) -> bytearray:
    """A byte a character, 1 for what stands inside double quotation marks, paragraph by paragraph.

    Coarser than the extractor's pairing of marks on purpose: gold and predictions are measured by one rule that knows
    no extractor.
    """
    mask = bytearray(len(text))
    inside = False
    for i, char in enumerate(text):
        if char == "\n" or char in _CLOSING:
            inside = False
        elif char in _OPENING:
            inside = True
        elif char == '"':
            inside = not inside
        elif inside:
            mask[i] = 1
    return mask


class WordIndex:
    r"""The words of one text, numbered from 0: maximal runs of \w, so that marks at a span's edge cost nothing."""

    def __init__(self, text: str) -> None:
        bounds = [match.span() for match in _WORD.finditer(text)]
        mask = quoted_mask(text)
        self._starts = [start for start, _ in bounds]
        self._ends = [end for _, end in bounds]
        self._quoted = frozenset(i for i, (start, end) in enumerate(bounds) if all(mask[start:end]))

    def ids(self, spans: Iterable[TextSpan]) -> frozenset[int]:
        """The numbers of the words that share a character with any of the spans."""
        found: set[int] = set()
        for span in spans:
            found.update(range(bisect_right(self._ends, span.start), bisect_left(self._starts, span.end)))
        return frozenset(found)

    def kind(self, content: frozenset[int]) -> Kind:
        """Direct when all of the words stand inside quotation marks, mixed when some do, indirect when none does."""
        inside = len(content & self._quoted)
        if inside == len(content):
            return "direct"
        return "mixed" if inside else "indirect"
