"""From each mention to the fullest name in its own article, or honestly to no one.

The first resolver: a name is matched with the longest name of the article that ends in it, and he or she is the last
speaker named before. A role without a name stays a description, and so does the Q or the A of an interview.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quotes.lexicon import word_list
from quotes.model import Speaker
from quotes.resolve.names import fold, strip_possessive
from quotes.resolve.outer import with_outer_speakers
from quotes.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from quotes.model import Extraction, Quote

_WORD = re.compile(r"[^\W\d_][\w'’\-]*\.?")
_OF_SOMEONE_ELSE = frozenset("in at on for from with by near to of about and or &".split())
"""Before a name, these make it part of a longer phrase about someone else, or one of several people."""

_SINGULAR = frozenset({"he", "she"})
_LONGER_BY = 4


@dataclass(frozen=True, slots=True)
class _Name:
    """A run of capitalised words at an offset, without titles before it."""

    start: int
    words: tuple[str, ...]

    def __str__(self) -> str:
        return " ".join(self.words)


def resolve(extraction: Extraction, text: str) -> Extraction:
    """The same extraction with the speaker or the description of each quote filled in; the spans stay as they are."""
    names = _by_last_word(find_names(text))
    resolved: list[Quote] = []
    last: Speaker | None = None
    for quote in extraction.quotes:
        answer = _resolve_one(quote, names, last)
        if answer.speaker and quote.mention and quote.mention.casefold() not in word_list("pronouns"):
            last = answer.speaker
        resolved.append(answer)
    return replace(extraction, quotes=with_outer_speakers(resolved))


def find_names(text: str) -> list[_Name]:
    """Every run of capitalised words in a text, cut after its last title and without sentence openers before it.

    "Iranian Defense Minister Reza Karimi" gives "Reza Karimi". A full stop ends a run, unless it belongs to a title or
    an initial; particles ("van", "al") join only what stands on both sides of them.
    """
    found: list[_Name] = []
    run: list[re.Match[str]] = []
    end = -1
    for match in _WORD.finditer(text):
        adjacent = match.start() == end + 1 and text[end] in " \u00a0"
        if run and not adjacent:
            found += _cut(run)
            run = []
        if _is_capitalised(match.group()) or (run and match.group() in word_list("particles")):
            run.append(match)
        elif run:
            found += _cut(run)
            run = []
        end = match.end() if _continues(match.group()) else -1
    return found + _cut(run)


def _by_last_word(names: Iterable[_Name]) -> dict[str, list[_Name]]:
    """The different names that end in each word, in the order of the text."""
    first = {name.words: name for name in reversed(list(names))}
    found: dict[str, list[_Name]] = {}
    for name in sorted(first.values(), key=lambda name: name.start):
        found.setdefault(fold(name.words[-1]), []).append(name)
    return found


def _cut(run: list[re.Match[str]]) -> list[_Name]:
    """The name proper of a run of words: none, or one. "Justice Department" is a body and no title with a name."""
    while run and run[-1].group() in word_list("particles"):
        run = run[:-1]
    words = [match.group() for match in run]
    opening = next((i for i, word in enumerate(words) if fold(word) not in word_list("function_words")), len(words))
    title = max((i + 1 for i, word in enumerate(words) if fold(word) in word_list("titles")), default=0)
    is_body = title < len(words) and fold(_bare_end(words[title])) in word_list("bodies")
    first = opening if is_body else max(opening, title)
    kept = tuple(_bare_end(word) for word in words[first:])
    return [_Name(run[first].start(), kept)] if kept else []


def _continues(word: str) -> bool:
    """Whether a run may go on after a word: it has no full stop, or one that is no end of a sentence."""
    return not word.endswith(".") or len(word) == len("X.") or fold(word) in word_list("titles")


def _is_capitalised(word: str) -> bool:
    return word[0].isupper() or (word.startswith(("al-", "el-")) and word[3:4].isupper())


def _bare_end(word: str) -> str:
    return strip_possessive(word if len(word) == len("X.") else word.rstrip("."))


def _resolve_one(quote: Quote, names: Mapping[str, list[_Name]], last: Speaker | None) -> Quote:
    if quote.mention is None:
        return quote
    mention = one_line(quote.mention)
    folded = mention.casefold()
    if folded in _SINGULAR:
        return replace(quote, speaker=Speaker(last.name, "the last speaker named before")) if last else quote
    if folded in word_list("pronouns"):
        return quote
    own = None if len(mention) == 1 else _own_name(mention)
    if own is None:
        return replace(quote, speaker_description=mention)
    return replace(quote, speaker=_fullest(own, names.get(fold(own.words[-1]), [])))


def _own_name(mention: str) -> _Name | None:
    """The name that a mention itself bears: the one that its first part ends in, else the one that the whole ends in.

    "Ada Byron, the mayor" and "the mayor, Ada Byron" bear one; "the mayor" and "a teacher in Nairobi" bear none.
    """
    for part in (mention.partition(",")[0], mention):
        names = find_names(part)
        if names and part.rstrip(". ").endswith(names[-1].words[-1].rstrip(".")):
            before = part[: names[-1].start].split()
            if not before or before[-1].casefold() not in _OF_SOMEONE_ELSE:
                return names[-1]
    return None


def _fullest(own: _Name, names: list[_Name]) -> Speaker:
    """The longest name of the article that ends in the words of `own`, the first of several as long."""
    words = tuple(fold(word) for word in own.words)
    best = own
    for name in names:
        longer = len(best.words) < len(name.words) <= len(words) + _LONGER_BY
        if longer and tuple(fold(word) for word in name.words)[-len(words) :] == words:
            best = name
    reason = "named in full" if best is own else f"the fullest name in the article that ends in {own}"
    return Speaker(str(best), reason)
