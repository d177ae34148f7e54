"""The words around a quote."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.store.context import around, line_and_column
from quotes.store.rows import Context


@pytest.mark.parametrize(
    ("text", "content", "before", "after"),
    [
        ("First.\n\nHe said: yes. And left.\n\nLast.", "yes", "He said: ", ". And left."),
        ("First.\nHe said: yes.\nLast.", "yes", "He said: ", "."),
        ("A line that\nruns on, yes,\nand on.", "yes", "A line that\nruns on, ", ",\nand on."),
        ("yes", "yes", "", ""),
        ("\n  He: yes  \n", "yes", "He: ", ""),
        ("One yes\n\nyes more", "yes\n\nyes", "One ", " more"),
    ],
)
def test_context_is_the_paragraph(text: str, content: str, before: str, after: str) -> None:
    start = text.index(content)
    assert around(text, start, start + len(content)) == Context(before=before, content=content, after=after)


@pytest.mark.parametrize(
    ("width", "before", "after"),
    [(3, "", ""), (5, "two ", " four"), (8, "one two ", " four"), (10, "one two ", " four five")],
)
def test_context_is_cut_between_words(width: int, before: str, after: str) -> None:
    assert around("one two three four five", 8, 13, width=width) == Context(before=before, content="three", after=after)


def test_context_cuts_a_word_that_is_longer_than_the_width() -> None:
    assert around("x" * 10 + "!" + "y" * 10, 10, 11, width=3) == Context(before="xxx", content="!", after="yyy")


@given(text=st.text(min_size=1), data=st.data(), width=st.none() | st.integers(0, 20))
def test_context_is_a_slice_of_the_text(text: str, data: st.DataObject, width: int | None) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    context = around(text, start, end, width=width)
    assert context.content == text[start:end]
    assert text[:start].endswith(context.before)
    assert text[end:].startswith(context.after)
    assert width is None or max(len(context.before), len(context.after)) <= width


@pytest.mark.parametrize(("offset", "place"), [(0, (1, 1)), (1, (1, 2)), (3, (2, 1)), (5, (3, 1)), (6, (3, 2))])
def test_context_counts_lines_and_columns_from_one(offset: int, place: tuple[int, int]) -> None:
    assert line_and_column("ab\nc\nde", offset) == place
