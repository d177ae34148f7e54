import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.resolve.names import fold, in_ordinary_case, speaker_key, strip_titles


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Brigadier General Reza Karimi", "Reza Karimi"),
        ("Sen. Ada Byron’s", "Ada Byron"),
        ("Ada Byron", "Ada Byron"),
        ("Chief Justice", "Chief Justice"),  # nothing but titles
        ("", ""),
    ],
)
def test_strip_titles_leaves_the_name_proper(name, expected):
    assert strip_titles(name) == expected


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Dr. Ada Byron", "Ada Byron"),
        ("José Müller", "JOSE MULLER"),
        ("Saeed al-Abbas", "Saeed Al-Abbas"),
        ("J. R. Karimi", "J R Karimi"),
        ("Reza Karimi’s", "Reza Karimi"),
    ],
)
def test_speaker_key_is_shared_by_forms_of_one_name(left, right):
    assert speaker_key(left) == speaker_key(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Bill Byron", "Ada Byron"),
        ("Ada Byron", "Ada Byron Jr."),
        ("Department of Justice", "Department of Criminal Justice"),
        ("George Karimi", "George W. Karimi"),
    ],
)
def test_speaker_key_keeps_different_names_apart(left, right):
    assert speaker_key(left) != speaker_key(right)


@given(st.text(min_size=1))
def test_speaker_key_takes_any_text_and_is_never_empty(name):
    assert speaker_key(name)


def test_fold_drops_accents_and_case():
    assert fold("Ünïted ŁÓDŹ") == "united łodz"


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("ADA BYRON", "Ada Byron"),
        ("MARY-ANN O'NEIL", "Mary-Ann O'Neil"),
        ("JOHN F. McNEIL JR.", "John F. McNeil Jr."),
        ("JOHN MCNEIL III", "John McNeil III"),
        ("G.K. ÉLAN", "G.K. Élan"),
        ("NATO", "NATO"),
        ("Ada BYRON", "Ada BYRON"),
        ("Ada Byron", "Ada Byron"),
    ],
)
def test_a_name_in_capitals_is_spelt_as_names_are(printed, expected):
    assert " ".join(in_ordinary_case(tuple(printed.split()))) == expected
