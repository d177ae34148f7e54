"""Who speaks together: "Ada Byron and Piet Mol", "the two ministers", "they" after either."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from quotes.resolve.names import fold
from quotes.resolve.roles import fits_office, plural_office

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quotes.model import Quote
    from quotes.resolve.layout import Layout
    from quotes.resolve.people import NameMention, Person
    from quotes.resolve.roles import Role

    Named = Sequence[tuple[NameMention, Person]]

_NUMBERS = {"two": 2, "both": 2, "three": 3, "four": 4}
_PLURAL = re.compile(
    r"(?:(?:the|both|these|those)\s)?(?:(?P<number>two|both|three|four)\b\s?)?(?P<rest>.*)", re.IGNORECASE
)
_ANYBODY = frozenset({"", "men", "women", "leaders", "officials", "politicians", "pair", "duo", "candidates", "rivals"})
_ELSE = r"\b(?:with|by|for|from|to|about|against|on|than|as|like|at|in)\b"
"""Before a name, these make it part of a phrase about somebody else."""

_SENTENCES = re.compile(r"[.!?][\"”’)]*\s+(?=[\"“‘(]?[A-Z])|\n+")
_REACH = 600
_THEY_REACH = 2
_TITLES = rf"(?:(?!{_ELSE})[^,.;:!?\n\s]+\.?\s){{0,8}}"
_JOINED = re.compile(rf"(?:\s?\([^)\n]*\)|,[^;:!?\n]*,|,)?\s(?:and|&)\s{_TITLES}")  # "Byron, the poet, and Senator"
_LISTED = re.compile(rf"(?:\s?\([^)\n]*\))?,\s{_TITLES}")
_MAY_FOLLOW = re.compile(r"\s*(?:$|[,(\-–—]|who\b|of\b)")
_NO_NEW_START = re.compile(rf"{_ELSE}|\bof\b", re.IGNORECASE)


def named_together(start: int, end: int, text: str, inside: Named) -> list[Person]:
    """The people whom a source in [start, end) names one beside the other; none when it names fewer than two.

    `inside`: the names in it, in the order of the text. "The wife of Ada and Piet" and "Ada's lawyer and Piet" name
    somebody else.
    """
    people = list(dict.fromkeys(id(person) for _, person in inside))
    if len(people) < len(("one", "another")):
        return []
    if _NO_NEW_START.search(text, start, inside[0][0].start):
        return []
    gaps = [text[a.end : b.start] for (a, _), (b, _) in pairwise(inside)]
    if not _JOINED.fullmatch(gaps[-1]) or not all(_LISTED.fullmatch(g) or _JOINED.fullmatch(g) for g in gaps):
        return []
    if not _MAY_FOLLOW.match(text, inside[-1][0].end, end):
        return []
    by_id = {id(person): person for _, person in inside}
    return [by_id[number] for number in people]


def meant_together(
    mention: str, at: int, text: str, *, named: Named, roles: Mapping[int, Sequence[Role]]
) -> list[Person]:
    """The people whom "the two ministers", "both leaders" or "the two" at an offset mean; none where that is not sure.

    `named`: everybody's names, in the order of the text; `roles`: everybody's, by the person's `id()`. The office,
    where it is one, must be that of as many people of the last sentences as the number says; people in general must be
    the only ones named in the sentence before.
    """
    match = _PLURAL.fullmatch(mention)
    assert match is not None, "every part of the pattern may be missing"
    number = _NUMBERS.get((match["number"] or mention.partition(" ")[0]).casefold())
    rest = match["rest"].casefold().strip()
    if number is None:
        return []
    window = named[bisect_left(named, at - _REACH, key=_start) : bisect_left(named, at, key=_start)]
    office = plural_office(rest)
    if office is not None:
        window = [(m, p) for m, p in window if any(fits_office(office, role) for role in roles[id(p)])]
        return _last(window, number)
    if rest not in _ANYBODY:
        return []
    for first in _last_sentences(text, at):
        here = [(m, p) for m, p in window if m.start >= first]
        if here:
            found = _last(here, number)
            return found if len({id(p) for _, p in here}) == number else []
    return []


def _start(name: tuple[NameMention, Person]) -> int:
    return name[0].start


def _last(named: Named, number: int) -> list[Person]:
    found: dict[int, Person] = {}
    for _, person in reversed(named):
        found.setdefault(id(person), person)
        if len(found) == number:
            return list(reversed(found.values()))
    return []


def _last_sentences(text: str, at: int) -> list[int]:
    """Where the sentence of an offset begins, and the one before it."""
    starts = [0, *(match.end() for match in _SENTENCES.finditer(text, max(0, at - _REACH), at))]
    return starts[:-3:-1]


def with_members(quote: Quote, mention: str, people: Sequence[Person]) -> Quote:
    """A quote of several people: a description that tells the name of each, and no speaker."""
    names = tuple(person.name for person in people)
    named = all(fold(person.fullest[-1]) in fold(mention) for person in people)
    return replace(quote, speaker_description=listed(names) if named else f"{mention} ({listed(names)})", members=names)


def with_they(quotes: Sequence[Quote], layout: Layout) -> list[Quote]:
    """The quotes, with they as those who spoke together just before, at most two sentences back."""
    resolved = list(quotes)
    order = sorted((i for i, q in enumerate(quotes) if q.sources), key=lambda i: quotes[i].sources[0])
    for before, number in pairwise(order):
        quote, last = quotes[number], resolved[before]
        if not last.members or (quote.mention or "").casefold() != "they":
            continue
        ended = max(last.sources[-1].end, *(span.end for span in last.contents))
        if layout.sentences(ended, max(ended, quote.sources[0].start)) <= _THEY_REACH:
            description = f"they ({listed(last.members)})"
            resolved[number] = replace(quote, speaker_description=description, members=last.members)
    return resolved


def members_of(description: str) -> tuple[str, ...]:
    """The names that a description of those who speak together tells: "Ada Byron and Piet Mol", "they (Ada and Piet)".

    None where it lists nothing but what has a capital: "Senate Republicans and their staff".
    """
    within = description[description.rindex("(") + 1 : -1] if re.search(r"\([^()]*\)$", description) else description
    rest, joined, last = within.rpartition(" and ")
    names = (*rest.split(", "), last)
    return names if joined and all(name[:1].isupper() and " of " not in name for name in names) else ()


def listed(names: Sequence[str]) -> str:
    """Two names or more as one phrase: "Ada, Piet and Omar"."""
    return f"{', '.join(names[:-1])} and {names[-1]}"
