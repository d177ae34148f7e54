import pytest

from quotes.resolve.positions import excess, held, office_of


@pytest.mark.parametrize(
    ("described", "position", "country", "beyond"),
    [
        (
            "the British foreign secretary",
            "Secretary of State for Foreign and Commonwealth Affairs",
            "United Kingdom",
            1,
        ),
        ("Kenya’s defense minister", "Minister of Defence of Kenya", "Kenya", 0),
        ("the Kenyan defence chief", "Minister of Defence and Supplies of Kenya", "Kenya", 1),
        ("the U.S. attorney general", "Attorney General of United States", "United States", 0),
        ("the Kenyan prime minister", "Prime Minister of Kenya", "Kenya", 0),
        ("the mayor of Nairobi", "Mayor of Nairobi of Kenya", "Kenya", 0),
        ("the Kenyan president", "President of the Republic of Kenya", "Kenya", 0),
    ],
)
def test_positions_are_found_by_country_office_and_field(described, position, country, beyond):
    assert excess(office_of(described), office_of(position, country)) == beyond


@pytest.mark.parametrize(
    ("described", "position", "country"),
    [
        ("the Kenyan minister", "Minister of Defence of Kenya", "Kenya"),
        ("the defense minister", "Minister of Defence of Kenya", "Kenya"),
        ("the Dutch defense minister", "Minister of Defence of Kenya", "Kenya"),
        ("the Kenyan deputy defense minister", "Minister of Defence of Kenya", "Kenya"),
        ("the Kenyan prime minister", "Deputy Prime Minister of Kenya", "Kenya"),
        ("the British health secretary", "Minister of State for Health", "United Kingdom"),
        ("the Kenyan foreign minister", "Director of the Foreign Intelligence Service of Kenya", "Kenya"),
        ("the US secretary of state", "Secretary of the Navy", "United States"),
    ],
)
def test_positions_are_not_mistaken_for_one_another(described, position, country):
    assert excess(office_of(described), office_of(position, country)) is None


@pytest.mark.parametrize("words", ["the former Kenyan president", "a teacher in Nairobi", "officials", ""])
def test_positions_need_an_office_that_is_held(words):
    assert office_of(words) is None


@pytest.mark.parametrize(
    ("start", "end", "date", "expected"),
    [
        ("2021-08-25", None, "2023-03-04", True),
        ("2021-08-25", None, "2021-08-24", False),
        ("2021", "2022", "2022-12-31", True),
        ("2021", "2022-05", "2022-06-01", False),
        ("2021-08-25", "2022-01-01", "2021", True),
        (None, "2022", "2020", False),
    ],
)
def test_positions_are_held_from_the_first_to_the_last_day_as_far_as_they_are_known(start, end, date, expected):
    assert held(start, end, date) is expected
