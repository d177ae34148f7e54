"""Who is quoted in the passive: "the coach was quoted as saying that" has the coach for its source.

The other passive, "it was reported that", has none: nobody is said to have said it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from quotes.lexicon import reporting_verbs
from quotes.model import TextSpan
from quotes.text import join_spans, strip_span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.extract.relation import Relation

_REPORTED = (
    r"(?:is|are|was|were|been)\s(?:\w+\s)?"
    r"(?:quoted|cited|reported|said|heard|believed|alleged|rumou?red|known|recorded)"
)
_PASSIVE = re.compile(
    rf"(?:(?:has|have|had)\s)?{_REPORTED}\s(?:\w+\s){{0,4}}?(?:as\s\w+ing|to\shave\s\w+|to\s\w+)", re.IGNORECASE
)
_UNFINISHED = re.compile(rf"\b{_REPORTED}$", re.IGNORECASE)
_REST = re.compile(r"(?:as|to\shave)\s(?P<verb>\w+)(?=\s|$)", re.IGNORECASE)
_SUBJECT = re.compile(r"(?:^|[.!?;:,“”\"\n(—–])\s*(?P<subject>(?:[^\W_][\w'’.\-]*\s){1,8})$")
_MOST_CHARACTERS = 120
_EMPTY = frozenset({"it", "there", "that", "this"})


def with_passive_subjects(relations: Sequence[Relation], text: str) -> list[Relation]:
    """The relations, with passive cues whole, and the subject of such a cue as source where none was found.

    An "it" that stands for nobody is no source: "it was said".
    """
    return [_with_subject(_without_it(_with_whole_cue(relation, text), text), text) for relation in relations]


def _without_it(relation: Relation, text: str) -> Relation:
    empty = join_spans(relation.sources, text).casefold() == "it"
    passive = relation.cues and _UNFINISHED.search(join_spans(relation.cues, text))
    return replace(relation, sources=()) if empty and passive else relation


def _with_whole_cue(relation: Relation, text: str) -> Relation:
    """The relation, with "to have said" and "as saying" in the cue where they begin the content."""
    if not relation.cues:
        return relation
    cue, content = relation.cues[-1], relation.contents[0]
    beside = cue.end <= content.start and not text[cue.end : content.start].strip()
    if not beside or not _UNFINISHED.search(text, cue.start, cue.end):
        return relation
    rest = _REST.match(text, content.start, content.end)
    if rest is None or rest["verb"].casefold() not in reporting_verbs():
        return relation
    said = (strip_span(rest.end(), content.end, text),) if rest.end() < content.end else ()
    contents = (*said, *relation.contents[1:])
    whole = (*relation.cues[:-1], TextSpan(cue.start, rest.end()))
    return replace(relation, cues=whole, contents=contents) if contents else relation


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
