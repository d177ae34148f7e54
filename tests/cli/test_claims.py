"""Claims, conflicts and people's decisions from the command line."""

import pytest


@pytest.fixture
def ask(quotes, filled_database):
    return lambda *arguments: quotes(*arguments, "--db", filled_database)


@pytest.fixture
def first(ask, rows):
    """The claim that most independent sources repeat."""
    return rows(ask("claims", "--json"))[0]


def test_claims_lists_what_most_independent_sources_repeat_first(ask, rows):
    listed = rows(ask("claims", "--json"))
    counts = [(row["sources"], row["quotes"]) for row in listed]
    assert counts == sorted(counts, reverse=True)
    assert all(row["sources"] <= row["articles"] for row in listed)
    assert all(word in ask("claims", "--limit", "1").stdout for word in listed[0]["label"].split()[:3])


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
