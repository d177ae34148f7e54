import pytest

from quotes.resolve.capitals import find_names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Iranian Defense Minister Reza Karimi spoke.", ["Reza Karimi"]),
        ("Biologist Ada Hale spoke.", ["Ada Hale"]),
        ("Rival Hillary Hale spoke.", ["Hillary Hale"]),
        ("Hold Ada Hale to it.", ["Ada Hale"]),
        ("Mohammad Reza Hale spoke.", ["Mohammad Reza Hale"]),  # a first name, though a dictionary has it
        ("Maybe Hale left.", ["Hale"]),
        ("Against Hale stood two others.", ["Hale"]),
        ("I’m Ada Hale.", ["Ada Hale"]),
        ("Let's go.", []),
    ],
)
def test_capitals_of_ordinary_words_before_a_name_are_no_part_of_it(text, names):
    assert [" ".join(name.words) for name in find_names(text)] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Rep. G.K. Hale spoke.", ["G.K. Hale"]),
        ("The S.E.C. said so.", ["S.E.C."]),
        ("J. K. Hale spoke.", ["J. K. Hale"]),
        ("in the U.S. Hale said", ["U.S.", "Hale"]),
        ("from Washington, D.C. Hale said", ["Washington", "D.C.", "Hale"]),
    ],
)
def test_capitals_of_initials_are_one_word_that_a_name_may_begin_with(text, names):
    assert [" ".join(name.words) for name in find_names(text)] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Charlie King, a teacher, spoke.", ["Charlie King"]),
        ("Martin Luther King Jr. spoke.", ["Martin Luther King Jr"]),
        ("King Charlie spoke.", ["Charlie"]),
        ("the Prime Minister", []),
    ],
)
def test_capitals_of_a_title_after_a_first_name_are_a_last_name(text, names):
    assert [" ".join(name.words) for name in find_names(text)] == names


def test_capitals_give_the_place_of_the_name_that_is_left():
    text = "Then Biologist Ada Hale’s friend spoke."
    (name,) = find_names(text)
    assert text[name.start : name.end] == "Ada Hale"
