"""An article's text cut where the parts of its quotes begin and end."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quotes.model import TextSpan
    from quotes.store.pages.articles import Relation

_BLANKED = re.compile(" {40,}")
"""What a copy that was published without its articles' texts has in place of the text that is left out."""

_ROLES = ("content", "cue", "source", "uncovered")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text; `roles` are what it is a part of, `quotes` whose parts, the innermost quote last.

    `first_of` is the quote whose content begins here, where links to it lead; None elsewhere.
    """

    text: str
    roles: tuple[str, ...]
    quotes: tuple[int, ...]
    first_of: tuple[int, ...]


def pieces(text: str, relations: Iterable[Relation], uncovered: Iterable[TextSpan]) -> list[Piece]:
    """The whole text in order; spans may lie inside one another, and none is lost where they do."""
    spans: list[tuple[int, int, str, int]] = [(span.start, span.end, "uncovered", 0) for span in uncovered]
    anchors: defaultdict[int, list[int]] = defaultdict(list)
    lengths: dict[int, int] = {}
    for relation in relations:
        number = relation.quote.id
        parts = {"content": relation.contents, "cue": relation.cues, "source": relation.sources}
        spans += [(span.start, span.end, role, number) for role, of_role in parts.items() for span in of_role]
        lengths[number] = sum(span.end - span.start for span in relation.contents)
        if relation.contents:
            anchors[relation.contents[0].start].append(number)
    return list(_cut(text, [span for span in spans if span[1] <= len(text)], anchors, lengths))


def _cut(
    text: str, spans: Sequence[tuple[int, int, str, int]], anchors: dict[int, list[int]], lengths: dict[int, int]
) -> Iterable[Piece]:
    begin: defaultdict[int, list[int]] = defaultdict(list)
    end: defaultdict[int, list[int]] = defaultdict(list)
    for index, (start, stop, _, _) in enumerate(spans):
        begin[start].append(index)
        end[stop].append(index)
    cuts = sorted({0, len(text), *begin, *end})
    covering: set[int] = set()
    for left, right in pairwise(cuts):
        covering.difference_update(end.get(left, ()))
        covering.update(begin.get(left, ()))
        roles = {spans[index][2] for index in covering}
        numbers = {spans[index][3] for index in covering} - {0}
        yield Piece(
            _BLANKED.sub(" […] ", text[left:right]),
            tuple(role for role in _ROLES if role in roles),
            tuple(sorted(numbers, key=lambda number: (-lengths[number], number))),
            tuple(anchors.get(left, ())),
        )
