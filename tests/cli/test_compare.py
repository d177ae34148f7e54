import json


def test_compare_gives_a_line_for_each_pair(quotes, tmp_path, rows):
    pairs = [
        {"a": "We go now", "b": "we go now!", "a_speaker": "A. Hale", "b_date": "2016-01-02"},
        {"a": "", "b": "Nobody came"},
        {"a": "they will sell all 5 of the old ships", "b": "they will sell all 50 of the old ships"},
    ]
    (tmp_path / "pairs.jsonl").write_text("".join(json.dumps(pair) + "\n" for pair in pairs))
    found = rows(quotes("compare", "pairs.jsonl"))
    assert found[:2] == [
        {"score": 1.0, "edge": "identical", "contradiction": None, "suggested": False, "changes": []},
        {"score": 0.0, "edge": None, "contradiction": None, "suggested": False, "changes": []},
    ]
    assert found[2]["contradiction"] == "number"
    assert [(change["before"], change["after"]) for change in found[2]["changes"]] == [("5", "50")]


def test_compare_names_the_line_that_lacks_a_wording(quotes, tmp_path):
    (tmp_path / "bad.jsonl").write_text('{"a": "We go now"}\n')
    bad = quotes("compare", "bad.jsonl")
    assert bad.exit_code == 1
    assert "bad.jsonl, line 1" in bad.stderr
