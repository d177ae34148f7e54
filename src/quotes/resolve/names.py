"""The forms of a name: what is a title, what is the name proper, and when two strings name one speaker."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from quotes.lexicon import word_list

_NAME_WORD = re.compile(r"[^\W\d_][\w'’.\-]*")
_POSSESSIVE = re.compile(r"['’]s?$")
_LETTERS = re.compile(r"[^\W\d_]+")
_NUMERALS = frozenset({"II", "III", "IV"})


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """The text case-folded and without accents, for comparing names: "Müller" and "MULLER" agree."""
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


def strip_possessive(name: str) -> str:
    """The name without the possessive at its end: "Byron’s" and "James’" give "Byron" and "James"."""
    return _POSSESSIVE.sub("", name) if "'" in name or "’" in name else name


def in_ordinary_case(words: tuple[str, ...]) -> tuple[str, ...]:
    """A name of two words or more in capitals alone as it is otherwise spelt: "ADA O'NEIL" is Ada O'Neil.

    Initials and numerals stay, and so does a name of one word, which may be made of initials.
    """
    if len(words) < len(("first", "last")) or not all(re.sub("^Mc", "MC", word).isupper() for word in words):
        return words
    return tuple(word if _stays(word) else _LETTERS.sub(_capitalised, word) for word in words)


def _stays(word: str) -> bool:
    return len(word) == 1 or word in _NUMERALS or "." in word[:-1] or len(word.rstrip(".")) == 1


def _capitalised(match: re.Match[str]) -> str:
    letters = match.group()
    return "Mc" + letters[2:].capitalize() if letters.upper().startswith("MC") else letters.capitalize()


def strip_titles(name: str) -> str:
    """The name without the titles and offices before it and the possessive after it.

    "Brigadier General Reza Karimi" gives "Reza Karimi"; a name that is nothing but titles ("Chief Justice") stays.
    """
    words = strip_possessive(name.strip()).split()
    titles = word_list("titles")
    first = next((i for i, word in enumerate(words) if fold(word) not in titles), None)
    return " ".join(words if first is None else words[first:])


def speaker_key(name: str) -> str:
    """What two names must share to be one speaker: their words without titles, punctuation, accents and case.

    A pure function of the name, so that the order in which articles arrive does not matter. A name without a letter
    is its own key.
    """
    words = (fold(match).strip(".'’-") for match in _NAME_WORD.findall(strip_titles(name)))
    return " ".join(word for word in words if word) or name
