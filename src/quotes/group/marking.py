"""Which stretches of a short text its quotation marks enclose; the text may begin or end inside a quotation.

An article's marks are paired by `quotes.extract.marks`, with all that paragraphs tell. Here there is a statement alone,
as it was cut out of its article, and nothing but its own marks.
"""

from __future__ import annotations

import re

_MARK = re.compile("''|``|[“”„«»\"〝〞「」『』]|['‘’]")
_OPENING, _CLOSING = frozenset("“„〝「『«") | {"``"}, frozenset("”〞」』»")
_SINGLE = frozenset("'‘’")


def marked(text: str) -> list[tuple[int, int]]:
    """The stretches between marks, in order, without the marks: nested ones are parts of the outer one.

    The first mark, where it closes what was never opened, encloses all before it; a later one that does is stray. What
    is never closed ends with the text.
    An apostrophe at a word's end may look like a closing mark; it is one only where a single mark was opened.
    """
    found: list[tuple[int, int]] = []
    opened: int | None = None
    by = ""
    for match in _MARK.finditer(text):
        glyph, start, end = match.group(), match.start(), match.end()
        single = glyph in _SINGLE
        before, after = text[start - 1 : start], text[end : end + 1]
        if opened is None or (by in _SINGLE and not single):
            if _opens(glyph, before, after):
                opened, by = end, glyph
            elif not single and not found:  # what it closes was opened before the text begins
                found.append((0, start))
                opened = None
        elif _closes(glyph, by, before, after):
            found.append((opened, start))
            opened = None
    if opened is not None and by not in _SINGLE:
        found.append((opened, len(text)))
    return found


def _opens(glyph: str, before: str, after: str) -> bool:
    if glyph in _OPENING:
        return True
    if glyph in _CLOSING:
        return glyph == "»" and not before.strip() and bool(after.strip())
    if glyph == "’":
        return False
    return not (before.isalnum() or before in {".", ",", "!", "?"}) and bool(after.strip())


def _closes(glyph: str, by: str, before: str, after: str) -> bool:
    if by in _SINGLE:
        return glyph in "'’" and bool(before.strip()) and not after.isalnum()
    if glyph in _SINGLE:
        return False
    if by == "„":
        return glyph in '“”"'
    if by == "»":
        return glyph == "«"
    return glyph in _CLOSING or glyph in {'"', "''"}
