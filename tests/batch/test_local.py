"""The engine on this machine: several processes, any of which may be killed."""

from __future__ import annotations

import os
import signal
from functools import partial

import pyarrow.parquet as pq
import pytest
from tests.batch.conftest import FIRST, SECOND, THIRD, write_shard

from quotes.adding import Reading
from quotes.batch import local as engine
from quotes.batch.local import local
from quotes.batch.run import run
from quotes.batch.shards import Output
from quotes.batch.work import Fault
from quotes.model import Article, Extraction
from quotes.topics import Profile

DEADLY = "This article kills whoever reads it."


def deadly(outcome):
    """What `read_safely` does, but without a model, and deadly at one article."""
    if not isinstance(outcome, Article):
        return None
    if outcome.text == DEADLY:
        os.kill(os.getpid(), signal.SIGKILL)
    return Reading(Extraction(quotes=(), marks=(), extractor="made/1"), Profile())


def deadly_item(item):
    return deadly(item.outcome)


def articles(folder):
    return {row["text"] for path in (folder / "articles").glob("*.parquet") for row in pq.read_table(path).to_pylist()}


def tables(folder):
    return {
        path.name: pq.read_table(path).to_pylist()
        for kind in ("articles", "quotes")
        for path in (folder / kind).glob("*")
    }


def test_local_finds_the_same_with_several_processes(shards, tmp_path, monkeypatch):
    monkeypatch.setattr("quotes.pipeline.WORTHWHILE", 0)
    run([shards], tmp_path / "one", partial(local, workers=1))
    run([shards], tmp_path / "two", partial(local, workers=2))
    assert tables(tmp_path / "one") == tables(tmp_path / "two")
    assert articles(tmp_path / "one") == {FIRST, SECOND, THIRD}


def test_local_sets_an_article_aside_that_kills_its_process(shards, tmp_path, monkeypatch):
    write_shard(shards / "b.jsonl", [SECOND, DEADLY])
    monkeypatch.setattr("quotes.pipeline.WORTHWHILE", 0)
    monkeypatch.setattr(engine, "_read_item", deadly_item)
    monkeypatch.setattr(engine, "read_safely", deadly)
    summary = run([shards], tmp_path / "out", partial(local, workers=2))
    assert (summary.done, summary.articles, summary.faults) == (2, 3, 1)
    assert articles(tmp_path / "out") == {FIRST, SECOND, THIRD}
    told = "".join(path.read_text() for path in (tmp_path / "out" / "faults").glob("b-*"))
    assert "the process that read it was killed" in told
    assert len(Output(tmp_path / "out").all_done()) == 2


def test_local_keeps_what_was_whole_when_a_reading_is_ended(shards, tmp_path, monkeypatch):
    def stopped(item):
        if item.outcome is not None and item.shard.path.endswith("b.jsonl"):
            raise KeyboardInterrupt
        return Fault("not read")

    monkeypatch.setattr(engine, "_read_item", stopped)
    with pytest.raises(KeyboardInterrupt):
        run([shards], tmp_path / "out", partial(local, workers=1))
    assert [done.faults for done in Output(tmp_path / "out").all_done()] == [2]
