"""Where an article names people and bodies: the capitals tell where a name ends, the model's names what bears it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from typing import TYPE_CHECKING

from quotes.lexicon import countries, reporting_verbs, word_list
from quotes.resolve.capitals import find_names, is_first_name
from quotes.resolve.names import fold, strip_possessive
from quotes.resolve.people import NameMention

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from quotes.model import NameSpan

_LINE = re.compile(r"[^\n]+")
_LONG_WORD = re.compile(r"[^\W\d_][\w'’\-]{3,}")
_WORD = re.compile(r"[^\W\d_][\w'’.\-]*")
_OF = re.compile(r"\sof\s")
_PARTIES = frozenset({"republican", "democrat", "democratic", "independent"})
_CHAMBERS = frozenset({"senate", "congress", "house", "assembly", "legislature", "administration"})
_HEADS = frozenset({"ceo", "cfo", "president", "chief", "chairman", "chairwoman", "boss", "director", "spokesman"})
_LEAST_WORDS = 5
_TITLE_CASE = 0.75


def people_named(names: Sequence[NameSpan] | None, text: str) -> list[NameMention]:
    """Where people are named.

    Capitals tell where a name begins and ends, better than a model does, and the names that were found tell whether it
    is a person's; in a headline, where every word has a capital, they tell both. Where none were looked for, every run
    of capitals may be a person's.
    """
    runs = find_names(text)
    if names is None:
        return [_without_origin(run, text) for run in runs if not is_place_or_body(run.words)]
    people = _Spans([(n.start, n.end) for n in names if n.kind == "person"])
    others = _Spans([(n.start, n.end) for n in names if n.kind != "person"])
    places = _Spans([(n.start, n.end) for n in names if n.kind == "place"])
    in_headline = _headlines(text)
    runs = [part for run in runs for part in _parts(run, people, text, headline=in_headline(run.start))]
    runs = [_from_first_name(run, people, text) for run in runs]
    runs = [_without_origin(_without_party(_after(others.end_of_first(run), run, text), text), text) for run in runs]
    votes: Counter[tuple[str, ...]] = Counter()
    for run in runs:
        votes[run.words] += people.shared(run) - others.shared(run)
    kept = {words for words, vote in votes.items() if vote > 0}
    surnames = {words[-1] for words in kept if len(words) > 1}
    alone = {words for words in votes if len(words) == 1 and words[0] in surnames}
    kept |= alone - {run.words for run in runs if run.words in alone and places.shared(run)}
    return [run for run in runs if run.words in kept]


def bodies_named(names: Sequence[NameSpan] | None, text: str) -> list[NameMention]:
    """Where organisations are named, by the model's names; none where none were looked for."""
    found = [n for n in names or () if n.kind == "organization"]
    mentions = (_body(n.start, n.end, text) for n in found)
    return [mention for mention in mentions if mention.words]


def _body(start: int, end: int, text: str) -> NameMention:
    """A body's name without what the model took along: "Pew CEO", "Pew board of", "Democratic Senate"."""
    matches = [match for match in _WORD.finditer(text, start, end) if strip_possessive(match.group())]
    words = [fold(match.group()) for match in matches]
    if len(words) > 1 and words[-1] in word_list("function_words") and _ends_outside(words[-1], matches[-2].group()):
        while len(matches) > 1 and matches[-1].group().islower():
            matches.pop()
    if len(matches) > 1 and fold(matches[-1].group()) in _HEADS:
        matches.pop()
    if len(matches) > 1 and words[0] in _PARTIES and words[1] in _CHAMBERS:
        matches.pop(0)
    kept = tuple(strip_possessive(match.group()) for match in matches)
    return NameMention(matches[0].start(), matches[-1].end(), kept) if kept else NameMention(start, end, ())


def _ends_outside(last: str, before: str) -> bool:
    """Whether a small word is no part of a name that goes on: "FBI and", "Pew board of"; not "Federation of"."""
    return last == "and" or before.islower()


def is_place_or_body(words: Sequence[str]) -> bool:
    """Whether a name is a country's, or ends in what organisations are called."""
    return all(fold(word) in countries() for word in words) or fold(words[-1]) in word_list("bodies")


def _parts(run: NameMention, people: _Spans, text: str, *, headline: bool) -> list[NameMention]:
    """A run, or the people's names in it where its capitals and "of" say little: "Supporters of Ada Byron"."""
    if headline:
        return [part for cut in people.cut(run, text) for part in _between_verbs(cut, text)]
    return (people.cut(run, text) if "of" in run.words else []) or [run]


