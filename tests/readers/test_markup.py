from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.readers.markup import all_words


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<p>He <b>said</b>   no.</p><p>She did&rsquo;nt.", "He said no.\nShe did’nt."),
        ("a<br>b<BR/>c", "a\nb\nc"),
        ("<script>x < y </p></script>a<STYLE>p{}</STYLE >b", "a\nb"),
        ("a<!-- <b>hidden</b> -->b<!-- to the end", "a\nb"),
        ('<!DOCTYPE x [<!ENTITY a "b">]>word', "word"),
        ("<?xml version='1.0'?><title>t</title>word", "word"),
        ("5 < 6 and <3", "5 < 6 and <3"),
        ("<script>never closed", ""),
    ],
)
def test_markup_leaves_the_words_of_a_page(page: str, words: str) -> None:
    assert all_words(page) == words


@given(
    st.lists(st.sampled_from(["<", ">", "<!--", "<script", "</script>", "<!doctype [", "]", "a ", "&#xd800;", "\0"]))
)
def test_markup_takes_any_soup(pieces: list[str]) -> None:
    words = all_words("".join(pieces))
    assert words.encode("utf-8").decode("utf-8") == words


@pytest.mark.parametrize("piece", ["<", "<a", "<!--", "<script ", "<!doctype [", "<!doctype x", "</"])
def test_markup_reads_a_megabyte_of_unclosed_markup(piece: str) -> None:
    page = "word " + piece * (1_000_000 // len(piece))
    assert all_words(page).startswith("word")
