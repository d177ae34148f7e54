"""Whom a pronoun may mean: the people named so far, and what the text shows of each."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.resolve.looks import Looks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quotes.model import Quote
    from quotes.resolve.layout import Layout
    from quotes.resolve.people import Gender, Person

PRONOUN = re.compile(r"\b(?:s?he|him|her|hers|his|himself|herself)\b", re.IGNORECASE)
GENDERS: Mapping[str, Gender] = {
    **dict.fromkeys(("he", "him", "his", "himself"), "male"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "female"),
}

FEATURES = (
    "fits",  # it is known that the article says he or she of the candidate, as the pronoun does
    "distance",  # logarithm of words since the candidate was last meant
    "same sentence",
    "last sentence",
    "sentences",  # logarithm of sentences since then
    "rank",  # logarithm of how many other candidates were meant since then
    "nearest",  # none was
    "subject",  # the last mention began a sentence or stood before a verb of saying
    "source",  # the last mention was the source of a statement
    "last source",  # the last statement before the pronoun is the candidate's
    "after preposition",
    "possessive",
    "pronoun",  # the last mention was he or she itself
    "frequency",  # logarithm of mentions so far
    "quoted",  # the last mention stood in quotation marks while the pronoun does not
    "both quoted",
    "new paragraph",
    "whole name",  # more than one word of the name is printed somewhere
    "only",  # there is no other candidate
    "possessive pronoun",  # her, his: and the candidate is of the same sentence
    "both subjects",  # he, she: and the last mention was a subject
    "first of its sentence",  # the last mention, in the sentence of the pronoun or the one before
    "not subject",  # him, her: and the last mention was the subject of the same sentence
    "own words",  # the pronoun is a source, and the candidate is named in what it says
    "goes on",  # the pronoun is a source, and the last mention was the source of the last statement
    "goes on first",  # the same, and what is said stands, or begins, before the pronoun
    "goes on near",  # the same as "goes on", and no sentence stands between the two statements
    "told of",  # the last mention stood in an earlier statement's content, and the pronoun in none
    "said of",  # the same, and the pronoun is a source
    "speaks",  # the pronoun is a source: logarithm of how often the candidate was one so far
    "says",  # the pronoun stands in what the candidate is reported, in other words, to say
    "is quoted",  # the pronoun stands in the candidate's own words
    "opening",  # named in the first lines of the article
    "opening source",  # the same, and the pronoun is a source
    "nearest source",  # the pronoun is a source, and no other candidate was meant since
    "subject speaks",  # the pronoun is a source, and the last mention was a subject
    "verb follows",  # the last mention stands before a verb
    "verb follows both",  # the same, and the pronoun is he or she
    "subject owns",  # her, his: and the last mention was a subject
    "subject near",  # he, she: and the last mention was a subject of the same sentence or the one before
    "owner near",  # he, she: and the last mention was a possessive of the same sentence or the one before
    "alone fits",  # no other candidate is known to be called so
    "most named",  # no other candidate was meant as often so far
    "in all",  # logarithm of how often the whole article names the candidate
    "named in full",  # the last mention was a whole name
    "comma follows",  # the last mention stands before a comma
)
NOBODY = ("bias", "no candidate", "one candidate", "speaks", "one fits", "candidates", "near")
"""Features of "nobody named"."""

_MOST_CANDIDATES = 12


@dataclass(frozen=True, slots=True)
class Statement:
    """Where a statement's source stands and where its contents, in half-open offsets."""

    source: tuple[int, int]
    contents: tuple[tuple[int, int], ...] = ()

    @classmethod
    def of(cls, quote: Quote) -> Statement:
        """That of a quote with a source."""
        source = (quote.sources[0].start, quote.sources[-1].end)
        return cls(source, tuple((span.start, span.end) for span in quote.contents))


