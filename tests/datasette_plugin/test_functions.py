import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.datasette_plugin.functions import match_query, register


@pytest.mark.parametrize(
    ("typed", "how", "query"),
    [
        ("We will open", "exact", '"we will open"'),
        ("We will open", "all words", '"we" AND "will" AND "open"'),
        ("We will open", "some words", '"will" OR "open"'),
        ('bridge" OR text:*', "exact", '"bridge or text"'),
        ("Café", "exact", '"cafe"'),
        ("", "exact", '""'),
        ("?!", "some words", '""'),
        (None, "exact", '""'),
        (7, "exact", '"7"'),
        (b"\xffbridge", "exact", '"bridge"'),
        ("bridge", "no such way", '""'),
    ],
)
def test_functions_match_query_makes_words_of_whatever_is_typed(typed, how, query):
    assert match_query(typed, how) == query


@pytest.mark.parametrize(
    ("typed", "names"),
    [("Mayor Ana Ruiz", ["Ana Ruiz"]), ("anna ruiz", ["Ana Ruiz"]), ('") OR 1', []), (None, []), (b"\xff", [])],
)
def test_functions_speakers_are_those_that_the_command_line_finds(filled, typed, names):
    with closing(sqlite3.connect(filled)) as connection:
        connection.row_factory = sqlite3.Row
        register(connection)
        query = "SELECT name FROM speaker WHERE id IN (SELECT value FROM json_each(quotes_speakers(?)))"
        assert [name for (name,) in connection.execute(query, (typed,))] == names


@given(st.text(), st.sampled_from(["exact", "all words", "some words"]))
def test_functions_no_text_is_full_text_syntax(text, how):
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE words USING fts5(text)")
    register(connection)
    try:
        found = connection.execute("SELECT * FROM words WHERE words MATCH quotes_match(?, ?)", (text, how)).fetchall()
    finally:
        connection.close()
    assert found == []
