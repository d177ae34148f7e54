"""Quotation marks as facts: which stretches of a text stand between which glyphs.

`pair_marks` is a pure function of the text. The text is cut into paragraphs (`paragraphs`), the glyphs that may be
quotation marks are collected with what stands around them (`glyphs`), what each reading of a glyph costs is in `costs`,
and `search` takes the cheapest reading of a paragraph as a whole, so that an odd mark neither flips the later ones nor
reaches beyond its paragraph.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.extract.marks.glyphs import scan
from quotes.extract.marks.pairs import to_pairs
from quotes.extract.marks.paragraphs import split_paragraphs
from quotes.extract.marks.search import cheapest_reading, head_kinds

if TYPE_CHECKING:
    from quotes.model import MarkPair

__all__ = ["pair_marks"]


def pair_marks(text: str) -> tuple[MarkPair, ...]:
    """Every quotation that the marks of a text show, in the order of where each begins, the outer before the inner.

    Pairs of one level never overlap and a nested pair lies inside one of the level above. A quotation that lacks its
    closing mark runs to the end of its paragraph, or to the next quotation or the outer one's end if that comes
    first; one that lacks its opening mark begins with its paragraph or after the quotation before it. Apostrophes,
    feet, inches and minutes are no marks. Takes time linear in the text's length and never raises.
    """
    paragraphs = split_paragraphs(text)
    tokens = [scan(text, start, end) for start, end in paragraphs]
    heads = [head_kinds(found, start) for found, (start, _) in zip(tokens, paragraphs, strict=True)]
    pairs: list[MarkPair] = []
    for (start, end), found, head in zip(paragraphs, tokens, [*heads, ()][1:], strict=True):
        if found:
            pairs += to_pairs(text, start, cheapest_reading(found, end, head))
    return tuple(pairs)
