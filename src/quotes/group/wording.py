"""The words of one wording, in their comparable form and as printed, and what stands around and between them."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from quotes.group.kinds import may_matter
from quotes.group.marking import marked
from quotes.group.quantities import SIGNS, quantity
from quotes.lexicon import word_list
from quotes.text import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LIGHT = 0.25
"""What a function word counts for; every other word counts for 1."""

LEAST_WEIGHT = 4.0
"""Below it a wording is short: alone, it joins nothing."""

_TOKEN = re.compile(
    rf"[{SIGNS}](?=\s?\d)|%"
    r"|\d+(?:[.,]\d+)*(?:[^\W\d_]+)?"
    r"|(?:[^\W\d_]\.){2,}"  # U.S.
    r"|\[\w{1,4}\]\w+|\w+\[\w{1,4}\]"  # [T]he, expect[ed]
    r"|\w+(?:['’ʼ]\w+)*"
)
_CONTRACTED = re.compile(r"(.+?)(n['’ʼ]t|['’ʼ](?:ll|re|ve|m|d|s))")
_WITHOUT_APOSTROPHE = re.compile(r"(do|does|did|is|are|was|were|ca|wo|could|would|should|have|has|had)(nt)|(can)(not)")
_IN_FULL = {"nt": "not", "ll": "will", "re": "are", "ve": "have", "m": "am", "d": "would", "s": "'s", "not": "not"}
_STEMS = {"ca": "can", "wo": "will", "sha": "shall", "ai": "is"}
_IS = frozenset("it he she that this there here what who where how everyone everything nothing".split())
_APOSTROPHES = re.compile("['’ʼ]")
_BRACKETS = re.compile(r"\[[^\[\]]{1,300}\]|\([^()]{1,300}\)")
_ELLIPSIS = re.compile(r"…|\.(?:[ \xa0]?\.){2,}")
_BREAK = re.compile(r"[,.;:!?()\[\]–—…]|--| - ")
_JOINT = re.compile(r"[ \xa0\u202f\u2009-]?")
_SENTENCE = re.compile(r'[.!?:“"…]')


class Word(NamedTuple):
    """One word, a part of a contraction (did|n’t), or a whole number with its unit; its key is what is compared."""

    start: int
    end: int
    printed: str
    key: str
    weight: float
    """What it counts for: words that carry little (the, of, and) count for little."""
    starts: bool
    """Whether it begins a sentence, where a capital tells nothing."""
    quoted: bool
    """Whether it stands inside quotation marks."""
    bracketed: bool
    """Whether it, or a part of it, stands in square brackets: the writer's own word."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A text with its words in order; [`start`, `end`) of each is a stretch of `text`.

    Gap i is what stands before word i, and the last gap what stands after them all. `ellipses` are the gaps that show
    a cut, `breaks` those with punctuation that ends a clause; the outer gaps always do. It is `partly_quoted` where
    quotation marks enclose some of the words and not all.
    """

    text: str
    words: tuple[Word, ...]
    keys: tuple[str, ...]
    """What of each word is compared."""
    weights: tuple[float, ...]
    """What the words before each gap count for together."""
    mattering: tuple[int, ...]
    """How many of the words before each gap may matter whatever stands for them (`kinds.may_matter`)."""
    ellipses: frozenset[int]
    breaks: frozenset[int]
    partly_quoted: bool

    def weight(self, first: int, last: int) -> float:
        """What the words from one gap to another count for."""
        return self.weights[last] - self.weights[first]

    def may_matter(self, first: int, last: int) -> bool:
        """Whether a word from one gap to another may matter whatever stands for it."""
        return self.mattering[last] > self.mattering[first]


@lru_cache(maxsize=1 << 13)
def read_wording(text: str) -> Wording:
    """The words of a text; marks, brackets and punctuation are none."""
    quoted, bracketed = marked(text), [match.span() for match in _BRACKETS.finditer(text) if match[0][0] == "["]
    found: list[Word] = []
    gaps: list[str] = []
    reach = 0
    for start, end, key in _joined(text, _tokens(text)):
        printed, before = text[start:end], text[reach:start]
        found.append(
            Word(
                start,
                end,
                printed,
                key,
                weight_of(key),
                starts=not found or (before != " " and _SENTENCE.search(before) is not None),
                quoted=_inside(quoted, start),
                bracketed=_inside(bracketed, start) or "[" in printed,
            )
        )
        gaps.append(before)
        reach = end
    uncommon = [(place, gap) for place, gap in enumerate((*gaps, text[reach:])) if gap != " "]
    return Wording(
        text=text,
        words=tuple(found),
        keys=tuple([word.key for word in found]),
        weights=(0.0, *accumulate([word.weight for word in found])),
        mattering=(0, *accumulate([int(may_matter(word.key, word.printed)) for word in found])),
        ellipses=frozenset([place for place, gap in uncommon if _ELLIPSIS.search(gap)]),
        breaks=frozenset([0, len(found), *(place for place, gap in uncommon if _BREAK.search(gap))]),
        partly_quoted=bool(quoted) and len({word.quoted for word in found}) == 2,
    )


@lru_cache(maxsize=1 << 16)
def weight_of(key: str) -> float:
    """What a word with this key counts for."""
    return LIGHT if key in word_list("function_words") or key == "'s" else 1.0


def _tokens(text: str) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for match in _TOKEN.finditer(text):
        first = match.start()
        found += [(first + start, first + end, form) for start, end, form in _split(match[0])]
    return found


def _inside(spans: Sequence[tuple[int, int]], place: int) -> bool:
    """Whether one of the spans, which are in order and apart, holds it."""
    if not spans:
        return False
    at = max(bisect_right(spans, (place, place)) - 1, 0)
    return spans[at][0] <= place < spans[at][1] or (
        at + 1 < len(spans) and spans[at + 1][0] <= place < spans[at + 1][1]
    )


@lru_cache(maxsize=1 << 16)
def _split(printed: str) -> tuple[tuple[int, int, str], ...]:
    """Bounds in it and form of the word, or of the parts that a contraction has."""
    form = printed.casefold()
    parts = _CONTRACTED.fullmatch(form) or _WITHOUT_APOSTROPHE.fullmatch(form) if len(form) == len(printed) else None
    if not parts:
        folded = "".join(words(printed.replace("[", "").replace("]", "").replace(".", "")))
        return ((0, len(printed), form if form[0].isdigit() or not folded else folded),)
    stem, ending = (part for part in parts.groups() if part)
    full = _IN_FULL[_APOSTROPHES.sub("", ending)]
    if full == "'s":
        full = "us" if stem == "let" else "is" if stem in _IS else full
    first = _STEMS.get(stem, stem) if full == "not" else "".join(words(stem)) or stem
    return (0, len(stem), first), (len(stem), len(printed), full)


def _joined(text: str, tokens: Sequence[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """The words with their keys, each number as one."""
    reach = 0
    for first, token in enumerate(tokens):
        if first < reach:
            continue
        start, _, form = token
        if not _may_begin(form):
            yield token
            continue
        last = first + 1
        while last < min(len(tokens), first + 16) and _JOINT.fullmatch(text, tokens[last - 1][1], tokens[last][0]):
            last += 1
        found = quantity([token[2] for token in tokens[first:last]], 0)
        if not found:
            yield token
            continue
        key, number = found
        reach = first + number
        yield start, tokens[reach - 1][1], key


@lru_cache(maxsize=1 << 16)
def _may_begin(form: str) -> bool:
    return form[0].isdigit() or form[0] in SIGNS or form in _BEGINNINGS


_BEGINNINGS = frozenset(
    "a an half zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred dozen thousand million "
    "billion trillion first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
)
