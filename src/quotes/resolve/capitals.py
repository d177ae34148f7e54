"""Names by their capitals alone, for where no model has looked for them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from quotes.lexicon import countries, lemmas, word_list
from quotes.resolve.names import fold, strip_possessive

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_][\w'’\-]*\.?")
_INITIALS = re.compile(r"(?:[^\W\d_]\.){2,}")
_CONTRACTED = re.compile(r"['’](?:m|s|re|ve|ll|d)$")
_OF_PLACES = frozenset({"new", "north", "south", "east", "west", "saint", "fort", "mount", "lake", "port"})
_GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv"})
_SUBJECTS = frozenset({"i", "you", "he", "she", "it", "we", "they", "that", "there", "here", "who", "what"})
_OPENERS = frozenset(
    "let maybe perhaps besides like unlike again yes against amid among toward towards beyond unless whether".split()
)
"""What, beside the function words, may open a sentence right before a name and is no part of it."""


@dataclass(frozen=True, slots=True)
class CapitalName:
    """A run of capitalised words, [`start`, `end`), without titles before it and a possessive or full stop after it."""

    start: int
    end: int
    words: tuple[str, ...]


def find_names(text: str) -> list[CapitalName]:
    """Every run of capitalised words in a text, cut after its last title and without sentence openers before it.

    "Iranian Defense Minister Reza Karimi" gives "Reza Karimi", and "Biologist Ada Hale" gives "Ada Hale". A full stop
    ends a run, unless it belongs to a title or an initial; particles ("van", "al") join only what stands on both sides
    of them.
    """
    found: list[CapitalName] = []
    run: list[re.Match[str]] = []
    end = -1
    for match in _WORD.finditer(text):
        capitalised = _is_capitalised(match.group())
        if not (run or capitalised):
            continue
        adjacent = match.start() == end + 1 and text[end] in " \u00a0"
        if run and not adjacent:
            found += _cut(run)
            run = []
        if capitalised or (run and match.group() in word_list("particles")):
            run.append(match)
        elif run:
            found += _cut(run)
            run = []
        goes_on = run and _continues(match.group(), text[max(match.start() - 2, 0) : match.start()])
        end = match.end() if goes_on else -1
    return found + _cut(run)


def _cut(run: list[re.Match[str]]) -> list[CapitalName]:
    """The name proper of a run of words: none, or one. "Justice Department" is a body and no title with a name."""
    while run and run[-1].group() in word_list("particles"):
        run = run[:-1]
    words = [match.group() for match in run]
    opening = next((i for i, word in enumerate(words) if not _opens(fold(word))), len(words))
    title = max(
        (i + 1 for i in range(len(words)) if fold(words[i]) in word_list("titles") and not _ends(words, i)), default=0
    )
    is_body = title < len(words) and fold(_bare_end(words[title])) in word_list("bodies")
    first = _given(words, opening if is_body else max(opening, title))
    kept = tuple(_bare_end(word) for word in words[first:])
    if not kept:
        return []
    end = run[-1].start() + len(_bare_end(words[-1]))
    return [CapitalName(run[first].start(), end, kept)]


def _opens(word: str) -> bool:
    bare = _CONTRACTED.sub("", word)
    return word in word_list("function_words") or bare in _OPENERS or bare in _SUBJECTS


def _ends(words: list[str], number: int) -> bool:
    """Whether a title ends a whole name and is the last name of its bearer: "Ada King", "Martin King Jr."."""
    generation = all(fold(word).strip(".") in _GENERATIONS for word in words[number + 1 :])
    return number > 0 and generation and is_first_name(words[number - 1])


def _given(words: list[str], first: int) -> int:
    """Where a whole name begins after an ordinary word that only its place gives a capital: "Biologist Ada Hale"."""
    if (
        len(words) - first < len(("word", "first", "last"))
        or is_first_name(words[first])
        or not is_first_name(words[first + 1])
    ):
        return first
    word = fold(words[first])
    if word in _OF_PLACES:
        return first
    return first + 1 if any(lemmas(word, part) for part in ("noun", "verb", "adj")) else first


def is_first_name(word: str) -> bool:
    """Whether a word is known as a first name."""
    return fold(word) in word_list("female_names") or fold(word) in word_list("male_names")


def _continues(word: str, before: str) -> bool:
    """Whether a run may go on after a word: it owns nothing and has no full stop, or one that ends no sentence.

    The initials of a name go on ("G.K. Hale"), those of a place do not ("the U.S. Hale left", "Washington, D.C. Hale").
    """
    if word.casefold().endswith(("'s", "’s")):
        return False
    if _INITIALS.fullmatch(word):
        return fold(word) not in countries() and before != ", "
    return not word.endswith(".") or len(word) == len("X.") or fold(word) in word_list("titles")


def _is_capitalised(word: str) -> bool:
    return word[0].isupper() or (word.startswith(("al-", "el-")) and word[3:4].isupper())


def _bare_end(word: str) -> str:
    kept = not word.endswith(".") or len(word) == len("X.") or _INITIALS.fullmatch(word)
    return strip_possessive(word if kept else word.rstrip("."))
