"""Claims, conflicts and people's decisions from the command line."""

import json
import sqlite3
from contextlib import closing

import pytest


@pytest.fixture
def ask(quotes, filled_database):
    return lambda *arguments: quotes(*arguments, "--db", filled_database)


@pytest.fixture
def first(ask, rows):
    """The claim that most independent sources repeat."""
    return rows(ask("claims", "--json"))[0]


def test_claims_lists_what_most_independent_sources_print_first(ask, rows):
    listed = rows(ask("claims", "--json"))
    counts = [(row["sources"], row["outlets"], row["articles"]) for row in listed]
    assert counts == sorted(counts, reverse=True)
    assert all(row["sources"] <= row["articles"] for row in listed)
    assert all(word in ask("claims", "--limit", "1").stdout for word in listed[0]["label"].split()[:3])


@pytest.fixture
def three_claims(quotes, tmp_path):
    """Two outlets print what Ada Byron said of the road, one of them uncertain; one what she said of the ferry."""
    texts = (
        ("a", "Post", "The old road over the mountains is closed until further notice"),
        ("b", "Times", "The old road over the mountains is closed until further notice"),
        ("c", None, "The night ferry to the islands sails again from the first of June"),
    )
    (tmp_path / "all.jsonl").write_text(
        "".join(
            json.dumps({"id": name, "outlet": outlet, "text": f"“{words},” Ada Byron said.", "published": "2024-03-09"})
            + "\n"
            for name, outlet, words in texts
        )
    )
    quotes("add", "all.jsonl")
    with closing(sqlite3.connect(tmp_path / "quotes.db")) as conn, conn:
        conn.execute("UPDATE quote SET confidence = 0.6, speaker_confidence = 0.5 WHERE id = 3")
    return quotes


def test_claims_take_two_lines_each(three_claims):
    assert three_claims("claims").stdout.splitlines() == [
        "#1  “The old road over the mountains is closed until further notice,”",
        "    Ada Byron · 1 source, 2 outlets, 2 quotes · first seen 2024-03-09",
        "#3  “The night ferry to the islands sails again from the first of June,”",
        "    Ada Byron · 1 source, 1 quote · first seen 2024-03-09 · uncertain quote (0.60)",
    ]


def test_claims_says_where_there_are_more(three_claims):
    result = three_claims("claims", "--limit", "1")
    assert len(result.stdout.splitlines()) == 2
    assert result.stderr == ("The first 1 claim: --limit shows more, `quotes claims show CLAIM` all of one.\n")
    assert three_claims("claims").stderr == ""


def test_claims_leaves_out_what_is_uncertain_when_asked_to(three_claims, rows):
    assert [row["id"] for row in rows(three_claims("claims", "--sure", "--json"))] == [1]


def test_who_and_by_say_what_is_uncertain_and_leave_it_out_when_asked_to(three_claims):
    for command in (("who", "night ferry"), ("by", "Byron")):
        assert "uncertain quote (0.60) uncertain speaker (0.50)" in " ".join(three_claims(*command).stdout.split())
        assert "uncertain" not in three_claims(*command, "--sure").stdout


def test_who_answers_in_one_screen_with_each_place(three_claims):
    assert three_claims("who", "old road").stdout.splitlines() == [
        "2 quotes in 2 articles with exactly these words.",
        "",
        "#1  “The old road over the mountains is closed until further notice,”",
        "    Said by Ada Byron (2 quotes).",
        "    First seen in this database: 2024-03-09, Post (#1).",
        "    2 quotes in 2 articles of 2 known outlets; 1 independent source.",
        "        #1  2024-03-09 · Post · all.jsonl/a, characters 0–65",
        "        #2  2024-03-09 · Times · all.jsonl/b, characters 0–65",
    ]


def test_who_tells_of_a_single_quote_its_place_alone(three_claims):
    assert three_claims("who", "night ferry").stdout.splitlines()[2:] == [
        "#3  “The night ferry to the islands sails again from the first of June,”",
        "    Said by Ada Byron, once in this database.",
        "        #3  2024-03-09 · outlet unknown · all.jsonl/c, characters 0–68  uncertain quote (0.60)",
        "        uncertain speaker (0.50)",
    ]


