"""From each mention to the fullest name in its own article, or honestly to no one.

The first resolver: a name is matched with the longest name of the article that ends in it, and he or she is the last
speaker named before. A role without a name stays a description.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quotes.lexicon import word_list
from quotes.model import Speaker
from quotes.resolve.names import fold, strip_titles
from quotes.text import one_line

if TYPE_CHECKING:
    from quotes.model import Extraction, Quote

_PARTICLE = "al|el|bin|bint|ibn|abu|de|del|der|den|di|da|dos|van|von|du|la"
_CAPITALISED = r"[^\W\d_a-z][\w'’\-]*\.?"
_NAME = re.compile(rf"(?:{_CAPITALISED})(?:[ \u00a0](?:(?:{_PARTICLE})[ \u00a0\-])?{_CAPITALISED})*")
_SINGULAR = frozenset({"he", "she"})


@dataclass(frozen=True, slots=True)
class _Name:
    """A run of capitalised words at an offset, without titles before it."""

    start: int
    words: tuple[str, ...]

    def __str__(self) -> str:
        return " ".join(self.words)


def resolve(extraction: Extraction, text: str) -> Extraction:
    """The same extraction with the speaker or the description of each quote filled in; the spans stay as they are."""
    names = find_names(text)
    resolved: list[Quote] = []
    last: Speaker | None = None
    for quote in extraction.quotes:
        answer = _resolve_one(quote, names, last)
        if answer.speaker and quote.mention and quote.mention.casefold() not in word_list("pronouns"):
            last = answer.speaker
        resolved.append(answer)
    return replace(extraction, quotes=tuple(resolved))


def find_names(text: str) -> list[_Name]:
    """Every run of capitalised words in a text, titles and sentence openers dropped from its front."""
    found = []
    for match in _NAME.finditer(text):
        words = strip_titles(match.group()).split()
        while words and fold(words[0]) in word_list("function_words") | word_list("titles"):
            words.pop(0)
        if words:
            found.append(_Name(match.start(), tuple(words)))
    return found


def _resolve_one(quote: Quote, names: list[_Name], last: Speaker | None) -> Quote:
    if quote.mention is None:
        return quote
    mention = one_line(quote.mention)
    folded = mention.casefold()
    if folded in _SINGULAR:
        return replace(quote, speaker=Speaker(last.name, "the last speaker named before")) if last else quote
    if folded in word_list("pronouns"):
        return quote
    own = _own_name(mention)
    if own is None:
        return replace(quote, speaker_description=mention)
    return replace(quote, speaker=_fullest(own, names))


def _own_name(mention: str) -> _Name | None:
    """The name that a mention itself holds: what follows its last title, if that is capitalised."""
    words = re.findall(r"[^\s,]+", mention)
    titles = word_list("titles") | word_list("function_words")
    tail = max((i + 1 for i, word in enumerate(words) if _bare(word) in titles), default=0)
    candidates = find_names(" ".join(words[tail:])) or ([] if tail else find_names(mention))
    return max(candidates, key=lambda name: len(name.words), default=None)


def _bare(word: str) -> str:
    return re.sub(r"['’]s?$", "", fold(word))


def _fullest(own: _Name, names: list[_Name]) -> Speaker:
    """The longest name of the article that ends in `own`, or begins with it when that is a single word."""
    words = tuple(fold(word) for word in own.words)
    words = (*words[:-1], _bare(words[-1]))
    best = own
    for name in names:
        folded = tuple(_bare(word) for word in name.words)
        if len(folded) > len(best.words) and folded[-len(words) :] == words and len(folded) <= len(words) + 4:
            best = name
    fullest = re.sub(r"['’]s?$", "", str(best))
    reason = "named in full" if best is own else f"the fullest name in the article that ends in {own}"
    return Speaker(fullest, reason)
