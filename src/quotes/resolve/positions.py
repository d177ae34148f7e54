"""Who held an office at a date: from "the British foreign secretary" to a position of the authority file.

A description fits a position of the same country and the same kind of office whose field it names ("defense" of
"Minister of Defence and Armed Forces Logistics") and that has all its other words. A deputy is no minister, and a
former one holds no office any more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from quotes.lexicon import countries, word_list
from quotes.resolve.names import fold, strip_possessive
from quotes.resolve.roles import plain_field, same_word

_WORD = re.compile(r"[^\W\d_](?:[\w'’\-]|\.(?=\w\.))*\.?")
_KINDS = {
    **dict.fromkeys("minister secretary chief".split(), "minister"),
    **{word: word for word in "president chancellor governor mayor ambassador speaker director commissioner".split()},
    **{word: word for word in "king queen emir prince head leader attorney-general".split()},
    **dict.fromkeys("chair chairman chairwoman".split(), "chair"),
    "premier": "prime",
}
"""Offices, and what those have in common that a newspaper may call one another."""

_DEGREES = frozenset(
    "deputy vice assistant under junior shadow parliamentary permanent principal first second third acting".split()
)
_PAST = frozenset("former ex past previous then late ex-president incoming designate elect".split())
_EMPTY = frozenset("state affairs prime office government ministry department republic".split())
_PARTS = frozenset("scotland scottish wales welsh england english".split())
"""Parts of a country that have offices of their own."""

_LOCAL = frozenset({"mayor", "governor"})
"""Offices that are told apart by a place, without their country."""

_AFTER_OFFICE = re.compile(r"\s(?:of|for|to|in|on)\s", re.IGNORECASE)
_ONE_WORD = tuple(
    (re.compile(pattern, re.IGNORECASE), word)
    for pattern, word in (
        (r"\bUnited Kingdom\b", "UK"),
        (r"\bUnited States\b", "US"),
        (r"\battorney general\b", "attorney-general"),
        (r"\bminister of state\b", "junior minister"),
    )
)


@dataclass(frozen=True, slots=True)
class Office:
    """An office by what makes it up, case-folded: a secretary is of the kind "minister", a deputy's degree "deputy"."""

    kind: str
    country: str | None
    degrees: frozenset[str]
    fields: tuple[str, ...]

    @property
    def key(self) -> str:
        """What a description and a position must share to be compared at all."""
        return f"{self.kind} {self.country or ''}"


@lru_cache(maxsize=1 << 12)
def office_of(words: str, country: str | None = None) -> Office | None:
    """The office that a description or a position names; None where it names none, or one that is held no more.

    `country` is that of a position, which it need not print.
    """
    for pattern, word in _ONE_WORD:
        words = pattern.sub(word, words)
    found = [fold(strip_possessive(word)) for word in _WORD.findall(words)]
    found = [word if word in countries() else word.rstrip(".") for word in found]
    head = _head(words)
    if head is None or not _PAST.isdisjoint(found):
        return None
    named = [countries()[word] for word in found if word in countries()]
    known = country_name(country) if country else next(iter(named), None)
    rest = [
        plain_field(word)
        for word in found
        if word != head and (word not in countries() or countries()[word] != known or word in _PARTS)
    ]
    return Office(
        "prime" if "prime" in rest else _KINDS[head],
        known,
        frozenset(rest) & _DEGREES,
        tuple(word for word in rest if word not in _DEGREES | _EMPTY | word_list("function_words")),
    )


def _head(words: str) -> str | None:
    """The office itself: the last of the words before "of" or "for"."""
    first = _AFTER_OFFICE.split(words, maxsplit=1)[0].partition(",")[0]
    offices = [word for match in _WORD.findall(first) if (word := fold(strip_possessive(match))) in _KINDS]
    return offices[-1] if offices else None


def country_name(country: str) -> str:
    """One name for a country, in the form of the packaged list where it is in it."""
    plain = fold(country).replace(" ", "-")
    return countries().get(plain, plain)


def excess(described: Office, position: Office) -> int | None:
    """How many words a position has beyond what a description says of it; None where it is not what is meant."""
    local = described.kind in _LOCAL and bool(described.fields)
    if described.kind != position.kind or described.degrees != position.degrees:
        return None
    if described.country != position.country if described.country else not local:
        return None
    if bool(described.fields) != bool(position.fields):
        return None
    if position.fields and not any(same_word(position.fields[0], word) for word in described.fields):
        return None
    if not all(any(same_word(word, other) for other in position.fields) for word in described.fields):
        return None
    return len(position.fields) - len(described.fields)


def held(start: str | None, end: str | None, date: str) -> bool:
    """Whether a position that was held from `start` to `end` was held at a date; all are as exact as is known."""
    if not start:
        return False
    return date[: len(start)] >= start[: len(date)] and (not end or date[: len(end)] <= end[: len(date)])
