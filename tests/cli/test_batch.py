"""`quotes batch` and `quotes load`, as they are typed."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from tests.batch.conftest import FIRST, SECOND, THIRD, write_shard

from quotes.cli import main

pytestmark = pytest.mark.usefixtures("by_rules")


@pytest.fixture
def news(tmp_path):
    write_shard(tmp_path / "a.jsonl", [FIRST, THIRD])
    write_shard(tmp_path / "b.jsonl", [SECOND])
    return tmp_path


def run(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


def test_batch_goes_from_shards_to_utterances_to_a_database(news):
    result = run("batch", news / "a.jsonl", news / "b.jsonl", "--out", news / "found", "--workers", "1")
    assert result.exit_code == 0, result.output
    assert result.stdout == f"{news / 'found'}: 2 shards, 3 articles, 3 quotes.\n"
    again = run("batch", "run", news, "--out", news / "found", "--workers", "1", "--json")
    assert json.loads(again.stdout) == {
        "done": 0, "unchanged": 2, "articles": 3, "quotes": 3, "faults": 0, "words": 44,
    }  # fmt: skip
    grouped = run("batch", "group", news / "found", "--workers", "1")
    assert grouped.stdout == f"{news / 'found'}: 3 quotes in 3 wordings, 2 utterances, 1 in more articles than one.\n"
    loaded = run("load", news / "found", "--db", news / "quotes.db", "--repeats", "2")
    assert loaded.stdout == f"{news / 'quotes.db'}: 2 articles (2 added).\n"
    assert json.loads(run("load", news / "found", "--db", news / "quotes.db", "--json").stdout) == {
        "added": 1, "unchanged": 2,
    }  # fmt: skip
    assert "Lindqvist" in run("who", "never closed", "--db", news / "quotes.db").output


def test_load_refuses_a_date_that_is_none(news):
    result = run("load", news, "--since", "yesterday")
    assert result.exit_code == 2
    assert "'yesterday' is no date: give a year, month or day, as 2023, 2023-03 or 2023-03-04." in result.stderr


def test_batch_exits_with_1_when_an_article_could_not_be_read(news):
    with (news / "b.jsonl").open("a") as file:
        file.write("no JSON\n")
    result = run("batch", news / "b.jsonl", "--out", news / "found", "--workers", "1")
    assert result.exit_code == 1
    assert f"1 article could not be read, told in {news / 'found' / 'faults'}." in result.stderr


def test_batch_tells_what_is_missing_in_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr("quotes.cli.batch.find_spec", lambda _: None)
    (tmp_path / "in.jsonl").write_text("{}")
    result = run("batch", tmp_path / "in.jsonl", "--out", tmp_path / "found")
    assert (result.exit_code, result.stderr) == (
        1,
        "Error: Parquet cannot be written without pyarrow and duckdb; `pip install 'newsquotes[batch]'`.\n",
    )


def test_batch_takes_an_address_for_ray_alone(news):
    result = run("batch", news, "--out", news / "found", "--address", "127.0.0.1:6379")
    assert result.exit_code == 2
    assert "--address is of use with --engine ray only." in result.stderr


def test_batch_without_words_shows_its_help():
    assert "quotes batch group" in run("batch", "--help").output
