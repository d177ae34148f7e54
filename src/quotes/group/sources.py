"""Which articles are copies of one text, and which printings of a claim are not independent of each other."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from quotes.group.sets import Sets
from quotes.group.sketch import bands, likeness, sketch_all_runs
from quotes.text import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from quotes.group.sketch import Sketch

COPY = 0.5
"""The Jaccard similarity of two articles' runs of five words from which they are copies of one text."""

SAME_PASSAGE = 0.3
"""The Jaccard similarity of the runs of three words around two quotes from which one passage was taken over."""

SHARING = 0.08
"""The Jaccard similarity of two articles' runs of five words from which they share passages."""

ALSO_SAME_PASSAGE = 0.1
"""As SAME_PASSAGE, for quotes of two articles that share passages."""

_ARTICLE_RUN, _ARTICLE_SIZE, _ARTICLE_ROWS = 5, 63, 3
_PASSAGE_RUN, _PASSAGE_SIZE = 3, 16
_BEFORE, _AFTER = 25, 15
_REACH = 10
_LEAST_AROUND = 6
_MOST_COMPARED = 200


def sketch_article(text: str) -> Sketch:
    """What tells copies of a text from other texts."""
    (found,) = sketch_articles([text])
    return found


def sketch_articles(texts: Iterable[str]) -> list[Sketch]:
    """The `sketch_article` of each text, many at once."""
    return sketch_all_runs(list(map(words, texts)), _ARTICLE_RUN, _ARTICLE_SIZE)


def article_keys(sketches: Sequence[Sketch]) -> list[frozenset[int]]:
    """For each article, keys that two share which may be copies of one text; none for a text of under five words."""
    keys = bands(np.stack(sketches), _ARTICLE_ROWS).view("i8").tolist()  # as SQLite keeps 64 bits: with a sign
    return [frozenset(own if one.min() != one.max() else ()) for one, own in zip(sketches, keys, strict=True)]


def are_copies(a: Sketch, b: Sketch) -> bool:
    """Whether two articles are copies of one text."""
    return likeness(a, b) >= COPY


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a quote stands: the bounds of its contents in the text, and whether it is `spoken` (a direct quote)."""

    text: str
    bounds: Sequence[tuple[int, int]]
    spoken: bool

    def words(self) -> list[str]:
        """The reporter's words with the quote, and around it; none where there are too few.

        What is spoken is left out: two reporters who heard the same words print the same words.
        """
        start, end = self.bounds[0][0], self.bounds[-1][1]
        before = words(self.text[max(0, start - _BEFORE * _REACH) : start])[-_BEFORE:]
        after = words(self.text[end : end + _AFTER * _REACH])[:_AFTER]
        between = _gaps(self.text, self.bounds) if self.spoken else words(self.text[start:end])
        own = [*before, *between, *after]
        return own if len(own) >= _LEAST_AROUND else []


def sketch_passages(passages: Iterable[Passage]) -> list[Sketch]:
    """For each quote, what tells a passage that was taken over word for word."""
    return sketch_all_runs([passage.words() for passage in passages], _PASSAGE_RUN, _PASSAGE_SIZE)


def _gaps(text: str, bounds: Sequence[tuple[int, int]]) -> list[str]:
    return [word for (_, end), (start, _) in pairwise(bounds) for word in words(text[end:start])]


@dataclass(frozen=True, slots=True)
class Printing:
    """One quote of a claim, as far as independence goes: article, outlet and family by number, with their sketches."""

    article: int
    outlet: int | None
    family: int
    passage: Sketch
    text: Sketch


def independent(printings: Sequence[Printing]) -> list[int]:
    """For each printing the index of the first one of its source: outlets, copies and passages count once."""
    sources = Sets(range(len(printings)))
    for fact in ("article", "outlet", "family"):
        first: dict[int | None, int] = {None: -1}
        for i, printing in enumerate(printings):
            known = first.setdefault(getattr(printing, fact), i)
            if known >= 0:
                sources.join(known, i)
    passages = {printing.passage.tobytes(): i for i, printing in reversed(list(enumerate(printings)))}
    for i, printing in enumerate(printings):
        if likeness(printing.passage, printing.passage):
            sources.join(i, passages[printing.passage.tobytes()])
    places = sorted(passages.values())[:_MOST_COMPARED]
    for i, j in _alike([printings[place] for place in places]):
        if sources.find(places[i]) != sources.find(places[j]):
            sources.join(places[i], places[j])
    return [sources.find(i) for i in range(len(printings))]


def _alike(printings: Sequence[Printing]) -> Iterator[tuple[int, int]]:
    """Printings, by their places, of which one has taken over the passage of the other."""
    if len(printings) < 2:
        return
    passages = np.stack([printing.passage for printing in printings])
    alike = (passages[:, None] == passages).mean(axis=2)
    for i, j in np.argwhere(np.triu(alike >= ALSO_SAME_PASSAGE, 1)).tolist():
        if alike[i, j] >= SAME_PASSAGE or likeness(printings[i].text, printings[j].text) >= SHARING:
            yield i, j
