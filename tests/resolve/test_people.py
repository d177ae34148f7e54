import pytest

from quotes.resolve.capitals import find_names
from quotes.resolve.people import NameMention, find_people


def people(text):
    return find_people(find_names(text), text)


def grouped(text):
    return [(person.name, len(person.mentions)) for person in people(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada Byron came. Byron spoke. Ada left.", [("Ada Byron", 3)]),
        ("Byron came. Ada Lovelace Byron spoke. Ada Byron left.", [("Ada Lovelace Byron", 3)]),
        ("Byron’s friend met Ada Byron.", [("Ada Byron", 2)]),
        ("Ada Byron met Ada Hale. Ada left.", [("Ada Byron", 1), ("Ada Hale", 1), ("Ada", 1)]),
        ("George Hale and George W. Hale spoke.", [("George W. Hale", 2)]),
    ],
)
def test_people_are_grouped_by_the_forms_of_their_names(text, expected):
    assert grouped(text) == expected


def test_a_surname_of_two_people_belongs_to_the_one_whom_the_article_is_about():
    text = "Hillary Hale spoke. Hale left. Bill Hale came. Hale stayed."
    hillary, bill = people(text)
    assert [mention.start for mention in hillary.mentions] == [0, 20, 47]
    assert [mention.start for mention in bill.mentions] == [31]


def test_a_surname_of_two_people_belongs_to_the_one_named_in_full_more_often():
    text = "Bill Hale came. Mary Hale spoke. Mary Hale sang. Mary Hale left. Hale stayed."
    assert grouped(text) == [("Bill Hale", 1), ("Mary Hale", 4)]


def test_a_title_tells_which_of_two_people_a_surname_is_of():
    text = "Mary Hale spoke. Bill Hale came. Mr. Hale left. Mrs. Hale stayed."
    mary, bill = people(text)
    assert [text[m.start - 4 : m.start].strip() for m in mary.mentions[1:]] == ["rs."]
    assert [text[m.start - 4 : m.start].strip() for m in bill.mentions[1:]] == ["Mr."]


def test_a_surname_may_stand_within_a_name():
    assert grouped("Melba Acosta Febo spoke. Ms. Acosta left.") == [("Melba Acosta Febo", 2)]


def test_a_surname_before_any_whole_name_belongs_to_the_first_that_follows():
    assert grouped("Hale spoke. Bill Hale and Hillary Hale came.") == [("Bill Hale", 2), ("Hillary Hale", 1)]


@pytest.mark.parametrize(
    ("text", "gender"),
    [
        ("Mrs. Hale spoke.", "female"),
        ("Then Mr Hale spoke.", "male"),
        ("The chairman, so to speak. Then chairwoman Hale spoke.", "female"),
        ("Mary Hale spoke.", "female"),
        ("John Hale spoke.", "male"),
        ("Chris Hale spoke.", None),
        ("Hale spoke.", None),
        ("Mr. Mary Hale spoke.", "male"),  # what the article says stands before what the name says
    ],
)
def test_gender_is_what_the_article_says_else_what_the_first_name_says(text, gender):
    assert people(text)[-1].gender == gender


def test_nobody_is_found_in_nothing():
    assert find_people([], "") == []
    assert find_people([NameMention(0, 1, ("’",))], "’") == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ADA BYRON: We go. Later Byron left.", "Ada Byron"),
        ("ADA BYRON said so. Ada Byron left.", "Ada Byron"),
        ("BYRON: We go. Later Byron left.", "Byron"),
    ],
)
def test_people_are_not_called_by_capitals_alone(text, name):
    (person,) = people(text)
    assert person.name == name
