from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.resolve.blocks import asked_blocks, blocks, is_bare, is_body

WORDS = st.sampled_from("Amina A. Bill William Hale Heil Diaz Omar Said Saeed al- Reza X".split())
NAMES = st.lists(WORDS, max_size=5).map(" ".join)


def find_each_other(a, b):
    return not blocks(a).isdisjoint(asked_blocks(b))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Mohammad Karimi", "Muhammed Reza Karimi"),
        ("Bill Hale", "William Hale"),
        ("A. Hale", "Amina Hale"),
        ("A. Hale", "A. B. Hale"),
        ("Li Wei", "Wei Li"),
        ("Amina Hale", "Amina Hale Diaz"),
        ("Salem Omar Said Karimi", "Salim Omar Saeed Al Haddad"),
    ],
)
def test_blocks_are_shared_by_names_that_may_be_one_persons(a, b):
    assert find_each_other(a, b)
    assert find_each_other(b, a)


@pytest.mark.parametrize(
    ("a", "b"), [("Hillary Hale", "Bill Hale"), ("Amina Hale", "Amina Diaz"), ("Omar Hale", "Hale")]
)
def test_blocks_keep_others_apart(a, b):
    assert not find_each_other(a, b)


@pytest.mark.parametrize(
    "name", ["Justice Department", "Hale campaign", "Senate Republicans", "Kenyans", "Kenya", "Riverton Post", ""]
)
def test_blocks_compare_no_organisation_with_anybody(name):
    assert is_body(name)
    assert not asked_blocks(name)


def test_blocks_know_a_last_name_alone():
    assert [name for name in ("Hale", "Gen. Hale", "Amina Hale", "Hale Jr.") if is_bare(name)] == [
        "Hale",
        "Gen. Hale",
        "Hale Jr.",
    ]


@given(st.lists(NAMES, min_size=2, max_size=4))
def test_blocks_lead_both_ways(names):
    for a, b in permutations(names, 2):
        assert find_each_other(a, b) == find_each_other(b, a)
