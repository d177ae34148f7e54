"""From each mention to the fullest name in its own article, or honestly to no one.

A name leads to the longest name of the same person; he and she, and who, to the person they most likely mean; I to
whose words they are; "the defense chief" to the person last named with that office. A role that leads to nobody stays a
description, and so does the Q or the A of an interview.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from quotes.lexicon import countries, word_list
from quotes.model import Speaker
from quotes.resolve.capitals import find_names
from quotes.resolve.names import fold
from quotes.resolve.outer import outer_quotes, with_outer_speakers
from quotes.resolve.people import NameMention, find_people
from quotes.resolve.pronouns import PRONOUN, Layout, learn_genders, resolve_pronouns
from quotes.resolve.roles import is_office, meant_by, printed_roles
from quotes.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quotes.model import Extraction, MarkPair, NameSpan, PrintedRole, Quote
    from quotes.resolve.people import Person

_OF_SOMEONE_ELSE = frozenset("in at on for from with by near to of about and or &".split())
"""Before a name, these make it part of a longer phrase about someone else, or one of several people."""

_AFTER_NAME = re.compile(r"(?:['’]s?)?\s*(?:$|[,(\-–—]|(?:who|of|from|at|in)\s)")
"""What may follow the name in a mention that bears it; "Byron's lawyer" and "Byron and Shelley" do not."""

_RELATIVE = frozenset({"who", "whom", "whose", "that", "which"})
_FIRST = frozenset({"i", "me", "my", "myself"})
_HONORIFICS = frozenset("mr mrs ms miss dr dame sir lady rival veteran".split())
_RELATIVE_REACH = 60

LEAST_SURE = 0.5
"""A pronoun whose likeliest person has a smaller probability stays unknown."""


def resolve(extraction: Extraction, text: str) -> Extraction:
    """The same extraction with the speaker or the description of each quote filled in, and with the roles printed.

    The spans stay as they are.
    """
    resolver = _Resolver(extraction, text)
    quotes = [resolver.resolve(quote) for quote in extraction.quotes]
    speakers = with_outer_speakers(resolver.first_person(quotes))
    return replace(extraction, quotes=speakers, roles=resolver.printed_roles())


class _Resolver:
    """One article's people, and whom each of its pronouns means."""

    def __init__(self, extraction: Extraction, text: str) -> None:
        self._text = text
        self._people = find_people(_mentions(extraction.names, text), text)
        self._owner = {mention.start: (person, mention) for person in self._people for mention in person.mentions}
        self._starts = sorted(self._owner)
        self._printed = printed_roles(self._people, text)
        self._roles = [[role.words for role in roles] for roles in self._printed]
        layout = Layout(text, _inside(extraction.marks))
        sources = [(s.start, s.end) for quote in extraction.quotes for s in quote.sources]
        self._answers = resolve_pronouns(layout, self._people, sources)
        if learn_genders(layout, self._people, self._answers):
            self._answers = resolve_pronouns(layout, self._people, sources)

    def resolve(self, quote: Quote) -> Quote:
        """The quote with its speaker or description, unless its mention is I, we or they."""
        if quote.mention is None or not quote.sources:
            return quote
        mention, start = one_line(quote.mention), quote.sources[0].start
        if (pronoun := PRONOUN.match(self._text, start)) and PRONOUN.sub("", mention).strip() == "":
            return self._pronoun(quote, pronoun)
        if mention.casefold() in _RELATIVE:
            return self._relative(quote, start)
        if mention.casefold() in word_list("pronouns") or mention.casefold().partition(" ")[0] in _FIRST:
            return quote
        speaker = self._named(quote, mention) or self._in_office(mention, start)
        return replace(quote, speaker=speaker, speaker_description=None if speaker else mention)

    def printed_roles(self) -> tuple[PrintedRole, ...]:
        """The roles of everybody, in the order of the text; a place or a body that was taken for somebody has none.

        Mr. and Mrs. are none. Of two that one reading of the words around a name holds in another ("the minister met
        his Dutch counterpart"), the shorter is the role.
        """
        people = zip(self._people, self._printed, strict=True)
        roles = {role for person, of in people if not _is_place_or_body(person.fullest) for role in _innermost(of)}
        return tuple(sorted(roles, key=lambda role: (role.start, role.end, role.name)))

    def _in_office(self, mention: str, start: int) -> Speaker | None:
        person = meant_by(mention, start, self._people, self._roles)
        return Speaker(person.name, f"the person named before as {mention}") if person else None

    def _pronoun(self, quote: Quote, pronoun: re.Match[str]) -> Quote:
        person, chance = self._answers.get(pronoun.start(), (None, 0.0))
        if person is None or chance < LEAST_SURE:
            return quote
        reason = f"whom {pronoun.group().casefold()} most likely means here"
        return replace(quote, speaker=Speaker(person.name, reason), speaker_confidence=round(chance, 4))

    def _relative(self, quote: Quote, at: int) -> Quote:
        """Who, after a name and perhaps an apposition: "Ada Byron, the mayor, who said"."""
        number = bisect_right(self._starts, at) - 1
        if number < 0:
            return quote
        person, mention = self._owner[self._starts[number]]
        between = self._text[mention.end : at]
        if (
            len(between) > _RELATIVE_REACH
            or any(mark in between for mark in ".;:!?\n")
            or between.count(",") not in (1, 2)
        ):
            return quote
        return replace(quote, speaker=Speaker(person.name, "the name that the clause follows"))

    def _named(self, quote: Quote, mention: str) -> Speaker | None:
        """The person or organisation that the mention itself names."""
        for span in quote.sources:
            inside = slice(bisect_left(self._starts, span.start), bisect_left(self._starts, span.end))
            for start in self._starts[inside]:
                person, name = self._owner[start]
                if not _is_place_or_body(person.fullest) and self._bears(span.start, span.end, start, name.end):
                    return _speaker(person, self._text[start : name.end])
        own = own_name(mention) if len(mention) > 1 else None
        return Speaker(own, "named in full") if own else None

    def _bears(self, start: int, end: int, name_start: int, name_end: int) -> bool:
        """Whether the mention is of the one that bears the name in it: not "the wife of Piet" nor "Ada and Piet"."""
        before = self._text[start:name_start].split()
        if before and before[-1].casefold().strip(",") in _OF_SOMEONE_ELSE and not before[-1].endswith(","):
            return False
        return _AFTER_NAME.match(self._text, name_end, end) is not None

    def first_person(self, quotes: Sequence[Quote]) -> list[Quote]:
        """The quotes, with I and me as the speaker of the words that they stand in."""
        outer = outer_quotes(quotes)
        return [
            replace(quote, speaker=Speaker(holder.speaker.name, "speaks of himself or herself"))
            if quote.speaker is None
            and quote.mention
            and quote.mention.casefold() in _FIRST
            and number is not None
            and (holder := quotes[number]).speaker
            else quote
            for quote, number in zip(quotes, outer, strict=True)
        ]