@dataclass(slots=True)
class _Seen:
    """A candidate at the time of reading: where it was last meant, and how.

    looks, content: what the text shows of the place, and the content that holds it, once they were asked for.
    """

    number: int
    person: Person
    start: int
    end: int
    pronoun: bool
    looks: Looks | None = None
    content: tuple[int, int, tuple[int, int]] | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A pronoun with its candidates, the features of each, and those of nobody."""

    candidates: tuple[Person, ...]
    features: tuple[tuple[float, ...], ...]
    nobody: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """What a place in the text has to do with the statements around it; None for what there is not.

    `own`: the contents of the statement that it is the source of; `last`: where the last source before it begins;
    `holding`: the source of the statement whose content holds it; `first`: what is said begins before the place;
    `near`: not more than the end of one sentence stands between the last statement and this one.
    """

    own: tuple[tuple[int, int], ...] | None
    last: int | None
    holding: tuple[int, int] | None
    first: bool
    near: bool


@dataclass(frozen=True, slots=True)
class _Asked:
    """A pronoun, its place, and what the candidates are like together.

    `fitting`: of how many of them the pronoun is known; `most`: how often the most frequent was meant, and `as_often`
    how many were meant each number of times.
    """

    word: str
    start: int
    place: _Place
    candidates: int
    fitting: int
    most: int
    as_often: Mapping[int, int]


class Reader:
    """Goes through an article from left to right and keeps in mind who was meant last.

    Outside of quotation marks, whom a speaker mentions counts for less than whom the article does: a person is
    remembered by the last mention outside, as long as there is one.
    """

    def __init__(
        self,
        layout: Layout,
        people: Sequence[Person],
        statements: Sequence[Statement] = (),
        offices: Sequence[tuple[int, int, Person]] = (),
    ) -> None:
        """`offices`: where "the minister" means somebody."""
        self._layout = layout
        self._people = people
        self._numbers = {id(person): number for number, person in enumerate(people)}
        named = [(m.start, m.end, i) for i, person in enumerate(people) for m in person.mentions]
        self._named = sorted({*named, *((start, end, self._numbers[id(p)]) for start, end, p in offices)})
        self._name_starts = [[m.start for m in person.mentions] for person in people]
        self._sources = sorted({(*s.source, s.contents) for s in statements})
        self._source_starts = [source[0] for source in self._sources]
        self._contents = sorted((start, end, s.source) for s in statements for start, end in s.contents)
        self._content_starts = [content[0] for content in self._contents]
        self._at = 0
        self._seen: dict[int, _Seen] = {}
        self._outside: dict[int, _Seen] = {}
        self._counts: Counter[int] = Counter()
        self._spoke: Counter[int] = Counter()
        self._source_of: dict[int, int] = {}

    def ask(self, pronoun: re.Match[str]) -> Question:
        """The question that a pronoun puts; pronouns must come in the order of the text."""
        while self._at < len(self._named) and self._named[self._at][0] < pronoun.start():
            start, end, number = self._named[self._at]
            self._note(number, start, end, pronoun=False)
            self._at += 1
        gender = GENDERS[pronoun.group().casefold()]
        known = self._seen if self._layout.quoted(pronoun.start()) else {**self._seen, **self._outside}
        fitting = [seen for seen in known.values() if seen.person.gender in (gender, None)]
        recent = sorted(fitting, key=lambda seen: -seen.start)[:_MOST_CANDIDATES]
        counts = Counter(self._counts[seen.number] for seen in recent)
        asked = _Asked(
            word=pronoun.group().casefold(),
            start=pronoun.start(),
            place=self._place(pronoun.start()),
            candidates=len(recent),
            fitting=sum(seen.person.gender is not None for seen in recent),
            most=max(counts, default=0),
            as_often=counts,
        )
        features = tuple(self._features(asked, seen, rank) for rank, seen in enumerate(recent))
        nobody = (
            1.0,
            float(not recent),
            float(len(recent) == 1),
            float(asked.place.own is not None),
            float(asked.fitting > 0),
            math.log1p(len(recent)),
            float(any(self._layout.sentences(seen.end, pronoun.start()) <= 1 for seen in recent)),
        )
        return Question(tuple(seen.person for seen in recent), features, nobody)

    def answer(self, pronoun: re.Match[str], person: Person | None) -> None:
        """Take down whom a pronoun means."""
        if person is not None:
            self._note(self._numbers[id(person)], pronoun.start(), pronoun.end(), pronoun=True)

    def _place(self, at: int) -> _Place:
        """What a place in the text has to do with the statements around it."""
        number = bisect_right(self._source_starts, at) - 1
        own = self._sources[number] if number >= 0 and at < self._sources[number][1] else None
        last = bisect_left(self._source_starts, own[0] if own else at) - 1
        holding = self._content_at(at)
        begin = min((own[0], *(start for start, _ in own[2]))) if own else at
        last_end = max((self._sources[last][1], *(end for _, end in self._sources[last][2]))) if last >= 0 else 0
        return _Place(
            own=own[2] if own else None,
            last=self._sources[last][0] if last >= 0 else None,
            holding=holding[2] if holding else None,
            first=begin < at,
            near=last >= 0 and self._layout.sentences(min(last_end, begin), begin) <= 1,
        )

    def _content_at(self, at: int) -> tuple[int, int, tuple[int, int]] | None:
        """The last content that begins before a place and holds it."""
        number = bisect_right(self._content_starts, at) - 1
        for content in reversed(self._contents[max(0, number - 2) : number + 1]):
            if at < content[1]:
                return content
        return None

    def _note(self, number: int, start: int, end: int, *, pronoun: bool) -> None:
        seen = _Seen(number, self._people[number], start, end, pronoun)
        self._counts[number] += 1
        self._seen[number] = seen
        if not self._layout.quoted(start):
            self._outside[number] = seen
        source = bisect_right(self._source_starts, start) - 1
        speaks = source >= 0 and start < self._sources[source][1]
        # The first whom a source names bears it: "Ada Byron, an adviser to Piet Mol".
        if speaks and self._source_of.setdefault(self._sources[source][0], number) == number:
            self._spoke[number] += 1

    def _is_source(self, at: int, number: int) -> bool:
        source = bisect_right(self._source_starts, at) - 1
        speaks = source >= 0 and at < self._sources[source][1]
        return speaks and self._source_of.get(self._sources[source][0]) == number

    def _names_in(self, number: int, contents: Sequence[tuple[int, int]]) -> bool:
        starts = self._name_starts[number]
        return any(bisect_left(starts, start) < bisect_left(starts, end) for start, end in contents)

    def _features(self, asked: _Asked, seen: _Seen, rank: int) -> tuple[float, ...]:
        layout, start, number = self._layout, asked.start, seen.number
        word, place = asked.word, asked.place
        sentences = layout.sentences(seen.end, start)
        if seen.looks is None:
            seen.looks, seen.content = Looks.of(layout, seen.start, seen.end), self._content_at(seen.start)
        looks, content = seen.looks, seen.content
        subject, verb, owns = looks.subject, looks.verb, looks.owns
        inside, other_inside = layout.quoted(start), looks.quoted
        speaks = place.own is not None
        was_last = place.last is not None and self._source_of.get(place.last) == number
        told = content is not None and content[1] <= start and place.holding is None
        held_by = place.holding is not None and self._source_of.get(place.holding[0]) == number
        opening = self._name_starts[number][0] < layout.opening
        count, nominative = self._counts[number], word in ("he", "she")
        return (
            float(seen.person.gender is not None),
            math.log1p(layout.words(seen.end, start)),
            float(sentences == 0),
            float(sentences == 1),
            math.log1p(sentences),
            math.log1p(rank),
            float(rank == 0),
            float(subject),
            float(self._is_source(seen.start, number)),
            float(was_last),
            float(looks.preposition),
            float(owns),
            float(seen.pronoun),
            math.log1p(count),
            float(other_inside and not inside),
            float(other_inside and inside),
            float(layout.paragraphs(seen.end, start) > 0),
            float(len(seen.person.fullest) > 1),
            float(asked.candidates == 1),
            float(word in ("his", "her") and sentences == 0),
            float(nominative and subject),
            float(sentences <= 1 and looks.begins),
            float(word == "him" and sentences == 0 and subject),
            float(place.own is not None and self._names_in(number, place.own)),
            float(speaks and was_last),
            float(speaks and was_last and place.first),
            float(speaks and was_last and place.near),
            float(told),
            float(told and speaks),
            math.log1p(self._spoke[number]) if speaks else 0.0,
            float(held_by and not inside),
            float(held_by and inside),
            float(opening),
            float(opening and speaks),
            float(speaks and rank == 0),
            float(speaks and subject),
            float(verb),
            float(verb and nominative),
            float(word in ("his", "her") and subject),
            float(nominative and sentences <= 1 and (subject or verb)),
            float(nominative and sentences <= 1 and owns),
            float(asked.fitting == 1 and seen.person.gender is not None),
            float(count == asked.most and asked.as_often[count] == 1),
            math.log1p(len(self._name_starts[number])),
            float(looks.whole),
            float(looks.comma),
        )
