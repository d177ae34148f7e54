"""In which language a text is written: English by its commonest words, any other by py3langid's model.

The model (140 languages, naive Bayes over byte n-grams; Lui and Baldwin 2011) is part of its package, so nothing is
downloaded; it is loaded for a text whose commonest words are not English.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_HEAD = 4_000
"""Characters that are looked at; a whole text is seldom surer."""

_COMMON = frozenset(
    "the of and to that with was were is are for by from it this said not have has had be been but they which".split()
)
_ENGLISH = 0.15
"""Share of `_COMMON` among the words of a text that is surely English: English news has 0.25 and more, and no other
language with Latin letters a tenth of it."""

_LEAST_WORDS = 8
_LEAST_LETTERS = 40
_SURE = 0.9
"""Least probability of another language. On 700 English texts of the corpora that development uses, from reviews of
three words to whole articles, no other language reaches it."""


def is_english(language: str | None) -> bool:
    """Whether a language code (en, en-GB) is one of English; an unknown language is taken for English."""
    return language is None or re.split(r"[-_]", language.strip().casefold())[0] in {"", "en", "eng", "english"}


def detect_language(text: str) -> str | None:
    """The code (ISO 639-1, or 639-3 where it has none) of a text's language; None where the text does not tell surely.

    A text of fewer than eight words or forty letters tells nothing.
    """
    head = text[:_HEAD]
    words = [match.casefold() for match in _WORD.findall(head)]
    if len(words) < _LEAST_WORDS and sum(map(len, words)) < _LEAST_LETTERS:
        return None
    if sum(word in _COMMON for word in words) >= _ENGLISH * len(words):
        return "en"
    language, probability = _identifier().classify(head)
    return str(language) if probability >= _SURE else None


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
