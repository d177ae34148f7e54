"""What the model finds and yet nobody is reported to have said: single function words, acts, the author's own remarks.

PolNeAR, on which the model is trained, also marks attitudes and some acts ("reviewed the guard") as attributions.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from quotes.extract.cues import cue_class
from quotes.lexicon import word_list
from quotes.model import TextSpan
from quotes.text import join_spans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.extract.relation import MarkIndex, Relation

LEAST_SURE_OF_ACTS = 0.6
"""What has a cue that no word list knows, and neither verb nor quotation mark, must be this likely; chosen on training
articles that were held out, where it gains 0.2 (content_match) and 0.6 (attribution)."""

_OWN_REMARK = re.compile(
    r"\b(?:worth (?:\w+ing|a mention)|(?:should|must|may|can|might) be (?:noted|said|added|stressed|recalled)"
    r"|bears (?:noting|repeating)|needless to say)\b",
    re.IGNORECASE,
)
_IMPERSONAL = re.compile(r"\s+(\w+(?:\s+\w+){1,5}?)\s+(?:that|whether|how|what)\b")


def is_statement(relation: Relation, text: str, marks: MarkIndex, verbs: Sequence[int]) -> bool:
    """Whether somebody is reported to have said, thought or shown something; `verbs`: offsets of verbs, in order."""
    if any(marks.around(span.start, span.end) for span in relation.contents):
        return True
    words = (word for span in relation.contents for word in span.of(text).casefold().split())
    if all(word in word_list("function_words") for word in words):
        return False
    cue = join_spans(relation.cues, text)
    if not relation.sources and _OWN_REMARK.search(cue):
        return False
    if not cue or cue_class(cue) is not None or (relation.confidence or 0.0) >= LEAST_SURE_OF_ACTS:
        return True
    return any(_has(verbs, span) for span in relation.contents)


def _has(offsets: Sequence[int], span: TextSpan) -> bool:
    at = bisect_left(offsets, span.start)
    return at < len(offsets) and offsets[at] < span.end


def with_whole_cue(relation: Relation, text: str) -> Relation:
    """The relation, with the verb as cue where "it" alone was found: "it was reported that" is by "was reported"."""
    if join_spans(relation.cues, text).casefold() != "it":
        return relation
    match = _IMPERSONAL.match(text, relation.cues[-1].end)
    return replace(relation, cues=(TextSpan(*match.span(1)),)) if match else relation
