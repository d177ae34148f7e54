"""Whom he or she means: a small ranker over the people that the article has named so far.

Candidates are those of whom nothing says that the article would use the other pronoun. Each gets a score from what the
text shows of it (how far back it was last meant, whether as a subject), "nobody named" gets one too, and the
probabilities are those of a softmax. The weights were trained on GUM, GAP and PolNeAR by `training/pronouns.py`.
"""

from __future__ import annotations

import json
import math
from functools import cache
from operator import mul
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from quotes.resolve.candidates import GENDERS, PRONOUN, Reader
from quotes.resolve.features import FEATURES, NOBODY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quotes.resolve.candidates import Question
    from quotes.resolve.layout import Layout
    from quotes.resolve.people import Gender, Person
    from quotes.resolve.places import Statement

    Answer = tuple[Person | None, float]

_SURE = 0.7
_LEAST_VOTES = 2
_MAJORITY = 0.8
_PARAMETERS = Path(__file__).parent.parent / "data" / "pronouns.json"


class Weights(NamedTuple):
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
    statements: Sequence[Statement] = (),
    offices: Sequence[tuple[int, int, Person]] = (),
    *,
    weights: Weights | None = None,
) -> dict[int, Answer]:
    """Whom each he and she of a text means, by the pronoun's offset, with the probability; None for nobody named."""
    weights = weights or shipped_weights()
    reader = Reader(layout, people, statements, offices)
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
