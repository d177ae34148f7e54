"""The apposition of a source is part of the source, and no part of what it says.

"According to the team's coach, Ada Byron, the road is closed": the coach is Ada Byron, and the road is closed.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from quotes.lexicon import countries, word_list
from quotes.model import TextSpan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.extract.relation import Relation

_CAPITAL = r"[^\W\d_a-z][\w'’\-]*\.?"
_PARTICLE = "al|bin|da|de|del|der|di|la|van|von"
_NAME = re.compile(rf",\s(?P<name>{_CAPITAL}(?:\s(?:{_CAPITAL}|{_PARTICLE})){{1,5}})(?=,\s|[.;]|$)")
_ROLE = re.compile(
    r",\s(?P<role>(?:(?:the|an?|his|her|its|their)\s)?(?P<head>[^,.;:()\n]{1,60}?)"
    r"(?:\s(?:of|at|for|in|on|from|to)\s[^,.;:()\n]{1,60})?)(?=,\s(?!who\b|which\b|and\b))"
)
_HEAD = re.compile(r"(?P<head>[^,]*?)(?:\s(?:of|at|for|in|on|from|to)\s|,|$)")
_GAP = re.compile(r"[,\s]*")


def with_appositions(relations: Sequence[Relation], text: str) -> list[Relation]:
    """The relations, with a source's apposition in the source, where it stood in the content or in nothing.

    That is the name after a role ("the coach, Ada Byron") and the role after a name ("Ada Byron, the coach").
    """
    return [_with_apposition(relation, text) for relation in relations]


def _with_apposition(relation: Relation, text: str) -> Relation:
    if len(relation.sources) != 1:
        return relation
    (source,) = relation.sources
    end = _end_of_name(source, text)
    if end is None and any(cue.end <= source.start for cue in relation.cues):
        end = _end_of_role(source, text)
    if end is None or any(cue.end > source.end and cue.start < end for cue in relation.cues):
        return relation
    contents = tuple(_after(content, source.end, end, text) for content in relation.contents)
    if any(content is None for content in contents):
        return relation
    return replace(
        relation,
        sources=(TextSpan(source.start, end),),
        contents=tuple(sorted(content for content in contents if content is not None)),
    )


def _end_of_name(source: TextSpan, text: str) -> int | None:
    """Where the name ends that follows a source of one person's role and no name."""
    match = _NAME.match(text, source.end)
    if match is None or not _is_role(_HEAD.match(source.of(text))):
        return None
    words = match["name"].casefold().split()
    place = "-".join(words) in countries() or all(word in countries() for word in words)
    return None if place else match.end("name")


def _end_of_role(source: TextSpan, text: str) -> int | None:
    """Where the role ends that follows a source that ends in a name."""
    match = _ROLE.match(text, source.end)
    if match is None or not source.of(text).split()[-1][0].isupper() or not _is_role(match):
        return None
    return match.end("role")


def _is_role(match: re.Match[str] | None) -> bool:
    """Whether a phrase is what one person is called: its head is a title in lower case, such as "coach"."""
    words = match["head"].split() if match else []
    return bool(words) and words[-1] in word_list("titles")


def _after(content: TextSpan, begin: int, end: int, text: str) -> TextSpan | None:
    """What of a content does not lie in [begin, end); None when that is nothing."""
    if content.end <= begin or content.start >= end:
        return content
    if content.start < begin or content.end <= end:
        return None
    gap = _GAP.match(text, end)
    start = gap.end() if gap else end
    return TextSpan(start, content.end) if start < content.end else None
