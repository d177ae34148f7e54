import csv
from pathlib import Path

import pytest

from quotes.resolve.identity import compare_names, conflicting, sound

PAIRS = Path(__file__).parent / "name_pairs.csv"
"""Names of people in Wikidata (CC0), two by two: `same` is 1 where the two are names of one person."""


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Mohammad Reza Karimi", "Muhammad Reza Karimi"),
        ("Mohammad Reza Karimi", "Mohammad Reza Tehrani Karimi"),
        ("Youssef al-Khatib", "Youssef Khatib"),
        ("Dr. Amina Hale", "Amina Hale"),
        ("Amina B. Hale", "Amina Hale"),
        ("Amina B. Hale", "Amina Beth Hale"),
        ("José Álvarez", "Jose Alvarez"),
        ("Сергей Петров", "Sergey Petrov"),
        ("Jean-Luc Mercier", "Jean Luc Mercier"),
        ("Piet van der Berg", "Piet Berg"),
        ("Amina Hale, Baroness Hale of Rome", "Amina Hale"),
        ("Amina Hale of Ohio", "Amina Hale"),
        ("Democrat Amina Hale", "Amina Hale"),
    ],
)
def test_names_that_leave_hardly_any_doubt_are_the_same(a, b):
    assert compare_names(a, b).verdict == "same"
    assert compare_names(b, a) == compare_names(a, b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Hale", "Amina Hale"),
        ("A. Hale", "Amina Hale"),
        ("Bill Hale", "William Hale"),
        ("Li Wei", "Wei Li"),
        ("George H. W. Hale", "George W. Hale"),
        ("Amina B. Hale", "Amina C. Hale"),
        ("Amina Hale", "Amina Hale Diaz"),
        ("Amina Hale", "Amina Beth Hale"),
        ("Qasem Karimi", "Ghassem Karimi"),
        ("Tatyana Petrova", "Tatiana Petrova"),
        ("Salem Omar Said Karimi", "Salim Omar Saeed Haddad"),
    ],
)
def test_what_names_alone_cannot_tell_may_be_the_same(a, b):
    assert compare_names(a, b).verdict == "maybe"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Hillary Hale", "Bill Hale"),
        ("Omar Hale", "Omar Hale Jr."),
        ("Amina Hale", "Amina Diaz"),
        ("Michael Fallon", "Michael Horn"),
        ("Hale", "Diaz"),
        ("", "Hale"),
        ("123", "456"),
    ],
)
def test_other_names_are_different(a, b):
    assert compare_names(a, b).verdict == "different"


def test_reasons_tell_what_agrees_and_what_does_not():
    match = compare_names("Mohammad Reza Karimi", "Muhammad Karimi")
    assert match.reasons == ("muhammad and mohammad may be one name", "one leaves out reza")
    assert match.verdict == "maybe"


@pytest.mark.parametrize(
    ("a", "b"), [("mohammad", "muhammed"), ("qasem", "ghassem"), ("sergey", "sergei"), ("tchaikovsky", "chaikovsky")]
)
def test_sound_is_one_for_spellings_of_one_name(a, b):
    assert sound(a) == sound(b)


def test_on_real_names_what_is_called_the_same_is_the_same():
    with PAIRS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) >= 300
    called = [row["same"] == "1" for row in rows if compare_names(row["a"], row["b"]).verdict == "same"]
    assert sum(called) / len(called) >= 0.99
    positive = sum(row["same"] == "1" for row in rows)
    assert sum(called) / positive >= 0.25


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("John A. Fenn", "John B. Fenn", True),
        ("Mary Ann Fenn", "Mary Beth Fenn", True),
        ("Omar Hale", "Omar Hale Jr.", True),
        ("Amina Hale", "Omar Hale", True),
        ("John A. Fenn", "John Fenn", False),
        ("John A. Fenn", "John Adam Fenn", False),
        ("Fenn", "John Fenn", False),
    ],
)
def test_names_conflict_that_a_third_must_not_join(a, b, expected):
    assert conflicting(a, b) is conflicting(b, a) is expected
