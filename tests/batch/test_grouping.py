"""Utterances over Parquet are those that a database has of the same articles."""

from __future__ import annotations

from collections import defaultdict
from functools import partial

import pyarrow.parquet as pq
import pytest
from tests.batch.conftest import FIRST, SECOND, THIRD, write_shard

from quotes.batch import engine
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
    first, *rest = utterances(found)
    assert "the harbour again in early May" in first["label"]
    assert (first["quotes"], first["articles"], first["wordings"], first["speakers"]) == (3, 3, 2, 1)
    assert (first["first_published"], first["last_published"]) == ("2023-03-01", "2023-03-01")
    (second,) = [row for row in rest if "never closed" in row["label"]]
    assert (second["quotes"], second["articles"], second["wordings"]) == (2, 2, 1)
    assert grouped.repeated == 3
    assert grouped.quotes == sum(row["quotes"] for row in utterances(found))
    assert [row["quotes"] for row in rest] == [2, 2]


def test_grouping_joins_short_statements_in_copies_of_a_text_alone(found):
    group_batch(found)
    (row,) = [row for row in utterances(found) if "No comment" in row["label"]]
    assert row["articles"] == 2
    write_shard(found.parent / "in" / "c.jsonl", [FIRST, SHORT, "Asked about the dam, Ana López said: “No comment.”"])
    run([found.parent / "in"], found, partial(local, workers=1))
    group_batch(found)
    assert [row["articles"] for row in utterances(found) if "No comment" in row["label"]] == [1, 1]


def test_grouping_gives_every_quote_its_utterance(found):
    group_batch(found)
    members = pq.read_table(found / "groups" / "quotes.parquet").to_pylist()
    quotes = rows_of(found / "quotes")
    assert sorted((row["article"], row["position"]) for row in members) == sorted(
        (row["article"], row["position"]) for row in quotes
    )
    assert {row["utterance"] for row in members} == {row["utterance"] for row in utterances(found)}


def test_grouping_does_not_hang_on_batches_processes_or_memory(found, monkeypatch):
    group_batch(found)
    before = utterances(found)
    monkeypatch.setattr(engine, "BATCH", 1)
    group_batch(found, workers=2, memory=512)
    assert utterances(found) == before
    assert not list(found.glob(".groups*"))


def statement(words, speaker, number):
    """An article of its own around a statement."""
    return f"Report {number} came from room {number * 7}. {speaker} said: “{words}.” Nobody in hall {number * 3} left."


DAM = "The old dam above the valley will be torn down before the winter rains begin, and nobody has to leave"
OF_ALL_KINDS = [
    (DAM + " his house", "Amina Odhiambo"),
    (DAM.upper() + " HIS HOUSE", "Peter Lindqvist"),  # identical
    (DAM + " her home", "Amina Odhiambo"),  # near
    (DAM.replace("will be", "will not be") + " his house", "Jon Baker"),  # turned round
    ("will be torn down before the winter rains begin", "Amina Odhiambo"),  # a fragment
    ("The harbour reopens for fishing boats in April", "Ana López"),
    ("The harbour reopens for sailing boats in April", "Jon Baker"),  # so like it that the meaning is asked
    ("Taxes on bread must fall this year", "Jon Baker"),
    ("Taxes on bread must fall next year", "Jon Baker"),
    ("The tunnel has 12 lanes and costs more than the bridge ever did", "Ana López"),
    ("The tunnel has 14 lanes and costs more than the bridge ever did", "Ana López"),  # another number
    ("We are ready", "Ana López"),  # short, from one mouth twice
    ("We are ready", "President Ana Lopez"),
    ("We are ready", "Jon Baker"),
    ("Never", "Jon Baker"),
    ("Never", "Jon Baker"),
]


@pytest.mark.parametrize(("most", "asked"), [(1000, 1), (10, 0)])
def test_grouping_compares_no_more_meanings_than_the_limit(tmp_path, monkeypatch, most, asked):
    pairs = []
    monkeypatch.setattr("quotes.batch.grouping.ask_meaning", lambda *pair: pairs.append(pair))
    monkeypatch.setattr("quotes.batch.grouping.MOST_WORDS", most)
    (tmp_path / "in").mkdir()
    said = ("Engineers repaired the northern pier before winter", "Engineers inspected the northern pier before winter")
    write_shard(tmp_path / "in" / "a.jsonl", [f"Ana López said: “{words}.”" for words in said])
    run([tmp_path / "in"], tmp_path / "found", partial(local, workers=1))
    group_batch(tmp_path / "found")
    assert len(pairs) == asked


