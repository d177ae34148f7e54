"""Names by their capitals alone, for where no model has looked for them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from quotes.lexicon import countries, lemmas, word_list
from quotes.resolve.names import fold, strip_possessive
from quotes.resolve.people import NameMention

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_][\w'’\-]*\.?")
_IN_LOWER_CASE = re.compile(r"(?:(?!(?:al|el)-)[a-z](?:\.(?:[^\W\d_]\.)++|[\w'’\-]*+\.?)|[\W\d_])*+")
"""Words, as `_WORD` has them, that cannot have a capital, and all that is no word."""
_INITIALS = re.compile(r"(?:[^\W\d_]\.){2,}")
_CONTRACTED = re.compile(r"['’](?:m|s|re|ve|ll|d)$")
_OF_PLACES = frozenset({"new", "north", "south", "east", "west", "saint", "fort", "mount", "lake", "port"})
_GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv"})
_SUBJECTS = frozenset({"i", "you", "he", "she", "it", "we", "they", "that", "there", "here", "who", "what"})
_OPENERS = frozenset(
    "let maybe perhaps besides like unlike again yes against amid among toward towards beyond unless whether".split()
)
"""What, beside the function words, may open a sentence right before a name and is no part of it."""


def find_names(text: str) -> list[NameMention]:
    """Every run of capitalised words in a text, cut after its last title and without sentence openers before it.

    "Iranian Defense Minister Reza Karimi" gives "Reza Karimi", and "Biologist Ada Hale" gives "Ada Hale". A full stop
    ends a run, unless it belongs to a title or an initial; particles ("van", "al") join only what stands on both sides
    of them. A possessive or a full stop after a name is no part of it.
    """
    found: list[NameMention] = []
    at = 0
    while first := _WORD.match(text, _skipped(text, at)):
        at = first.end()
        if _is_capitalised(first.group()):
            run = [first, *_following(text, first)]
            found += _cut(run)
            at = run[-1].end()
    return found


def _skipped(text: str, at: int) -> int:
    """Where the next word begins that may be one with a capital, else the end of the text."""
    skipped = _IN_LOWER_CASE.match(text, at)
    return skipped.end() if skipped else at


def _following(text: str, first: re.Match[str]) -> Iterator[re.Match[str]]:
    """The words of a run after its first one."""
    last = first
    while (
        _continues(last.group(), after_comma=text.endswith(", ", 0, last.start()))
        and text.startswith((" ", "\u00a0"), last.end())
        and (match := _WORD.match(text, last.end() + 1))
        and (_is_capitalised(match.group()) or match.group() in word_list("particles"))
    ):
        yield match
        last = match


def _cut(run: Sequence[re.Match[str]]) -> list[NameMention]:
    """The name proper of a run of words: none, or one."""
    first, words = _proper(tuple(match.group() for match in run))
    if not words:
        return []
    last = run[first + len(words) - 1]
    return [NameMention(run[first].start(), last.start() + len(words[-1]), words)]


@lru_cache(maxsize=4096)
def _proper(words: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    """Which of a run's words is the first of the name proper, and the words of it.

    "Justice Department" is a body and no title with a name.
    """
    while words and words[-1] in word_list("particles"):
        words = words[:-1]
    opening = next((i for i, word in enumerate(words) if not _opens(fold(word))), len(words))
    title = max(
        (i + 1 for i in range(len(words)) if fold(words[i]) in word_list("titles") and not _ends(words, i)), default=0
    )
    is_body = title < len(words) and fold(_bare_end(words[title])) in word_list("bodies")
    first = _given(words, opening if is_body else max(opening, title))
    return first, tuple(_bare_end(word) for word in words[first:])


def _opens(word: str) -> bool:
    bare = _CONTRACTED.sub("", word)
    return word in word_list("function_words") or bare in _OPENERS or bare in _SUBJECTS


def _ends(words: Sequence[str], number: int) -> bool:
    """Whether a title ends a whole name and is the last name of its bearer: "Ada King", "Martin King Jr."."""
    generation = all(fold(word).strip(".") in _GENERATIONS for word in words[number + 1 :])
    return number > 0 and generation and is_first_name(words[number - 1])


def _given(words: Sequence[str], first: int) -> int:
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


@lru_cache(maxsize=4096)
def _continues(word: str, *, after_comma: bool) -> bool:
    """Whether a run may go on after a word: it owns nothing and has no full stop, or one that ends no sentence.

    The initials of a name go on ("G.K. Hale"), those of a place do not ("the U.S. Hale left", "Washington, D.C. Hale").
    """
    if word.casefold().endswith(("'s", "’s")):
        return False
    if _INITIALS.fullmatch(word):
        return fold(word) not in countries() and not after_comma
    return not word.endswith(".") or len(word) == len("X.") or fold(word) in word_list("titles")


def _is_capitalised(word: str) -> bool:
    return word[0].isupper() or (word.startswith(("al-", "el-")) and word[3:4].isupper())


def _bare_end(word: str) -> str:
    kept = not word.endswith(".") or len(word) == len("X.") or _INITIALS.fullmatch(word)
    return strip_possessive(word if kept else word.rstrip("."))
