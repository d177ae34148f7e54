import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.group.quantities import quantity
from quotes.group.wording import read_wording


def keys(text):
    return list(read_wording(text).keys)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("5", "five"),
        ("1,000", "one thousand"),
        ("250", "two hundred and fifty"),
        ("twenty-five", "25"),
        ("1.5 million", "1.5m"),
        ("$5 million", "5 million dollars"),
        ("$5m", "five million dollars"),
        ("a million", "1,000,000"),
        ("half a million", "500,000"),
        ("5 billion", "5bn"),
        ("two dozen", "24"),
        ("50%", "fifty percent"),
        ("50 per cent", "50 percent"),
        ("3rd", "third"),
        ("five-year", "five years"),
        ("€20", "20 euros"),
        ("5 km", "5 kilometres"),
        ("5.50", "5.5"),
        ("three million two hundred thousand", "3,200,000"),
    ],
)
def test_one_number_has_one_key_however_it_is_written(a, b):
    assert keys(a) == keys(b)
    assert len(keys(a)) == 1


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("5", "50"),
        ("fifteen", "fifty"),
        ("5 million", "5 billion"),
        ("$5", "€5"),
        ("5 percent", "5 percentage points"),
        ("5 days", "5 weeks"),
        ("1.5", "15"),
        ("third", "3"),
        ("1980s", "1990s"),
        ("10am", "10pm"),
    ],
)
def test_other_numbers_have_other_keys(a, b):
    assert keys(a) != keys(b)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("nineteen eighty-four", ["#19", "#84"]),
        ("by 5-4", ["by", "#5", "#4"]),
        ("two hundred and some", ["#200", "and", "some"]),
        ("a man and an hour", ["a", "man", "and", "an", "hour"]),
        ("one of them", ["#1", "of", "them"]),
        ("five, six", ["#5", "#6"]),
        ("4x4 and 24h", ["#4x", "#4", "and", "#24h"]),
        ("1,5 and 12,34,567", ["#1,5", "and", "#12,34,567"]),
        ("9" * 5000, ["#" + "9" * 5000]),
        ("$", []),
    ],
)
def test_what_is_no_one_number_is_taken_word_by_word(text, words):
    assert keys(text) == words


def test_quantity_of_a_word_that_is_none():
    assert quantity(["road"], 0) is None
    assert quantity(["$"], 0) is None
    assert quantity(["five", "roads"], 0) == ("#5", 1)


@given(st.integers(0, 10**12))
def test_thousands_with_and_without_commas_are_one_number(number):
    assert keys(f"{number:,}") == keys(str(number)) == [f"#{number}"]
