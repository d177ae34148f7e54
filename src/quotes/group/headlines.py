"""Whether the body of an article says what its headline quotes.

A headline quotes with quotation marks (Mayor calls bridge “a risk”), or puts a speaker and a colon before what is said
(Mayor: bridge will open in May; Bridge will open in May: mayor).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from quotes.group.alignment import align
from quotes.group.changes import ranked
from quotes.group.compare import compare
from quotes.group.marking import marked
from quotes.group.wording import read_wording
from quotes.lexicon import lemmas, word_list
from quotes.text import words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from quotes.group.changes import Change
    from quotes.group.wording import Wording

Support = Literal["quoted", "reported", "changed", "none"]
"""quoted: the words stand in a quotation of the body; reported: they, or nearly they, stand in a statement that the
body reports, outside its quotation marks; changed: nearly, with a number, a negation, a name or a modal verb changed;
none: no quotation and no statement of the body has them."""

_COLON = re.compile(r"\s*:\s+|\s+[–—-]\s+")
_LONGEST_SOURCE = 4
_LEAST_SHARED = 0.5
_LEAST_KEPT = 0.6
_RANK: tuple[Support, ...] = ("quoted", "reported", "changed", "none")


@dataclass(frozen=True, slots=True)
class HeadlineQuote:
    """What a headline quotes: [`start`, `end`) of the headline, without the marks, and whether it has marks."""

    text: str
    start: int
    end: int
    marked: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """Something that the body quotes or reports; `quoted` where all of it stands between quotation marks."""

    text: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class Supported:
    """How the body supports a headline's quote; `passage` is the number of the passage that does, or nearly does.

    `changes` lead from that passage to the headline, what matters most first, where the support is "changed".
    """

    support: Support
    passage: int | None = None
    changes: tuple[Change, ...] = ()


def headline_quotes(headline: str, sources: Collection[str]) -> list[HeadlineQuote]:
    """What a headline quotes, in order.

    `sources` are the names and mentions that the body attributes statements to: before or after a colon (or a dash)
    only one of these makes the rest a quote, so that "Bridge: what we know" is none.
    """
    found = [
        HeadlineQuote(headline[start:end].strip(), start, end, marked=True)
        for start, end in marked(headline)
        if words(headline[start:end])
    ]
    return found or list(_attributed(headline, [words(source) for source in sources]))


def supported(quote: HeadlineQuote, passages: Sequence[Passage]) -> Supported:
    """How the best of the passages supports a quote."""
    wording = read_wording(quote.text)
    best = Supported("none")
    for number, passage in enumerate(passages):
        found = _by(quote, wording, passage)
        if _RANK.index(found.support) < _RANK.index(best.support):
            best = Supported(found.support, number, found.changes)
    return best


def _attributed(headline: str, sources: Iterable[Sequence[str]]) -> Iterator[HeadlineQuote]:
    """What stands on the other side of the first colon, or the last, from one of the sources."""
    known = [set(source) for source in sources]
    colons = list(_COLON.finditer(headline))
    for colon in dict.fromkeys((*colons[:1], *colons[-1:])):
        sides = ((0, colon.start()), (colon.end(), len(headline)))
        for (first, last), (start, end) in (sides, sides[::-1]):
            source = set(words(headline[first:last])) - word_list("function_words")
            named = 0 < len(source) <= _LONGEST_SOURCE and any(source <= other for other in known)
            if named and words(headline[start:end]):
                yield HeadlineQuote(headline[start:end].strip(), start, end, marked=False)
                return


def _by(quote: HeadlineQuote, wording: Wording, passage: Passage) -> Supported:
    body = read_wording(passage.text)
    place = _find(wording.keys, body.keys)
    if place is not None:
        quoted = passage.quoted or all(word.quoted for word in body.words[place : place + len(wording.words)])
        return Supported("quoted" if quoted else "reported")
    found = compare(passage.text, quote.text)
    if found.edge is not None and _kept(wording, body) >= _LEAST_KEPT:
        telling = (change for change in ranked(found.changes) if change.matters)
        # in a headline "to open" is "will open"
        matters = tuple(change for change in telling if quote.marked or change.matters != ("modal",))
        return Supported("changed", changes=matters) if matters else Supported("reported")
    if not quote.marked and _shared(wording, body) >= _LEAST_SHARED:
        return Supported("reported")
    return Supported("none")


def _kept(wording: Wording, body: Wording) -> float:
    """How much of a wording, by the weight of its words, the body has in the same order."""
    kept = sum(wording.weight(i, j) for tag, i, j, *_ in align(wording, body) if tag == "equal")
    return kept / wording.weights[-1]


def _find(part: Sequence[str], whole: Sequence[str]) -> int | None:
    """Where the words stand one after the other."""
    size = len(part)
    return next((i for i in range(len(whole) - size + 1) if whole[i] == part[0] and whole[i : i + size] == part), None)


def _shared(wording: Wording, body: Wording) -> float:
    """How much of a wording, by the weight of its words, the body has in any form and order: headlines are clipped."""
    forms = {form for key in body.keys for form in _forms(key)}
    shared = sum(word.weight for word in wording.words if not forms.isdisjoint(_forms(word.key)))
    return shared / wording.weights[-1]


def _forms(key: str) -> frozenset[str]:
    return lemmas(key, "verb") | lemmas(key, "noun") | {key}