def _between_verbs(run: NameMention, text: str) -> list[NameMention]:
    """The names around a verb that a headline gives a capital: "Ada Byron Says Piet Mol" are two."""
    parts: list[list[re.Match[str]]] = [[]]
    for match in _WORD.finditer(text, run.start, run.end):
        if reporting_verbs().get(fold(match.group())) and not is_first_name(match.group()):
            parts.append([])
        else:
            parts[-1].append(match)
    if len(parts) == 1:
        return [run]
    names = ((part[0].start(), part[-1].end()) for part in parts if part)
    return [NameMention(start, end, _words(text[start:end])) for start, end in names]


def _words(printed: str) -> tuple[str, ...]:
    return tuple(word for word in (strip_possessive(match) for match in _WORD.findall(printed)) if word)


def _headlines(text: str) -> Callable[[int], bool]:
    """Tells whether an offset stands in a line whose long words nearly all have capitals."""
    starts, ends = [], []
    for line in _LINE.finditer(text):
        initials = [word[0] for word in _LONG_WORD.findall(line.group())]
        if len(initials) >= _LEAST_WORDS and sum(map(str.isupper, initials)) >= _TITLE_CASE * len(initials):
            starts.append(line.start())
            ends.append(line.end())

    def inside(at: int) -> bool:
        number = bisect_right(starts, at) - 1
        return number >= 0 and at < ends[number]

    return inside


def _after(end: int, run: NameMention, text: str) -> NameMention:
    """What of a run stands after a name of something else: "the envoy to the United States Ada Byron"."""
    left = len(text[end : run.end].split()) if run.start < end < run.end else len(run.words)
    if left >= len(run.words):
        return run
    start = run.end - len(text[end : run.end].lstrip())
    return NameMention(start, run.end, run.words[len(run.words) - left :])


def _from_first_name(run: NameMention, people: _Spans, text: str) -> NameMention:
    """A run from the first name on where the model's name begins there: "Pan-democrat Ada Byron"."""
    found = people.cut(run, text) if len(run.words) > 1 else []
    if len(found) != 1 or len(found[0].words) < len(("first", "last")) or found[0].start == run.start:
        return run
    name = found[0]
    before = run.words[: -len(name.words)]
    own = len(before) == 1 and is_first_name(before[0])
    if own or any(len(word.strip(".")) == 1 for word in before) or not is_first_name(name.words[0]):
        return run
    return NameMention(name.start, run.end, name.words) if (*before, *name.words) == run.words else run


def _without_party(run: NameMention, text: str) -> NameMention:
    """A whole name without the party or the nation before it: "Republican Ada Byron"."""
    first = fold(run.words[0])
    if len(run.words) < len(("one", "first", "last")) or not (first in _PARTIES or first in countries()):
        return run
    after = text[run.start + len(run.words[0]) : run.end]
    return NameMention(run.end - len(after.lstrip()), run.end, run.words[1:])


def _without_origin(run: NameMention, text: str) -> NameMention:
    """A name of two words or more without where its bearer is from: "Ada Byron of Kent"; "Joan of Arc" stays."""
    if "of" not in run.words[2:]:
        return run
    first = run.words.index("of", 2)
    match = _OF.search(text, run.start + len(" ".join(run.words[:first])) - 1, run.end)
    return NameMention(run.start, match.start(), run.words[:first]) if match else run


class _Spans:
    """Spans that do not overlap, in the order of the text."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self._spans = sorted(spans)

    def end_of_first(self, mention: NameMention) -> int:
        """Where the span ends that a mention begins in; 0 when it begins in none."""
        at = bisect_right(self._spans, (mention.start, mention.end)) - 1
        return self._spans[at][1] if at >= 0 and self._spans[at][1] > mention.start else 0

    def shared(self, mention: NameMention) -> int:
        """How many characters of a mention lie in the spans."""
        return sum(end - start for start, end in self._inside(mention))

    def cut(self, mention: NameMention, text: str) -> list[NameMention]:
        """The parts of a mention that lie in the spans, each a mention of its own."""
        parts = (
            NameMention(start, start + len(strip_possessive(text[start:end])), _words(text[start:end]))
            for start, end in self._inside(mention)
        )
        return [part for part in parts if part.words]

    def _inside(self, mention: NameMention) -> Iterator[tuple[int, int]]:
        first = max(0, bisect_right(self._spans, (mention.start, mention.end)) - 1)
        for number in range(first, bisect_left(self._spans, (mention.end, 0))):
            start, end = max(mention.start, self._spans[number][0]), min(mention.end, self._spans[number][1])
            if start < end:
                yield start, end
