"""Who is quoted in the passive: "the coach was quoted as saying that" has the coach for its source.

So has "the coach was quoted by the agency as saying that": the agency passes on what the coach said. The other passive,
"it was reported that", has none: nobody is said to have said it.
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

_BE = r"(?:(?:has|have|had)\s)?(?:is|are|was|were|been)\s(?:\w+\s)?"
_REPORTED = (
    rf"{_BE}"
    r"(?:quoted|cited|reported|said|heard|believed|alleged|rumou?red|known|recorded)"
)
_PASSIVE = re.compile(rf"{_REPORTED}\s(?:\w+\s){{0,4}}?(?:as\s\w+ing|to\shave\s\w+|to\s\w+)", re.IGNORECASE)
_UNFINISHED = re.compile(rf"\b{_REPORTED}$", re.IGNORECASE)
_QUOTED_BY = re.compile(
    rf"{_BE}(?:quoted|cited)\s"
    r"(?:as\s(?P<told>\w+ing)\s(?:\w+\s){0,3}?by\s|by\s[^\n;!?“”\"]{1,80}?\s(?P<rest>as\s(?P<telling>\w+ing))\b)",
    re.IGNORECASE,
)
_REST = re.compile(r"(?:as|to\shave)\s(?P<verb>\w+)(?=\s|$)", re.IGNORECASE)
_SUBJECT = re.compile(r"(?:^|[.!?;:,“”\"\n(—–])\s*(?P<subject>(?:[^\W_][\w'’.\-]*\s){1,8})$")
_MARK = re.compile(r"[“”\"„»«]")
_MOST_CHARACTERS = 120
_EMPTY = frozenset({"it", "there", "that", "this"})


def with_passive_subjects(relations: Sequence[Relation], text: str) -> list[Relation]:
    """The relations, with passive cues whole, and the subject of such a cue as source where none was found.

    An "it" that stands for nobody is no source: "it was said".
    """
    mended = (_without_agency(_without_it(_with_whole_cue(relation, text), text), text) for relation in relations)
    return [_with_subject(relation, text) for relation in mended]


def _without_it(relation: Relation, text: str) -> Relation:
    empty = join_spans(relation.sources, text).casefold() == "it"
    passive = relation.cues and _UNFINISHED.search(join_spans(relation.cues, text))
    return replace(relation, sources=()) if empty and passive else relation


def _without_agency(relation: Relation, text: str) -> Relation:
    """The relation with the one who is quoted for its source and not the one who quotes.

    Who is quoted stands right before the cue, and is often taken for a content.
    """
    match = _QUOTED_BY.match(text, relation.cues[0].start) if relation.cues and relation.sources else None
    if match is None or not match.start() < relation.sources[0].start <= match.end():
        return relation
    beside = [s for s in relation.contents if s.end < match.start() and not text[s.end : match.start()].strip(" ,")]
    subject = beside[-1] if beside else _subject_before(match.start(), text)
    verb = match["told"] or match["telling"]
    if verb.casefold() not in reporting_verbs() or subject is None or _MARK.search(subject.of(text)):
        return relation
    rest = TextSpan(*match.span("rest")) if match["rest"] else None
    contents = []
    for span in relation.contents:
        start = rest.end if rest and span.overlaps(rest) else span.start
        if not span.overlaps(subject) and text[start : span.end].strip():
            contents.append(strip_span(start, span.end, text))
    cues = relation.cues if rest is None else (*(cue for cue in relation.cues if not cue.overlaps(rest)), rest)
    return replace(relation, sources=(subject,), cues=cues, contents=tuple(contents)) if contents else relation


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
    subject = _subject_before(relation.cues[0].start, text)
    if subject is None:
        return relation
    contents = tuple(span for span in relation.contents if not span.overlaps(subject))
    return replace(relation, sources=(subject,), contents=contents) if contents else relation


def _subject_before(start: int, text: str) -> TextSpan | None:
    match = _SUBJECT.search(text, max(0, start - _MOST_CHARACTERS), start)
    if match is None or match["subject"].strip().casefold() in _EMPTY:
        return None
    first, last = match.span("subject")
    return TextSpan(first, last - 1)