def test_who_shows_the_most_of_three_claims_and_two_lines_of_the_others(quotes, tmp_path):
    said = (
        "The northern bridge is far too narrow for two lorries",
        "Nobody knows how much water the reservoir near the castle holds",
        "Trams to the suburbs run every ten minutes until midnight",
        "Our schools need another forty teachers before winter",
        "I have seen the mayor climb over the fence of the zoo",
    )
    (tmp_path / "a.txt").write_text("\n\n".join(f"“{words} as you see,” Ada Byron said." for words in said))
    quotes("add", "a.txt")
    blocks = quotes("who", "as you see").stdout.split("\n\n")
    assert len(blocks) == 1 + 3 + 1
    assert all(block.count("\n") == 2 and "once in this database" in block for block in blocks[1:4])
    assert blocks[4].splitlines()[::2] == [
        "#4  “Our schools need another forty teachers before winter as you see,”",
        "#5  “I have seen the mayor climb over the fence of the zoo as you see,”",
    ]


def test_claims_are_filtered(ask, rows, first):
    assert rows(ask("claims", "--json", "--outlet", "No such outlet")) == []
    assert ask("claims", "--outlet", "No such outlet").stdout == "No claim found.\n"
    found = rows(ask("claims", "--json", "--until", "2023-02-26"))
    assert found
    assert all(row["first_published"] <= "2023-02-26" for row in found)
    topic = first["topics"][0] if first["topics"] else "none"
    assert all(topic in row["topics"] for row in rows(ask("claims", "--json", "--topic", topic)))


def test_claims_a_date_that_is_none_is_refused(ask):
    result = ask("claims", "--since", "yesterday")
    assert result.exit_code == 2
    assert "'yesterday' is no date: give a year, month or day, as 2023, 2023-03 or 2023-03-04." in result.stderr


def test_claims_show_leads_from_any_quote_to_the_whole_claim(ask, rows, first):
    (shown,) = rows(ask("claims", "show", first["id"], "--json"))
    assert len(shown["members"]) == first["quotes"]
    last = max(quote["id"] for quote in shown["members"])
    assert rows(ask("claims", "show", last, "--json")) == [shown]
    answer = " ".join(ask("claims", "show", last).stdout.split())
    assert "First seen in this database: " in answer
    assert "independent source" in answer
    assert all(f"#{quote['id']} " in answer for quote in shown["members"][:3])


def test_claims_show_says_when_there_is_none(ask):
    result = ask("claims", "show", "99999")
    assert (result.exit_code, result.stderr) == (
        1,
        "Error: There is no claim or quote 99999: `quotes claims` and `quotes who WORDS` print numbers.\n",
    )


def test_claims_merge_split_and_undo_are_judgements(ask, rows):
    one, other = (row["id"] for row in rows(ask("claims", "--json"))[:2])
    assert ask("claims", "judgements").stdout == "No decision about claims yet.\n"
    low = min(one, other)
    assert ask("claims", "merge", one, other, "--by", "ed", "--why", "one speech").stdout == f"One claim: {low}.\n"
    (judgement,) = rows(ask("claims", "judgements", "--json"))
    assert (judgement["who"], judgement["why"], judgement["in_force"]) == ("ed", "one speech", True)
    assert ask("group").exit_code == 0
    assert other not in {row["id"] for row in rows(ask("claims", "--json", "--limit", "200"))} or low == other
    assert ask("claims", "undo", judgement["id"], "--by", "ed").exit_code == 0
    assert {one, other} <= {row["id"] for row in rows(ask("claims", "--json", "--limit", "200"))}
    assert "no" in ask("claims", "judgements").stdout


def test_group_says_how_many_claims_there_are_and_makes_no_database(ask, quotes, tmp_path):
    assert "claims.\n" in ask("group").stdout
    result = quotes("group", "--db", tmp_path / "none.db")
    assert result.exit_code == 1
    assert not (tmp_path / "none.db").exists()


def test_conflicts_have_two_speakers_and_a_kind(ask, rows):
    listed = rows(ask("conflicts", "--json"))
    assert all(row["a"]["speaker"] != row["b"]["speaker"] for row in listed)
    assert ask("conflicts", "--outlet", "No such outlet").stdout == "No conflict found.\n"


@pytest.mark.corpora
def test_conflicts_of_the_seeds_between_different_persons_are_two(quotes_by_model, rows, request):
    """By the shipped model: what the outlets disagree about is found, and nothing else of that kind."""
    seeds = request.config.rootpath / "seeds"
    assert quotes_by_model("add", seeds).exit_code == 0
    listed = rows(quotes_by_model("conflicts", "--kind", "different persons", "--json"))
    words = [f"{row['a']['text']} {row['b']['text']}" for row in listed]
    assert len(words) == 2
    assert any("geopolitical" in text for text in words)
    assert any("integrity" in text for text in words)
