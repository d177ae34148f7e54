import json

import pytest
from click.testing import CliRunner

from quotes.cli import main

TEXT = "Ada said it works. Bob denied it."
RELATION = {"sources": [[0, 3]], "cues": [[4, 8]], "contents": [[9, 17]]}
OTHER = {"sources": [[19, 22]], "cues": [[23, 29]], "contents": [[30, 32]]}


@pytest.fixture
def gold(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"id": "a", "text": TEXT, "attributions": [RELATION]}) + "\n")
    return path


@pytest.fixture
def predictions(tmp_path):
    path = tmp_path / "predictions.jsonl"
    path.write_text(json.dumps({"id": "a", "attributions": [RELATION, OTHER]}) + "\n")
    return path


def run(*arguments):
    return CliRunner().invoke(main, ["evaluate", *map(str, arguments)])


def test_evaluate_prints_tables(gold, predictions):
    result = run(gold, "--predictions", predictions)
    assert result.exit_code == 0
    assert [line.split() for line in result.stdout.splitlines() if line.startswith(("content", "attribution"))] == [
        ["content_token", "66.67", "100.0", "80.0"],
        ["content_exact", "50.0", "100.0", "66.67"],
        ["content_match", "50.0", "100.0", "66.67"],
        ["attribution", "50.0", "100.0", "66.67"],
    ]


def test_evaluate_prints_the_figures_as_one_line_of_json(gold, predictions):
    result = run(gold, "--predictions", predictions, "--json")
    (line,) = result.stdout.splitlines()
    assert json.loads(line)["attribution"] == {"p": 50.0, "r": 100.0, "f1": 66.67}


def test_evaluate_reads_the_golds_texts_itself(gold):
    result = run(gold, "--extractor", "rules", "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["documents"] == 1


def test_evaluate_sets_baselines_beside_the_figures(gold, predictions):
    result = run(gold, "--predictions", predictions, "--baselines")
    header, _, *rows = result.stdout.split("\n\n")[-1].splitlines()
    columns = "extractor token exact match attribution direct mixed indirect"
    assert header.split() == columns.split()
    assert [row.split() for row in rows] == [
        ["FILE", "80.0", "66.67", "66.67", "66.67", "100.0"],
        ["rules", "0.0", "0.0", "0.0", "0.0", "0.0"],
        ["regex", "0.0", "0.0", "0.0", "0.0", "0.0"],
        ["textacy", "0.0", "0.0", "0.0", "0.0", "0.0"],
    ]


def test_evaluate_prints_each_baseline_as_a_line_of_json(gold, predictions):
    result = run(gold, "--predictions", predictions, "--baselines", "--errors", "--json")
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line.get("baseline") for line in lines] == [None, "rules", "regex", "textacy", None]
    assert lines[2]["relations_pred"] == 0


def test_evaluate_tells_where_a_baseline_gave_up(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"id": "a", "text": "The millers' wives left.", "attributions": []}))
    result = run(path, "--extractor", "textacy")
    assert result.exit_code == 0
    assert result.stderr == "warning: textacy gave up on 1 of 1 documents: nothing found in them.\n"


def test_evaluate_lists_errors_with_their_place(gold, predictions):
    result = run(gold, "--predictions", predictions, "--errors")
    assert result.stdout.endswith("\nfalse a:30-32 gold: – | predicted: Bob\n    it\n")


def test_evaluate_lists_errors_as_lines_of_json(gold, predictions):
    result = run(gold, "--predictions", predictions, "--errors", "--json")
    assert [json.loads(line) for line in result.stdout.splitlines()[1:]] == [
        {"error": "false", "document": "a", "spans": [[30, 32]], "words": "it", "gold": None, "predicted": "Bob"}
    ]


def test_evaluate_says_when_there_are_no_errors(gold):
    assert run(gold, "--predictions", gold, "--errors").stderr == "No mistakes.\n"


def test_evaluate_warns_of_unknown_documents_as_the_reference_does(gold, tmp_path):
    unknown = tmp_path / "unknown.jsonl"
    unknown.write_text('{"id": "b", "attributions": []}')
    result = run(gold, "--predictions", unknown, "--json")
    assert result.exit_code == 0
    assert result.stderr == "warning: 1 predicted documents are not in the gold file.\n"


