"""What an article is called and where it is found again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from quotes.model import Article
from quotes.store.identity import label, location, stored_path
from quotes.text import hash_text

HERE = Path("/news/db")


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"url": "https://a.example/1", "path": "/news/a.txt"}, "https://a.example/1"),
        ({"path": "/news/db/in/a.txt"}, "in/a.txt"),
        ({"path": "/news/all.jsonl/7"}, "../all.jsonl/7"),
        ({"path": os.fsdecode(b"/news/db/\xff.txt")}, "\\udcff.txt"),
        ({"url": "https://a.example/\ud800"}, "https://a.example/%EF%BF%BD"),
        ({}, "text:" + hash_text("Words.")),
    ],
)
def test_identity_is_the_url_then_the_path_then_the_text(known: dict[str, str], expected: str) -> None:
    assert location(Article(text="Words.", **known), HERE) == expected


def test_identity_keeps_a_path_absolute_where_no_way_leads(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_way(_path: str, _start: str) -> str:
        raise ValueError("path is on mount 'C:', start on mount 'D:'")

    monkeypatch.setattr(os.path, "relpath", no_way)
    assert stored_path("/elsewhere/a.txt", HERE) == "/elsewhere/a.txt"


def test_identity_keeps_a_path_that_no_file_can_have_as_it_stands() -> None:
    assert stored_path("news/\0.txt", HERE) == "news/\0.txt"


@pytest.mark.parametrize(
    ("title", "name", "text", "expected"),
    [
        ("A  title\n", "name", "Text.", "A title"),
        (None, "name", "Text.", "name"),
        (" ", "", "Text.\nMore.", "Text. More."),
        (None, "", "", "(no text)"),
        (None, "", "word " * 30, "word " * 15 + "word…"),
        (None, "", "x" * 100, "x" * 79 + "…"),
    ],
)
def test_identity_calls_an_article_by_the_best_name(title: str | None, name: str, text: str, expected: str) -> None:
    assert label(title, name, text) == expected
