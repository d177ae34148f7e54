from __future__ import annotations

import pytest

from quotes.readers.metadata import UNKNOWN, Metadata, is_iso_date


@pytest.mark.parametrize(
    "value",
    [
        *("2023", "2023-03", "2023-03-04", "2024-02-29", "2023-03-04T10:30", "2023-03-04T10:30:59"),
        *("2023-03-04T10:30:00.5Z", "2023-03-04T10:30:00+03:30", "2023-03-04T10:30:00-0500"),
    ],
)
def test_metadata_takes_iso_dates_as_far_as_they_are_known(value: str) -> None:
    assert is_iso_date(value)


@pytest.mark.parametrize(
    "value",
    [
        *("", "23", "2023-3-4", "2023-13", "2023-02-29", "20230304", "2023-W09-6", "0000", "2023-03-04 10:30"),
        *("2023-03-04T25:00", "2023-03-04Z", "2023-03T10:30", "2023-03-04\n", "٢٠٢٣", "March 4, 2023"),
    ],
)
def test_metadata_refuses_other_dates(value: str) -> None:
    assert not is_iso_date(value)


def test_metadata_is_completed_where_it_knows_nothing() -> None:
    own = Metadata(outlet="A", title="T")
    assert own.completed_by(Metadata(outlet="B", url="u")) == Metadata(outlet="A", title="T", url="u")
    assert UNKNOWN.completed_by(own) == own
