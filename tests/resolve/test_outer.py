from hypothesis import given
from hypothesis import strategies as st

from quotes.model import Quote, Speaker, TextSpan
from quotes.resolve.outer import outer_quotes, with_outer_speakers


def quote(start, end, cue=None, **more):
    return Quote(kind="indirect", contents=(TextSpan(start, end),), cues=(TextSpan(*cue),) if cue else (), **more)


def test_outer_quotes_finds_the_innermost_that_holds_content_and_cue():
    quotes = [quote(10, 50, (0, 5)), quote(20, 50, (15, 18)), quote(30, 40, (25, 28)), quote(60, 70, (55, 58))]
    assert outer_quotes(quotes) == [None, 0, 1, None]


def test_a_quote_whose_cue_stands_outside_is_not_passed_on():
    assert outer_quotes([quote(10, 50), quote(20, 30, (5, 8))]) == [None, None]


def test_a_quote_is_held_by_one_content_and_not_by_what_lies_between_two():
    parted = Quote(kind="direct", contents=(TextSpan(0, 10), TextSpan(30, 40)))
    assert outer_quotes([parted, quote(15, 20), quote(32, 38)]) == [None, None, 0]


def test_two_quotes_of_the_same_words_do_not_pass_on_each_other():
    assert outer_quotes([quote(0, 10), quote(0, 10)]) == [None, None]


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(1, 6)), max_size=8))
def test_outer_quotes_are_those_that_comparing_all_with_all_finds(bounds):
    quotes = [quote(start, start + length) for start, length in bounds]
    spans = [(q.contents[0].start, q.contents[0].end) for q in quotes]
    for (start, end), outer in zip(spans, outer_quotes(quotes), strict=True):
        holding = [(b - a) for a, b in spans if a <= start and end <= b and (a, b) != (start, end)]
        if outer is None:
            assert not holding
        else:
            assert spans[outer][1] - spans[outer][0] == min(holding)


def test_with_outer_speakers_tells_who_passes_a_statement_on():
    outer = quote(10, 50, (0, 5), speaker=Speaker("Ada Hale"), mention="she")
    described = quote(60, 90, (52, 58), speaker_description="a neighbour", mention="a neighbour")
    unknown = quote(100, 150, (92, 98), mention="she")
    inner = [quote(20, 30, (15, 18)), quote(70, 80, (65, 68)), quote(120, 130, (110, 115))]
    found = with_outer_speakers([outer, inner[0], described, inner[1], unknown, inner[2]])
    assert [q.via for q in found] == [None, "Ada Hale", None, "a neighbour", None, "she"]
