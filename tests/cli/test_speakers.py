"""speakers: who is quoted, and who may be one person under two spellings."""

import pytest

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


@pytest.mark.usefixtures("news")
def test_speakers_suggest_ranks_who_may_be_one_person_and_says_why(quotes, rows):
    first, second = rows(quotes("speakers", "suggest", "--json"))
    assert [who["name"] for who in first["speakers"]] == ["Mohammad Reza Karimi", "Muhammad Reza Karimi"]
    assert first["reasons"] == ["mohammad and muhammad may be one name"]
    assert [who["name"] for who in second["speakers"]] == ["Bill Hale", "William Hale"]
    assert second["reasons"] == ["bill may be short for william"]
    assert first["score"] > second["score"]


@pytest.mark.usefixtures("news")
def test_speakers_suggest_prints_a_table(quotes):
    shown = quotes("speakers", "suggest").stdout
    assert "Bill Hale" in shown
    assert "bill may be short for william" in shown


def test_speakers_suggest_says_when_there_is_nothing(quotes, tmp_path):
    (tmp_path / "a.txt").write_text("“We stay here now,” Bill Hale said.", encoding="utf-8")
    quotes("add", "a.txt")
    assert quotes("speakers", "suggest").stdout == "No two speakers look like one person.\n"


@pytest.mark.usefixtures("news")
def test_speakers_alone_still_lists_them(quotes, rows):
    assert len(rows(quotes("speakers", "--json"))) == 5
