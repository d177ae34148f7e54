"""who, by, show, speakers and articles on the seed articles."""

import json

import pytest

WORDS = "on your side with all its might"


@pytest.fixture
def ask(quotes, filled_database, monkeypatch):
    monkeypatch.setenv("QUOTES_DB", str(filled_database))
    return quotes


def test_who_leads_from_the_words_to_the_speaker_in_every_article(ask, rows):
    found = rows(ask("who", WORDS, "--json"))
    assert len({row["article"]["id"] for row in found}) == 4
    assert all(row["speaker"]["name"].endswith("Ashtiani") for row in found)
    assert {row["match"] for row in found} == {"exact"}


def test_who_tells_the_whole_statement_and_where_it_stands_in_one_screen(ask):
    answer = ask("who", WORDS).stdout
    assert answer.startswith("4 quotes in 4 articles with exactly these words.\n")
    assert "“The Ministry of Defense of the Islamic Republic of Iran is" in answer
    assert "characters 1194–1287" in " ".join(answer.split())
    assert len(answer.splitlines()) < 24


@pytest.mark.parametrize(
    ("words", "match"),
    [
        ("ON YOUR “side”", "exact"),
        ("might side ministry", "all words"),
        ("might zeppelin", "some words"),
    ],
)
def test_who_falls_back_from_the_exact_words_and_says_so(words, match, ask, rows):
    assert {row["match"] for row in rows(ask("who", words, "--json"))} == {match}


def test_who_shows_words_that_are_printed_outside_every_quote(ask, rows):
    found = rows(ask("who", "exhibition will last for four days", "--json"))
    assert {row["match"] for row in found} == {"outside quotes"}
    assert "with these words outside every quote:" in ask("who", "exhibition will last for four days").stdout


def test_who_says_when_nothing_is_found_and_exits_with_0(ask):
    result = ask("who", "zeppelin")
    assert (result.exit_code, result.stdout) == (0, "Nothing found for 'zeppelin'.\n")


def test_who_says_that_filters_may_be_why_nothing_is_found(ask):
    assert ask("who", WORDS, "--outlet", "No Such News").stdout == (
        f"Nothing found for {WORDS!r} of what --since, --until, --outlet, --speaker and --sure leave; "
        "without them there may be more.\n"
    )


@pytest.mark.parametrize("date", ["2016-13", "2016-02-30", "yesterday", "0000"])
def test_who_refuses_a_date_that_is_in_no_calendar(ask, date):
    result = ask("who", WORDS, "--since", date)
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == (
        f"Error: Invalid value for '--since': '{date}' is no date: "
        "give a year, month or day, as 2023, 2023-03 or 2023-03-04."
    )
    assert ask("who", "zeppelin", "--json").stdout == ""


@pytest.mark.parametrize(
    "words", ['"', "AND", "a* OR (", "NEAR(x y)", "text:x", "'; DROP TABLE quote", "…", "\x1b[31m"]
)
def test_who_takes_any_words_for_words(words, ask):
    assert ask("who", words).exit_code == 0


def test_who_limits_what_it_prints(ask, rows):
    assert len(rows(ask("who", WORDS, "--json", "--limit", "1"))) == 1
    answer = ask("who", WORDS, "--limit", "1").stdout
    assert answer.startswith("1 of 4 quotes, in 1 article (--limit shows more), with ")


def test_by_lists_everything_a_speaker_said(ask, rows):
    found = rows(ask("by", "gharaei ashtiani", "--json"))
    assert {row["speaker"]["name"] for row in found} == {"Mohammad Reza Gharaei Ashtiani"}
    answer = ask("by", "gharaei ashtiani").stdout
    assert answer.startswith(f"Mohammad Reza Gharaei Ashtiani: {len(found)} quotes in 5 articles of 4 known outlets")
    assert all(row["text"][:40] in " ".join(answer.split()) for row in found)


def test_by_says_when_no_speaker_has_the_name(ask):
    result = ask("by", "Zeppelin")
    assert (result.exit_code, result.stdout) == (0, "No speaker is called 'Zeppelin': `quotes speakers` lists them.\n")


def test_show_tells_all_that_is_known_of_a_quote(ask, rows):
    (first, *_) = rows(ask("who", WORDS, "--json"))
    (shown,) = rows(ask("show", first["id"], "--json"))
    assert shown["text"] == first["text"]
    assert shown["contents"] == [{"start": shown["start"], "end": shown["end"]}]
    answer = ask("show", first["id"]).stdout
    assert f"characters {shown['start']}–{shown['end']}" in answer
    assert f"line {shown['line']}, column {shown['column']}" in answer


def test_show_of_an_unknown_number_is_an_error_with_the_cure(ask):
    result = ask("show", 9999)
    assert result.exit_code == 1
    assert result.stderr == (
        "Error: There is no quote 9999: `quotes who WORDS` and `quotes by NAME` print the numbers of quotes.\n"
    )


def test_speakers_come_with_the_most_quoted_first(ask, rows):
    found = rows(ask("speakers", "--json"))
    assert [row["quotes"] for row in found] == sorted((row["quotes"] for row in found), reverse=True)
    assert found[0]["name"] in ask("speakers").stdout


def test_articles_come_with_outlet_date_and_place(ask, rows):
    found = rows(ask("articles", "--json"))
    assert len(found) == 5
    assert {row["outlet"] for row in found} >= {"Shafaq News", None}
    assert "Shafaq News" in ask("articles").stdout


@pytest.mark.parametrize("command", [["speakers"], ["articles"], ["who", "x"], ["by", "x"], ["export"]])
def test_an_empty_database_is_answered_for(command, quotes, tmp_path):
    from quotes.store.writer import Writer

    with Writer(tmp_path / "quotes.db"):
        pass
    assert quotes(*command).exit_code == 0


def test_no_control_character_of_an_article_reaches_the_terminal(quotes, tmp_path):
    hostile = "Ada\x1b[31m Byron\x07 said, “Look \x1b]0;owned\x07 at \u202ethis now.”"
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "\x1b[2J", "text": hostile, "title": "\x1b[1m"}))
    assert quotes("add", "a.jsonl").exit_code == 0
    for command in (["who", "look"], ["by", "byron"], ["show", "1"], ["speakers"], ["articles"]):
        result = quotes(*command)
        assert result.exit_code == 0
        assert not set(result.stdout + result.stderr) & set("\x1b\x07\u202e"), command
