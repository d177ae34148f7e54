"""speakers: who is quoted, who may be one person, and what people decide about it."""

import pytest

from quotes.readers.reconciliation import Candidate

ARTICLES = {
    "a.txt": "“We go now,” Mohammad Reza Karimi said.",
    "b.txt": "“We go now,” Muhammad Reza Karimi said. “We stay here now,” William Hale said.",
    "c.txt": "“We stay here now,” Bill Hale said. “We never came here,” Amina Diaz said.",
}


@pytest.fixture
def news(tmp_path, quotes):
    folder = tmp_path / "news"
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    quotes("add", folder)


@pytest.fixture
def names(quotes, rows):
    """The names of all speakers, sorted."""
    return lambda: sorted(row["name"] for row in rows(quotes("speakers", "--json")))


@pytest.mark.usefixtures("news")
def test_speakers_under_two_spellings_are_one(names):
    assert names() == ["Amina Diaz", "Bill Hale", "Mohammad Reza Karimi", "William Hale"]


@pytest.mark.usefixtures("news")
def test_speakers_suggest_says_who_may_be_one_person_and_why(quotes, rows):
    (found,) = rows(quotes("speakers", "suggest", "--json"))
    assert {who["name"] for who in found["speakers"]} == {"Bill Hale", "William Hale"}
    assert found["reasons"] == ["bill may be short for william"]
    shown = " ".join(quotes("speakers", "suggest").stdout.split())
    assert "Bill Hale" in shown
    assert "bill may be short for" in shown


def test_speakers_suggest_says_when_there_is_nothing(quotes, tmp_path):
    (tmp_path / "a.txt").write_text("“We stay here now,” Bill Hale said.", encoding="utf-8")
    quotes("add", "a.txt")
    assert quotes("speakers", "suggest").stdout == "No two speakers look like one person.\n"


@pytest.mark.usefixtures("news")
@pytest.mark.parametrize(("answer", "left"), [("y", 3), ("n", 4), ("s", 4), ("q", 4)])
def test_speakers_suggest_walks_through_them_and_keeps_the_answers(quotes, names, answer, left):
    assert "One person?" in quotes("speakers", "suggest", "--ask", input=f"{answer}\n").stdout
    assert len(names()) == left
    decided = answer in "yn"
    assert (quotes("speakers", "suggest").stdout == "No two speakers look like one person.\n") is decided


@pytest.mark.usefixtures("news")
def test_speakers_suggest_asks_in_a_terminal_unless_a_list_is_wanted(quotes, monkeypatch):
    monkeypatch.setattr("quotes.cli.speakers.in_terminal", lambda: True)
    assert "One person?" in quotes("speakers", "suggest", input="s\n").stdout
    assert "One person?" not in quotes("speakers", "suggest", "--list").stdout


@pytest.mark.usefixtures("news")
def test_speakers_are_merged_and_the_merge_is_taken_back(quotes, names, rows):
    number = next(row["id"] for row in rows(quotes("speakers", "--json")) if row["name"] == "Amina Diaz")
    result = quotes("speakers", "merge", "bill hale", "amina diaz", "--by", "vera", "--why", "married")
    assert result.stdout.startswith("Judgement 1: ")
    assert result.stdout.endswith("is one speaker, with 2 quotes. `quotes speakers undo 1` takes it back.\n")
    assert len(rows(quotes("by", number, "--json"))) == 2
    (judgement,) = rows(quotes("speakers", "judgements", "--json"))
    assert (judgement["decision"], judgement["who"], judgement["why"]) == ("same", "vera", "married")
    assert quotes("speakers", "undo", "1").stdout == "Judgement 1 is taken back.\n"
    assert "Amina Diaz" in names()
    assert [row["decision"] for row in rows(quotes("speakers", "judgements", "--json"))] == ["same", "undo"]


@pytest.mark.usefixtures("news")
def test_speakers_are_merged_all_or_none(quotes, names):
    failed = quotes("speakers", "merge", "bill hale", "amina diaz", "Zeppelin")
    assert failed.stderr == "Error: No speaker is called 'Zeppelin': `quotes speakers` lists them.\n"
    assert "Amina Diaz" in names()
    lines = quotes("speakers", "merge", "bill hale", "amina diaz", "william hale").stdout.splitlines()
    assert [line.partition(":")[0] for line in lines] == ["Judgement 1", "Judgement 2"]
    assert all("is one speaker, with 3 quotes." in line for line in lines)
    assert len(names()) == 2


def test_speakers_undo_makes_no_database(quotes, tmp_path):
    result = quotes("speakers", "undo", "1", "--db", tmp_path / "none.db")
    assert (result.exit_code, result.stderr.partition(":")[0]) == (1, "Error")
    assert "There is no database at" in result.stderr
    assert not (tmp_path / "none.db").exists()


def test_speakers_in_an_error_steer_no_terminal(quotes, tmp_path):
    text = "“We go now,” Ana \x1b]0;owned\x07Diaz said. “We stay here now,” Eva \x1b[31mDiaz said."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    quotes("add", "a.txt")
    assert "\x1b" not in quotes("speakers", "show", "diaz").stderr


@pytest.mark.usefixtures("news")
def test_speakers_are_split_by_name(quotes, names):
    quotes("speakers", "split", "Muhammad Reza Karimi")
    assert "Muhammad Reza Karimi" in names()


@pytest.mark.usefixtures("news")
def test_speakers_are_split_by_article(quotes, names, rows):
    (article,) = [row["id"] for row in rows(quotes("articles", "--json")) if row["name"] == "c"]
    assert quotes("speakers", "split", "Bill Hale", "--article", article).exit_code == 0
    quotes("speakers", "rename", "Bill Hale", "Hale the baker")
    assert "Hale the baker" in names()


