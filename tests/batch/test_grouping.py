"""Utterances over Parquet are those that a database has of the same articles."""

from __future__ import annotations

from functools import partial

import pyarrow.parquet as pq
import pytest
from tests.batch.conftest import FIRST, SECOND, THIRD, write_shard

from quotes.batch import grouping
from quotes.batch.grouping import group_batch
from quotes.batch.load import Selection, load
from quotes.batch.local import local
from quotes.batch.run import run
from quotes.errors import BatchError
from quotes.store.connection import reading
from quotes.store.writer import Writer

pytestmark = pytest.mark.usefixtures("by_rules")
SHORT = "Ana López said: “No comment.” The council did not meet on Friday after all."


@pytest.fixture
def found(shards, tmp_path):
    """A batch of five articles: an utterance in two wordings and three articles, another in two, a short one twice."""
    write_shard(shards / "c.jsonl", [FIRST, THIRD, SHORT, SHORT + " It rained."])
    run([shards], tmp_path / "found", partial(local, workers=1))
    return tmp_path / "found"


def utterances(folder):
    return pq.read_table(folder / "groups" / "utterances.parquet").to_pylist()


def test_grouping_joins_identical_and_near_statements(found):
    grouped = group_batch(found)
    first, second, *rest = utterances(found)
    assert "the harbour again in early May" in first["label"]
    assert (first["quotes"], first["articles"], first["wordings"], first["speakers"]) == (3, 3, 2, 1)
    assert (first["first_published"], first["last_published"]) == ("2023-03-01", "2023-03-01")
    assert "never closed" in second["label"]
    assert (second["quotes"], second["articles"], second["wordings"]) == (2, 2, 1)
    assert grouped.repeated == 2
    assert grouped.quotes == sum(row["quotes"] for row in utterances(found))
    assert all(row["quotes"] == 1 for row in rest)


def test_grouping_joins_no_short_statements(found):
    group_batch(found)
    assert [row["articles"] for row in utterances(found) if "No comment" in row["label"]] == [1, 1]


def test_grouping_gives_every_quote_its_utterance(found):
    group_batch(found)
    members = pq.read_table(found / "groups" / "quotes.parquet").to_pylist()
    quotes = [row for path in (found / "quotes").glob("*") for row in pq.read_table(path).to_pylist()]
    assert sorted((row["article"], row["position"]) for row in members) == sorted(
        (row["article"], row["position"]) for row in quotes
    )
    assert {row["utterance"] for row in members} == {row["utterance"] for row in utterances(found)}


def test_grouping_does_not_hang_on_batches_processes_or_memory(found, monkeypatch):
    group_batch(found)
    before = utterances(found)
    monkeypatch.setattr(grouping, "_BATCH", 1)
    group_batch(found, workers=2, memory=512)
    assert utterances(found) == before
    assert not list(found.glob(".groups*"))


def test_grouping_makes_the_groups_of_a_database(found, tmp_path):
    group_batch(found)
    with Writer(tmp_path / "quotes.db") as writer:
        assert load(found, writer) == {"added": 7}
    with reading(tmp_path / "quotes.db") as conn:
        rows = conn.execute(
            "SELECT count(*) FROM quote GROUP BY utterance_id HAVING count(DISTINCT article_id) > 1 ORDER BY 1 DESC"
        ).fetchall()
        long = [row[0] for row in rows]
    assert long[:2] == [3, 2]


def test_load_gives_the_numbers_that_adding_one_by_one_gives(found, shards, tmp_path):
    from quotes import adding
    from quotes.readers import read

    with Writer(tmp_path / "loaded.db") as writer:
        load(found, writer)
    with Writer(tmp_path / "added.db") as writer:
        adding.add_all(read([shards]), writer, workers=1)
    tables = ("article", "quote", "span", "speaker", "mark", "topic", "utterance", "claim")
    for table in tables:
        with reading(tmp_path / "loaded.db") as one, reading(tmp_path / "added.db") as other:
            columns = [row["name"] for row in one.execute(f"PRAGMA table_info({table})") if row["name"] != "added"]
            query = f"SELECT {', '.join(columns)} FROM {table} ORDER BY 1, 2, 3"
            assert [tuple(row) for row in one.execute(query)] == [tuple(row) for row in other.execute(query)], table


@pytest.mark.parametrize(
    ("selection", "texts"),
    [
        (Selection(speaker="lindqvist"), {THIRD}),
        (Selection(outlet="outlet 1"), {THIRD}),
        (Selection(since="2023-03-03", until="2023-03-03"), {SHORT}),
        (Selection(until="2023-03"), {FIRST, SECOND, THIRD, SHORT, SHORT + " It rained."}),
        (Selection(repeats=3), {FIRST, SECOND}),
        (Selection(repeats=2, speaker="lindqvist"), {THIRD}),
        (Selection(speaker="nobody"), set()),
    ],
)
def test_load_takes_the_articles_that_are_selected(found, tmp_path, selection, texts):
    group_batch(found)
    with Writer(tmp_path / "quotes.db") as writer:
        load(found, writer, selection)
    with reading(tmp_path / "quotes.db") as conn:
        assert {row["text"] for row in conn.execute("SELECT text FROM article")} == texts


def test_load_twice_changes_nothing(found, tmp_path):
    with Writer(tmp_path / "quotes.db") as writer:
        load(found, writer)
        assert load(found, writer) == {"unchanged": 7}


def test_load_by_repeats_asks_for_groups(found, tmp_path):
    with Writer(tmp_path / "quotes.db") as writer, pytest.raises(BatchError) as error:
        load(found, writer, Selection(repeats=2))
    assert str(error.value) == f"{found} is not grouped; run `quotes batch group {found}` first."


def test_load_of_a_folder_without_shards_is_told(tmp_path):
    with Writer(tmp_path / "quotes.db") as writer, pytest.raises(BatchError) as error:
        load(tmp_path, writer)
    assert str(error.value) == (f"{tmp_path} holds no finished shard; make some with `quotes batch INPUT --out` there.")