def _innermost(roles: Sequence[PrintedRole]) -> list[PrintedRole]:
    bounds = {(role.start, role.end) for role in roles}
    return [
        role
        for role in roles
        if any(is_office(word) for word in role.words - _HONORIFICS)
        and not any(
            role.start <= start and end <= role.end and (start, end) != (role.start, role.end) for start, end in bounds
        )
    ]


def _mentions(names: Sequence[NameSpan] | None, text: str) -> list[NameMention]:
    """Where people are named.

    Capitals tell where a name begins and ends, better than a model does, and the names that were found tell whether it
    is a person's. Where none were looked for, every run of capitals may be one's.
    """
    runs = [NameMention(name.start, name.end, name.words) for name in find_names(text)]
    if names is None:
        return [run for run in runs if not _is_place_or_body(run.words)]
    people = _Spans([(n.start, n.end) for n in names if n.kind == "person"])
    others = _Spans([(n.start, n.end) for n in names if n.kind != "person"])
    runs = [_after(others.end_of_first(run), run, text) for run in runs]
    votes: Counter[tuple[str, ...]] = Counter()
    for run in runs:
        votes[run.words] += people.shared(run) - others.shared(run)
    return [run for run in runs if votes[run.words] > 0]


def _is_place_or_body(words: Sequence[str]) -> bool:
    return all(fold(word) in countries() for word in words) or fold(words[-1]) in word_list("bodies")


def _after(end: int, run: NameMention, text: str) -> NameMention:
    """What of a run stands after a name of something else: "the envoy to the United States Ada Byron"."""
    left = len(text[end : run.end].split()) if run.start < end < run.end else len(run.words)
    if left >= len(run.words):
        return run
    start = run.end - len(text[end : run.end].lstrip())
    return NameMention(start, run.end, run.words[len(run.words) - left :])


class _Spans:
    """Spans that do not overlap, in the order of the text."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self._spans = sorted(spans)

    def end_of_first(self, mention: NameMention) -> int:
        """Where the span ends that a mention begins in; 0 when it begins in none."""
        at = bisect_right(self._spans, (mention.start, mention.end)) - 1
        return self._spans[at][1] if at >= 0 and self._spans[at][1] > mention.start else 0

    def shared(self, mention: NameMention) -> int:
        """How many characters of a mention lie in the spans."""
        first = max(0, bisect_right(self._spans, (mention.start, mention.end)) - 1)
        total = 0
        for start, end in self._spans[first:]:
            if start >= mention.end:
                break
            total += max(0, min(end, mention.end) - max(start, mention.start))
        return total


def _inside(marks: Sequence[MarkPair]) -> Callable[[int], bool]:
    """Tells whether an offset stands inside an outer quotation."""
    bounds = sorted((mark.start, mark.end) for mark in marks if mark.level == 0 and mark.status != "unopened")
    starts = [start for start, _ in bounds]

    def inside(at: int) -> bool:
        number = bisect_right(starts, at) - 1
        return number >= 0 and at < bounds[number][1]

    return inside


def _speaker(person: Person, printed: str) -> Speaker:
    name = person.name
    if fold(printed) == fold(name):
        return Speaker(name, "named in full")
    return Speaker(name, f"the fullest name in the article of whom it calls {one_line(printed)}")


def own_name(mention: str) -> str | None:
    """The name that a mention itself bears: the one that its first part ends in, else the one that the whole ends in.

    "Ada Byron, the mayor" and "the mayor, Ada Byron" bear one; "the mayor" and "a teacher in Nairobi" bear none.
    """
    for part in (mention.partition(",")[0], mention):
        names = find_names(part)
        if names and part.rstrip(". ").endswith(names[-1].words[-1].rstrip(".")):
            before = part[: names[-1].start].split()
            if not before or before[-1].casefold() not in _OF_SOMEONE_ELSE:
                return " ".join(names[-1].words)
    return None
