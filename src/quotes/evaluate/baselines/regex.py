"""The least that finds quotes: balanced double quotation marks, and the reporting verb nearest to them."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING

from quotes.extract.relation import Relation
from quotes.lexicon import reporting_verbs
from quotes.model import TextSpan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.model import Article

MIN_WORDS = 4
"""Words inside the marks; fewer are titles and scare quotes more often than statements."""

_QUOTATION = re.compile(r'“[^“”\n]+”|"[^"\n]+"|«[^«»\n]+»')
_WORD = re.compile(r"\w+")


def version() -> str:
    """Changed with every change of what is found."""
    return "regex/1"


def find_relations(article: Article) -> list[Relation]:
    """Each quotation of four words or more within a line, with the nearest verb outside quotations in that line.

    There is no source, and no cue where the line has none.
    """
    found: list[Relation] = []
    start = 0
    for line in article.text.splitlines(keepends=True):
        found += _relations(line, start)
        start += len(line)
    return found


def _relations(line: str, start: int) -> list[Relation]:
    quotations = [match.span() for match in _QUOTATION.finditer(line)]
    verbs = _outside([match.span() for match in _verb().finditer(line)], quotations)
    found: list[Relation] = []
    for quotation in quotations:
        if len(_WORD.findall(line, *quotation)) >= MIN_WORDS:
            cues = tuple(_moved(verb, start) for verb in _nearest(verbs, quotation))
            found.append(Relation(contents=(_moved(quotation, start),), cues=cues))
    return found


def _outside(spans: Sequence[tuple[int, int]], quotations: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    ends = [end for _, end in quotations]

    def is_outside(start: int) -> bool:
        following = bisect_left(ends, start)
        return following == len(quotations) or start < quotations[following][0]

    return [span for span in spans if is_outside(span[0])]


def _nearest(cues: Sequence[tuple[int, int]], quotation: tuple[int, int]) -> list[tuple[int, int]]:
    """The cue nearest to a quotation, the one behind it of two as near; none of none."""
    following = bisect_left(cues, quotation)
    beside = cues[max(0, following - 1) : following + 1]
    return sorted(beside, key=lambda cue: cue[0] - quotation[1] if cue > quotation else quotation[0] - cue[1])[:1]


def _moved(span: tuple[int, int], by: int) -> TextSpan:
    return TextSpan(span[0] + by, span[1] + by)


@cache
def _verb() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(reporting_verbs())))}|according to)\b", re.IGNORECASE)
