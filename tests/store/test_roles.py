"""What is kept of roles between articles never outlives the rows that it was read from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.store.test_people import made

from quotes.store.connection import reading
from quotes.store.groups import incremental
from quotes.store.writer import Writer

if TYPE_CHECKING:
    from pathlib import Path

    from quotes.model import Article, Extraction

NAMES = (made(1, "Bill Hale"), made(2, "William Hale"))
BILL = made(3, "Kenyan Interior Minister | Bill Hale")
WILLIAM = made(4, "Kenyan Interior Minister | William Hale")


def add(writer: Writer, *articles: tuple[Article, Extraction]) -> None:
    for article, extraction in articles:
        writer.add(article, lambda _, found=extraction: found)


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def speakers(db: Path) -> int:
    with reading(db) as conn:
        return int(conn.execute("SELECT count(*) FROM speaker").fetchone()[0])


def test_roles_that_another_process_adds_count(db: Path) -> None:
    with Writer(db) as writer, Writer(db) as other:
        add(writer, *NAMES)
        add(other, BILL)
        add(writer, WILLIAM)
    assert speakers(db) == 1


def test_roles_of_an_article_that_could_not_be_stored_do_not_count(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Writer(db) as writer:
        add(writer, *NAMES)
        with monkeypatch.context() as patch:
            patch.setattr(incremental, "add", interrupt)
            with pytest.raises(KeyboardInterrupt):
                add(writer, BILL)
        add(writer, WILLIAM)
        assert speakers(db) == 2
        add(writer, BILL)
    assert speakers(db) == 1


def test_roles_of_an_article_that_is_removed_do_not_count(db: Path) -> None:
    with Writer(db) as writer:
        add(writer, *NAMES, BILL)
        writer.remove(3)
        add(writer, WILLIAM)
    assert speakers(db) == 2


def test_roles_of_an_article_whose_removal_failed_count(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Writer(db) as writer:
        add(writer, *NAMES, BILL, made(5, "Dutch Mayor | Omar Hale"))
        with monkeypatch.context() as patch:
            patch.setattr(Writer, "_regroup", interrupt)
            with pytest.raises(KeyboardInterrupt):
                writer.remove(3)
        add(writer, WILLIAM)
    assert speakers(db) == 2  # and Omar Hale
