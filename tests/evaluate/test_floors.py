import json
from pathlib import Path

import pytest

from quotes.errors import EvaluationError, FloorMissed, InputMissing
from quotes.evaluate.floors import Change, Measured, check_floors, update_floors


def measured(folder, *, digest="sha256:1", extractor="rules", scorer="seeds", **qualities):
    return Measured(
        scorer=scorer, gold=folder / "gold" / "g.jsonl", digest=digest, extractor=extractor, qualities=qualities
    )


@pytest.fixture
def floors(tmp_path):
    path = tmp_path / "floors.json"
    update_floors(path, measured(tmp_path, recall=80.0, precision=90.0))
    return path


def message(function, *arguments, **options):
    with pytest.raises(FloorMissed) as caught:
        function(*arguments, **options)
    return str(caught.value)


def test_floors_file_holds_digest_extractor_and_figures(floors):
    assert json.loads(floors.read_text()) == {
        "floors": [
            {
                "scorer": "seeds",
                "gold": "gold/g.jsonl",
                "digest": "sha256:1",
                "extractor": "rules",
                "figures": {"recall": 80.0, "precision": 90.0},
            }
        ],
        "history": [],
    }


@pytest.mark.parametrize("figures", [{"recall": 80.0, "precision": 90.0}, {"recall": 81.0, "precision": 100.0}])
def test_check_floors_lets_pass_what_is_not_below(floors, figures):
    check_floors(floors, measured(floors.parent, **figures))


def test_check_floors_names_every_figure_below_its_floor(floors):
    gold = floors.parent / "gold" / "g.jsonl"
    assert message(check_floors, floors, measured(floors.parent, recall=79.9, precision=None)) == (
        f"seeds on {gold} is below its floors in {floors}: recall is 79.9 (floor 80.0), precision is not measured "
        '(floor 90.0); mend what lowered it, or record why with --update-floors --lower --reason "...".'
    )


def test_check_floors_wants_the_gold_that_they_were_measured_on(floors):
    gold = floors.parent / "gold" / "g.jsonl"
    assert message(check_floors, floors, measured(floors.parent, digest="sha256:2", recall=99.0, precision=99.0)) == (
        f"{floors} was recorded on another {gold} (sha256:1, now sha256:2); restore the gold, or record floors on the "
        'new one with --update-floors --lower --reason "...".'
    )


def test_check_floors_wants_the_extractor_that_they_were_measured_with(floors):
    gold = floors.parent / "gold" / "g.jsonl"
    assert message(check_floors, floors, measured(floors.parent, extractor="other", recall=99.0, precision=99.0)) == (
        f"{floors} has the floors of seeds on {gold} for the extractor rules, not for other; add --extractor rules, or "
        "keep other floors in a file of their own."
    )


def test_check_floors_holds_predictions_from_a_file_against_any_extractors_floors(floors):
    check_floors(floors, measured(floors.parent, extractor=None, recall=80.0, precision=90.0))


def test_check_floors_says_when_there_are_none(floors):
    gold = floors.parent / "gold" / "g.jsonl"
    assert message(check_floors, floors, measured(floors.parent, scorer="groups")) == (
        f"{floors} has no floors of groups on {gold}; record them with --update-floors."
    )


def test_check_floors_says_that_the_file_is_missing(tmp_path):
    with pytest.raises(InputMissing) as caught:
        check_floors(tmp_path / "floors.json", measured(tmp_path))
    assert str(caught.value) == (
        f"{tmp_path / 'floors.json'} cannot be read (no such file or directory); check --floors, or add "
        "--update-floors."
    )


@pytest.mark.parametrize("content", ["[]", "{", "{}", ""])
def test_check_floors_says_that_a_file_holds_no_floors(tmp_path, content):
    path = tmp_path / "floors.json"
    path.write_text(content)
    with pytest.raises(EvaluationError) as caught:
        check_floors(path, measured(tmp_path))
    assert str(caught.value) == f"{path} is no floors file; restore it, or name another with --floors."


def test_update_floors_raises_them_without_a_word(floors):
    change = update_floors(floors, measured(floors.parent, recall=85.0, precision=90.0, f1=1.0))
    content = json.loads(floors.read_text())
    assert change == Change(raised=2, lowered=0)
    assert content["floors"][0]["figures"] == {"recall": 85.0, "precision": 90.0, "f1": 1.0}
    assert content["history"] == []


def test_update_floors_refuses_to_lower_one_without_a_reason(floors):
    before = floors.read_text()
    gold = floors.parent / "gold" / "g.jsonl"
    assert message(update_floors, floors, measured(floors.parent, recall=85.0, precision=89.9)) == (
        f"{floors}: floors of seeds on {gold} would be lowered: precision from 90.0 to 89.9; if that is meant, add "
        '--lower --reason "...".'
    )
    assert floors.read_text() == before


def test_update_floors_refuses_another_gold_without_a_reason(floors):
    gold = floors.parent / "gold" / "g.jsonl"
    assert message(update_floors, floors, measured(floors.parent, digest="sha256:2", recall=99.0, precision=99.0)) == (
        f"{floors}: floors of seeds on {gold} were recorded on another gold; if that is meant, add "
        '--lower --reason "...".'
    )


def test_update_floors_keeps_the_reason_for_a_lowered_one(floors):
    lower = measured(floors.parent, digest="sha256:2", extractor="other", recall=85.0, precision=70.0)
    change = update_floors(floors, lower, reason="a better gold", today="2024-02-03")
    content = json.loads(floors.read_text())
    assert change == Change(raised=1, lowered=1)
    assert content["floors"][0]["figures"] == {"recall": 85.0, "precision": 70.0}
    assert content["history"] == [
        {
            "date": "2024-02-03",
            "reason": "a better gold",
            "scorer": "seeds",
            "gold": "gold/g.jsonl",
            "digest": ["sha256:1", "sha256:2"],
            "extractor": ["rules", "other"],
            "figures": {"precision": [90.0, 70.0]},
        }
    ]


def test_update_floors_keeps_those_of_other_scorers(floors):
    update_floors(floors, measured(floors.parent, scorer="groups", f1=0.5))
    assert [floor["scorer"] for floor in json.loads(floors.read_text())["floors"]] == ["groups", "seeds"]


def test_floors_name_the_gold_as_seen_from_their_file(floors, monkeypatch):
    monkeypatch.chdir(floors.parent / "..")
    here = Path(floors.parent.name)
    check_floors(here / "floors.json", measured(here, recall=80.0, precision=90.0))


def test_update_floors_says_that_the_file_cannot_be_written(tmp_path):
    path = tmp_path / "gone" / "floors.json"
    with pytest.raises(EvaluationError) as caught:
        update_floors(path, measured(tmp_path, recall=80.0))
    assert (
        str(caught.value) == f"{path} cannot be written (no such file or directory); name another file with --floors."
    )
