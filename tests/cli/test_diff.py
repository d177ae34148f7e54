import json
import sqlite3

import pytest
from click.testing import CliRunner

from quotes.cli import main

STAY = "We will close the old road today"


@pytest.fixture
def add_said(quotes, tmp_path):
    """Add an article for each text, in which Ada Byron says it, all of one claim."""

    def add(*texts):
        for number, text in enumerate(texts):
            record = {"id": f"r{number}", "text": f"“{text},” Ada Byron said.", "published": f"2024-03-0{9 - number}"}
            (tmp_path / f"{number}.jsonl").write_text(json.dumps(record), encoding="utf-8")
            quotes("add", f"{number}.jsonl")
        with sqlite3.connect(tmp_path / "quotes.db") as conn:
            conn.execute("DELETE FROM edge")
            conn.execute("DELETE FROM claim")
            names = "quotes articles outlets sources speakers wordings conflicts contradicted".split()
            into = f"INSERT INTO claim (id, label, {', '.join(names)})"
            conn.execute(f"{into} VALUES (1, 'made', 3, 3, 0, 3, 1, 3, 0, 0)")
            conn.execute("UPDATE quote SET claim_id = 1")
        conn.close()

    return add


def test_diff_shows_two_quotes_and_what_changed(quotes, add_said):
    add_said(STAY, "We will not close the old road today")
    shown = quotes("diff", "1", "2").stdout
    assert "Nearly the same words. They share 97%. A change may turn the meaning round." in shown
    assert "    “We will {+not+} close the old road today,”\n" in shown
    assert "    negation changed, addition: not\n" in shown
    found = json.loads(quotes("diff", "1", "2", "--json").stdout)
    assert (found["edge"], found["contradicts"], found["quotes"]) == ("near", True, [1, 2])
    assert found["changes"] == [
        {
            "kinds": ["negation", "addition"],
            "before": "",
            "after": "not",
            "before_span": [8, 8],
            "after_span": [9, 12],
        }
    ]


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        ("We stay", "We stay!", ["The same words. They share 100%.", "    We stay!"]),
        (
            "We need the road, all of it, now for us all",
            "We need the road … now for us all",
            [
                "Nearly the same words. They share 90%.",
                "    We need the road [-all of it-] … now for us all",
                "    ellipsis: all of it",
            ],
        ),
        (
            "“I consider it necessary” to thank the staff",
            "“I consider it necessary to thank” the staff",
            [
                "The same words. They share 100%.",
                "    “I consider it necessary to thank” the staff",
                "    across a quotation mark: to thank (now inside)",
            ],
        ),
        (
            "“He” told the staff that 5 roads were shut",
            "“[The mayor]” told the staff that 50 roads are shut",
            [
                "Nearly the same words. They share 62%. A change may turn the meaning round.",
                "    “[-He-] {+[The mayor]+}” told the staff that [-5-] {+50+} roads [-were-] {+are+} shut",
                "    number changed: 5 → 50",
                "    bracketed insertion: He → [The mayor]",
                "    tense shift: were → are",
            ],
        ),
    ],
    ids=["same", "cut", "mark", "several"],
)
def test_diff_compares_two_texts_without_a_database(quotes, before, after, lines):
    assert quotes("diff", before, after).stdout.splitlines() == lines


