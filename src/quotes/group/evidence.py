"""What the words of two statements tell of whether they say the same, besides how many they share.

Everything is decided by closed tables and by the forms of words; nothing reads the sentence.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from cydifflib import SequenceMatcher

from quotes.group.kinds import is_negating
from quotes.group.wording import read_wording
from quotes.lexicon import lemmas, reporting_nouns
from quotes.text import words

if TYPE_CHECKING:
    from quotes.group.wording import Wording

_BEGINNING = 8
_ENDED = re.compile(r"[.,!?;][\s\"'”’»)\]]*$")
_INTRODUCING = frozenset("that to whether if how why because when not".split())
_RELATIVE = frozenset("who which that to whose".split())
_SUBJECTS = frozenset("i we he she they you it there".split())
_FINITE = frozenset(
    "is are was were am has have had will would can could should must may might shall does did do cannot "
    "isnt arent wasnt werent hasnt havent hadnt wont wouldnt cant couldnt shouldnt doesnt didnt dont "
    "im youre theyre weve its hes shes thats theres lets s re ve ll d t".split()
)


def shared_quotation(a: str, b: str) -> float:
    """The weight of the longest run of words that both have in quotation marks: the marks say that they were said."""
    ours, theirs = (_quoted(read_wording(text), text) for text in (a, b))
    match = SequenceMatcher(None, [key for key, _ in ours], [key for key, _ in theirs], autojunk=False)
    run = match.find_longest_match()
    return sum(weight for _, weight in ours[run.a : run.a + run.size])


def _quoted(wording: Wording, text: str) -> list[tuple[object, float]]:
    """The keys and weights of the quoted words; each other word is like none of another text."""
    return [
        (word.key, word.weight) if word.quoted else ((text, place), 0.0) for place, word in enumerate(wording.words)
    ]


def statements_named(a: str, b: str) -> int:
    """How many of the two begin with the name of a statement (her proposal to vote), of which they may only tell."""
    return sum(_names_statement(text) for text in (a, b))


@lru_cache(maxsize=1 << 14)
def _names_statement(text: str) -> bool:
    return any(word in reporting_nouns() for word in words(text)[:_BEGINNING])


def negations_apart(a: str, b: str) -> bool:
    """Whether an odd number of negating words is in one and not in the other."""
    return sum(is_negating(word) for text in (a, b) for word in read_wording(text).words) % 2 == 1


@lru_cache(maxsize=1 << 14)
def is_name(text: str) -> bool:
    """Whether it is but the name of a thing (the new tram line to the harbour): nothing is said of it.

    What ends as a sentence does, or as one that is broken off to say who speaks, is none.
    """
    found = words(text)
    if _ENDED.search(text):
        return False
    if not found or found[0] in _INTRODUCING or (found[0].endswith("ing") and lemmas(found[0], "verb")):
        return not found
    for place, word in enumerate(found):
        if word in _RELATIVE:
            return True
        if word in _FINITE | _SUBJECTS or (place and word.endswith("ed") and lemmas(word, "verb")):
            return False
    return True
