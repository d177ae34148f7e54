"""The words of one wording, in their comparable form and as printed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from quotes.lexicon import word_list
from quotes.text import words

_LIGHT = 0.25
_WORD = re.compile(r"\w+(?:['’ʼ]\w+)*")


@dataclass(frozen=True, slots=True)
class Word:
    """One word; two words are the same where their keys are."""

    start: int
    end: int
    printed: str
    key: str
    weight: float
    """What it counts for: words that carry little (the, of, and) count for little."""
    starts: bool
    """Whether it begins a sentence, where a capital tells nothing."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A text with its words in order; [`start`, `end`) of each is a stretch of `text`."""

    text: str
    words: tuple[Word, ...]


def read_wording(text: str) -> Wording:
    """The words of a text; marks, brackets and punctuation are none."""
    found: list[Word] = []
    end = 0
    for match in _WORD.finditer(text):
        keys = words(match.group())
        if keys:
            key = keys[0]
            weight = _LIGHT if key in word_list("function_words") else 1.0
            starts = not found or any(mark in text[end : match.start()] for mark in '.!?:“"')
            found.append(Word(match.start(), match.end(), match.group(), key, weight, starts))
        end = match.end()
    return Wording(text, tuple(found))
