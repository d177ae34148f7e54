import runpy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.evaluate.names import name_words, same_person

REFERENCE = runpy.run_path(str(Path(__file__).parents[2] / "fixtures" / "bench" / "score_speakers.py"))
NAMES = st.lists(
    st.sampled_from(["Ada", "King", "ada", "Dr", "the", "Minister", "King's", "Müller", "_", "-"])
    | st.text(max_size=4),
    max_size=4,
).map(" ".join)


@given(name=NAMES, accepted=st.lists(NAMES, max_size=3))
def test_same_person_is_the_references(name, accepted):
    assert same_person(name, accepted) == REFERENCE["same"](name, accepted)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Prime Minister Ada Byron’s", ["ada", "byron"]),
        ("the Prime Minister", ["the", "prime", "minister"]),  # nothing but titles stays
        ("Jean-Luc", ["jean", "luc"]),
        ("", []),
    ],
)
def test_name_words_are_without_titles(name, words):
    assert name_words(name) == words


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("Ada May Byron", True),
        ("Byron", True),
        ("Ada Byron", True),
        ("Ada", False),  # a short form ends in the last word
        ("mathematician Ada May Byron", True),
        ("Queen Byron", True),
        ("Ada Byron King-Noel", False),
        ("", False),
    ],
)
def test_same_person_takes_short_forms_that_end_in_the_last_name(name, right):
    assert same_person(name, ["Ada May Byron"]) is right
