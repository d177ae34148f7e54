from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.evaluate import SCORERS, JsonLines, read_lines

if TYPE_CHECKING:
    from pathlib import Path

    from quotes.evaluate import Report

TEXT = 'Ada said “it works”. Bob denied that it does. "No," she said.'
#       0         1         2         3         4         5         6
GOLD = [
    {"sources": [[0, 3]], "cues": [[4, 8]], "contents": [[9, 19]]},
    {"sources": [[21, 24]], "cues": [[25, 31]], "contents": [[32, 44]]},
    {"sources": [[52, 55]], "cues": [[56, 60]], "contents": [[46, 51]]},
]


def score(gold: list[dict], predicted: list[dict]) -> Report:
    return SCORERS["attributions"].score(
        JsonLines.of("gold", [{"id": "a", "text": TEXT, "attributions": gold}]),
        JsonLines.of("predictions", [{"id": "a", "attributions": predicted}]),
    )


def dumped(gold: Path, predictions: Path) -> str:
    return json.dumps(SCORERS["attributions"].score(read_lines(gold), read_lines(predictions)).figures)


def test_attributions_of_the_seeds_gold_against_itself_are_the_references(seeds_path, reference):
    figures = reference("score_attributions", seeds_path, seeds_path, "--json").strip()
    assert dumped(seeds_path, seeds_path) == figures
    assert json.loads(figures)["attribution"] == {"p": 100.0, "r": 100.0, "f1": 100.0}


@settings(deadline=None, max_examples=40)
@given(rng=st.randoms(use_true_random=False))
def test_attributions_of_a_bad_extractor_are_the_references(rng, seeds, seeds_path, perturbed, write, reference):
    predictions = write("attributions.jsonl", perturbed(rng, seeds))
    assert dumped(seeds_path, predictions) == reference("score_attributions", seeds_path, predictions, "--json").strip()


@settings(deadline=None, max_examples=150)
@given(rng=st.randoms(use_true_random=False))
def test_attributions_in_any_text_are_the_references(rng, made_up, perturbed, write, reference):
    documents = made_up(rng)
    gold, predictions = write("any.jsonl", documents), write("any-predicted.jsonl", perturbed(rng, documents))
    assert dumped(gold, predictions) == reference("score_attributions", gold, predictions, "--json").strip()


def test_attributions_without_any_prediction_are_the_references(seeds_path, write, reference):
    empty = write("empty.jsonl", [])
    assert dumped(seeds_path, empty) == reference("score_attributions", seeds_path, empty, "--json").strip()


def test_attributions_of_gzipped_files_are_the_references(seeds_path, tmp_path, reference):
    packed = tmp_path / "gold.jsonl.gz"
    packed.write_bytes(gzip.compress(seeds_path.read_bytes()))
    assert dumped(packed, packed) == reference("score_attributions", packed, packed, "--json").strip()


@pytest.mark.corpora
@pytest.mark.parametrize("name", ["ewt-attributions-dev", "gum-attributions-dev"])
def test_attributions_of_a_corpus_are_the_references(name, corpora, perturbed, write, reference):
    import random

    gold = corpora / f"{name}.jsonl.gz"
    documents = [dict(record.data) for record in read_lines(gold).records]
    predictions = write(f"{name}.jsonl", perturbed(random.Random(1), documents))
    assert dumped(gold, predictions) == reference("score_attributions", gold, predictions, "--json").strip()


def test_attributions_counts_words_so_that_marks_at_the_edges_cost_nothing():
    without_marks = {**GOLD[0], "contents": [[10, 18]]}
    assert score(GOLD[:1], [without_marks]).figures["content_exact"] == {"p": 100.0, "r": 100.0, "f1": 100.0}


def test_attributions_matches_from_half_the_words_on():
    half, less = {**GOLD[1], "contents": [[32, 39]]}, {**GOLD[1], "contents": [[32, 36]]}
    # gold: that it does; "that it" shares 2 of 3 words, "that" 1 of 3
    assert score(GOLD[1:2], [half]).figures["content_match"]["r"] == 100.0
    assert score(GOLD[1:2], [less]).figures["content_match"]["r"] == 0.0


def test_attributions_tells_the_kinds_by_the_marks():
    figures = score(GOLD, []).figures
    assert [figures[kind]["gold"] for kind in ("direct", "mixed", "indirect")] == [2, 0, 1]


def test_attributions_of_a_kind_that_gold_lacks_have_no_recall():
    assert score(GOLD, GOLD).figures["mixed"] == {
        "gold": 0,
        "pred": 0,
        "match_recall": None,
        "attribution_recall": None,
    }


def test_attributions_without_source_are_right_when_gold_has_none_either():
    nobody = {**GOLD[0], "sources": []}
    assert score([nobody], [nobody]).figures["attribution"]["f1"] == 100.0
    assert score([nobody], GOLD[:1]).figures["attribution"]["f1"] == 0.0


def test_attributions_lists_each_mistake_with_its_words_and_place():
    wrong = {**GOLD[1], "sources": [[0, 3]]}
    made_up = {"sources": [], "cues": [], "contents": [[4, 8]]}
    errors = score(GOLD, [GOLD[0], wrong, made_up]).errors
    assert [(e.error, e.document, e.spans, e.words, e.gold, e.predicted) for e in errors] == [
        ("source", "a", ((32, 44),), "that it does", "Bob", "Ada"),
        ("missed", "a", ((46, 51),), '"No,"', "she", None),
        ("false", "a", ((4, 8),), "said", None, None),
    ]
