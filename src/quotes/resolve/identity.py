"""Whether two names, of two articles, are one person's: spellings, scripts, name order, initials, nicknames.

A name is compared word by word, in order. Two words are the same when they are spelt alike, or when one Latin spelling
of a foreign sound can stand for the other ("Mohammad" and "Muhammed", "Qasem" and "Ghassem"). Names alone can never
prove that two people are one: "same" is kept for names that leave hardly any doubt.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from anyascii import anyascii
from rapidfuzz.distance import JaroWinkler

from quotes.resolve.names import strip_titles

if TYPE_CHECKING:
    from collections.abc import Sequence

Verdict = Literal["same", "maybe", "different"]

_WORD = re.compile(r"[a-z]+")
_PARTICLES = frozenset(
    "al el ul ur as ad an ash at az bin ibn ben bint van von der den de del della di da dos das du la le zu ter".split()
)
_SUFFIXES = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "ii", "iii": "iii", "iv": "iv"}
_NICKNAMES = {
    name: group[0]
    for group in (
        "william bill will billy".split(),
        "robert bob rob bobby".split(),
        "richard dick rick".split(),
        "joseph joe".split(),
        "michael mike".split(),
        "james jim jimmy".split(),
        "thomas tom".split(),
        "edward ted ed eddie".split(),
        "donald don".split(),
        "daniel dan".split(),
        "david dave".split(),
        "anthony tony".split(),
        "charles chuck charlie".split(),
        "christopher chris".split(),
        "elizabeth liz beth".split(),
        "katherine kate kathy".split(),
        "margaret maggie peggy".split(),
        "patricia pat patty".split(),
        "samuel sam".split(),
        "benjamin ben".split(),
        "timothy tim".split(),
        "lawrence larry".split(),
        "gerald jerry".split(),
        "vladimir volodymyr".split(),
    )
    for name in group
}
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"tch|tsch|tsh|cz", "c"),
        (r"dzh|dj|zh", "j"),
        (r"sch|sh|š", "s"),
        (r"ch", "c"),
        (r"kh|x", "h"),
        (r"gh|q|ck|c(?=[aouklmnrt])|c$", "k"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"dh", "d"),
        (r"tz", "z"),
        (r"w", "v"),
        (r"ou|oo|u", "o"),
        (r"ee|ie|ei|ai|ay|ey|iy|yi|y|e|i", "i"),
    )
)
_OF_SOMEWHERE = re.compile(r"(?<=\w)\s+of\s.*$", re.DOTALL | re.IGNORECASE)
_PARTY = re.compile(r"^(?:republican|democrat|democratic|independent|libertarian|gop)\s+(?=\S+\s)")
_VOWELS = re.compile(r"(?<!^)[aoi]")
_DOUBLE = re.compile(r"(.)\1+")
_LEAST_LIKE = 0.72
"""Jaro-Winkler similarity of two spellings of one sound; below it they only share their consonants."""

_PREFIX = 3
_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class NameMatch:
    """What comparing two names says: `score` is 0 to 1, for ranking only; `reasons` are for people to read."""

    verdict: Verdict
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Form:
    words: tuple[str, ...]
    suffix: str | None


@lru_cache(maxsize=1 << 16)
def compare_names(a: str, b: str) -> NameMatch:
    """Compare two names of people, in any order of the two."""
    shorter, longer = sorted((_form(a), _form(b)), key=lambda form: (len(form.words), form.words))
    if not shorter.words:
        return NameMatch("different", 0.0, ("no name",))
    pairs = _aligned(shorter.words, longer.words)
    if shorter.suffix != longer.suffix:
        return NameMatch("different", 0.2, (f"{shorter.suffix or longer.suffix} of one name only",))
    if len(shorter.words) == 1:
        return _of_one_word(shorter.words[0], longer.words)
    if len(pairs) < len(shorter.words) and _turned(shorter.words, longer.words):
        return NameMatch("maybe", 0.6, ("the same words in another order",))
    return _of_several(shorter.words, longer.words, pairs)


def _of_one_word(word: str, longer: Sequence[str]) -> NameMatch:
    if len(longer) == 1:
        return _same_or_not(word, longer[0])
    if _alike(word, longer[-1]):
        return NameMatch("maybe", 0.4, ("only the last name is given",))
    return NameMatch("different", 0.1, ("the last names differ",))


def _same_or_not(a: str, b: str) -> NameMatch:
    if _alike(a, b):
        return NameMatch("maybe", 0.4, ("one word each, alike",))
    return NameMatch("different", 0.0, ("one word each, not alike",))


def _of_several(shorter: Sequence[str], longer: Sequence[str], pairs: Sequence[tuple[int, int]]) -> NameMatch:
    reasons = tuple(f"{shorter[i]} and {longer[j]} may be one name" for i, j in pairs if shorter[i] != longer[j])
    first, last = (0, 0) in pairs, (len(shorter) - 1, len(longer) - 1) in pairs
    if first and last:
        if len(pairs) < len(shorter) or _initials_missing(shorter, longer):
            return NameMatch("maybe", 0.6, (*reasons, "the names between first and last differ"))
        left_out = [word for j, word in enumerate(longer) if j not in {j for _, j in pairs}]
        dropped = (f"one leaves out {' '.join(left_out)}",) if left_out else ()
        score = 1.0 - 0.05 * len(left_out) - 0.1 * len(reasons)
        sure = _sure([(shorter[i], longer[j]) for i, j in pairs], left_out)
        return NameMatch("same" if sure else "maybe", score if sure else score - 0.15, (*reasons, *dropped))
    if last and _short_for(shorter[0], longer[0]):
        return NameMatch("maybe", 0.7, (*reasons, f"{shorter[0]} may be short for {longer[0]}"))
    if first and len(pairs) == len(shorter):
        return NameMatch("maybe", 0.6, (*reasons, f"one goes on: {' '.join(longer[len(shorter) :])}"))
    if len(pairs) >= _PREFIX:
        return NameMatch("maybe", 0.5, (*reasons, "most names agree"))
    return NameMatch("different", 0.1 * len(pairs), (*reasons, "the first or the last names differ"))


def _sure(pairs: Sequence[tuple[str, str]], left_out: Sequence[str]) -> bool:
    """Whether first and last names that agree are enough.

    Mary Peters and Mary Ann Peters may be two, and so may Robert Fenn and Robert Finn: with two words in common nothing
    but an initial may be left out, and with three one long word may be spelt in two ways.
    """
    spelt = [pair for pair in pairs if pair[0] != pair[1] and min(map(len, pair)) > 1]
    if len(pairs) < _ENOUGH:
        return not spelt and all(len(word) == 1 for word in left_out)
    return len(spelt) <= 1


@lru_cache(maxsize=1 << 16)
def _form(name: str) -> _Form:
    plain = anyascii(strip_titles(_OF_SOMEWHERE.sub("", name.partition(",")[0]))).casefold()
    plain = plain.replace("'", "").replace("`", "")
    words = _WORD.findall(_PARTY.sub("", plain))
    suffix = _SUFFIXES.get(words[-1]) if len(words) > 1 else None
    kept = [word for word in (words[:-1] if suffix else words) if word not in _PARTICLES]
    return _Form(tuple(kept or words), suffix)


def _aligned(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int]]:
    """The longest run of pairs of alike words in the order of both names."""
    best: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for i in reversed(range(len(a))):
        for j in reversed(range(len(b))):
            choices = [best[i + 1, j], best[i, j + 1]]
            middle = 0 < i < len(a) - 1 and 0 < j < len(b) - 1
            if _alike(a[i], b[j]) or (middle and 1 in (len(a[i]), len(b[j])) and a[i][0] == b[j][0]):
                choices.append([(i, j), *best[i + 1, j + 1]])
            best[i, j] = max(choices, key=lambda pairs: (len(pairs), (0, 0) in pairs))
    return best[0, 0]


def _alike(a: str, b: str) -> bool:
    if a == b:
        return True
    if min(len(a), len(b)) == 1:
        return False
    return sound(a) == sound(b) and JaroWinkler.similarity(a, b) >= _LEAST_LIKE


@lru_cache(maxsize=1 << 16)
def sound(word: str) -> str:
    """What Latin spellings of one foreign name share: its consonants, and the vowel that it begins with."""
    for pattern, plain in _SOUNDS:
        word = pattern.sub(plain, word)
    return _VOWELS.sub("", _DOUBLE.sub(r"\1", word))


def _short_for(a: str, b: str) -> bool:
    if 1 in (len(a), len(b)):
        return a[0] == b[0]
    return a in _NICKNAMES and _NICKNAMES[a] == _NICKNAMES.get(b)


def _turned(a: Sequence[str], b: Sequence[str]) -> bool:
    return len(a) == len(b) and all(any(_alike(word, other) for other in b) for word in a)


def _initials_missing(shorter: Sequence[str], longer: Sequence[str]) -> bool:
    """Whether both give middle initials, but not the same: George W. may be the son of George H. W."""
    middle, other = ([word for word in words[1:-1] if len(word) == 1] for words in (shorter, longer))
    return bool(middle) and bool(other) and middle != other


@lru_cache(maxsize=1 << 16)
def conflicting(a: str, b: str) -> bool:
    """Whether two names can hardly be one person's, even if a third name is like both.

    The third may be John Fenn: then John A. Fenn and John B. Fenn are two, and so are Mary Ann and Mary Beth Fenn.
    """
    one, other = _form(a), _form(b)
    if one.suffix != other.suffix:
        return True
    if min(len(one.words), len(other.words)) < 2:
        return False
    if compare_names(a, b).verdict == "different" or _initials_missing(one.words, other.words):
        return True
    first_and_last = (one.words[0], one.words[-1]) == (other.words[0], other.words[-1])
    middle, others = one.words[1:-1], other.words[1:-1]
    agree = any(_alike(a, b) or (1 in (len(a), len(b)) and a[0] == b[0]) for a in middle for b in others)
    return first_and_last and bool(middle) and bool(others) and not agree


@lru_cache(maxsize=1 << 16)
def name_words(name: str) -> tuple[str, ...]:
    """The words of a name that are compared: in Latin letters, without titles, particles and a suffix as Jr."""
    return _form(name).words


def long_first_name(word: str) -> str:
    """The first of the names that a nickname may stand for: "william" for "bill"; any other word as it is."""
    return _NICKNAMES.get(word, word)
