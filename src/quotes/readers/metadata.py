"""What is known of an article besides its text."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """An article's metadata; None, and no author, is unknown.

    `published` and `updated` are ISO 8601: a year, a month, a day, or a date and time.
    """

    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    published: str | None = None
    language: str | None = None
    note: str | None = None
    authors: tuple[str, ...] = ()
    updated: str | None = None

    def completed_by(self, other: Metadata) -> Metadata:
        """This metadata, with what it does not know taken from another."""
        return Metadata(**{name: getattr(self, name) or getattr(other, name) for name in FIELDS})

    def as_dict(self) -> dict[str, Any]:
        """The fields by their names, which are those of Article."""
        return {name: getattr(self, name) for name in FIELDS}


FIELDS = tuple(field.name for field in fields(Metadata))

UNKNOWN = Metadata()

DATE_CURE = "write it as 2023, 2023-03, 2023-03-04 or 2023-03-04T10:30:00Z"
