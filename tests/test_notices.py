from __future__ import annotations

import pytest

from quotes.notices import find_correction

STORY = "The road is open again, the mayor said.\nShe gave no date.\n"


@pytest.mark.parametrize(
    "notice",
    [
        "Correction: The mayor's name is Amina Odhiambo.",
        "CORRECTION (May 3, 2024): The bridge opened in 1998, not 1989.",
        "Corrections and clarifications: the toll is £2.",
        "Clarification, 4 May: the minister spoke on Tuesday.",
        "Editor’s note: A quote was removed from this article.",
        "Corrected on 5 March 2024: the spelling of a name.",
        "This article was amended on 3 May 2024 to correct a name.",
        "This story has been corrected to show that 12 people were hurt.",
        "This story has been updated to correct the name of the bridge.",
        "An earlier version of this article misstated the toll.",
        "A previous version of this story misidentified the speaker.",
        "Because of an editing error, a quote was given to the wrong person.",
        "*Correction: the bridge is 40 metres long.",
    ],
)
def test_notices_are_found_by_how_they_begin(notice: str) -> None:
    assert find_correction(STORY + notice + "\n") == notice


def test_notices_under_a_heading_are_the_line_below_it() -> None:
    assert (
        find_correction(STORY + "Correction\n\nThe toll is two pounds.\nRelated stories\n") == "The toll is two pounds."
    )


def test_notices_are_joined_and_told_once() -> None:
    first, second = "Correction: It was May.", "Clarification: It was noon."
    assert find_correction(f"{first}\n{STORY}{second}\n{first}\n") == f"{first} {second}"


@pytest.mark.parametrize(
    "line",
    [
        "Correction officers in Riverton went on strike on Monday.",
        "The correction of the market was overdue, analysts said.",
        "The newspaper published a correction: the minister had not spoken.",
        "“This article was wrong,” the minister said.",
        "This story has been updated with comments by the mayor.",
        "Updated at 10:30: the road is closed again.",
        "Clarification is needed, she said: nobody knows.",
    ],
)
def test_notices_are_no_stories_about_corrections(line: str) -> None:
    assert find_correction(STORY + line) is None
