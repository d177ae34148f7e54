import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.group import meaning

ROAD = "the government will close the old mountain road before the winter comes"
SAME = "ministers plan to shut the old road over the mountain before winter"
OTHER = "the school board has found no money for new teachers this year"


def test_meaning_ranks_other_words_for_the_same_above_other_claims():
    same, other = meaning.score([(ROAD, SAME), (ROAD, OTHER)])
    assert same > 2 * other


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_meaning_is_a_probability_that_is_the_same_in_either_order(a, b):
    first, second = meaning.score([(a, b), (b, a)])
    assert 0 <= first <= 1
    assert first == pytest.approx(second, abs=1e-3)


def test_meaning_has_a_vector_for_each_text():
    assert meaning.embed([ROAD, "", SAME]).shape == (3, 384)
    assert meaning.embed([]).shape == (0, 384)


@pytest.mark.parametrize(
    ("a", "b", "score", "verdict"),
    [
        (ROAD, SAME, meaning.LINKED, "linked"),
        (ROAD, SAME, meaning.LINKED - 0.01, "suggested"),
        (ROAD, SAME, meaning.SUGGESTED - 0.01, None),
        (ROAD, "the road will close", 1.0, "suggested"),
        (ROAD, f"it is not so that {SAME}", 1.0, "suggested"),
        (f"{ROAD} on day 5", f"{SAME} on day 9", 1.0, "suggested"),
        (f"{ROAD} on day 5", SAME, 1.0, "linked"),
    ],
)
def test_meaning_links_only_what_is_long_sure_and_not_turned_round(a, b, score, verdict):
    assert meaning.verdict(a, b, score) == verdict


@pytest.mark.parametrize(
    ("a", "b", "kinds"),
    [
        ("we lost 5 men", "five men were lost", ()),
        ("we lost 5 men", "nine men were lost", ("number",)),
        ("we lost 5 men on the first day", "some men were lost", ()),
        ("the road is safe", "nobody thinks the road is safe", ("negation",)),
    ],
)
def test_meaning_tells_numbers_and_negations_apart(a, b, kinds):
    assert meaning.contradiction(a, b) == kinds


def test_meaning_loads_no_model_until_it_is_asked():
    script = "import sys, quotes.group.meaning, quotes.group.edges; print('onnxruntime' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "False"
