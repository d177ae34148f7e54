"""The words around a stretch of text, within its paragraph."""

from __future__ import annotations

from quotes.store.rows import Context


def around(text: str, start: int, end: int, *, width: int | None = None) -> Context:
    """[start, end) of a text with at most `width` characters on each side, cut between words; None: whole paragraphs.

    A line break ends a paragraph unless the line visibly runs on: it ends in a lower-case letter or a comma and the
    next line begins with a lower-case letter.
    """
    first, last = _paragraph_start(text, start, width), _paragraph_end(text, end, width)
    return Context(before=text[first:start].lstrip(), content=text[start:end], after=text[end:last].rstrip())


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Both from 1, columns in code points; lines end as editors see them, with a line feed."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _paragraph_start(text: str, start: int, width: int | None) -> int:
    bound = 0 if width is None else max(0, start - width)
    line_break = start
    while (line_break := text.rfind("\n", bound, line_break)) >= 0:
        if not _runs_on(text, line_break):
            return line_break + 1
    if not bound or text[bound - 1].isspace():
        return bound
    return next((index for index in range(bound, start) if text[index].isspace()), bound)


def _paragraph_end(text: str, end: int, width: int | None) -> int:
    bound = len(text) if width is None else min(len(text), end + width)
    line_break = end - 1
    while (line_break := text.find("\n", line_break + 1, bound)) >= 0:
        if not _runs_on(text, line_break):
            return line_break
    if bound == len(text) or text[bound].isspace():
        return bound
    return next((index for index in range(bound, end, -1) if text[index - 1].isspace()), bound)


def _runs_on(text: str, line_break: int) -> bool:
    before, after = text[max(0, line_break - 1) : line_break], text[line_break + 1 : line_break + 2]
    return (before.islower() or before == ",") and after.islower()
