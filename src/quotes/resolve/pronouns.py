"""Whom he or she means: a small ranker over the people that the article has named so far.

Candidates are those of whom nothing says that the article would use the other pronoun. Each gets a score from what the
text shows of it (how far back it was last meant, whether as a subject), "nobody named" gets one too, and the
probabilities are those of a softmax. The weights were trained on GUM, GAP and PolNeAR by `training/pronouns.py`.
"""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache
from operator import mul
from pathlib import Path
from typing import TYPE_CHECKING

from quotes.lexicon import reporting_verbs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from quotes.resolve.people import Gender, Person

    Answer = tuple[Person | None, float]

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
    "source",  # the last mention was the source of a quote
    "last source",  # of the last quote before the pronoun
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
)
NOBODY = ("bias", "no candidate", "one candidate")
"""Features of "nobody named"."""

_MOST_CANDIDATES = 12
_SURE = 0.7
_LEAST_VOTES = 2
_MAJORITY = 0.8
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s+(?=[\"'“‘(]?[A-Z])|\n+")
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_LAST_WORD = re.compile(r"(\w+)\W{1,3}$")
_NEXT_WORD = re.compile(r"(?:['’]s)?\W{1,3}(\w+)")
_PREPOSITIONS = frozenset("of with by to for from in on at about against and".split())
_PARAMETERS = Path(__file__).parent.parent / "data" / "pronouns.json"


@dataclass(frozen=True, slots=True)
class Weights:
    """A weight for each of FEATURES and of NOBODY."""

    person: tuple[float, ...]
    nobody: tuple[float, ...]


@cache
def shipped_weights() -> Weights:
    """The weights of `data/pronouns.json`."""
    data = json.loads(_PARAMETERS.read_text(encoding="utf-8"))
    return Weights(
        tuple(data["person"][name] for name in FEATURES),
        tuple(data["nobody"][name] for name in NOBODY),
    )


@dataclass(slots=True)
class _Seen:
    """A candidate at the time of reading: where it was last meant, how, and how often so far."""

    person: Person
    start: int
    end: int
    pronoun: bool
    count: int


class Layout:
    """Words, sentences and paragraphs of a text, to measure distances in."""

    def __init__(self, text: str, quoted: Callable[[int], bool] = lambda _: False) -> None:
        self.text = text
        self.quoted = quoted
        self._words = [m.start() for m in _WORD.finditer(text)]
        self._sentences = [m.end() for m in _SENTENCE_END.finditer(text)]
        self._paragraphs = [m.start() for m in re.finditer("\n", text)]

    def words(self, start: int, end: int) -> int:
        """Words that begin in [start, end)."""
        return max(0, bisect_left(self._words, end) - bisect_left(self._words, start))

    def sentences(self, start: int, end: int) -> int:
        """Ends of sentences between two places."""
        return max(0, bisect_left(self._sentences, end + 1) - bisect_left(self._sentences, start + 1))

    def paragraphs(self, start: int, end: int) -> int:
        """Ends of paragraphs between two places."""
        return bisect_left(self._paragraphs, end) - bisect_left(self._paragraphs, start)

    def beside(self, start: int, end: int) -> tuple[str, str]:
        """The words before and after a stretch of text, case-folded; empty where there is none near."""
        before = _LAST_WORD.search(self.text, max(0, start - 25), start)
        after = _NEXT_WORD.match(self.text, end)
        return before[1].casefold() if before else "", after[1].casefold() if after else ""

    def begins_sentence(self, start: int) -> bool:
        """Whether at most two words of the sentence stand before `start`."""
        at = bisect_left(self._sentences, start + 1)
        return self.words(self._sentences[at - 1] if at else 0, start) <= 2


@dataclass(frozen=True, slots=True)
class Question:
    """A pronoun with its candidates, the features of each, and those of nobody."""

    candidates: tuple[Person, ...]
    features: tuple[tuple[float, ...], ...]
    nobody: tuple[float, ...]


class Reader:
    """Goes through an article from left to right and keeps in mind who was meant last."""

    def __init__(self, layout: Layout, people: Sequence[Person], sources: Sequence[tuple[int, int]] = ()) -> None:
        """`sources`: half-open offsets of the sources of the text's quotes."""
        self._layout = layout
        self._sources = sorted(sources)
        self._named = sorted((m.start, m.end, i) for i, person in enumerate(people) for m in person.mentions)
        self._people = people
        self._numbers = {id(person): number for number, person in enumerate(people)}
        self._at = 0
        self._seen: dict[int, _Seen] = {}

    def ask(self, pronoun: re.Match[str]) -> Question:
        """The question that a pronoun puts; pronouns must come in the order of the text."""
        while self._at < len(self._named) and self._named[self._at][0] < pronoun.start():
            start, end, number = self._named[self._at]
            self._note(number, start, end, pronoun=False)
            self._at += 1
        gender = GENDERS[pronoun.group().casefold()]
        fitting = [seen for seen in self._seen.values() if seen.person.gender in (gender, None)]
        recent = sorted(fitting, key=lambda seen: -seen.start)[:_MOST_CANDIDATES]
        features = tuple(self._features(pronoun, seen, recent) for seen in recent)
        nobody = (1.0, float(not recent), float(len(recent) == 1))
        return Question(tuple(seen.person for seen in recent), features, nobody)

    def answer(self, pronoun: re.Match[str], person: Person | None) -> None:
        """Take down whom a pronoun means."""
        if person is not None:
            self._note(self._numbers[id(person)], pronoun.start(), pronoun.end(), pronoun=True)

    def _source_at(self, at: int, *, at_or_before: bool = False) -> tuple[int, int] | None:
        """The source that holds an offset, or the last one that begins before it."""
        number = bisect_right(self._sources, (at, 10**9)) - 1
        if number < 0 or (not at_or_before and self._sources[number][1] <= at):
            return None
        return self._sources[number]

    def _note(self, number: int, start: int, end: int, *, pronoun: bool) -> None:
        count = self._seen[number].count if number in self._seen else 0
        self._seen[number] = _Seen(self._people[number], start, end, pronoun, count + 1)

    def _features(self, pronoun: re.Match[str], seen: _Seen, recent: Sequence[_Seen]) -> tuple[float, ...]:
        layout, start = self._layout, pronoun.start()
        sentences = layout.sentences(seen.end, start)
        rank = sum(other.start > seen.start for other in recent)
        before, after = layout.beside(seen.start, seen.end)
        source, last_source = self._source_at(seen.start), self._source_at(start - 1, at_or_before=True)
        subject = layout.begins_sentence(seen.start) or after in reporting_verbs()
        word = pronoun.group().casefold()
        inside, other_inside = layout.quoted(start), layout.quoted(seen.start)
        return (
            float(seen.person.gender is not None),
            math.log1p(layout.words(seen.end, start)),
            float(sentences == 0),
            float(sentences == 1),
            math.log1p(sentences),
            math.log1p(rank),
            float(rank == 0),
            float(subject),
            float(source is not None),
            float(source is not None and source == last_source),
            float(before in _PREPOSITIONS),
            float(
                layout.text[seen.end - 2 : seen.end] in ("'s", "’s")
                or layout.text[seen.end : seen.end + 2] in ("'s", "’s")
            ),
            float(seen.pronoun),
            math.log1p(seen.count),
            float(other_inside and not inside),
            float(other_inside and inside),
            float(layout.paragraphs(seen.end, start) > 0),
            float(len(seen.person.fullest) > 1),
            float(len(recent) == 1),
            float(word in ("his", "her") and sentences == 0),
            float(word in ("he", "she") and subject),
            float(sentences <= 1 and layout.begins_sentence(seen.start)),
            float(word == "him" and sentences == 0 and subject),
        )


def softmax(weights: Weights, question: Question) -> list[float]:
    """The probability of each candidate, then of nobody."""
    scores = [math.fsum(map(mul, weights.person, features)) for features in question.features]
    scores.append(math.fsum(map(mul, weights.nobody, question.nobody)))
    top = max(scores)
    raised = [math.exp(score - top) for score in scores]
    total = sum(raised)
    return [value / total for value in raised]


def resolve_pronouns(
    layout: Layout,
    people: Sequence[Person],
    sources: Sequence[tuple[int, int]] = (),
    weights: Weights | None = None,
) -> dict[int, Answer]:
    """Whom each he and she of a text means, by the pronoun's offset, with the probability; None for nobody named."""
    weights = weights or shipped_weights()
    reader = Reader(layout, people, sources)
    answers: dict[int, Answer] = {}
    for pronoun in PRONOUN.finditer(layout.text):
        question = reader.ask(pronoun)
        chances = softmax(weights, question)
        best = max(range(len(chances)), key=chances.__getitem__)
        person = question.candidates[best] if best < len(question.candidates) else None
        answers[pronoun.start()] = (person, chances[best])
        reader.answer(pronoun, person)
    return answers


def learn_genders(layout: Layout, people: Sequence[Person], answers: Mapping[int, Answer]) -> bool:
    """Take over what an article calls people whose names do not tell, from the pronouns that surely mean them.

    Returns whether anything was learnt. In a second reading this keeps a "he" off somebody whom the article calls "she"
    all along.
    """
    learnt = False
    votes: dict[int, list[Gender]] = {id(person): [] for person in people if person.gender is None}
    for start, (person, chance) in answers.items():
        if person is not None and id(person) in votes and chance >= _SURE:
            word = PRONOUN.match(layout.text, start)
            assert word is not None, "answers are kept by the offsets of pronouns"
            votes[id(person)].append(GENDERS[word.group().casefold()])
    for person in people:
        said = votes.get(id(person), [])
        top = max(sorted(set(said)), key=said.count, default=None)
        if top is not None and len(said) >= _LEAST_VOTES and said.count(top) >= _MAJORITY * len(said):
            person.gender = top
            learnt = True
    return learnt
