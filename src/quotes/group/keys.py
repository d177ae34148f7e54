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
from functools import cache, cached_property, lru_cache
from itertools import chain, combinations
from typing import TYPE_CHECKING

from quotes.group.screen import signature
from quotes.group.sketch import bands, coded, grams, hash_word, least_of_each, mixed, runs_of
from quotes.group.wording import LEAST_WEIGHT, LIGHT
from quotes.lexicon import common_words, word_list
from quotes.text import fingerprint_of, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from quotes.group.vectors import Vectors

    _Keyed = tuple[NDArray[np.int64], NDArray[np.int64]]

PILLARS = 64
"""A key that more wordings share is looked up among these only, of lowest rank."""

MOST_IN_BUCKET = 1000
"""Wordings that are looked at under one key, those of lowest rank."""

_LEAST_SAID = 3
_ROWS, _BANDS = 3, 6
_RUN = 3
_RAREST = 5
_STEM = 5
_SENTENCE = re.compile(r"[.!?…][\"'”’»)]*\s+")
_SALTS = {"near": 0x6E656172, "part": 0x70617274, "meaning": 0x6D65616E, "short": 0x73686F72, "cell": 0x63656C6C}


@dataclass(frozen=True)
class IndexedWording:
    """A wording as it is looked up in the index; `light` are its function words, `content` the others.

    `weight` counts words, function words for a quarter each.
    """

    text: str
    words: tuple[str, ...]
    content: tuple[str, ...]
    light: tuple[str, ...]
    weight: float

    @classmethod
    def of(cls, text: str) -> IndexedWording:
        """The wording of a quote's text."""
        own = tuple(words(text))
        function_words = word_list("function_words")
        content = tuple([word for word in own if word not in function_words])
        light = tuple([word for word in own if word in function_words])
        return cls(text, own, content, light, weight=len(content) + LIGHT * len(light))

    @cached_property
    def fingerprint(self) -> str:
        """The hash of its words."""
        return fingerprint_of(self.words)

    @cached_property
    def signature(self) -> int:
        """What `quotes.group.screen` looks at."""
        return signature(hash_word(_stem(word)) for word in self.content)

    @cached_property
    def coded(self) -> str:
        """A character for each word of `content`, for comparing many."""
        return coded(self.content)

    @cached_property
    def coded_light(self) -> str:
        """A character for each word of `light`."""
        return coded(self.light)

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


def nearness(wording: IndexedWording) -> tuple[int, int]:
    """Numbers that wordings of nearly the same words are likely to share: the least and the largest hash (MinHash)."""
    hashes = list(map(hash_word, wording.content))
    return min(hashes, default=0), max(hashes, default=0)


def word_keys(wording: IndexedWording) -> frozenset[int]:
    """Keys that wordings share which are near duplicates, or one of which is a part of the other."""
    (found,) = _together(1, *_word_keys([wording]))
    return found


def meaning_keys(wording: IndexedWording) -> frozenset[int]:
    """Keys that wordings share which have two rare stems of one sentence in common."""
    (found,) = _together(1, _meaning_keys([wording]))
    return found


def _word_keys(wordings: Sequence[IndexedWording]) -> Iterator[_Keyed]:
    import numpy as np

    counts = np.array([len(wording.content) for wording in wordings])
    every = chain.from_iterable(wording.content for wording in wordings)
    hashes = np.fromiter(map(hash_word, every), dtype=np.uint64, count=counts.sum())
    own = np.arange(len(wordings))
    near = bands(least_of_each(hashes, counts, _ROWS * _BANDS), _ROWS)
    yield np.repeat(own, _BANDS), _salted("near", near.ravel())
    runs, each = runs_of(hashes, counts, _RUN)
    owners = np.repeat(own, each)
    # winnowed: of every two neighbours the lesser, so that a shared stretch of two runs is never missed
    together = owners[:-1] == owners[1:]
    yield owners[:-1][together], _salted("part", np.minimum(runs[:-1], runs[1:])[together])
    alone = each[owners] == 1
    yield owners[alone], _salted("part", runs[alone])


def _meaning_keys(wordings: Sequence[IndexedWording]) -> _Keyed:
    import numpy as np

    owners: list[int] = []
    stems_of: list[str] = []
    for number, wording in enumerate(wordings):
        parts = sentences(wording.text)
        for own in map(stems, parts) if len(parts) > 1 else [wording.stems]:
            chosen = sorted(set(own), key=lambda stem: (-rarity(stem), stem))[:_RAREST]
            ordered = sorted(chosen, key=hash_word)
            for pair in combinations(ordered, 2):
                owners.append(number)
                stems_of += pair
    hashes = np.fromiter(map(hash_word, stems_of), dtype=np.uint64, count=len(stems_of))
    return np.array(owners, dtype=np.int64), _salted("meaning", mixed(hashes[::2], hashes[1::2]))


def _salted(sort: str, values: NDArray[np.uint64]) -> NDArray[np.int64]:
    """As SQLite keeps 64 bits: with a sign."""
    found: NDArray[np.int64] = (values ^ (_SALTS[sort] << 32)).view("i8")
    return found


def _together(number: int, *keyed: _Keyed) -> list[frozenset[int]]:
    """The keys of each of so many wordings, of pairs of the wordings' places and their keys."""
    found: list[set[int]] = [set() for _ in range(number)]
    for owners, keys in keyed:
        for owner, key in zip(owners.tolist(), keys.tolist(), strict=True):
            found[owner].add(key)
    return list(map(frozenset, found))


def cell_keys(vectors: Vectors) -> list[frozenset[int]]:
    """For each vector, keys that wordings share which say something alike, in whatever words."""
    return _together(len(vectors), _cell_keys(vectors))


def _cell_keys(vectors: Vectors) -> _Keyed:
    import numpy as np

    from quotes.group.vectors import cells

    found = cells(vectors)
    owners = np.repeat(np.arange(len(found)), [len(own) for own in found])
    return owners, _salted("cell", mixed(np.fromiter(chain.from_iterable(found), dtype=np.uint64, count=len(owners))))


def short_key(content: Sequence[str]) -> int:
    """The key of a short wording by its content words, for statements that hold them one after the other."""
    return _short(grams([hash_word(word) for word in content], len(content))[0])


def contained_short_keys(wording: IndexedWording) -> frozenset[int]:
    """The keys of every short wording that this one's words may hold."""
    hashes = [hash_word(word) for word in wording.content]
    return frozenset(_short(run) for length in range(1, int(LEAST_WEIGHT)) for run in grams(hashes, length))


def _short(run: int) -> int:
    return signed(run ^ (_SALTS["short"] << 32))


def index_keys(wordings: Sequence[IndexedWording], vectors: Vectors) -> list[frozenset[int]]:
    """For each wording, with its vector, all keys under which it stands in the index."""
    places = [place for place, wording in enumerate(wordings) if not wording.short]
    long = [wordings[place] for place in places]
    keyed = _together(len(long), *_word_keys(long), _meaning_keys(long), _cell_keys(vectors[places])) if long else []
    of_long = iter(keyed)
    return [
        next(of_long) if not wording.short else frozenset([short_key(wording.content)] if wording.content else [])
        for wording in wordings
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


def signed(value: int) -> int:
    """64 bits as SQLite keeps them, with a sign."""
    return value - (value >> 63 << 64)