def test_evaluate_tells_bad_gold_in_one_sentence(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text("no")
    result = run(path)
    assert result.exit_code == 1
    assert result.stderr == f"Error: {path}, line 1: it is not JSON; write one JSON object a line.\n"


def test_evaluate_tells_a_missing_file_in_one_sentence(tmp_path):
    result = run(tmp_path / "no.jsonl")
    assert result.exit_code == 1
    assert result.stderr == (
        f"Error: {tmp_path / 'no.jsonl'} cannot be read (no such file or directory); check the path and its "
        "permissions.\n"
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--conflicts", "c.jsonl"], "--conflicts goes with --scorer groups, not with attributions."),
        (
            ["--predictions", "p.jsonl", "--extractor", "rules"],
            "--extractor reads the gold's texts, which --predictions replaces: give one of the two.",
        ),
        (["--extractor", "none"], "Invalid value for --extractor: 'none' is none of model, rules, regex, textacy."),
        (
            ["--scorer", "groups", "--extractor", "regex"],
            "The baseline regex finds statements; --scorer groups measures something else.",
        ),
        (
            ["--scorer", "seeds", "--baselines"],
            "--baselines goes with --scorer attributions, not with seeds.",
        ),
        (["--update-floors"], "--update-floors needs --floors FILE."),
        (["--floors", "f.json", "--lower", "--reason", "x"], "--lower needs --update-floors."),
        (
            ["--floors", "f.json", "--update-floors", "--lower"],
            '--lower and --reason "..." go together: a lowered floor needs its reason.',
        ),
        (
            ["--floors", "f.json", "--update-floors", "--lower", "--reason", " "],
            '--lower and --reason "..." go together: a lowered floor needs its reason.',
        ),
        (
            ["--floors", "f.json", "--update-floors", "--reason", "x"],
            '--lower and --reason "..." go together: a lowered floor needs its reason.',
        ),
    ],
)
def test_evaluate_says_which_options_do_not_go_together(gold, options, message):
    result = run(gold, *options)
    assert result.exit_code == 2
    assert result.stderr.endswith(f"\nError: {message}\n")


def test_evaluate_records_and_holds_floors(gold, predictions, tmp_path):
    floors = tmp_path / "floors.json"
    hold = (gold, "--predictions", predictions, "--floors", floors)
    recorded = run(*hold, "--update-floors")
    # 3 of each of 4 measures, 2 of the one kind there is
    assert recorded.stderr == f"{floors}: 14 floors raised, 0 floors lowered.\n"
    held = run(*hold)
    assert (held.exit_code, held.stderr) == (0, f"No figure is below its floor in {floors}.\n")


def test_evaluate_fails_below_a_floor_and_still_prints_the_figures(gold, predictions, tmp_path):
    floors = tmp_path / "floors.json"
    run(gold, "--predictions", gold, "--floors", floors, "--update-floors")
    result = run(gold, "--predictions", predictions, "--floors", floors, "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["attribution"]["r"] == 100.0
    assert result.stderr == (
        f"Error: attributions on {gold} is below its floors in {floors}: content_token.p is 66.67 (floor 100.0), "
        "content_token.f1 is 80.0 (floor 100.0), content_exact.p is 50.0 (floor 100.0), content_exact.f1 is 66.67 "
        "(floor 100.0), content_match.p is 50.0 (floor 100.0), content_match.f1 is 66.67 (floor 100.0), attribution.p "
        "is 50.0 (floor 100.0), attribution.f1 is 66.67 (floor 100.0); mend what lowered it, or record why with "
        '--update-floors --lower --reason "...".\n'
    )


def test_evaluate_lowers_floors_only_with_a_reason(gold, predictions, tmp_path):
    floors = tmp_path / "floors.json"
    run(gold, "--predictions", gold, "--floors", floors, "--update-floors")
    update = (gold, "--predictions", predictions, "--floors", floors, "--update-floors")
    assert run(*update).exit_code == 1
    lowered = run(*update, "--lower", "--reason", "the gold was wrong")
    assert (lowered.exit_code, lowered.stderr) == (0, f"{floors}: 0 floors raised, 8 floors lowered.\n")
    (event,) = json.loads(floors.read_text())["history"]
    assert (event["reason"], event["figures"]["attribution.p"]) == ("the gold was wrong", [100.0, 50.0])
