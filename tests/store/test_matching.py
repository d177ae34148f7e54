"""What people type, as queries and as places in a text."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.store.matching import all_of, any_of, find_phrase, phrase, query_words


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("On your SIDE", ["on", "your", "side"]),
        ("“We won’t – ever!”", ["we", "won", "t", "ever"]),
        ("Müller, Mu\u0308ller", ["muller", "muller"]),
        ('NEAR("a b") OR c* -d ^e', ["near", "a", "b", "or", "c", "d", "e"]),
        ("snake_case 3,000", ["snake", "case", "3", "000"]),
        ("…\0\ud800", []),
    ],
)
def test_matching_takes_words_and_no_syntax(question: str, words: list[str]) -> None:
    assert query_words(question) == words


def test_matching_builds_full_text_queries() -> None:
    assert phrase(["a", "b", "a"]) == '"a b a"'
    assert all_of(["a", "b", "a"]) == '"a" AND "b"'
    assert any_of(["roof", "leaks", "roof"]) == '"roof" OR "leaks"'


def test_matching_any_word_asks_for_function_words_only_where_there_are_no_others() -> None:
    assert any_of(["basket", "of", "the"]) == '"basket"'
    assert any_of(["of", "the"]) == '"of" OR "the"'


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("on your side", "“On your – side”, on your side", ["On your – side", "on your side"]),
        ("creme brulee", "La Crème\nBrûlée!", ["Crème\nBrûlée"]),
        ("creme brulee", "Cre\u0300me bru\u0302le\u0301e.", ["Cre\u0300me bru\u0302le\u0301e"]),
        ("side", "sidelong inside re\u0301side", []),
        ("한국 3", "한국: 3 한글 3", ["한국: 3"]),
        ("a a", "a a a", ["a a", "a a"]),
        ("", "nothing asked", []),
    ],
)
def test_matching_finds_where_a_phrase_stands(words: str, text: str, found: list[str]) -> None:
    assert [span.of(text) for span in find_phrase(query_words(words), text)] == found


@settings(deadline=None, max_examples=200)
@given(question=st.text(), text=st.text(st.characters(exclude_categories=["Cs"])))
def test_matching_makes_no_query_that_full_text_search_refuses(question: str, text: str) -> None:
    words = query_words(question)
    with closing(sqlite3.connect(":memory:")) as conn:
        conn.execute("CREATE VIRTUAL TABLE index_ USING fts5 (text, tokenize='unicode61 remove_diacritics 2')")
        conn.execute("INSERT INTO index_ VALUES (?)", (text,))
        for query in (phrase(words), all_of(words), any_of(words)) if words else ():
            conn.execute("SELECT * FROM index_ WHERE index_ MATCH ?", (query,)).fetchall()


def test_matching_bears_a_very_long_question() -> None:
    words = [f"word{number}" for number in range(5000)]
    with closing(sqlite3.connect(":memory:")) as conn:
        conn.execute("CREATE VIRTUAL TABLE index_ USING fts5 (text)")
        conn.execute("INSERT INTO index_ VALUES ('word7')")
        found = [
            conn.execute("SELECT count(*) FROM index_ WHERE index_ MATCH ?", (query,)).fetchone()[0]
            for query in (phrase(words), all_of(words), any_of(words))
        ]
    assert found == [0, 0, 1]
