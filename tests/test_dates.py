"""Dates as they are written, and what they are in ISO 8601."""

from __future__ import annotations

import pytest

from quotes.dates import WRITTEN_DATE, is_iso_date, iso_date, to_iso


@pytest.mark.parametrize(
    "value",
    [
        *("2023", "2023-03", "2023-03-04", "2024-02-29", "2023-03-04T10:30", "2023-03-04T10:30:59"),
        *("2023-03-04T10:30:00.5Z", "2023-03-04T10:30:00+03:30", "2023-03-04T10:30:00-0500"),
    ],
)
def test_dates_knows_iso_dates_as_far_as_they_are_known(value: str) -> None:
    assert is_iso_date(value)


@pytest.mark.parametrize(
    "value",
    [
        *("", "23", "2023-3-4", "2023-13", "2023-02-29", "20230304", "2023-W09-6", "0000", "2023-03-04 10:30"),
        *("2023-03-04T25:00", "2023-03-04Z", "2023-03T10:30", "2023-03-04\n", "٢٠٢٣", "March 4, 2023"),
    ],
)
def test_dates_tells_other_dates_from_iso(value: str) -> None:
    assert not is_iso_date(value)


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2023-03-04", "2023-03-04"),
        ("2023-03-04 10:30", "2023-03-04T10:30"),
        ("2023-03-04 10:30:00 UTC", "2023-03-04T10:30:00Z"),
        ("Sat, 04 Mar 2023 10:30:00 +0330", "2023-03-04T10:30:00+03:30"),
        ("March 4, 2023", "2023-03-04"),
        ("4th Mar. 2023", "2023-03-04"),
        ("29 February 2024", "2024-02-29"),
        *(
            (wrong, None)
            for wrong in ("", "yesterday", "3/4/2023", "31 June 2023", "Mayday 1, 2023", "12:30", "4 2023")
        ),
    ],
)
def test_dates_are_read_as_they_are_written(written: str, iso: str | None) -> None:
    assert iso_date(written) == iso


def test_dates_in_a_line_are_found_where_they_stand() -> None:
    match = WRITTEN_DATE.search("Posted on March 4, 2023 at noon")
    assert match is not None
    assert (match.span(), to_iso(match)) == ((10, 23), "2023-03-04")
