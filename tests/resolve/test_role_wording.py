import pytest

from quotes.model import PrintedRole
from quotes.resolve.role_wording import tidied
from quotes.resolve.roles import role_words


def role(words):
    return PrintedRole(name="Ada Hale", words=role_words(words), start=0, end=len(words))


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        ("the mayor of Nairobi", "the mayor of Nairobi"),
        ("Sen.", "Sen."),
        ("acting director", "acting director"),
        ("the first candidate to win a", "the first candidate"),
        ("the lawyer for the environmental agency. Equally important", "the lawyer for the environmental agency"),
        ("the whole country. His former director", "His former director"),
        ("an aide to the mayor whom Mr", "an aide to the mayor"),
        ("a pollster and adviser for Mr", "a pollster and adviser"),
        ("who was the chief strategist", "the chief strategist"),
        ("now the president", "the president"),
        ("the director of the museum.", "the director of the museum"),
    ],
)
def test_role_wording_is_without_what_stands_around_the_role(printed, kept):
    found = tidied(role(printed), printed)
    assert printed[found.start : found.end] == kept
    assert found.words == role_words(kept)


@pytest.mark.parametrize(
    "printed",
    [
        "when she was secretary of state",
        "praised the mayor",
        "referring to the president",
        "and Ohio Gov",
        "along with Judge Richard",
        "former",
        "Mr.",
        "Jr. was his director",
        "who'd endorsed the governor",
    ],
)
def test_role_wording_is_none_for_a_clause_and_without_an_office(printed):
    assert tidied(role(printed), printed) is None


def test_role_wording_keeps_what_stands_elsewhere_in_the_article():
    printed = "who was mayor"
    known = PrintedRole(name="Ada Hale", words=role_words(printed) | {"republican"}, start=0, end=len(printed))
    assert tidied(known, printed).words == {"mayor", "republican"}
