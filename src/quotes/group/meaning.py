"""Whether two statements make the same claim in other words: vectors for candidates, a probability for few pairs.

`embed` gives every wording a vector, and wordings whose vectors are near are candidates. `score` says of a candidate
how probable it is that a fact-checker would file the two together (the same claim, or one that holds the other's): by
logistic regression on what the second shipped model (`quotes.sentences`) and the words say, as `training/README.md`
tells. Only this module loads that model, and only when it is asked for something.
"""

from __future__ import annotations

import json
import math
from functools import cache, lru_cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Literal

from quotes.group.compare import score_of
from quotes.group.evidence import negations_apart, statements_named
from quotes.group.keys import IndexedWording
from quotes.group.kinds import matters
from quotes.group.quantities import is_number, is_ordinal
from quotes.group.wording import read_wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quotes.group.kinds import ChangeKind
    from quotes.group.wording import Wording
    from quotes.sentences import SentenceEncoder, Statement
    from quotes.words import FloatArray

LINKED = 0.8
"""The score from which two statements are linked without a person's word."""

SUGGESTED = 0.3
"""The score from which a link is suggested."""

LEAST_WEIGHT = 5.25
"""What each of two statements needs to be linked, a function word being a quarter; others are only ever suggested."""

_GOOD, _POOR = 0.5, -2.0
"""A logit that few pairs pass: where even it would suggest nothing, the pair is not read and a poor one is taken."""

_APART = 1.5
"""More than the logits of the two orders differ by: of 695 pairs, by 1.14 at most, and 99 of 100 by less than 0.73."""

_DECIDED = 0.25
"""Below it no score decides anything (`quotes.group.paraphrase.LIKELY` is the lowest that does)."""

Verdict = Literal["linked", "suggested"]


def embed(texts: Sequence[str]) -> FloatArray:
    """[N, 384] unit vectors; the scalar product of two is the likeness by which candidates are found."""
    return _encoder().vectors(texts)


def likeness(question: str, texts: Iterable[str]) -> list[float]:
    """For each text, 0 to 1, how much it says of what is asked for: for looking up, where few words are asked for.

    It is the mean of the likeness of both as a whole and of how much of the question the text holds.
    """
    from quotes.sentences import covered

    asked = _read(question)
    found = map(_read, texts)
    return [max(0.0, (float(asked.vector @ text.vector) + covered(asked, text)[0]) / 2) for text in found]


def alike(ours: Sequence[str], theirs: Sequence[str]) -> FloatArray:
    """[N, M], up to 1: the mean of the likeness of each two as a whole and of how much each holds of the other."""
    import numpy as np

    from quotes.sentences import covered

    mine, others = list(map(_read, ours)), list(map(_read, theirs))
    return np.array(
        [[(float(a.vector @ b.vector) + sum(covered(a, b)) / 2) / 2 for b in others] for a in mine], dtype=np.float32
    )


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
    short = min(IndexedWording.of(text).weight for text in (a, b)) < LEAST_WEIGHT
    return "suggested" if probability < LINKED or short or contradiction(a, b) else "linked"


EVIDENCE = (
    "logit", "covered most", "covered least", "left over", "words shared", "length", "difference in length",
    "numbers apart", "negations apart", "statements named",
)  # fmt: skip
"""What the regression weighs."""


def evidence(a: str, b: str) -> tuple[float, ...]:
    """The values of EVIDENCE for a pair; the same in either order, within rounding."""
    return (_encoder().logit(a, b), *_cheap_evidence(a, b))


def _cheap_evidence(a: str, b: str) -> tuple[float, ...]:
    """All but the logit, which takes longer than the rest together."""
    from quotes.sentences import covered

    first, second = read_wording(a), read_wording(b)
    lengths = sorted(len(wording.words) + 1 for wording in (first, second))
    read = _read(a), _read(b)
    shares = covered(*read)
    left = [(1 - share) * float(one.rarity.sum()) for share, one in zip(shares, read, strict=True)]
    return (
        max(shares),
        min(shares),
        min(left),
        score_of(a, b),
        math.log(lengths[0]),
        math.log(lengths[1] / lengths[0]),
        float(_numbers_apart(first, second)),
        float(negations_apart(a, b)),
        float(statements_named(a, b)),
    )


def _score(a: str, b: str) -> float:
    known = _cheap_evidence(a, b)
    if _probability((_GOOD, *known)) < SUGGESTED:
        return _probability((_POOR, *known))
    a, b = sorted((a, b))
    first = _encoder().logit_in_order(a, b)
    if _probability((first + _APART / 2, *known)) < _DECIDED:
        return _probability((first, *known))
    return _probability(((first + _encoder().logit_in_order(b, a)) / 2, *known))


def _numbers_apart(a: Wording, b: Wording) -> bool:
    """Whether both give numbers and none is in both."""
    ours, theirs = (
        {word.key for word in wording.words if is_number(word.key) and not is_ordinal(word.key)} for wording in (a, b)
    )
    return bool(ours and theirs) and not ours & theirs


@cache
def _encoder() -> SentenceEncoder:
    from quotes.sentences import SentenceEncoder

    with as_file(files("quotes") / "data") as folder:
        return SentenceEncoder(folder / "meaning", folder / "model" / "vocabulary.txt")


@cache
def _scoring() -> tuple[tuple[float, ...], float]:
    """The weights of EVIDENCE, and the bias."""
    found = json.loads((files("quotes") / "data" / "meaning" / "scoring.json").read_text(encoding="utf-8"))
    return tuple(found["weights"][name] for name in EVIDENCE), found["bias"]


@lru_cache(maxsize=1024)
def _read(text: str) -> Statement:
    """Kept for a while, since a wording is compared with many candidates one after the other."""
    return _encoder().read(text)


def _probability(values: Sequence[float]) -> float:
    weights, bias = _scoring()
    return 1 / (1 + math.exp(-bias - sum(w * x for w, x in zip(weights, values, strict=True))))
