"""Turns of speech: what a transcript, an interview or a press release prints after the name of who speaks.

    WALLACE: Do you stand by that number?

    BROWN: I do. We counted twice.

Such a layout is a fact of the text, as quotation marks are: within it, who said what is not left to a model.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.extract.relation import Relation
from quotes.model import TextSpan
from quotes.text import strip_span

if TYPE_CHECKING:
    from collections.abc import Sequence

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_NAME = r"(?:[^\W\d_a-z][\w.'’\-]*)"
_LABEL = re.compile(
    rf"[\s\"“”']*(?P<label>(?:[QA](?=[.:])|{_NAME}(?:\s(?:{_NAME}|of|the|de|van|von|al|bin|\([^)\n]{{1,20}}\))){{0,5}}))"
    r"(?P<cue>:|(?<=\b[QA])\.)(?=\s+\S)"
)
_STAGE = re.compile(r"\s*(?:\(.*\)|\[.*\]|\*+|-{2,}|_{2,})\s*")
"""A line that nobody speaks: (CROSSTALK), [laughter], a rule."""

_LEAST_TURNS = 3
_LONGEST_GAP = 6
"""Lines without a name that still belong to a turn, when another turn follows; more of them are no transcript."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's turn: the name, the mark after it, and what is said, a span for each line."""

    label: TextSpan
    cue: TextSpan
    lines: tuple[TextSpan, ...]


def find_turns(text: str) -> list[Turn]:
    """The turns of a text that is or holds a transcript, in order; none for any other text.

    A transcript has three turns or more, and names come again, or all of them are in capitals: a list of "Date:" and
    "Place:" is none. The lines up to the next name belong to a turn; after the last name only its own line does. A
    headline in front ("Hale: We counted twice") is no turn.
    """
    lines = [TextSpan(m.start(), m.end()) for m in _LINE.finditer(text)]
    labelled = [(i, m) for i, line in enumerate(lines) if (m := _LABEL.match(text, line.start, line.end))]
    if not _is_transcript([m["label"] for _, m in labelled]):
        return []
    if _is_headline(labelled):
        labelled = labelled[1:]
    following = [i for i, _ in labelled[1:]] + [-1]
    turns = []
    for (i, match), following_line in zip(labelled, following, strict=True):
        goes_on = 0 < following_line - i <= _LONGEST_GAP
        spoken = [TextSpan(match.end(), lines[i].end), *(lines[i + 1 : following_line] if goes_on else [])]
        contents = tuple(
            strip_span(line.start, line.end, text)
            for line in spoken
            if not _STAGE.fullmatch(text, line.start, line.end)
        )
        label, cue = TextSpan(*match.span("label")), TextSpan(*match.span("cue"))
        if contents:
            turns.append(Turn(label, cue, contents))
    return turns


def with_turns(relations: Sequence[Relation], text: str) -> list[Relation]:
    """The relations, with the turns of a transcript in place of whatever was found in them."""
    turns = find_turns(text)
    if not turns:
        return list(relations)
    spoken = [Relation(contents=t.lines, cues=(t.cue,), sources=(t.label,), verbatim=True) for t in turns]
    starts = [turn.label.start for turn in turns]
    return [*(relation for relation in relations if not _in_a_turn(relation, turns, starts)), *spoken]


def _in_a_turn(relation: Relation, turns: Sequence[Turn], starts: Sequence[int]) -> bool:
    """Whether a relation touches the last turn that begins before its end; those before lie further off."""
    number = bisect_left(starts, relation.contents[-1].end) - 1
    return number >= 0 and relation.contents[0].start < turns[number].lines[-1].end


def _is_headline(labelled: Sequence[tuple[int, re.Match[str]]]) -> bool:
    """Whether the first of these lines heads the text: its name never comes again, and the next line has none."""
    (first, match), (second, _) = labelled[:2]
    return first == 0 and second > 1 and sum(other["label"] == match["label"] for _, other in labelled) == 1


def _is_transcript(labels: Sequence[str]) -> bool:
    if len(labels) < _LEAST_TURNS:
        return False
    counts = Counter(labels)
    again = sum(n for n in counts.values() if n > 1)
    return all(label.isupper() for label in labels) or 2 * again > len(labels)
