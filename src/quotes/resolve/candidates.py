"""Whom a pronoun may mean: the people named so far, and what the text shows of each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from quotes.resolve.features import Asked, Known, Meant, features_of, features_of_nobody
from quotes.resolve.places import Statements

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quotes.resolve.layout import Layout
    from quotes.resolve.people import Gender, Person
    from quotes.resolve.places import Statement

PRONOUN = re.compile(r"(?=[HhSs])\b(?:s?he|him|her|hers|his|himself|herself)\b", re.IGNORECASE)
GENDERS: Mapping[str, Gender] = {
    **dict.fromkeys(("he", "him", "his", "himself"), "male"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "female"),
}
_MOST_CANDIDATES = 12


@dataclass(frozen=True, slots=True)
class Question:
    """A pronoun with its candidates, the features of each, and those of nobody."""

    candidates: tuple[Person, ...]
    features: tuple[tuple[float, ...], ...]
    nobody: tuple[float, ...]


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
        self._statements = Statements(statements, layout)
        self._known = [Known.of(person, layout) for person in people]
        self._numbers = {id(person): number for number, person in enumerate(people)}
        named = [(m.start, m.end, i) for i, person in enumerate(people) for m in person.mentions]
        self._named = sorted({*named, *((start, end, self._numbers[id(p)]) for start, end, p in offices)})
        self._at = 0
        self._met: list[Known] = []
        self._speakers: dict[int, Known] = {}

    def ask(self, pronoun: re.Match[str]) -> Question:
        """The question that a pronoun puts; pronouns must come in the order of the text."""
        word, start = pronoun.group().casefold(), pronoun.start()
        while self._at < len(self._named) and self._named[self._at][0] < start:
            named_at, end, number = self._named[self._at]
            self._note(self._known[number], named_at, end, pronoun=False)
            self._at += 1
        quoted, place = self._layout.quoted(start), self._statements.place(start)
        last = (known.last if quoted else known.last_outside or known.last for known in self._met)
        fitting = [meant for meant in last if meant and meant.known.person.gender in (GENDERS[word], None)]
        asked = Asked(
            word=word,
            start=start,
            position=self._layout.position(start),
            quoted=quoted,
            place=place,
            last_speaker=self._speakers.get(place.last) if place.last is not None else None,
            holder=self._speakers.get(place.holding) if place.holding is not None else None,
            candidates=sorted(fitting, key=attrgetter("start"), reverse=True)[:_MOST_CANDIDATES],
        )
        ranks = range(len(asked.candidates))
        return Question(
            tuple(meant.known.person for meant in asked.candidates),
            tuple(features_of(asked, rank, self._layout, self._statements) for rank in ranks),
            features_of_nobody(asked),
        )

    def answer(self, pronoun: re.Match[str], person: Person | None) -> None:
        """Take down whom a pronoun means."""
        if person is not None:
            self._note(self._known[self._numbers[id(person)]], pronoun.start(), pronoun.end(), pronoun=True)

    def _note(self, known: Known, start: int, end: int, *, pronoun: bool) -> None:
        source = self._statements.source_at(start)
        # The first whom a source names bears it: "Ada Byron, an adviser to Piet Mol".
        speaks = source is not None and self._speakers.setdefault(source, known) is known
        if known.last is None:
            self._met.append(known)
        known.times += 1
        known.spoke += speaks
        known.last = Meant(known, start, end, self._layout.position(end), pronoun=pronoun, source=speaks)
        if not self._layout.quoted(start):
            known.last_outside = known.last
