"""Cutting a text into paragraphs, whether its lines are paragraphs or wrapped.

A blank line, a form feed and a paragraph separator always end a paragraph. Any other line break does too, as most
stored news has one paragraph a line, except where the line visibly runs on:

- its last character is a lower-case letter or a comma and the next line begins with a lower-case letter; or
- it stands in a block of lines (between blank lines) that was wrapped at a width: no line is longer than 100
  characters, at least one of 50 or more breaks off without ending a sentence, and the first word of the next line
  would not have fitted on this one. A line indented further than the one before begins a paragraph all the same.

Only the lines of one block decide about its breaks, so that what stands elsewhere in a text changes nothing.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINE = re.compile("([^\n\r\v\f\x85\u2028\u2029]*)(\r\n|[\n\r\v\f\x85\u2028\u2029]|\\Z)")
_FIRST_WORD = re.compile(r"\S+")
_HARD = "\f\u2029"
_WIDEST = 100
_SHORTEST_BROKEN = 50


class _Line(NamedTuple):
    start: int
    """Of its first character that is not white space."""
    end: int
    """After its last one."""
    indent: int
    first_word: int
    """Length of its first word."""
    first: str
    last: str

    @property
    def width(self) -> int:
        return self.indent + self.end - self.start


def split_paragraphs(text: str) -> list[tuple[int, int]]:
    """The [start, end) of every paragraph with anything in it, without the white space around it."""
    return [paragraph for block in _blocks(text) for paragraph in _paragraphs(block)]


def _blocks(text: str) -> Iterator[list[_Line]]:
    block: list[_Line] = []
    for match in _LINE.finditer(text):
        words = match[1].strip()
        if words:
            indent = len(match[1]) - len(match[1].lstrip())
            start = match.start() + indent
            first_word = _FIRST_WORD.match(words)
            block.append(
                _Line(start, start + len(words), indent, first_word.end() if first_word else 0, words[0], words[-1])
            )
        if block and (not words or match[2] in _HARD):
            yield block
            block = []


def _paragraphs(block: list[_Line]) -> Iterator[tuple[int, int]]:
    joined = _joined(block)
    start = block[0].start
    for line, following, runs_on in zip(block, block[1:], joined, strict=False):
        if not runs_on:
            yield start, line.end
            start = following.start
    yield start, block[-1].end


def _joined(block: list[_Line]) -> list[bool]:
    """Of every line but the last, whether the next one is of the same paragraph."""
    breaks = list(pairwise(block))
    width = max(line.width for line in block)
    full = [
        width <= _WIDEST and line.width + 1 + following.first_word > width and following.indent <= line.indent
        for line, following in breaks
    ]
    wrapped = any(
        is_full and line.width >= _SHORTEST_BROKEN and (line.last.isalnum() or line.last in ",–—")
        for is_full, line in zip(full, block, strict=False)
    )
    return [
        (is_full and wrapped) or ((line.last.islower() or line.last == ",") and following.first.islower())
        for is_full, (line, following) in zip(full, breaks, strict=True)
    ]
