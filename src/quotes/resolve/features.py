"""What speaks for and against somebody as the one whom a pronoun means, in numbers."""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quotes.resolve.looks import Looks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.resolve.layout import Layout, Position
    from quotes.resolve.people import Person
    from quotes.resolve.places import Bounds, Place, Statements

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


@dataclass(slots=True)
class Known:
    """What an article has said so far of somebody whom it names.

    starts: where it names the person, in all. opening: it does so in its first lines. times: how often it has meant the
    person so far. spoke: of how many statements the person was the source so far. last, last_outside: where it last
    meant the person, and where outside of quotation marks.
    """

    person: Person
    starts: list[int]
    opening: bool
    times: int = 0
    spoke: int = 0
    last: Meant | None = None
    last_outside: Meant | None = None

    @classmethod
    def of(cls, person: Person, layout: Layout) -> Known:
        """Of somebody whom it has not named yet."""
        starts = [mention.start for mention in person.mentions]
        return cls(person, starts, starts[0] < layout.opening)


@dataclass(slots=True)
class Meant:
    """A place where somebody is meant.

    position: of its end. pronoun: it is he or she itself. source: it bears the source of a statement. looks, content:
    what the text shows of the place, and the content that holds it, once they were asked for.
    """

    known: Known
    start: int
    end: int
    position: Position
    pronoun: bool
    source: bool
    looks: Looks | None = None
    content: Bounds | None = None


@dataclass(slots=True)
class Asked:
    """A pronoun, its place, and what the candidates for it are like together.

    last_speaker, holder: whose the last statement before it is, and whose the statement is that holds it. candidates:
    those who may be meant, the last one first. fitting: of how many of them the pronoun is known. most: how often the
    most frequent was meant so far, and most_alone: nobody else was as often.
    """

    word: str
    start: int
    position: Position
    quoted: bool
    place: Place
    last_speaker: Known | None
    holder: Known | None
    candidates: Sequence[Meant]
    fitting: int = field(init=False)
    most: int = field(init=False)
    most_alone: bool = field(init=False)

    def __post_init__(self) -> None:
        times = [meant.known.times for meant in self.candidates]
        self.fitting = sum(meant.known.person.gender is not None for meant in self.candidates)
        self.most = max(times, default=0)
        self.most_alone = times.count(self.most) == 1


def features_of(asked: Asked, rank: int, layout: Layout, statements: Statements) -> tuple[float, ...]:
    """FEATURES of the candidate at a rank."""
    meant = asked.candidates[rank]
    known, place, word = meant.known, asked.place, asked.word
    if meant.looks is None:
        meant.looks, meant.content = Looks.of(layout, meant.start, meant.end), statements.content_at(meant.start)
    looks, content = meant.looks, meant.content
    here, there = asked.position, meant.position
    sentences = max(0, here.sentences - there.sentences)
    subject, verb, owns = looks.subject, looks.verb, looks.owns
    inside, other_inside = asked.quoted, looks.quoted
    speaks = place.own is not None
    was_last = asked.last_speaker is known
    told = content is not None and content[1] <= asked.start and place.holding is None
    held_by = asked.holder is known
    nominative, possessive = word in {"he", "she"}, word in {"his", "her"}
    fits = known.person.gender is not None
    return (
        fits,
        math.log1p(max(0, here.words - there.words)),
        sentences == 0,
        sentences == 1,
        math.log1p(sentences),
        math.log1p(rank),
        rank == 0,
        subject,
        meant.source,
        was_last,
        looks.preposition,
        owns,
        meant.pronoun,
        math.log1p(known.times),
        other_inside and not inside,
        other_inside and inside,
        here.paragraphs > there.paragraphs,
        len(known.person.fullest) > 1,
        len(asked.candidates) == 1,
        possessive and sentences == 0,
        nominative and subject,
        sentences <= 1 and looks.begins,
        word == "him" and sentences == 0 and subject,
        place.own is not None and _names_in(known, place.own),
        speaks and was_last,
        speaks and was_last and place.first,
        speaks and was_last and place.near,
        told,
        told and speaks,
        math.log1p(known.spoke) if speaks else 0.0,
        held_by and not inside,
        held_by and inside,
        known.opening,
        known.opening and speaks,
        speaks and rank == 0,
        speaks and subject,
        verb,
        verb and nominative,
        possessive and subject,
        nominative and sentences <= 1 and (subject or verb),
        nominative and sentences <= 1 and owns,
        fits and asked.fitting == 1,
        asked.most_alone and known.times == asked.most,
        math.log1p(len(known.starts)),
        looks.whole,
        looks.comma,
    )


def _names_in(known: Known, contents: Sequence[Bounds]) -> bool:
    return any(bisect_left(known.starts, start) < bisect_left(known.starts, end) for start, end in contents)


def features_of_nobody(asked: Asked) -> tuple[float, ...]:
    """NOBODY of a pronoun."""
    ended = asked.position.sentences
    return (
        1.0,
        not asked.candidates,
        len(asked.candidates) == 1,
        asked.place.own is not None,
        asked.fitting > 0,
        math.log1p(len(asked.candidates)),
        any(ended - meant.position.sentences <= 1 for meant in asked.candidates),
    )
