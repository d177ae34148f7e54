"""Which quotes a look-up is about: of some days, of an outlet, of a speaker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.resolve.names import strip_titles
from quotes.store import matching

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """All that is given must hold; `since` and `until` are ISO 8601, as exact as one likes, and both days count.

    `outlet` is a name, whatever its case; `speaker` any words of a name.
    """

    since: str | None = None
    until: str | None = None
    outlet: str | None = None
    speaker: str | None = None

    def __bool__(self) -> bool:
        return any((self.since, self.until, self.outlet, self.speaker))

    def sql(self) -> tuple[str, list[str]]:
        """A condition on quote, article and outlet, to stand behind another one, and its parameters."""
        conditions = list(self._conditions())
        return "".join(f" AND {condition}" for condition, _ in conditions), [value for _, value in conditions]

    def _conditions(self) -> Iterator[tuple[str, str]]:
        if self.since:
            yield "article.published >= ?", self.since
        if self.until:
            # until 2023 is until its last day
            yield "article.published <= ?", self.until + "~"
        if self.outlet:
            yield "outlet.name = ? COLLATE NOCASE", self.outlet
        if self.speaker:
            asked = matching.all_of(matching.query_words(strip_titles(self.speaker)))
            yield "quote.speaker_id IN (SELECT rowid FROM speaker_fts WHERE speaker_fts MATCH ?)", asked or '""'
