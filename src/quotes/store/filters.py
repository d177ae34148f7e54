"""Which quotes a look-up is about: of some days, of an outlet, of a speaker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.model import UNCERTAIN
from quotes.resolve.names import speaker_key, strip_titles
from quotes.store import matching

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """All that is given must hold; `since` and `until` are ISO 8601, as exact as one likes, and both days count.

    `outlet` is a name, whatever its case; `speaker` any words of one of the names. `sure` leaves out quotes of which it
    is uncertain whether they are statements.
    """

    since: str | None = None
    until: str | None = None
    outlet: str | None = None
    speaker: str | None = None
    sure: bool = False

    def __bool__(self) -> bool:
        return any((self.since, self.until, self.outlet, self.speaker, self.sure))

    def sql(self) -> tuple[str, list[str]]:
        """A condition on quote, article and outlet, to stand behind another one, and its parameters."""
        return _joined([*self._of_article(), *self._of_speaker(), *self._of_quote()])

    def of_article(self) -> tuple[str, list[str]]:
        """The same of article and outlet alone."""
        return _joined(self._of_article())

    def _of_article(self) -> Iterator[tuple[str, list[str]]]:
        if self.since:
            yield "article.published >= ?", [self.since]
        if self.until:
            # until 2023 is until its last day
            yield "article.published <= ?", [self.until + "~"]
        if self.outlet:
            yield "outlet.name = ? COLLATE NOCASE", [self.outlet]

    def _of_speaker(self) -> Iterator[tuple[str, list[str]]]:
        """The words stand in the speaker's name, or in one of the aliases."""
        if not self.speaker:
            return
        words = _asked(self.speaker)
        in_alias = " AND ".join("' ' || key || ' ' LIKE ?" for _ in words) or "0"
        by_name = "SELECT rowid FROM speaker_fts WHERE speaker_fts MATCH ?"
        by_alias = f"SELECT speaker_id FROM alias WHERE {in_alias}"
        values = [matching.all_of(words) or '""', *(f"% {word} %" for word in words)]
        yield f"quote.speaker_id IN ({by_name} UNION {by_alias})", values

    def _of_quote(self) -> Iterator[tuple[str, list[str]]]:
        if self.sure:
            yield f"coalesce(quote.confidence, 1) >= {UNCERTAIN}", []


def is_asked_for(name: str, speaker: str) -> bool:
    """Whether a name is one of those that the filter by `speaker` means, as in a database whose only name it is."""
    words = set(_asked(speaker))
    return bool(words) and any(words <= set(own) for own in (matching.query_words(name), speaker_key(name).split()))


def _asked(speaker: str) -> list[str]:
    return matching.query_words(strip_titles(speaker))


def _joined(conditions: Iterable[tuple[str, list[str]]]) -> tuple[str, list[str]]:
    found = list(conditions)
    return "".join(f" AND {condition}" for condition, _ in found), [value for _, values in found for value in values]
