"""Organisations that an article names, and the fullest name of each."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from quotes.lexicon import word_list
from quotes.resolve.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quotes.resolve.people import NameMention

_SMALL = frozenset({"of", "the", "for", "and", "in", "on", "to", "&"})
_LEAST_INITIALS = 2


class Bodies:
    """The bodies that an article names, with every place where one is named."""

    def __init__(self, mentions: Iterable[NameMention]) -> None:
        self._mentions = sorted(mentions)
        self._starts = [mention.start for mention in self._mentions]
        self._forms: dict[tuple[str, ...], tuple[str, ...]] = {}
        for mention in self._mentions:
            self._forms.setdefault(_form(mention.words), mention.words)

    def inside(self, start: int, end: int) -> list[NameMention]:
        """The mentions that begin in [start, end), in order."""
        return self._mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def before(self, at: int) -> NameMention | None:
        """The last mention that ends at or before an offset."""
        number = bisect_left(self._starts, at) - 1
        return self._mentions[number] if number >= 0 and self._mentions[number].end <= at else None

    def fullest(self, words: tuple[str, ...]) -> str:
        """The fullest name of the body named so.

        A short name begins the longer ("Pew" is "Pew Research"), ends it ("the Post") or is made of its initials; of
        several that it could stand for it is none.
        """
        form = _form(words)
        longer = [other for other in self._forms if _is_short_for(form, other)]
        if len(longer) == 1:
            return self.fullest(self._forms[longer[0]])
        return _printed(words)

    def only_called(self, noun: str) -> str | None:
        """The one body whose name ends in a noun that organisations are called by: "the ministry"; None for several."""
        if fold(noun) not in word_list("bodies"):
            return None
        found = {self.fullest(words) for form, words in self._forms.items() if len(form) > 1 and form[-1] == fold(noun)}
        return found.pop() if len(found) == 1 else None


def _form(words: tuple[str, ...]) -> tuple[str, ...]:
    folded = tuple(fold(word).strip(".'’-") for word in words)
    return folded[1:] if len(folded) > 1 and folded[0] == "the" else folded


def _printed(words: tuple[str, ...]) -> str:
    return " ".join(words[1:] if len(words) > 1 and fold(words[0]) == "the" else words)


def _is_short_for(short: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    if len(short) >= len(whole) or not short:
        return False
    if whole[: len(short)] == short or whole[-len(short) :] == short:
        return True
    initials = "".join(word[0] for word in whole if word not in _SMALL and word)
    return len(short) == 1 and len(initials) >= _LEAST_INITIALS and short[0].replace(".", "") == initials
