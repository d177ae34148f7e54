import pytest

from quotes.extract.relation import MarkIndex, Relation, kind_of, to_quote
from quotes.model import MarkPair, TextSpan

TEXT = "He said “we are open” now."
OUTER = MarkPair(start=9, end=20, opening=TextSpan(8, 9), closing=TextSpan(20, 21), status="closed")
MARKS = MarkIndex([OUTER])


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([TextSpan(8, 21)], "direct"),  # the quotation with its marks
        ([TextSpan(8, 25)], "mixed"),  # and a word after it
        ([TextSpan(22, 25)], "indirect"),
        ([TextSpan(9, 11), TextSpan(22, 25)], "mixed"),
        ([TextSpan(8, 9)], "indirect"),  # a mark alone
    ],
)
def test_kind_of_counts_the_words_inside_quotations(spans, expected):
    assert kind_of(spans, TEXT, MARKS) == expected


def test_mark_index_finds_the_quotations_around_a_place():
    second = MarkPair(start=40, end=50, opening=None, closing=TextSpan(50, 51), status="unopened")
    nested = MarkPair(start=42, end=44, opening=None, closing=None, status="unclosed", level=1)
    index = MarkIndex([OUTER, second, nested])
    assert index.around(0, 9) == []
    assert index.around(0, 10) == [OUTER]
    assert index.around(15, 45) == [OUTER, second]
    assert index.around(50, 60) == []
    assert index.holds(9, 20)
    assert not index.holds(41, 50)  # inside the unopened one: no one knows where it began
    assert not index.holds(19, 22)


def test_to_quote_reads_the_cue():
    text = "may have denied x"
    quote = to_quote(Relation(contents=(TextSpan(16, 17),), cues=(TextSpan(0, 15),)), text, MarkIndex([]))
    assert (quote.cue_class, quote.negated, quote.modality) == ("denies", False, "possible")


def test_to_quote_calls_what_is_printed_as_spoken_direct():
    assert to_quote(Relation(contents=(TextSpan(22, 25),), verbatim=True), TEXT, MARKS).kind == "direct"


@pytest.mark.parametrize("status", ["unclosed", "unopened"])
def test_to_quote_carries_the_status_of_the_first_quotation_that_is_not_whole(status):
    broken = MarkPair(start=22, end=25, opening=None, closing=None, status=status)
    relation = Relation(contents=(TextSpan(8, 26),))
    assert to_quote(relation, TEXT, MarkIndex([OUTER, broken])).status == status
    assert to_quote(relation, TEXT, MARKS).status == "closed"
    assert to_quote(relation, TEXT, MarkIndex([])).status is None


def test_to_quote_calls_a_content_continued_only_when_all_of_it_runs_on():
    running = MarkPair(start=22, end=25, opening=TextSpan(21, 22), closing=None, status="continued")
    assert to_quote(Relation(contents=(TextSpan(21, 26),)), TEXT, MarkIndex([running])).status == "continued"
    assert to_quote(Relation(contents=(TextSpan(8, 26),)), TEXT, MarkIndex([OUTER, running])).status == "closed"
