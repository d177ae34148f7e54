"""The keys of a wording: what it shares with wordings that may say the same, looked up in an index.

A key hangs on the wording alone, never on what else is stored, so that the order in which articles arrive does not
matter. There are four sorts. MinHash bands over the content words find near duplicates; winnowed runs of three content
words (Schleimer et al. 2003) find any shared run of four, so also a part of a longer statement; pairs of a sentence's
rarest stems find other words for the same, and so do the cells that its vector falls in (`quotes.group.vectors`), where
hardly a stem is the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

from quotes.group.screen import signature
from quotes.group.sketch import bands, coded, grams, hash_word, sketch
from quotes.group.wording import LEAST_WEIGHT, LIGHT
from quotes.lexicon import common_words, word_list
from quotes.text import fingerprint_of, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.group.vectors import Vectors

PILLARS = 64
"""A key that more wordings share is looked up among these only, of lowest rank."""

MOST_IN_BUCKET = 1000
"""Wordings that are looked at under one key, those of lowest rank."""

_LEAST_SAID = 3
_ROWS, _BANDS = 3, 6
_RUN = 3
_WINDOW = 2
_RAREST = 5
_STEM = 5
_SENTENCE = re.compile(r"[.!?…][\"'”’»)]*\s+")
_SALTS = {"near": 0x6E656172, "part": 0x70617274, "meaning": 0x6D65616E, "short": 0x73686F72, "cell": 0x63656C6C}


@dataclass(frozen=True, slots=True)
class IndexedWording:
    """A wording as it is looked up in the index; `light` are its function words, `content` the others.

    `weight` counts words, function words for a quarter each; `signature` is what `quotes.group.screen` looks at;
    `coded` and `coded_light` have a character for each word of `content` and `light`, for comparing many.
    """

    text: str
    fingerprint: str
    words: tuple[str, ...]
    content: tuple[str, ...]
    light: tuple[str, ...]
    weight: float
    signature: int
    coded: str
    coded_light: str

    @classmethod
    def of(cls, text: str) -> IndexedWording:
        """The wording of a quote's text."""
        own = tuple(words(text))
        function_words = word_list("function_words")
        content = tuple(word for word in own if word not in function_words)
        light = tuple(word for word in own if word in function_words)
        bits = signature(hash_word(_stem(word)) for word in content)
        weight = len(content) + LIGHT * len(light)
        return cls(text, fingerprint_of(own), own, content, light, weight, bits, coded(content), coded(light))

    @property
    def stems(self) -> set[str]:
        """Those of its content words."""
        return {_stem(word) for word in self.content}

    @property
    def short(self) -> bool:
        """Whether it says too little to join anything by itself."""
        return self.weight < LEAST_WEIGHT

    @property
    def rank(self) -> int:
        """A fixed place among all wordings; where too many share a key, those of low rank stand for it."""
        return int(self.fingerprint[-8:], 16)


def joins_from_one_mouth(wording: IndexedWording) -> bool:
    """Whether a short wording is enough to tell that one speaker has said it again: no single word or name is."""
    return len(wording.words) >= _LEAST_SAID


def nearness(wording: IndexedWording) -> int:
    """A number that wordings of nearly the same words are likely to share (MinHash, by one function)."""
    return min(map(hash_word, wording.content), default=0)


def word_keys(wording: IndexedWording) -> frozenset[int]:
    """Keys that wordings share which are near duplicates, or one of which is a part of the other."""
    hashes = [hash_word(word) for word in wording.content]
    runs = grams(hashes, _RUN)
    near = bands(sketch(set(hashes), _ROWS * _BANDS), _ROWS)
    return _salted("near", near) | _salted("part", _winnowed(runs))


def meaning_keys(wording: IndexedWording) -> frozenset[int]:
    """Keys that wordings share which have two rare stems of one sentence in common."""
    keys: set[int] = set()
    parts = sentences(wording.text)
    for own in map(stems, parts) if len(parts) > 1 else [wording.stems]:
        chosen = sorted(set(own), key=lambda stem: (-rarity(stem), stem))[:_RAREST]
        pairs = combinations(sorted(hash_word(stem) for stem in chosen), 2)
        keys.update(grams(pair, 2)[0] for pair in pairs)
    return _salted("meaning", keys)


def cell_keys(vectors: Vectors) -> list[frozenset[int]]:
    """For each vector, keys that wordings share which say something alike, in whatever words."""
    from quotes.group.vectors import cells

    return [_salted("cell", grams(own, 1)) for own in cells(vectors)]


def short_key(content: Sequence[str]) -> int:
    """The key of a short wording by its content words, for statements that hold them one after the other."""
    return next(iter(_salted("short", grams([hash_word(word) for word in content], len(content)))))


def contained_short_keys(wording: IndexedWording) -> frozenset[int]:
    """The keys of every short wording that this one's words may hold."""
    hashes = [hash_word(word) for word in wording.content]
    return frozenset().union(*(_salted("short", grams(hashes, length)) for length in range(1, int(LEAST_WEIGHT))))


def index_keys(wordings: Sequence[IndexedWording], vectors: Vectors) -> list[frozenset[int]]:
    """For each wording, with its vector, all keys under which it stands in the index."""
    return [
        frozenset([short_key(wording.content)] if wording.content else [])
        if wording.short
        else word_keys(wording) | meaning_keys(wording) | of_cells
        for wording, of_cells in zip(wordings, cell_keys(vectors), strict=True)
    ]


def sentences(text: str) -> list[str]:
    """The sentences of a statement, roughly; each may be a claim of its own."""
    return [part for part in _SENTENCE.split(text) if part.strip()]


def stems(text: str) -> list[str]:
    """The first letters of each content word: "expertise" and "experience" share them, as do forms of one word."""
    light = word_list("function_words")
    return [_stem(word) for word in words(text) if word not in light]


@lru_cache(maxsize=1 << 18)
def rarity(stem: str) -> float:
    """0 to 1: how little is known from general English where a word of this stem stands."""
    ranks = _ranks()
    return ranks.get(stem, len(ranks)) / len(ranks)


@lru_cache(maxsize=1 << 18)
def _stem(word: str) -> str:
    return word[:_STEM]


@cache
def _ranks() -> dict[str, int]:
    ranks: dict[str, int] = {}
    for word in common_words():
        ranks.setdefault(_stem(word), len(ranks))
    return ranks


def _winnowed(runs: Sequence[int]) -> set[int]:
    """The least of every `_WINDOW` neighbours: a shared stretch one run longer than a window's is never missed."""
    return {min(runs[i : i + _WINDOW]) for i in range(max(1, len(runs) - _WINDOW + 1))} if runs else set()


def signed(value: int) -> int:
    """64 bits as SQLite keeps them, with a sign."""
    return value - (value >> 63 << 64)


def _salted(sort: str, values: Sequence[int] | set[int]) -> frozenset[int]:
    return frozenset(signed(value ^ (_SALTS[sort] << 32)) for value in values)