@pytest.mark.usefixtures("news")
def test_speakers_are_renamed_and_shown(quotes):
    quotes("speakers", "rename", "karimi", "M. R. Karimi")
    shown = quotes("speakers", "show", "karimi").stdout
    assert "M. R. Karimi: 2 quotes in 2 articles" in shown
    assert "  called Muhammad Reza Karimi" in shown
    assert "may be one name" in shown


@pytest.mark.usefixtures("news")
def test_speakers_are_not_renamed_to_nothing(quotes, rows):
    result = quotes("speakers", "rename", "karimi", " ")
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == (
        "Error: Invalid value for NAME: a name has a letter in it: give the name to call the speaker by."
    )
    assert rows(quotes("speakers", "judgements", "--json")) == []


@pytest.mark.usefixtures("news")
def test_speakers_are_linked_by_an_authority_file_and_by_hand(quotes, tmp_path, rows):
    (tmp_path / "people.csv").write_text("qid,name,aliases\nQ7,William Hale,Bill Hale\n", encoding="utf-8")
    assert quotes("speakers", "load", "people.csv").stdout == "1 person loaded; 1 speaker found among them.\n"
    (found,) = rows(quotes("speakers", "show", "Bill Hale", "--json"))
    assert (found["qid"], len(found["aliases"])) == ("Q7", 2)
    quotes("speakers", "link", "Amina Diaz", "Q9")
    assert rows(quotes("speakers", "show", "Amina Diaz", "--json"))[0]["qid"] == "Q9"
    assert quotes("speakers", "link", "Amina Diaz", "42").exit_code == 2


@pytest.mark.usefixtures("news")
def test_speakers_are_reconciled_only_as_somebody_chooses(quotes, rows, monkeypatch):
    def candidates(_url, names, **_):
        return [[Candidate("Q5", "A. Diaz", 88.0, sure=True)] if name == "Amina Diaz" else [] for name in names]

    monkeypatch.setattr("quotes.readers.reconciliation.reconcile", candidates)
    listed = rows(quotes("speakers", "reconcile", "http://example.org/", "--json"))
    assert [row["candidates"][0]["id"] for row in listed if row["candidates"]] == ["Q5"]
    assert rows(quotes("speakers", "show", "Amina Diaz", "--json"))[0]["qid"] is None
    quotes("speakers", "reconcile", "http://example.org/", "--ask", input="1\n")
    assert rows(quotes("speakers", "show", "Amina Diaz", "--json"))[0]["qid"] == "Q5"
    (judgement,) = rows(quotes("speakers", "judgements", "--json"))
    assert judgement["why"] == "chosen among the candidates of http://example.org/"


@pytest.mark.usefixtures("news")
def test_speakers_recompute_finds_the_same(quotes, names):
    before = names()
    assert quotes("speakers", "recompute").stdout == "Who is who is told anew.\n"
    assert names() == before


@pytest.mark.usefixtures("news")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["merge", "karimi"], "Error: Two speakers or more are needed: name another one.\n"),
        (["merge", "Amina Diaz", "Amina Diaz"], "Error: That is one and the same name: name two speakers.\n"),
        (["show", "Zeppelin"], "Error: No speaker is called 'Zeppelin': `quotes speakers` lists them.\n"),
        (["undo", "9"], "Error: There is no judgement 9 about speakers: `quotes speakers judgements` lists them.\n"),
    ],
)
def test_speakers_says_what_is_wrong(quotes, arguments, message):
    result = quotes("speakers", *arguments)
    assert result.exit_code > 0
    assert result.stderr.endswith(message)


@pytest.mark.usefixtures("news")
def test_by_lists_those_who_fit_where_several_do(quotes):
    result = quotes("by", "Hale")
    assert "Bill Hale" in result.stdout
    assert "William Hale" in result.stdout
    assert result.stderr.startswith("2 speakers fit 'Hale': ask for one by number, as `quotes by ")


@pytest.mark.usefixtures("news")
def test_by_keeps_to_outlet_and_dates(quotes, rows):
    assert rows(quotes("by", "karimi", "--outlet", "Riverton Post", "--json")) == []
    assert len(rows(quotes("by", "karimi", "--json"))) == 2
    assert quotes("by", "karimi", "--since", "yesterday").exit_code == 2


TOGETHER = "“We open the bridge,” Amina Diaz and Piet Mol said."


def test_by_shows_what_somebody_says_together_with_others(quotes, rows, tmp_path):
    (tmp_path / "a.txt").write_text(f"“We stay here now,” Amina Diaz said.\n\n{TOGETHER}", encoding="utf-8")
    quotes("add", "a.txt")
    alone, together = rows(quotes("by", "Amina Diaz", "--json"))
    assert (alone["speaker"]["name"], alone["members"]) == ("Amina Diaz", [])
    assert (together["speaker"], together["members"]) == (None, ["Amina Diaz", "Piet Mol"])
    shown = quotes("by", "diaz").stdout
    assert shown.startswith("Amina Diaz: 1 quote in 1 article; 1 quote together with others\n")
    assert "Amina Diaz and Piet Mol" in shown
    only = quotes("by", "Piet Mol").stdout
    assert only.startswith("Piet Mol: 1 quote together with others\n")
    assert "We open the bridge" in only


def test_by_is_not_misled_by_a_name_that_an_article_only_mentions(quotes, tmp_path):
    (tmp_path / "a.txt").write_text(f"{TOGETHER} Omar Deeb was away.", encoding="utf-8")
    quotes("add", "a.txt")
    assert quotes("by", "Omar Deeb").stdout == "No speaker is called 'Omar Deeb': `quotes speakers` lists them.\n"