def test_grouping_makes_the_utterances_of_a_database(shards, tmp_path):
    texts = [statement(words, speaker, number) for number, (words, speaker) in enumerate(OF_ALL_KINDS)]
    texts += [texts[-1] + " It rained.", texts[4] + " It rained."]  # copies
    write_shard(shards / "kinds.jsonl", texts)
    run([shards], tmp_path / "found", partial(local, workers=1))
    group_batch(tmp_path / "found")
    with Writer(tmp_path / "quotes.db") as writer:
        load(tmp_path / "found", writer)
    with reading(tmp_path / "quotes.db") as conn:
        stored = [
            (row["utterance_id"], (row["name"], row["position"]))
            for row in conn.execute("SELECT * FROM quote JOIN article ON article.id = article_id")
        ]
    names = {row["article"]: row["name"] for row in rows_of(tmp_path / "found" / "articles")}
    grouped = [
        (row["utterance"], (names[row["article"]], row["position"]))
        for row in pq.read_table(tmp_path / "found" / "groups" / "quotes.parquet").to_pylist()
    ]
    assert parts(grouped) == parts(stored)
    assert sorted(len(part) for part in parts(grouped) if len(part) > 1) == [2, 2, 2, 2, 2, 5]


def rows_of(folder):
    return [row for path in sorted(folder.glob("*")) for row in pq.read_table(path).to_pylist()]


def parts(pairs):
    """The sets of quotes that have the same number."""
    found = defaultdict(set)
    for number, quote in pairs:
        found[number].add(quote)
    return {frozenset(quotes) for quotes in found.values()}


def test_grouping_counts_an_article_once_that_stands_in_two_shards(shards, tmp_path):
    for name in ("x", "y"):
        write_shard(shards / f"{name}.jsonl", [THIRD], url="https://example.org/bridge")
    run([shards], tmp_path / "found", partial(local, workers=1))
    group_batch(tmp_path / "found")
    (row,) = [row for row in utterances(tmp_path / "found") if "never closed" in row["label"]]
    assert (row["quotes"], row["articles"]) == (2, 2)


@pytest.mark.parametrize("many", [0, 500])
def test_load_gives_the_numbers_that_adding_one_by_one_gives(found, shards, tmp_path, monkeypatch, many):
    from quotes import adding
    from quotes.readers import read

    monkeypatch.setattr("quotes.batch.load._MANY", many)
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
        (Selection(speaker="Sir Peter Lindqvist"), {THIRD}),
        (Selection(speaker="lindq"), set()),
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


def test_load_groups_many_articles_together_and_a_few_more_one_by_one(found, shards, tmp_path, monkeypatch):
    monkeypatch.setattr("quotes.batch.load._MANY", 0)
    told = []
    with Writer(tmp_path / "quotes.db") as writer:
        load(found, writer, report=told.append)
        assert "claims are made" in told
        write_shard(shards / "d.jsonl", [THIRD + " Again."])
        run([shards], found, partial(local, workers=1))
        told.clear()
        assert load(found, writer, report=told.append) == {"unchanged": 7, "added": 1}
        assert "claims are made" not in told
    with reading(tmp_path / "quotes.db") as conn:
        assert not conn.execute("SELECT * FROM quote WHERE claim_id IS NULL").fetchall()


def test_load_that_is_stopped_leaves_the_grouping_to_the_next_who_writes(found, tmp_path, monkeypatch):
    monkeypatch.setattr("quotes.batch.load._MANY", 0)

    def stop(step):
        if step.startswith("c-"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), Writer(tmp_path / "quotes.db") as writer:
        load(found, writer, report=stop)
    with reading(tmp_path / "quotes.db") as conn:
        assert conn.execute("SELECT count(*) FROM article").fetchone()[0] == 3
    with Writer(tmp_path / "quotes.db"):
        pass
    with reading(tmp_path / "quotes.db") as conn:
        assert not conn.execute("SELECT * FROM quote WHERE claim_id IS NULL").fetchall()


def test_load_by_repeats_asks_for_groups(found, tmp_path):
    with Writer(tmp_path / "quotes.db") as writer, pytest.raises(BatchError) as error:
        load(found, writer, Selection(repeats=2))
    assert str(error.value) == f"{found} is not grouped; run `quotes batch group {found}` first."


def test_load_of_a_folder_without_shards_is_told(tmp_path):
    with Writer(tmp_path / "quotes.db") as writer, pytest.raises(BatchError) as error:
        load(tmp_path, writer)
    assert str(error.value) == (f"{tmp_path} holds no finished shard; make some with `quotes batch INPUT --out` there.")
