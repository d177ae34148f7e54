"""Dates as people, mail and web pages write them, to ISO 8601."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

MONTHS = ("January|February|March|April|May|June|July|August|September|October|November|December").split("|")
"""The months in English, in the order of the year."""

_MONTH = r"(?P<{0}>(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?|" + "|".join(MONTHS) + ")"
_DAY = r"(?P<{0}>[0-3]?[0-9])(?:st|nd|rd|th)?"

WRITTEN_DATE = re.compile(
    rf"\b(?:{_MONTH.format('month_first')}\s+{_DAY.format('day_last')},?\s+(?P<year_of_first>[12][0-9]{{3}})"
    rf"|{_DAY.format('day_first')}\s+{_MONTH.format('month_last')},?\s+(?P<year_of_last>[12][0-9]{{3}})"
    r"|(?P<iso>[12][0-9]{3}-[01][0-9]-[0-3][0-9]))(?!\w)",
    re.IGNORECASE,
)
"""A day with its year: March 4, 2023; 4 March 2023; 4th Mar. 2023; 2023-03-04. Not 3/4/2023, which is two days."""

_ISO = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2})"
    r"(?P<time>T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?)?)?"
)


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


def iso_date(value: str) -> str | None:
    """A date, or date and time, in ISO 8601 and no more exact than it was written; None for what is no date.

    Known are ISO 8601 itself (also with a space before the time), the dates of mail and RSS (RFC 5322), and
    `WRITTEN_DATE`.
    """
    value = value.strip()
    spaced = re.sub(r"(?<=\d)\s+(?=[0-9]{2}:)", "T", value).replace(" ", "").replace("UTC", "Z")
    if is_iso_date(spaced):
        return spaced
    if ":" in value:
        try:
            return parsedate_to_datetime(value).isoformat(timespec="seconds")
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    match = WRITTEN_DATE.fullmatch(value)
    return None if match is None else to_iso(match)


def to_iso(match: re.Match[str]) -> str | None:
    """The ISO date of a match of `WRITTEN_DATE`; None for a day that there is not, such as 31 June."""
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"]).isoformat()
        name = (match["month_first"] or match["month_last"])[:3].casefold()
        month = next(i for i, full in enumerate(MONTHS, 1) if full.casefold().startswith(name))
        year = int(match["year_of_first"] or match["year_of_last"])
        return date(year, month, int(match["day_first"] or match["day_last"])).isoformat()
    except ValueError:
        return None
