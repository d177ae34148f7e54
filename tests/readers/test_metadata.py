from __future__ import annotations

from quotes.readers.metadata import UNKNOWN, Metadata


def test_metadata_is_completed_where_it_knows_nothing() -> None:
    own = Metadata(outlet="A", title="T")
    assert own.completed_by(Metadata(outlet="B", url="u")) == Metadata(outlet="A", title="T", url="u")
    assert UNKNOWN.completed_by(own) == own
