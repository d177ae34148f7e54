import time

import pytest

from quotes.resolve.capitals import find_names
from quotes.resolve.people import find_people
from quotes.resolve.roles import meant_by, printed_roles


def read(text):
    people = find_people(find_names(text), text)
    return people, [[role.words for role in roles] for roles in printed_roles(people, text)]


def role_words(text, name):
    people, roles = read(text)
    number = [person.name for person in people].index(name)
    return [sorted(role) for role in roles[number]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenyan Interior Minister Amina Hale spoke.", [["interior", "kenyan", "minister"]]),
        ("He told former defense secretary Amina Hale so.", [["defense", "former", "secretary"]]),
        ("Amina Hale, the mayor of Nairobi, spoke.", [["mayor", "nairobi"]]),
        ("Amina Hale, 52, Kenya’s foreign minister, spoke.", [["foreign", "kenya", "minister"]]),
        ("The mayor, Amina Hale, spoke.", [["mayor"]]),
        ("Amina Hale is the mayor.", [["mayor"]]),
        ("Amina Hale, of course, spoke.", []),
        ("After a talk with the mayor, Amina Hale spoke.", []),
        ("Amina Hale walked home.", []),
    ],
)
def test_roles_are_read_where_they_are_printed_with_a_name(text, expected):
    assert role_words(text, "Amina Hale") == expected


@pytest.mark.parametrize(
    "text",
    [
        "Kenyan Defense Minister Amina Hale met her Dutch counterpart, Piet Mol.",
        "The Kenyan defense minister was received by her Dutch counterpart Piet Mol.",
        "Defense Minister Amina Hale spoke. Hale stood beside her Dutch counterpart Piet Mol.",
    ],
)
def test_a_counterpart_has_the_office_of_the_one_before_but_not_the_country(text):
    (role,) = role_words(text, "Piet Mol")
    assert role == ["defense", "dutch", "minister"]


MEETING = (
    "Kenyan Defense Minister Amina Hale met Dutch Foreign Minister Piet Mol. Omar Diaz, head of protocol at the Kenyan "
    "Ministry of Defense, came too. "
)


@pytest.mark.parametrize(
    ("description", "name"),
    [
        ("The defense chief", "Amina Hale"),
        ("The Kenyan defense minister", "Amina Hale"),
        ("Kenya’s defense minister", "Amina Hale"),
        ("the Dutch minister", "Piet Mol"),
        ("The minister", "Piet Mol"),  # the last one named
        ("the Dutch official", "Piet Mol"),
        ("the Kenyan official", None),  # two of them
        ("the Norwegian defense minister", None),
        ("the health minister", None),
        ("a minister", None),
        ("ministers", None),
        ("the neighbour", None),
        ("the", None),
    ],
)
def test_a_definite_description_means_who_was_named_with_that_office(description, name):
    people, roles = read(MEETING)
    found = meant_by(description, len(MEETING), people, roles)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("description", "name"),
    [
        ("The senator", "Piet Mol"),  # "Sen." is one
        ("the Utah Republican", "Piet Mol"),
        ("the Republican", "Piet Mol"),
        ("the Democrat", None),
        ("the presumptive Kenyan nominee", "Amina Hale"),
        ("The Kenyan nominee, who was asked", "Amina Hale"),
        ("the former secretary of state", "Omar Diaz"),
        ("the former president", None),
    ],
)
def test_a_description_may_say_more_or_less_than_what_is_printed(description, name):
    text = (
        "Sen. Piet Mol (R-Utah) met Kenyan presidential candidate Amina Hale and former secretary of state Omar Diaz. "
        "President Ada Tal left. "
    )
    people, roles = read(text)
    found = meant_by(description, len(text), people, roles)
    assert (found.name if found else None) == name


def test_a_description_before_any_name_means_nobody():
    people, roles = read("The mayor spoke. Amina Hale is the mayor.")
    assert meant_by("The mayor", 0, people, roles) is None


@pytest.mark.parametrize("text", ["a" * 50_000, "Hale " * 10_000, "Mayor, " * 10_000, "Hale, the " * 5_000])
def test_roles_are_read_in_linear_time(text):
    began = time.process_time()
    read(text)
    assert time.process_time() - began < 20


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenyan Interior Minister Amina Hale spoke.", ["Kenyan Interior Minister"]),
        ("Amina Hale, the mayor of Nairobi, spoke.", ["the mayor of Nairobi"]),
        ("Kenya’s foreign minister, Amina Hale, spoke.", ["Kenya’s foreign minister"]),
        ("Amina Hale spoke.", []),
    ],
)
def test_roles_are_kept_as_printed(text, expected):
    people = find_people(find_names(text), text)
    assert [text[role.start : role.end] for roles in printed_roles(people, text) for role in roles] == expected
