import json
from pathlib import Path

import pytest

from quotes.errors import BadGold, EvaluationError
from quotes.evaluate.floors import check_floors
from quotes.evaluate.run import compare, evaluate
from quotes.pipeline import EXTRACTORS
from quotes.text import hash_bytes

FIXTURES = Path(__file__).parents[2] / "fixtures"
TEXT = 'Ada Byron said: "The engine works and it weaves." It rained.'


@pytest.fixture
def gold(tmp_path):
    path = tmp_path / "gold.jsonl"
    relation = {
        "sources": [[0, 9]],
        "cues": [[10, 14]],
        "contents": [[16, 49]],
        "speaker": "Ada Byron",
        "speaker_names": ["Ada Byron"],
        "required": True,
        "group": "engine",
        "also": [],
        "group_loose": False,
    }
    item = {"cue_span": [10, 14], "source_span": [0, 9], "gold_name": "Ada Byron"}
    path.write_text(json.dumps({"id": "a", "text": TEXT, "attributions": [relation], "items": [item]}))
    return path


@pytest.mark.parametrize(
    ("scorer", "figure"),
    [("attributions", "attribution.f1"), ("seeds", "right_person"), ("speakers", "named.recall"), ("groups", "f1")],
)
@pytest.mark.parametrize("extractor", EXTRACTORS)
def test_evaluate_without_predictions_scores_what_the_package_finds(gold, scorer, figure, extractor):
    result = evaluate(gold, scorer=scorer, extractor=extractor)
    assert result.report.errors == ()
    assert result.measured.qualities[figure] == (1.0 if scorer == "groups" else 100.0)


def test_evaluate_says_what_was_measured_and_with_what(gold):
    result = evaluate(gold)
    assert (result.measured.scorer, result.measured.gold, result.measured.extractor) == ("attributions", gold, "model")
    assert result.measured.digest == hash_bytes(gold.read_bytes())


def test_evaluate_takes_predictions_from_a_file(gold):
    result = evaluate(gold, predictions=gold)
    assert result.measured.qualities["attribution.f1"] == 100.0
    assert result.measured.extractor is None


def test_evaluate_counts_conflicts(gold, tmp_path):
    conflicts = tmp_path / "conflicts.jsonl"
    conflicts.write_text("{}\n\n{}\n")
    assert evaluate(gold, scorer="groups", conflicts=conflicts).report.figures["conflicts"] == 2


def test_evaluate_compares_pairs_by_itself(tmp_path):
    pairs = tmp_path / "pairs.jsonl"
    pairs.write_text(
        '{"a": "the old road is closed", "b": "the old road is closed today", "label": 1}\n'
        '{"a": "the old road is closed", "b": "nobody was hurt there", "label": 0}\n'
    )
    figures = evaluate(pairs, scorer="pairs").report.figures
    assert figures == {"average_precision": 1.0, "precision": 1.0, "recall": 1.0}


def test_evaluate_takes_a_baseline_as_an_extractor(gold):
    result = evaluate(gold, extractor="regex")
    assert result.measured.extractor == "regex"
    assert (result.measured.qualities["content_match.f1"], result.measured.qualities["attribution.f1"]) == (100.0, 0.0)


def test_evaluate_has_no_quotes_of_a_baseline_to_group(gold):
    with pytest.raises(EvaluationError) as caught:
        evaluate(gold, scorer="groups", extractor="regex")
    assert str(caught.value) == "The baseline regex predicts nothing that the scorer groups reads."


def test_compare_measures_every_baseline(gold):
    reports = compare(gold)
    assert list(reports) == ["rules", "regex", "textacy"]
    assert [report.qualities()["content_match.f1"] for report in reports.values()] == [100.0, 100.0, 100.0]


def test_evaluate_refuses_gold_without_documents(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text("")
    with pytest.raises(BadGold) as caught:
        evaluate(path)
    assert str(caught.value) == f"{path} holds no document; name a gold file with a document a line."


def test_evaluate_reads_texts_with_lone_surrogates(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"id": "a", "text": "Ada said: “\ud800.”", "attributions": []}))
    assert evaluate(path).report.figures["documents"] == 1


@pytest.mark.parametrize("scorer", ["attributions", "seeds", "groups"])
def test_the_shipped_floors_are_met(scorer):
    check_floors(FIXTURES / "floors.json", evaluate(FIXTURES / "seeds" / "gold.jsonl", scorer=scorer).measured)
