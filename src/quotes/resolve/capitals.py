"""Names by their capitals alone, for where no model has looked for them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from quotes.lexicon import word_list
from quotes.resolve.names import fold, strip_possessive

_WORD = re.compile(r"[^\W\d_][\w'’\-]*\.?")


@dataclass(frozen=True, slots=True)
class CapitalName:
    """A run of capitalised words, [`start`, `end`), without titles before it and a possessive or full stop after it."""

    start: int
    end: int
    words: tuple[str, ...]


def find_names(text: str) -> list[CapitalName]:
    """Every run of capitalised words in a text, cut after its last title and without sentence openers before it.

    "Iranian Defense Minister Reza Karimi" gives "Reza Karimi". A full stop ends a run, unless it belongs to a title or
    an initial; particles ("van", "al") join only what stands on both sides of them.
    """
    found: list[CapitalName] = []
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


def _cut(run: list[re.Match[str]]) -> list[CapitalName]:
    """The name proper of a run of words: none, or one. "Justice Department" is a body and no title with a name."""
    while run and run[-1].group() in word_list("particles"):
        run = run[:-1]
    words = [match.group() for match in run]
    opening = next((i for i, word in enumerate(words) if fold(word) not in word_list("function_words")), len(words))
    title = max((i + 1 for i, word in enumerate(words) if fold(word) in word_list("titles")), default=0)
    is_body = title < len(words) and fold(_bare_end(words[title])) in word_list("bodies")
    first = opening if is_body else max(opening, title)
    kept = tuple(_bare_end(word) for word in words[first:])
    if not kept:
        return []
    end = run[-1].start() + len(_bare_end(words[-1]))
    return [CapitalName(run[first].start(), end, kept)]


def _continues(word: str) -> bool:
    """Whether a run may go on after a word: it owns nothing and has no full stop, or one that ends no sentence."""
    if word.endswith(("'s", "’s")):
        return False
    return not word.endswith(".") or len(word) == len("X.") or fold(word) in word_list("titles")


def _is_capitalised(word: str) -> bool:
    return word[0].isupper() or (word.startswith(("al-", "el-")) and word[3:4].isupper())


def _bare_end(word: str) -> str:
    return strip_possessive(word if len(word) == len("X.") else word.rstrip("."))
