"""Whether two statements make the same claim in other words: vectors for candidates, a probability for few pairs.

`embed` gives every wording a vector, and wordings whose vectors are near are candidates. `score` says of a candidate
how probable it is that a fact-checker would file the two together (the same claim, or one that holds the other's): by
logistic regression on what the second shipped model (`quotes.sentences`) and the words say, as `training/README.md`
tells. Only this module loads that model, and only when it is asked for something.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Literal

from quotes.group.compare import compare
from quotes.group.kinds import matters
from quotes.group.quantities import is_number, is_ordinal
from quotes.group.wording import read_wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quotes.encoder import FloatArray
    from quotes.group.kinds import ChangeKind
    from quotes.group.wording import Wording
    from quotes.sentences import SentenceEncoder, Statement

LINKED = 0.85
"""The score from which two statements are linked without a person's word."""

SUGGESTED = 0.3
"""The score from which a link is suggested."""

LEAST_WORDS = 6
"""Words that each of two statements needs to be linked; shorter ones are only ever suggested."""

_GOOD, _POOR = 0.5, -2.0
"""A logit that few pairs pass: where even it would suggest nothing, the pair is not read and a poor one is taken."""

Verdict = Literal["linked", "suggested"]


def embed(texts: Sequence[str]) -> FloatArray:
    """[N, 384] unit vectors; the scalar product of two is the likeness by which candidates are found."""
    return _model().encoder.vectors(texts)


def score(pairs: Iterable[tuple[str, str]]) -> list[float]:
    """For each pair the probability, 0 to 1, that the two make the same claim or that one holds the other's."""
    return [_score(a, b) for a, b in pairs]


def contradiction(a: str, b: str) -> tuple[ChangeKind, ...]:
    """What of two statements that share few words may turn the meaning round: their numbers, or a negation."""
    first, second = read_wording(a), read_wording(b)
    found: list[ChangeKind] = ["number"] if _numbers_apart(first, second) else []
    if "negation" in matters(first.words, second.words, apart=False):
        found.append("negation")
    return tuple(found)


def verdict(a: str, b: str, probability: float) -> Verdict | None:
    """What becomes of a pair of that score; short statements, and such as may contradict, are only suggested."""
    if probability < SUGGESTED:
        return None
    short = min(len(read_wording(text).words) for text in (a, b)) < LEAST_WORDS
    return "suggested" if probability < LINKED or short or contradiction(a, b) else "linked"


EVIDENCE = ("logit", "covered most", "covered least", "words shared", "length", "difference in length", "numbers apart")
"""What the regression weighs."""


def evidence(a: str, b: str) -> tuple[float, ...]:
    """The values of EVIDENCE for a pair; the same in either order, within rounding."""
    return (_model().encoder.logit(a, b), *_cheap_evidence(a, b))


def _cheap_evidence(a: str, b: str) -> tuple[float, ...]:
    """All but the logit, which takes longer than the rest together."""
    first, second = read_wording(a), read_wording(b)
    lengths = sorted(len(wording.words) + 1 for wording in (first, second))
    least, most = sorted(_covered(a, b))
    return (
        most,
        least,
        (compare(a, b).score + compare(b, a).score) / 2,
        math.log(lengths[0]),
        math.log(lengths[1] / lengths[0]),
        float(_numbers_apart(first, second)),
    )


def _score(a: str, b: str) -> float:
    known = _cheap_evidence(a, b)
    if _probability((_GOOD, *known)) < SUGGESTED:
        return _probability((_POOR, *known))
    return _probability((_model().encoder.logit(a, b), *known))


def _covered(a: str, b: str) -> tuple[float, float]:
    from quotes.sentences import covered

    return covered(_read(a), _read(b))


def _numbers_apart(a: Wording, b: Wording) -> bool:
    """Whether both give numbers and none is in both."""
    ours, theirs = (
        {word.key for word in wording.words if is_number(word.key) and not is_ordinal(word.key)} for wording in (a, b)
    )
    return bool(ours and theirs) and not ours & theirs


@dataclass(frozen=True, slots=True)
class _Model:
    encoder: SentenceEncoder
    weights: tuple[float, ...]
    bias: float


@cache
def _model() -> _Model:
    from quotes.sentences import SentenceEncoder

    with as_file(files("quotes") / "data") as folder:
        scoring = json.loads((folder / "meaning" / "scoring.json").read_text(encoding="utf-8"))
        encoder = SentenceEncoder(folder / "meaning", folder / "model" / "vocabulary.txt")
    return _Model(encoder, tuple(scoring["weights"][name] for name in EVIDENCE), scoring["bias"])


@lru_cache(maxsize=1024)
def _read(text: str) -> Statement:
    """Kept for a while, since a wording is compared with many candidates one after the other."""
    return _model().encoder.read(text)


def _probability(values: Sequence[float]) -> float:
    model = _model()
    return 1 / (1 + math.exp(-model.bias - sum(w * x for w, x in zip(model.weights, values, strict=True))))
