"""What a cue says of the statement: its class, whether it is negated, and how firmly it is reported.

A fact-checker must be able to tell "said" from "denied saying", from "did not say" and from "may have said".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from quotes.lexicon import reporting_nouns, reporting_verbs

if TYPE_CHECKING:
    from collections.abc import Mapping

Modality = Literal["possible", "reported", "conditional", "future"]
"""possible: the source may have said it; reported: others say that the source did; conditional: it would be said;
future: it is yet to be said."""

CUE_CLASSES: Mapping[str, str] = {
    "says": "says it, in whatever manner: said, told, added, according to, a colon",
    "writes": "writes it: wrote, tweeted, posted, a letter",
    "asks": "asks it",
    "claims": "says it as something that is open to doubt: claimed, alleged, argued, insisted",
    "denies": "says that it is not so: denied, rejected, denied saying",
    "admits": "owns that it is so: admitted, confirmed, revealed",
    "promises": "binds itself to it: promised, vowed, offered",
    "orders": "asks others to do it: urged, demanded, proposed",
    "warns": "says that it will or may come: warned, predicted",
    "praises": "speaks well of it",
    "criticizes": "speaks ill of it, or stands against it",
    "supports": "stands for it: supports, endorsed, defended",
    "wants": "wishes, plans or tries it; nothing need have been said",
    "believes": "thinks, expects, fears or knows it; nothing need have been said",
    "shows": "a study, a poll or a document has it: shows, found, estimates",
    "appears": "somebody seems to hold it",
}
"""Every class that `cue_class` gives, and what the source does to the content."""

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LABEL = re.compile(r"\W+")
_NEGATION = re.compile(
    r"\b(?:not|never|no longer|without|neither|nor|(?:refus|declin)\w*|fail\w* to)\b|n['’]t\b", re.IGNORECASE
)
_REFUSALS = frozenset("refuse refuses refused refusing decline declines declined declining".split())
# The first that is found holds; "would not say" is a refusal and no condition.
_MODALITIES: tuple[tuple[Modality, re.Pattern[str]], ...] = (
    (
        "reported",
        re.compile(
            r"\b(?:reportedly|allegedly|supposedly|apparently|purportedly)\b"
            r"|\b(?:is|are|was|were|been|being)\s(?:widely\s)?"
            r"(?:said|reported|rumou?red|alleged|believed|thought|understood|known|heard|quoted|cited)\s(?:to|as)\b",
            re.IGNORECASE,
        ),
    ),
    ("possible", re.compile(r"\b(?:may|might|could|perhaps|maybe|possibly|probably)\b(?!\snot\b)", re.IGNORECASE)),
    (
        "future",
        re.compile(r"\b(?:will|shall|going to|(?:expected|set|due|scheduled|about) to)\b|['’]ll\b", re.IGNORECASE),
    ),
    ("conditional", re.compile(r"\b(?:would)\b(?!\snot\b|n['’]t)|\bif\b", re.IGNORECASE)),
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue as read: class (None for one that no list knows), negation and modality (None for a plain report)."""

    cue_class: str | None
    negated: bool = False
    modality: Modality | None = None


@lru_cache(maxsize=4096)
def read_cue(cue: str) -> Cue:
    """Read the words of a cue; of an empty one, nothing is known."""
    modality = next((name for name, pattern in _MODALITIES if pattern.search(cue)), None)
    return Cue(cue_class(cue), _NEGATION.search(cue) is not None, modality)


@lru_cache(maxsize=4096)
def cue_class(cue: str) -> str | None:
    """The class of the cue's last reporting verb, else of its last reporting noun; see CUE_CLASSES.

    What is denied or refused is not said: "denied saying" is "denies", while "declined to say" is a negated "says". A
    cue of marks alone, such as the colon after a name, is "says".
    """
    words = [word.casefold() for word in _WORD.findall(cue)]
    if not words:
        return "says" if _LABEL.fullmatch(cue) else None
    if words[0] == "according":
        return "says"
    verbs = [reporting_verbs()[word] for word in words if word in reporting_verbs() and word not in _REFUSALS]
    if "denies" in verbs:
        return "denies"
    if verbs:
        return verbs[-1]
    nouns = [reporting_nouns()[word] for word in words if word in reporting_nouns()]
    if nouns:
        return nouns[-1]
    return "says" if _REFUSALS.intersection(words) else None
