import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.datasette_plugin.functions import match_query, name_query, register


@pytest.mark.parametrize(
    ("typed", "how", "query"),
    [
        ("We will open", "exact", '"we will open"'),
        ("We will open", "all words", '"we" AND "will" AND "open"'),
        ("We will open", "some words", '"we" OR "will" OR "open"'),
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


def test_functions_name_query_passes_over_titles():
    assert name_query("Mayor Ana Ruiz") == name_query("ana RUIZ") == '"ana" AND "ruiz"'


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
