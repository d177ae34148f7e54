from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.errors import NoSuchRow
from quotes.model import Fetched
from quotes.store.connection import reading
from quotes.store.history import history, locate
from quotes.store.pages.articles import article
from quotes.store.writer import Writer

if TYPE_CHECKING:
    from pathlib import Path

URL = "https://www.news.example/road"
KEPT = "“We are on time and under budget,”"
TOLL = "“Nobody will pay a toll of two pounds on this bridge.”"
NO_TOLL = "“Nobody will pay a toll of nine pounds on this bridge.”"
GONE = "“I never saw the plans of the engineers.”"
NEW = "“We ask the drivers for a little more patience.”"
MOVED = "“The harbour belongs to all of us, not to one company.”"


@pytest.fixture
def version(make, add):  # type: ignore[no-untyped-def]
    """Add a version of one article, made of words and who says them."""

    def one(*said: tuple[str, str | None], **known: object) -> str:
        text = "\n".join(f"{words} {speaker or 'Somebody'} said." for words, speaker in said)
        quotes = [
            make.quote(text, words, speaker=speaker, source=speaker or "Somebody", cue="said", status="closed")
            for words, speaker in said
        ]
        article = make.article(text, **{"url": URL, "path": None, **known})
        outcome: str = add(article, make.extraction(*quotes))
        return outcome

    return one


@pytest.fixture
def two_versions(version, db: Path) -> Path:  # type: ignore[no-untyped-def]
    version((KEPT, "Ana Lopez"), (TOLL, "Ana Lopez"), (GONE, "Jon Baker"), (MOVED, "Jon Baker"), title="Road to open")
    version(
        (KEPT, "Ana Lopez"), (NO_TOLL, "Ana Lopez"), (MOVED, "Ana Lopez"), (NEW, None), title="Road may open",
        correction="Correction: it was Ms. Lopez.",
    )  # fmt: skip
    return db


def test_history_tells_what_became_of_each_quote(two_versions: Path) -> None:
    with reading(two_versions) as conn:
        first, second = history(conn, URL)
    assert (first.article.version, first.quotes, first.metadata) == (1, (), {})
    assert [
        (change.became, change.before and change.before.text, change.after and change.after.text)
        for change in second.quotes
    ] == [
        (("kept",), KEPT, KEPT),
        (("reworded",), TOLL, NO_TOLL),
        (("re-attributed",), MOVED, MOVED),
        (("added",), None, NEW),
        (("removed",), GONE, None),
    ]
    comparison = second.quotes[1].comparison
    assert comparison is not None
    assert comparison.contradicts
    assert second.metadata == {
        "title": ("Road to open", "Road may open"),
        "correction": (None, "Correction: it was Ms. Lopez."),
    }


def test_history_tells_a_quote_reworded_and_re_attributed_at_once(version, db: Path) -> None:  # type: ignore[no-untyped-def]
    version((TOLL, "Ana Lopez"))
    version((NO_TOLL, "Jon Baker"))
    with reading(db) as conn:
        [change] = history(conn, URL)[1].quotes
    assert change.became == ("reworded", "re-attributed")


def test_history_matches_each_quote_once(version, db: Path) -> None:  # type: ignore[no-untyped-def]
    version((TOLL, "Jon Baker"), (KEPT, "Ana Lopez"))
    version((TOLL, "Ana Lopez"), (TOLL.lower(), "Jon Baker"))
    with reading(db) as conn:
        changes = history(conn, URL)[1].quotes
    # the same words of the same speaker come before those of another
    assert [(change.became, change.before and change.before.speaker_name) for change in changes] == [
        (("added",), None),
        (("kept",), "Jon Baker"),
        (("removed",), "Ana Lopez"),
    ]


def test_history_takes_marks_and_case_for_no_change(version, db: Path) -> None:  # type: ignore[no-untyped-def]
    version((KEPT, "Ana Lopez"))
    version(("“WE are on time – and under budget”", "Ana Lopez"))
    with reading(db) as conn:
        [change] = history(conn, URL)[1].quotes
    assert change.became == ("kept",)


def test_history_is_found_by_every_address_path_and_number(two_versions: Path, make, add) -> None:  # type: ignore[no-untyped-def]
    add(make.article("Words.", name="file"), make.extraction())
    with Writer(two_versions) as writer:
        writer.note_fetch(Fetched(url="https://amp.other.example/x", status=200, location="https://news.example/road"))
    with reading(two_versions) as conn:
        for where in (URL, "http://news.example/road?utm_source=x", "https://news.example/amp/road", "1", "2"):
            assert locate(conn, where) == "https://news.example/road"
        assert locate(conn, "https://amp.other.example/x") == "https://news.example/road"
        assert locate(conn, "file.txt") == locate(conn, "3") == "file.txt"


@pytest.mark.parametrize("where", ["https://news.example/other", "99", "9" * 30, "nowhere.txt", ""])
def test_history_says_that_there_is_no_such_article(two_versions: Path, where: str) -> None:
    with reading(two_versions) as conn, pytest.raises(NoSuchRow) as error:
        history(conn, where)
    assert str(error.value) == f"There is no article at {where}: `quotes articles` lists where articles are from."


def test_history_has_records_of_plain_values(two_versions: Path) -> None:
    import json

    with reading(two_versions) as conn:
        record = json.loads(json.dumps(history(conn, URL)[1].as_record()))
    assert record["changes"][2] == {
        "became": ["re-attributed"],
        "before": {"id": 4, "text": MOVED, "speaker": "Jon Baker"},
        "after": {"id": 7, "text": MOVED, "speaker": "Ana Lopez"},
        "comparison": None,
    }
    assert record["metadata"]["title"] == ["Road to open", "Road may open"]


def test_history_stands_on_the_page_of_an_article(two_versions: Path) -> None:
    with reading(two_versions) as conn:
        first, second = (article(conn, number) for number in (1, 2))
    assert first.changes == ()
    assert [(change.became, change.before, change.after) for change in second.changes] == [
        ("reworded", TOLL, NO_TOLL),
        ("re-attributed", MOVED, MOVED),
        ("added", None, NEW),
        ("removed", GONE, None),
    ]
    moved = second.changes[1]
    assert (moved.before_speaker, moved.after_speaker) == ("Jon Baker", "Ana Lopez")