def test_diff_of_a_claim_shows_every_wording_against_the_earliest_and_the_fullest(quotes, add_said, rows):
    add_said(f"{STAY} and for good", "We closed the old road today", STAY)
    result = quotes("diff", "2")
    assert result.stdout.splitlines() == [
        "Claim 1: 3 quotes in 3 wordings.",
        "",
        "Earliest in this database",
        "#3  Ada Byron  2024-03-07 · outlet unknown · 2.jsonl/r2, characters 0–35",
        "    “We will close the old road today,”",
        "    “We will close the old road today [-and for good-],”",
        "    Against the fullest: one is part of the other.",
        "    cut: and for good",
        "",
        "Wording",
        "#2  Ada Byron  2024-03-08 · outlet unknown · 1.jsonl/r1, characters 0–31",
        "    “We [-will close-] {+closed+} the old road today,”",
        "    Against the earliest: nearly the same words.",
        "    modal verb changed, cut: will",
        "    tense shift: close → closed",
        "    “We [-will close-] {+closed+} the old road today [-and for good-],”",
        "    Against the fullest: partly the same words.",
        "    modal verb changed, cut: will",
        "    cut: and for good",
        "    tense shift: close → closed",
        "",
        "Fullest",
        "#1  Ada Byron  2024-03-09 · outlet unknown · 0.jsonl/r0, characters 0–48",
        "    “We will close the old road today {+and for good+},”",
        "    Against the earliest: one is part of the other.",
        "    addition: and for good",
    ]
    found = rows(quotes("diff", "1", "--json"))
    assert [(row["earliest"], row["fullest"], row["claim"], row["of_claim"]) for row in found] == [
        (True, False, 1, 1),
        (False, False, 1, 1),
        (False, True, 1, 1),
    ]
    assert found[0]["from_earliest"] is None
    assert found[0]["from_fullest"]["changes"][0]["kinds"] == ["cut"]
    assert found[2]["quotes"] == [
        {
            "id": 1,
            "speaker": "Ada Byron",
            "outlet": None,
            "published": "2024-03-09",
            "article": 1,
            "start": 0,
            "end": 48,
        }
    ]


def test_diff_is_coloured_in_a_terminal(monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    shown = CliRunner().invoke(main, ["diff", "We stay", "We leave"], color=True).stdout
    assert "\x1b[31m[-stay-]" in shown
    assert "\x1b[32m{+leave+}" in shown


@pytest.mark.parametrize(("arguments", "says"), [(["9"], "There is no quote 9"), (["1", "9"], "There is no quote 9")])
def test_diff_of_a_number_that_leads_nowhere_says_so(quotes, add_said, arguments, says):
    add_said(STAY)
    result = quotes("diff", *arguments)
    assert result.exit_code == 1
    assert says in result.stderr


def test_diff_of_one_text_is_a_wrong_use(quotes):
    result = quotes("diff", "We will \x1b[31mstay")
    assert result.exit_code == 2
    assert (
        "Error: 'We will \ufffd[31mstay' is no number of a claim or a quote; name one, or give two texts.\n"
        in result.stderr
    )


def test_no_control_character_reaches_the_terminal(quotes, add_said):
    add_said(f"{STAY} at \x1b]0;owned\x07 once", f"{STAY} \u202eat\u2066 twice\x1b[31m once")
    for arguments in (["1"], ["1", "2"], ["We \x1b[31mstay", "We \u202ego\x07"]):
        result = quotes("diff", *arguments)
        assert result.exit_code == 0
        assert not set(result.stdout + result.stderr) & set("\x1b\x07\u202e\u2066"), arguments


def test_drift_lists_the_claims_that_changed(quotes, add_said, rows):
    add_said(STAY, "We will shut the old road today", STAY)
    assert quotes("drift").stdout.splitlines() == [
        "Claim 1: 3 quotes in 2 wordings",
        "    “We will close the old road today,”",
        "    substitution: close → shut",
        "    #3  Ada Byron  2024-03-07 · outlet unknown · 2.jsonl/r2, characters 0–35",
        "    #2  Ada Byron  2024-03-08 · outlet unknown · 1.jsonl/r1, characters 0–34",
    ]
    (found,) = rows(quotes("drift", "--json"))
    assert (found["claim"], found["kinds"], found["before"], found["after"]) == (1, ["substitution"], 3, 2)
    assert found["change"]["before_span"] == [9, 14]


def test_drift_of_nothing_says_so(quotes, add_said):
    add_said(STAY)
    assert quotes("drift").stdout == "No claim changed its wording.\n"
