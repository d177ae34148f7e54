"""Words, sentences, paragraphs and quotations of a text, to measure distances in."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from quotes.lexicon import word_list
from quotes.resolve.names import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quotes.model import MarkPair

_OPENING = 3
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s+(?=[\"'“‘(]?[A-Z])|\n+")
_ABBREVIATED = re.compile(r"(?<!\w)(\w+)$")
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_LAST_WORD = re.compile(r"(\w+)\W{1,3}$")
_NEXT_WORD = re.compile(r"(?:['’]s)?\W{1,3}(\w+)")


def _is_abbreviated(text: str, at: int) -> bool:
    """Whether what stands at an offset is the full stop of a title or an initial: "Gen. Hale", "J. Hale"."""
    if text[at] != ".":
        return False
    match = _ABBREVIATED.search(text, max(0, at - len("Lieutenant.")), at)
    return match is not None and (len(match[1]) == 1 or fold(match[1]) in word_list("titles"))


class Position(NamedTuple):
    """How many words, ends of sentences and ends of paragraphs stand before a place."""

    words: int
    sentences: int
    paragraphs: int


class Layout:
    """Words, sentences and paragraphs of a text, to measure distances in."""

    def __init__(self, text: str, quoted: Callable[[int], bool] = lambda _: False) -> None:
        self.text = text
        self.quoted = quoted
        self._words = [m.start() for m in _WORD.finditer(text)]
        self._sentences = [m.end() for m in _SENTENCE_END.finditer(text) if not _is_abbreviated(text, m.start())]
        self._paragraphs = [m.start() for m in re.finditer("\n", text)]
        self.opening = self._sentences[_OPENING - 1] if len(self._sentences) >= _OPENING else len(text)
        """Where the headline and the first sentences end."""

    def words(self, start: int, end: int) -> int:
        """Words that begin in [start, end)."""
        return max(0, bisect_left(self._words, end) - bisect_left(self._words, start))

    def sentences(self, start: int, end: int) -> int:
        """Ends of sentences between two places."""
        return max(0, bisect_left(self._sentences, end + 1) - bisect_left(self._sentences, start + 1))

    def position(self, at: int) -> Position:
        """How much stands before a place; the difference of two is how far they lie apart."""
        return Position(
            bisect_left(self._words, at), bisect_left(self._sentences, at + 1), bisect_left(self._paragraphs, at)
        )

    def beside(self, start: int, end: int) -> tuple[str, str]:
        """The words before and after a stretch of text, case-folded; empty where there is none near."""
        before = _LAST_WORD.search(self.text, max(0, start - 25), start)
        after = _NEXT_WORD.match(self.text, end)
        return before[1].casefold() if before else "", after[1].casefold() if after else ""

    def begins_sentence(self, start: int) -> bool:
        """Whether at most two words of the sentence stand before `start`."""
        at = bisect_left(self._sentences, start + 1)
        return self.words(self._sentences[at - 1] if at else 0, start) <= 2


def inside_marks(marks: Sequence[MarkPair]) -> Callable[[int], bool]:
    """Tells whether an offset stands inside an outer quotation."""
    bounds = sorted((mark.start, mark.end) for mark in marks if mark.level == 0 and mark.status != "unopened")
    starts = [start for start, _ in bounds]

    def inside(at: int) -> bool:
        number = bisect_right(starts, at) - 1
        return number >= 0 and at < bounds[number][1]

    return inside
