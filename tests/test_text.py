import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.model import TextSpan
from quotes.text import fingerprint, hash_text, join_spans, one_line, replace_surrogates, words


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("“We will win”", '"We will win"'),  # marks
        ("We Will WIN", "we will win"),  # case
        ("we  will\n win", "we will win"),  # spacing
        ("we will – win", "we will - win"),  # dashes
        ("we will … win", "we will ... win"),  # ellipses
        ("we [will] (win)", "we will win"),  # brackets
        ("we won’t win", "we won't win"),  # apostrophes
        ("ﬁve ½", "five 1⁄2"),  # compatibility forms
    ],
)
def test_fingerprint_is_shared_by_texts_that_differ_only_in_form(left, right):
    assert fingerprint(left) == fingerprint(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [("we will win", "we will not win"), ("5 killed", "50 killed"), ("we will win", "win we will"), ("cant", "can t")],
)
def test_fingerprint_differs_when_a_word_differs(left, right):
    assert fingerprint(left) != fingerprint(right)


def test_words_are_folded_and_keep_an_inner_apostrophe_together():
    assert words("“We won’t – EVER, Straße!”") == ["we", "wont", "ever", "strasse"]


@given(st.text())
def test_words_and_fingerprint_take_any_text(text):
    assert all(words(text))
    assert fingerprint(text).startswith("words-v1:")


def test_replace_surrogates_keeps_offsets_and_counts():
    assert replace_surrogates("a\ud800b\udfffc😀") == ("a\ufffdb\ufffdc😀", 2)


@given(st.text(st.characters(codec=None)))
def test_replaced_text_always_encodes(text):
    clean, number = replace_surrogates(text)
    assert len(clean) == len(text)
    assert number == sum("\ud800" <= char <= "\udfff" for char in text)
    assert hash_text(clean).startswith("sha256:")


def test_hash_text_is_tagged_sha256_of_utf8():
    assert hash_text("é") == "sha256:4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c"


def test_one_line_folds_white_space():
    assert one_line(" a\n\n b\tc ") == "a b c"


def test_join_spans_shows_where_parts_stand_apart():
    assert join_spans([TextSpan(0, 1), TextSpan(4, 5)], "a b c") == "a … c"
