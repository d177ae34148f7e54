from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.errors import BadGold
from quotes.evaluate import SCORERS, JsonLines, read_lines

if TYPE_CHECKING:
    from quotes.evaluate import Report

LABELS = [1, 0, "same", "partial", "related", "different", "contradict", None, True]
PAIRS = st.tuples(
    st.sampled_from(LABELS),
    st.sampled_from([0, 1, 0.25, 0.5, 0.75, -0.5]) | st.floats(0, 1),
    st.sampled_from([None, "", "near", "paraphrase", False, True]),
)


def score(*rows: tuple[object, object, object]) -> Report:
    gold = [{"id": f"p{n}", "a": f"a{n}", "b": f"b{n}", "label": label} for n, (label, _, _) in enumerate(rows)]
    predictions = [{"score": value, "edge": edge} for _, value, edge in rows]
    return SCORERS["pairs"].score(JsonLines.of("gold", gold), JsonLines.of("predictions", predictions))


@settings(deadline=None, max_examples=100)
@given(rows=st.lists(PAIRS, min_size=1, max_size=12))
def test_pairs_are_the_references(rows, write, reference):
    gold = write("pairs.jsonl", [{"label": label} for label, _, _ in rows])
    predictions = write("scores.jsonl", [{"score": value, "edge": edge} for _, value, edge in rows])
    figures = SCORERS["pairs"].score(read_lines(gold), read_lines(predictions)).figures
    assert reference("score_pairs", gold, predictions, 0.5).strip() == (
        f"pairs.jsonl: AP {figures['average_precision']:.3f} (bar 0.5); at the shipped threshold "
        f"precision {figures['precision']:.2f} recall {figures['recall']:.2f}"
    )


def test_pairs_average_the_precision_at_each_right_pair():
    # ranked: right, wrong, right: (1/1 + 2/3) / 2
    figures = score((1, 0.9, "near"), (0, 0.8, "near"), ("partial", 0.7, None)).figures
    assert figures == {"average_precision": 0.833, "precision": 0.5, "recall": 0.5}


def test_pairs_list_missed_and_false_edges():
    errors = score(("same", 0.4, None), ("related", 0.9, "near"), (1, 0.9, "near")).errors
    assert [(e.error, e.document, e.words, e.gold, e.predicted) for e in errors] == [
        ("missed", "p0", "a0 | b0", "same", "no edge, score 0.4"),
        ("false", "p1", "a1 | b1", "related", "near, score 0.9"),
    ]


def test_pairs_want_one_line_for_one_pair():
    with pytest.raises(BadGold) as caught:
        SCORERS["pairs"].score(
            JsonLines.of("gold", [{"label": 1}]), JsonLines.of("predictions", [{"score": 1}, {"score": 1}])
        )
    assert str(caught.value) == (
        "predictions has 2 lines where gold has 1; give one line for each pair of the gold, in its order."
    )


def test_pairs_want_a_pair():
    with pytest.raises(BadGold) as caught:
        score()
    assert str(caught.value) == "gold holds no pair; name a gold file with a pair a line."


@pytest.mark.parametrize("value", ["0.5", None, float("nan"), True])
def test_pairs_want_numbers_for_scores(value):
    with pytest.raises(BadGold) as caught:
        score((1, value, None))
    assert str(caught.value) == ('predictions, record 1: "score" is no number; give the pair\'s score as a number.')
