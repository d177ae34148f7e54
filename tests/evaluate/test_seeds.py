from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.evaluate import SCORERS, JsonLines, read_lines

if TYPE_CHECKING:
    from pathlib import Path

    from quotes.evaluate import Report

TEXT = "Ada King said it works. Bob praised her. He denied that."
#       0         1         2         3         4         5
WORKS = {
    "sources": [[0, 8]],
    "contents": [[14, 22]],
    "speaker": "Ada King",
    "speaker_names": ["Ada King", "Ada"],
    "required": True,
}
PRAISED = {"sources": [[24, 27]], "contents": [[36, 39]], "speaker": "Bob", "speaker_names": ["Bob"], "required": False}
DENIED = {"sources": [[41, 43]], "contents": [[51, 55]], "speaker": "Bob", "speaker_names": ["Bob"], "required": True}


def score(predicted: list[dict]) -> Report:
    return SCORERS["seeds"].score(
        JsonLines.of("gold", [{"id": "a", "text": TEXT, "attributions": [WORKS, PRAISED, DENIED]}]),
        JsonLines.of("predictions", [{"id": "a", "attributions": predicted}]),
    )


def assert_as_the_reference(gold: Path, predictions: Path, printed: str) -> None:
    report = SCORERS["seeds"].score(read_lines(gold), read_lines(predictions))
    figures = dict(report.figures)
    recall, attributed, who, precision = (
        figures.pop(name) for name in ("match_recall", "attribution_recall", "right_person", "precision")
    )
    *listed, last = printed.splitlines()
    assert last == (
        f"seeds: match recall {recall} (97), attribution recall {attributed} (95), right person {who} (95), "
        f"precision {precision} (90), {figures}"
    )
    errors = Counter(mistake.error for mistake in report.errors)
    starts = Counter(line.split(":")[0].strip() for line in listed if line.startswith("  "))
    assert (errors["missed"], errors["false"], errors["speaker"]) == (
        starts["missed"],
        starts["extra"],
        starts["speaker"],
    )


def test_seeds_gold_against_itself_is_the_references(seeds_path, reference):
    assert_as_the_reference(seeds_path, seeds_path, reference("score_seeds", seeds_path, seeds_path))


@settings(deadline=None, max_examples=40)
@given(rng=st.randoms(use_true_random=False))
def test_seeds_of_a_bad_extractor_are_the_references(rng, seeds, seeds_path, perturbed, write, reference):
    predictions = write("seeds.jsonl", perturbed(rng, seeds))
    assert_as_the_reference(seeds_path, predictions, reference("score_seeds", seeds_path, predictions))


def test_seeds_without_any_prediction_are_the_references(seeds_path, write, reference):
    empty = write("empty.jsonl", [])
    assert_as_the_reference(seeds_path, empty, reference("score_seeds", seeds_path, empty))


def test_seeds_count_optional_statements_neither_for_nor_against():
    found = [WORKS, PRAISED, DENIED]
    assert score(found).figures == score([WORKS, DENIED]).figures
    assert score(found).figures["precision"] == 100.0


def test_seeds_take_any_accepted_name_for_the_right_person():
    assert score([{**WORKS, "speaker": "Ada"}, DENIED]).figures["right_person"] == 100.0


def test_seeds_want_a_name_where_the_source_has_none():
    report = score([WORKS, {**DENIED, "speaker": None}])
    assert report.figures["right_person"] == 50.0
    assert [(e.error, e.words, e.gold, e.predicted) for e in report.errors] == [("speaker", "that", "Bob", None)]


def test_seeds_list_wrong_sources_missed_and_made_up_statements():
    report = score([{**WORKS, "sources": [[24, 27]]}, {**DENIED, "contents": [[28, 35]]}])
    assert [(e.error, e.spans, e.gold, e.predicted) for e in report.errors] == [
        ("source", ((14, 22),), "Ada King", "Bob"),
        ("missed", ((51, 55),), "He", None),
        ("false", ((28, 35),), None, "He"),
    ]
