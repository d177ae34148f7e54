"""Collecting the glyphs of a paragraph that may be quotation marks, with what stands around them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

Side = Literal["opens", "closes", "inner", "tight", "loose"]
"""What the neighbours of a glyph speak for. opens: space before, a word after; closes: a word or punctuation before,
space or punctuation after; inner: a word on both sides; tight: punctuation before and a word after; loose: space on
both sides."""

_Class = Literal["space", "word", "punctuation", "other"]

DOUBLED = {'""': '"', "““": "“", "””": "”", "„„": "„"}
"""A double mark set twice, and the mark that it stands for."""

_KINDS = {
    "＂": '"', "″": '"', "ˮ": '"', "〃": '"', "‟": "“", "〝": "“", "〞": "”", "〟": "”", "⹂": "„",
    "＇": "'", "′": "'", "´": "’", "‛": "‘", "❛": "‘", "❜": "’", "❝": "“", "❞": "”", "‶": "``", "‵": "`",
    "‚‚": "„", "‘‘": "``", "‘’": "’’", "´´": "’’", "′′": "''", "＇＇": "''",
    "﹁": "「", "﹂": "」", "﹃": "『", "﹄": "』", "｢": "「", "｣": "」",
}  # fmt: skip
"""Glyphs that count as another: what stands on the left is paired as if it were what stands on the right."""

_SINGLE = "'’‘`´‛′‵＇‚❛❜"
_OTHERS = '"“”„‟〝〞〟⹂＂″ˮ❝❞«»‹›「」『』﹁﹂﹃﹄｢｣‶'
_WIDE = "\u2e80-\ua4cf\uf900-\uffdc"
_TOKEN = re.compile(
    # apostrophes inside words, ’n’ for "and", and primes that stand for themselves
    rf"(?P<skip>(?<=[^\W{_WIDE}])[{_SINGLE}](?=[^\W_{_WIDE}])|(?<!\w)['’‘][nN]['’‘](?!\w)|[‴⁗]+)"
    # three straight ones after a word: the inner quotation ends first
    r"|(?P<single_first>(?<=\S)'(?=''(?!')))"
    r'|""|““|””|„„'
    rf"|''|’’|‘‘|‘’|``|´´|′′|‚‚|＇＇"
    rf"|[{_OTHERS}{_SINGLE}]"
)
_GLYPH = re.compile(rf"[{_OTHERS}‴⁗{_SINGLE}]")
"""What every token begins with: a set of characters is sought many times faster than the tokens are."""
_CUT_WORDS = re.compile(
    r"(?:\d\ds?|em|n|til|till|tis|twas|twere|cause|cuz|cos|coz|bout|round|im|er|ere|nuff|neath|kay|sup|cept|fraid|"
    r"gainst|twill|nother|scuse|spose|s|ll|re|ve|d|m|t)\b(?!['’]\w)",
    re.IGNORECASE,
)
_FEET_AND_INCHES = re.compile(r"\d['’′]['’′]?[ \xa0]?\d+(?:\.\d+)?[ \xa0]?[½¼¾]?\Z")
_OPEN_BRACKETS = frozenset({"Ps", "Pi"})
_CLOSE_BRACKETS = frozenset({"Pe", "Pf"})
_STOPS = frozenset(",.;:!?…。，、！？；：%‰")
_LONGEST_MEASURE = 16


@dataclass(frozen=True, slots=True)
class Token:
    """One glyph, or several that make one mark, at [start, end)."""

    start: int
    end: int
    kind: str
    """The mark that it counts as: “ for an opening double mark of any shape, '' for two straight single ones."""
    side: Side
    doubled: bool
    before: str
    """The last character before it and before the marks that it touches; a space where there is none."""
    after: str
    cut_word: bool
    """Whether what follows is a word that is written with an apostrophe in front (’em, ’90s, ’s)."""
    measure: Literal["no", "maybe", "sure"]
    """Whether it may stand for feet, inches, minutes or seconds."""
    introduced: bool
    """Whether it begins the paragraph or follows a comma or a colon: where speech begins."""
    lower_after: bool
    """Whether a space and a lower-case letter follow."""


def scan(text: str, start: int, end: int) -> list[Token]:
    """The glyphs of the paragraph [start, end) of a text that may be quotation marks, in order."""
    found = [match for match in _matches(text, start, end) if match["skip"] is None]
    before: list[str] = []
    for i, match in enumerate(found):
        touches = i > 0 and found[i - 1].end() == match.start()
        before.append(before[-1] if touches else text[match.start() - 1] if match.start() > start else " ")
    after: list[str] = []
    for i, match in reversed(list(enumerate(found))):
        touches = i + 1 < len(found) and found[i + 1].start() == match.end()
        after.append(after[-1] if touches else text[match.end()] if match.end() < end else " ")
    after.reverse()
    return [
        _token(text, (start, end), match, (left, right))
        for match, left, right in zip(found, before, after, strict=True)
    ]


def _matches(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """What `_TOKEN.finditer` gives."""
    while glyph := _GLYPH.search(text, start, end):
        match = _TOKEN.match(text, glyph.start(), end)
        if match is not None:
            yield match
        start = match.end() if match is not None else glyph.end()


def _token(text: str, paragraph: tuple[int, int], match: re.Match[str], sides: tuple[str, str]) -> Token:
    start, end = match.span()
    glyph = match[0]
    doubled = glyph in DOUBLED
    kind = DOUBLED.get(glyph, glyph)
    return Token(
        start=start,
        end=end,
        kind=_KINDS.get(kind, kind),
        side=_side(*sides),
        doubled=doubled,
        before=sides[0],
        after=sides[1],
        cut_word=_CUT_WORDS.match(text, end, paragraph[1]) is not None,
        measure=_measure(text, paragraph[0], start),
        introduced=start == paragraph[0] or text[max(paragraph[0], start - 2) : start] in {", ", ": "},
        lower_after=text[end : end + 1].isspace() and text[end + 1 : end + 2].islower(),
    )


def _measure(text: str, paragraph: int, start: int) -> Literal["no", "maybe", "sure"]:
    before = text[max(paragraph, start - _LONGEST_MEASURE) : start]
    if not before or not (before[-1].isdigit() or before[-1] in "½¼¾"):
        return "no"
    return "sure" if text[start] in "″′" or _FEET_AND_INCHES.search(before) else "maybe"


def _side(before: str, after: str) -> Side:
    left, right = _left_class(before), _right_class(after)
    if left == "space":
        if right == "punctuation" and after not in ".…":
            return "loose"
        return "loose" if right == "space" else "opens"
    if left == "other":
        return "opens" if right == "word" else "inner" if right == "other" else "closes"
    if right == "word":
        return "inner" if left == "word" else "tight"
    return "closes"


def _left_class(char: str) -> _Class:
    return "space" if unicodedata.category(char) in _OPEN_BRACKETS else _class(char, closing=_CLOSE_BRACKETS)


def _right_class(char: str) -> _Class:
    return "space" if unicodedata.category(char) in _CLOSE_BRACKETS else _class(char, closing=frozenset())


def _class(char: str, *, closing: frozenset[str]) -> _Class:
    if char.isalnum():
        return "word"
    category = unicodedata.category(char)
    if category[0] in "ZC":
        return "space"
    if category[0] == "M":
        return "word"
    return "punctuation" if char in _STOPS or category in closing else "other"
