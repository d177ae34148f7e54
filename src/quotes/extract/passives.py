"""Who is quoted in the passive: "the coach was quoted as saying that" has the coach for its source.

The other passive, "it was reported that", has none: nobody is said to have said it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from quotes.model import TextSpan
from quotes.text import join_spans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.extract.relation import Relation

_PASSIVE = re.compile(
    r"(?:(?:has|have|had)\s)?(?:is|are|was|were|been)\s(?:\w+\s)?"
    r"(?:quoted|cited|reported|said|heard|believed|alleged|rumou?red|known|recorded)\s(?:\w+\s){0,4}?"
    r"(?:as\s\w+ing|to\shave\s\w+|to\s\w+)",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"(?:^|[.!?;:,“”\"\n(—–])\s*(?P<subject>(?:[^\W_][\w'’.\-]*\s){1,8})$")
_MOST_CHARACTERS = 120
_EMPTY = frozenset({"it", "there", "that", "this"})


def with_passive_subjects(relations: Sequence[Relation], text: str) -> list[Relation]:
    """The relations, with the subject of a passive cue as source where none was found."""
    return [_with_subject(relation, text) for relation in relations]


def _with_subject(relation: Relation, text: str) -> Relation:
    if relation.sources or not relation.cues or not _PASSIVE.match(join_spans(relation.cues, text)):
        return relation
    start = relation.cues[0].start
    match = _SUBJECT.search(text, max(0, start - _MOST_CHARACTERS), start)
    if match is None or match["subject"].strip().casefold() in _EMPTY:
        return relation
    first, last = match.span("subject")
    subject = TextSpan(first, last - 1)
    contents = tuple(span for span in relation.contents if not span.overlaps(subject))
    return replace(relation, sources=(subject,), contents=contents) if contents else relation
