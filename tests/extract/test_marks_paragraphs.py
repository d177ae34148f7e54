from __future__ import annotations

import pytest

from quotes.extract.marks.paragraphs import split_paragraphs


def paragraphs(text: str) -> list[str]:
    return [text[start:end] for start, end in split_paragraphs(text)]


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n", "\r", "\n \t\n", "\u2028", "\u2029", "\f", "\v", "\x85"])
def test_paragraphs_end_with_their_line(gap: str) -> None:
    assert paragraphs(f"{gap} The council met. {gap}It was late.{gap}") == ["The council met.", "It was late."]


def test_paragraphs_of_white_space_are_none() -> None:
    assert paragraphs(" \n\t\n\r\n") == []


WRAPPED = [
    "The council met on Tuesday to speak about the bridge, which has",
    "been closed for a year. Nobody knows when it will open again, and",
    "nobody knows who is to pay. The mayor said that she would ask Ms.",
    "Okafor to look into it.",
]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_paragraphs_hold_over_wrapped_lines(newline: str) -> None:
    text = newline.join(WRAPPED)
    assert paragraphs(f"{text}{newline}{newline}{text}") == [text, text]


def test_paragraphs_that_were_wrapped_end_with_a_short_line() -> None:
    text = "\n".join(WRAPPED)
    assert paragraphs(f"{text}\n{text}") == [text, text]


def test_paragraphs_that_were_wrapped_begin_with_an_indented_line() -> None:
    full = "\n".join(WRAPPED[:3])
    assert paragraphs(f"{full}\n    {WRAPPED[0]}") == [full, WRAPPED[0]]


@pytest.mark.parametrize(
    "lines",
    [
        ["Key terms", "Beringia", "A bridge of land between two continents"],
        [
            "Council meets about the bridge",
            "Mayor asks for patience, then for money",
            "No date set",
        ],
        [f"{WRAPPED[0]} {WRAPPED[1]}", f"{WRAPPED[0]} {WRAPPED[1]}"],
        ["That was all.", "it was enough."],
    ],
)
def test_paragraphs_are_lines_where_no_line_runs_on(lines: list[str]) -> None:
    assert paragraphs("\n".join(lines)) == lines


def test_paragraphs_hold_over_a_break_within_a_sentence() -> None:
    text = f"{WRAPPED[0]} {WRAPPED[1]} helping them to take part\nin what is theirs."
    assert paragraphs(text) == [text]
