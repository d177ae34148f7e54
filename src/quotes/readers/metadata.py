"""What is known of an article besides its text."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

_ISO = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2})"
    r"(?P<time>T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?)?)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """An article's metadata; None is unknown. `published` is ISO 8601: a year, a month, a day, or a date and time."""

    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    published: str | None = None
    language: str | None = None
    note: str | None = None

    def completed_by(self, other: Metadata) -> Metadata:
        """This metadata, with what it does not know taken from another."""
        return Metadata(**{name: getattr(self, name) or getattr(other, name) for name in FIELDS})

    def as_dict(self) -> dict[str, Any]:
        """The fields by their names, which are those of Article."""
        return {name: getattr(self, name) for name in FIELDS}


FIELDS = tuple(field.name for field in fields(Metadata))

UNKNOWN = Metadata()

DATE_CURE = "write it as 2023, 2023-03, 2023-03-04 or 2023-03-04T10:30:00Z"


def is_iso_date(value: str) -> bool:
    """Whether a value is an ISO 8601 date, as far as it is known, or date and time."""
    match = _ISO.fullmatch(value)
    if match is None:
        return False
    try:
        datetime.fromisoformat(f"{match['year']}-{match['month'] or '01'}-{match['day'] or '01'}{match['time'] or ''}")
    except ValueError:
        return False
    return True
