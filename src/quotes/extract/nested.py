"""Statements inside statements: where A says that B said something, what B said.

Annotators of attributions mark the outer statement only, so a model trained on them is blind inside it. Read as a
text of its own, a content shows what is reported in it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from quotes.extract.cues import read_cue
from quotes.lexicon import reporting_verbs
from quotes.model import TextSpan
from quotes.text import join_spans

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from quotes.extract.relation import Relation

    FindInText = Callable[[str], list[Relation]]

_SPEECH = frozenset("says writes asks denies claims admits promises orders warns".split())
_WORD = re.compile(r"[^\W\d_]+")
_OPENING = re.compile(r"[\s\"“”‘’'«]*(?:that\s)?")
_CLOSING = " \t\r\n\"“”‘’'»,"
_LEAST_WORDS = 5
_LEAST_SURE = 0.6


def nested_relations(relations: Sequence[Relation], text: str, find: FindInText) -> list[Relation]:
    """What the contents of `relations` report in turn, one level down, with a source and a cue of speech of its own.

    `find` gives the relations of a text by itself.
    """
    return [inner for relation in relations for inner in _inside(relation, text, find)]


def _inside(relation: Relation, text: str, find: FindInText) -> Iterator[Relation]:
    for content in relation.contents:
        opening = _OPENING.match(text, content.start, content.end)
        start = opening.end() if opening else content.start
        inner = text[start : content.end].rstrip(_CLOSING)
        if not _may_report(inner):
            continue
        for found in find(inner):
            cue = read_cue(join_spans(found.cues, inner))
            if found.sources and cue.cue_class in _SPEECH and (found.confidence or 0.0) >= _LEAST_SURE:
                yield _moved(found, start)


def _may_report(content: str) -> bool:
    words = _WORD.findall(content.casefold())
    return len(words) >= _LEAST_WORDS and any(reporting_verbs().get(word) in _SPEECH for word in words)


def _moved(relation: Relation, by: int) -> Relation:
    def move(spans: Sequence[TextSpan]) -> tuple[TextSpan, ...]:
        return tuple(TextSpan(span.start + by, span.end + by) for span in spans)

    return replace(relation, contents=move(relation.contents), cues=move(relation.cues), sources=move(relation.sources))
