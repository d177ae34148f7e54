import json

import pytest


@pytest.fixture
def add_titled(quotes, tmp_path):
    def add(*titles):
        for number, title in enumerate(titles):
            text = f"RIVERTON - “We will open the old bridge in May,” Ada Byron said on day {number}."
            record = {"id": f"r{number}", "title": title, "text": text, "published": "2024-03-04", "outlet": "Post"}
            (tmp_path / "a.jsonl").write_text(json.dumps(record), encoding="utf-8")
            quotes("add", "a.jsonl")

    return add


def test_headlines_shows_what_no_body_supports(quotes, add_titled, rows):
    add_titled("Bridge ‘to open in May’", "“We will not open the old bridge in May”", "Byron: ‘old bridge’ opens")
    assert quotes("headlines").stdout.splitlines() == [
        "Article 1  2024-03-04 · Post",
        "    Bridge ‘to open in May’",
        "    No quote of the body says this.",
        "",
        "Article 2  2024-03-04 · Post",
        "    “We will not open the old bridge in May”",
        "    No quote of the body says this; one comes near, with a change that may turn the meaning round:",
        "    #2  “We will open the old bridge in May,”",
        "    negation changed, addition: not",
    ]
    found = rows(quotes("headlines", "--all", "--json"))
    assert [(row["text"], row["support"], row["quote"]) for row in found] == [
        ("to open in May", "none", None),
        ("We will not open the old bridge in May", "changed", 2),
        ("old bridge", "quoted", 3),
    ]
    assert all(row["headline"][row["start"] : row["end"]] == row["text"] for row in found)


def test_headlines_without_quotes_are_none(quotes, add_titled):
    add_titled("Bridge opens")
    assert quotes("headlines").stdout == "No headline quotes what its article does not.\n"
    assert quotes("headlines", "--all").stdout == "No headline quotes anything.\n"


def test_no_control_character_of_a_headline_reaches_the_terminal(quotes, add_titled):
    add_titled("\x1b]0;owned\x07 ‘rot\x1b[31mten\u202e’ \u2066bridge")
    result = quotes("headlines", "--all")
    assert "rot\ufffd[31mten" in result.stdout
    assert not set(result.stdout + result.stderr) & set("\x1b\x07\u202e\u2066")
