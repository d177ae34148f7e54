"""A batch does every shard once, whatever happens to a run."""

from __future__ import annotations

import json
import os
from functools import partial

import pyarrow.parquet as pq
import pytest
from tests.batch.conftest import FIRST, SECOND, THIRD, write_shard

from quotes.adding import read_article
from quotes.batch import work
from quotes.batch.local import local
from quotes.batch.run import run
from quotes.batch.shards import Output, find_shards
from quotes.errors import BatchError
from quotes.readers.source import Options

pytestmark = pytest.mark.usefixtures("by_rules")

HERE = partial(local, workers=1)


def rows(folder, kind):
    return [row for path in sorted((folder / kind).glob("*.parquet")) for row in pq.read_table(path).to_pylist()]


def faults(folder):
    return [
        json.loads(line) for path in sorted((folder / "faults").glob("*")) for line in path.read_text().splitlines()
    ]


def files(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.*")) if path.is_file()}


def test_run_writes_a_row_an_article_and_a_row_a_quote(shards, tmp_path):
    out = tmp_path / "out"
    summary = run([shards], out, HERE)
    assert (summary.done, summary.unchanged, summary.articles, summary.faults) == (2, 0, 3, 0)
    assert [row["text"] for row in rows(out, "articles")] == [FIRST, THIRD, SECOND]
    assert [row["outlet"] for row in rows(out, "articles")] == ["Outlet 0", "Outlet 1", "Outlet 0"]
    quotes = rows(out, "quotes")
    assert summary.quotes == len(quotes) == sum(row["quotes"] for row in rows(out, "articles"))
    articles = {row["article"]: row["text"] for row in rows(out, "articles")}
    for quote in quotes:
        spans = [articles[quote["article"]][span["start"] : span["end"]] for span in quote["contents"]]
        assert " … ".join(spans) == quote["text"]
    assert {quote["speaker"]["name"] for quote in quotes if quote["speaker"]} >= {"Amina Odhiambo", "Peter Lindqvist"}


def test_run_tells_in_a_manifest_what_it_was(shards, tmp_path):
    run([shards], tmp_path / "out", HERE)
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert manifest["format"] == "quotes-batch/1"
    assert [shard["path"] for shard in manifest["shards"]] == [str(shards / "a.jsonl"), str(shards / "b.jsonl")]
    assert manifest["extractor"] == Output(tmp_path / "out").all_done()[0].extractor


def test_run_again_does_no_work_and_changes_nothing(shards, tmp_path, monkeypatch):
    run([shards], tmp_path / "out", HERE)
    before = files(tmp_path / "out")
    monkeypatch.setattr(work, "read_article", lambda _: pytest.fail("an article is read again"))
    summary = run([shards], tmp_path / "out", HERE)
    assert (summary.done, summary.unchanged, summary.articles) == (0, 2, 3)
    assert files(tmp_path / "out") == before


def test_run_does_a_shard_again_that_has_changed_and_no_other(shards, tmp_path):
    run([shards], tmp_path / "out", HERE)
    write_shard(shards / "b.jsonl", [SECOND, THIRD])
    summary = run([shards], tmp_path / "out", HERE)
    assert (summary.done, summary.unchanged, summary.articles) == (1, 1, 4)


def test_run_does_shards_again_that_another_extractor_read(shards, tmp_path, monkeypatch):
    run([shards], tmp_path / "out", HERE)
    monkeypatch.setattr("quotes.batch.run.current_extractor", lambda: "model/of tomorrow")
    assert run([shards], tmp_path / "out", HERE).done == 2


def test_run_goes_on_after_it_was_interrupted(shards, tmp_path, monkeypatch):
    def interrupted(article):
        if article.text == SECOND:
            raise KeyboardInterrupt
        return read_article(article)

    monkeypatch.setattr(work, "read_article", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run([shards], tmp_path / "out", HERE)
    assert [done.shard.path for done in Output(tmp_path / "out").all_done()] == [str(shards / "a.jsonl")]
    assert not list((tmp_path / "out").glob("*/.*"))
    monkeypatch.undo()
    assert run([shards], tmp_path / "out", HERE).unchanged == 1
    assert len(rows(tmp_path / "out", "articles")) == 3


def test_run_sets_an_article_aside_that_breaks_the_code(shards, tmp_path, monkeypatch):
    def broken(article):
        if article.text == FIRST:
            raise ZeroDivisionError("of all things")
        return read_article(article)

    monkeypatch.setattr(work, "read_article", broken)
    summary = run([shards], tmp_path / "out", HERE)
    assert (summary.articles, summary.faults) == (2, 1)
    (told,) = faults(tmp_path / "out")
    assert told == {
        "input": f"{shards}/a.jsonl/a-0",
        "kind": "crash",
        "error": "ZeroDivisionError: of all things",
    }


def test_run_tells_what_is_no_article_and_reads_the_rest(shards, tmp_path):
    with (shards / "a.jsonl").open("a") as file:
        file.write("no JSON\n")
    summary = run([shards], tmp_path / "out", HERE)
    assert (summary.articles, summary.faults) == (3, 1)
    (told,) = faults(tmp_path / "out")
    assert told["kind"] == "BadRecord"
    assert "line 3 of" in told["error"]


def test_run_reads_parquet_shards_with_their_columns_mapped(tmp_path):
    import pyarrow as pa

    table = pa.table({"id": ["one", "two"], "body": [FIRST, THIRD], "day": ["2023-03-04", "2023-03-05"]})
    pq.write_table(table, tmp_path / "news.parquet")
    summary = run(
        [tmp_path / "news.parquet"],
        tmp_path / "out",
        HERE,
        options=Options(mapping={"text": "body", "published": "day"}),
    )
    assert (summary.articles, summary.faults) == (2, 0)
    assert [(row["name"], row["published"]) for row in rows(tmp_path / "out", "articles")] == [
        ("one", "2023-03-04"),
        ("two", "2023-03-05"),
    ]


def test_run_tells_of_a_damaged_parquet_shard(tmp_path):
    (tmp_path / "news.parquet").write_bytes(b"PAR1 and nothing else")
    summary = run([tmp_path / "news.parquet"], tmp_path / "out", HERE)
    assert (summary.articles, summary.faults) == (0, 1)
    (told,) = faults(tmp_path / "out")
    assert told["kind"] == "NotText"


def test_run_refuses_a_second_run_on_the_same_folder(shards, tmp_path):
    def nested(plan, shards):
        with pytest.raises(BatchError) as error:
            run([shards[0].path], tmp_path / "out", HERE)
        assert str(error.value) == (
            f"Another run writes to {tmp_path / 'out'}: wait for its end, or name another --out."
        )
        yield from local(plan, shards, workers=1)

    assert run([shards], tmp_path / "out", nested).done == 2


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "none",
            "There is no file {path}; name .jsonl, .jsonl.gz, .parquet, .warc, .warc.gz files or folders of them.",
        ),
        ("empty", "{path} holds no shard; put .jsonl, .jsonl.gz, .parquet, .warc, .warc.gz files into it."),
        (
            "notes.txt",
            "{path} is no shard; name {kinds} files, or read it with `quotes add`.",
        ),
    ],
)
def test_shards_are_files_of_known_kinds(name, message, tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes.txt").write_text("x")
    with pytest.raises(BatchError) as error:
        find_shards([tmp_path / name])
    assert str(error.value) == message.format(
        path=tmp_path / name, kinds=".jsonl, .jsonl.gz, .parquet, .warc, .warc.gz"
    )


def test_shards_of_one_name_in_two_folders_have_two_names(tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        write_shard(tmp_path / folder / "news.jsonl", [FIRST])
    names = {shard.name for shard in find_shards([tmp_path])}
    assert len(names) == 2
    assert all(name.startswith("news-") for name in names)


def test_output_that_cannot_be_written_is_told(shards, tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(BatchError) as error:
        run([shards], tmp_path / "file", HERE)
    assert str(error.value) == f"{tmp_path / 'file'} cannot be written (not a directory): name another --out."


def test_marks_that_are_damaged_count_as_none(shards, tmp_path):
    run([shards], tmp_path / "out", HERE)
    mark = next((tmp_path / "out" / "done").glob("a-*"))
    os.truncate(mark, 20)
    assert run([shards], tmp_path / "out", HERE).done == 1
