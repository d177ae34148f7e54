"""Copies of one text, and printings that are not independent."""

from __future__ import annotations

from quotes.group.sketch import likeness
from quotes.group.sources import (
    Passage,
    Printing,
    are_copies,
    article_keys,
    independent,
    sketch_article,
    sketch_passages,
)

WIRE = " ".join(f"Sentence {n} tells of the harbour, of {n * 7} ferries and of pier {n * 3}." for n in range(30))
OTHER = " ".join(f"In paragraph {n} the budget of department {n * 5} grew by {n * 11} crowns." for n in range(30))
(NONE,) = sketch_passages([Passage("", [(0, 0)], spoken=True)])


def printing(article: int, *, outlet: int | None = None, family: int | None = None, around: str = "") -> Printing:
    (passage,) = sketch_passages([Passage(f"{around} X", [(len(around) + 1, len(around) + 2)], spoken=True)])
    return Printing(article, outlet, article if family is None else family, passage, NONE)


def test_sources_a_copy_with_another_end_is_a_copy() -> None:
    copy = WIRE + " Read more about the harbour on our website, and subscribe to the newsletter."
    assert are_copies(sketch_article(WIRE), sketch_article(copy))
    assert frozenset.intersection(*article_keys([sketch_article(WIRE), sketch_article(copy)]))
    assert not are_copies(sketch_article(WIRE), sketch_article(OTHER))


def test_sources_texts_without_words_are_no_copies() -> None:
    empty = sketch_article("…")
    assert not are_copies(empty, empty)
    assert article_keys([empty]) == [frozenset()]


def test_sources_what_is_spoken_tells_nothing_of_the_passage() -> None:
    words = "“We will repair the pier before the summer begins and not a day later”"
    first = f"At a meeting of the harbour board on Monday the director, Ada Finn, said: {words} Nobody asked why."
    second = (
        f"Ferry owners heard from Ada Finn in a hall by the sea that evening, to applause: {words} They left early."
    )
    bounds = [[(text.index(words), text.index(words) + len(words))] for text in (first, second)]
    spoken, told = (
        sketch_passages(Passage(text, own, spoken=direct) for text, own in zip((first, second), bounds, strict=True))
        for direct in (True, False)
    )
    assert likeness(*spoken) < 0.1 < likeness(*told)


def test_sources_outlets_copies_and_passages_count_once() -> None:
    passage = "In his meeting with the harbour board the director said on Monday evening that it was done, and added"
    printings = [
        printing(1, outlet=1),
        printing(2, outlet=1),
        printing(3, family=9),
        printing(4, family=9),
        printing(5, around=passage),
        printing(6, around=f"Reporters were told so. {passage}"),
        printing(7, around="Nothing of the sort was heard by those who had come early to the hall by the sea"),
    ]
    assert independent(printings) == [0, 0, 2, 2, 4, 4, 6]
