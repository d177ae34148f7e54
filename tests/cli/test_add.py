"""add, extract, export, remove and verify from the user's side."""

import csv
import io
import json
import os
import signal
import sqlite3
import time
from contextlib import closing

import pytest

from quotes.cli.add import Pace

ARTICLE = "Amina Odhiambo said, “The road is open again.”\n"


@pytest.fixture
def folder(tmp_path):
    """A folder of two articles and a manifest, and a file of another type."""
    path = tmp_path / "news"
    path.mkdir()
    (path / "a.txt").write_text(ARTICLE)
    (path / "b.txt").write_text("“We saw nothing at all,” said Piet van der Berg.\n")
    (path / "c.png").write_bytes(b"\x89PNG")
    (path / "manifest.csv").write_text("file,outlet,published\na.txt,Radio Coast,2024-05-01\n")
    return path


def dump(path):
    with sqlite3.connect(path) as connection:
        lines = list(connection.iterdump())
    connection.close()
    return lines


def test_add_tells_what_became_of_the_inputs(quotes, folder):
    result = quotes("add", folder)
    assert result.exit_code == 0
    assert result.stdout == "quotes.db: 2 articles (2 added), 2 quotes found.\n"
    assert result.stderr == "1 input passed over: 1 unknown type.\n"


def test_add_again_changes_nothing(quotes, folder, tmp_path):
    quotes("add", folder)
    before = dump(tmp_path / "quotes.db")
    result = quotes("add", folder / "a.txt", folder)
    assert result.stdout == "quotes.db: 3 articles (3 unchanged), 0 quotes found.\n"
    assert dump(tmp_path / "quotes.db") == before


def test_add_takes_what_the_manifest_tells(quotes, folder, rows):
    quotes("add", folder)
    first, second = rows(quotes("articles", "--json"))
    assert {(row["outlet"], row["published"]) for row in (first, second)} == {
        ("Radio Coast", "2024-05-01"),
        (None, None),
    }


def test_add_stores_a_changed_text_as_a_new_version(quotes, folder):
    quotes("add", folder)
    (folder / "a.txt").write_text(ARTICLE + "She said that more will follow soon.\n")
    assert quotes("add", folder).stdout == "quotes.db: 2 articles (1 unchanged, 1 new version), 2 quotes found.\n"


def test_add_goes_on_after_what_it_cannot_read_and_exits_with_1(quotes, folder):
    (folder / "empty.txt").write_text("")
    result = quotes("add", "missing.txt", folder)
    assert result.exit_code == 1
    assert result.stdout == "quotes.db: 2 articles (2 added), 2 quotes found.\n"
    assert result.stderr.count("Error: ") == 2
    assert result.stderr.endswith("\n2 faults in the inputs, told above.\n")


def test_add_counts_a_fault_beside_an_article_that_is_read(quotes, tmp_path):
    record = {"id": "a", "text": ARTICLE, "date": "yesterday"}
    (tmp_path / "in.jsonl").write_text(json.dumps(record) + "\n")
    result = quotes("add", "in.jsonl")
    assert result.exit_code == 1
    assert result.stdout == "quotes.db: 1 article (1 added), 1 quote found.\n"
    assert result.stderr == (
        'Error: line 1 of in.jsonl has a "date" that is no ISO 8601 date, left out here; '
        "write it as 2023, 2023-03, 2023-03-04 or 2023-03-04T10:30:00Z.\n"
        "1 fault in the inputs, told above.\n"
    )


def test_add_tells_what_lone_surrogates_became(quotes, tmp_path):
    (tmp_path / "a.jsonl").write_text('{"id": "a", "text": "half \\ud800 and half \\udc00"}\n')
    assert quotes("add", "a.jsonl").stderr == "2 lone surrogates replaced by U+FFFD: half a character is none.\n"
    quotes("export", "--articles", "out.jsonl")
    assert json.loads((tmp_path / "out.jsonl").read_text())["text"] == "half \ufffd and half \ufffd"


def test_add_prints_its_summary_as_json(quotes, folder):
    summary = json.loads(quotes("add", folder, "missing.txt", "--json").stdout)
    errors = summary.pop("errors")
    assert summary.pop("skipped") == [{"input": str(folder / "c.png"), "reason": "unknown type"}]
    assert summary == {
        "added": 2,
        "unchanged": 0,
        "updated": 0,
        "new_version": 0,
        "quotes": 2,
        "not_english": {},
        "replaced": 0,
        "reasons": {"unknown type": 1},
        "faults": 1,
    }
    assert len(errors) == 1
    assert "missing.txt" in errors[0]


def test_add_reads_standard_input(quotes, rows):
    assert quotes("add", "-", input=ARTICLE).exit_code == 0
    assert [row["speaker"]["name"] for row in rows(quotes("who", "road", "--json"))] == ["Amina Odhiambo"]


def test_add_and_export_with_the_shipped_model(quotes_by_model, folder, rows):
    assert quotes_by_model("add", folder).stdout == "quotes.db: 2 articles (2 added), 2 quotes found.\n"
    exported = rows(quotes_by_model("export"))
    assert {row["text"] for row in exported} == {"“The road is open again.”", "“We saw nothing at all,”"}
    assert all(0 < row["confidence"] < 1 for row in exported)
    assert quotes_by_model("verify").exit_code == 0


def test_add_of_a_file_over_the_limit_names_the_option_that_raises_it(quotes, folder):
    (folder / "b.txt").write_text("word " * 300)
    result = quotes("add", folder, "--max-size", "0.001")
    assert result.exit_code == 1
    assert "--max-size" in result.stderr
    assert quotes("add", folder, "--max-size", "0.01").exit_code == 0


def test_extract_prints_the_contract_of_attribution_jsonl(quotes, folder, rows):
    first, second = rows(quotes("extract", folder))
    assert (first["id"], first["text"]) == ("a", ARTICLE)
    (attribution,) = first["attributions"]
    assert [ARTICLE[s:e] for s, e in attribution["contents"]] == ["“The road is open again.”"]
    assert attribution["speaker"] == "Amina Odhiambo"
    assert second["id"] == "b"


def test_extract_reads_with_the_extractor_that_is_named(quotes_by_model, folder, rows):
    by_model, by_rules = (
        rows(quotes_by_model("extract", folder, "--extractor", name))[0]["attributions"] for name in ("model", "rules")
    )
    assert [attribution["confidence"] is None for attribution in (*by_model, *by_rules)] == [False, True]


def test_extract_keeps_the_ids_of_jsonl_records(quotes, tmp_path, rows):
    (tmp_path / "in.jsonl").write_text(json.dumps({"id": "x/1.2", "text": ARTICLE, "attributions": []}) + "\n")
    assert [row["id"] for row in rows(quotes("extract", "in.jsonl"))] == ["x/1.2"]


def test_extract_writes_json_csv_and_a_table(quotes, folder):
    assert [document["id"] for document in json.loads(quotes("extract", folder, "--format", "json").stdout)] == [
        "a",
        "b",
    ]
    first, _ = csv.DictReader(io.StringIO(quotes("extract", folder, "--format", "csv").stdout))
    assert (first["speaker"], first["cue"]) == ("Amina Odhiambo", "said")
    assert "Amina Odhiambo" in quotes("extract", folder, "--format", "table").stdout


def test_extract_exits_with_1_when_an_input_could_not_be_read(quotes, folder):
    result = quotes("extract", folder / "a.txt", "missing.txt")
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    assert result.stderr.endswith("\n1 fault in the inputs, told above.\n")


def test_extract_of_an_unknown_extractor_is_wrong_usage(quotes, folder):
    result = quotes("extract", folder, "--extractor", "magic")
    assert result.exit_code == 2
    assert "'magic' is none of model, rules." in result.stderr


def test_export_writes_the_contract_of_a_quote_a_line(quotes, folder, rows):
    quotes("add", folder)
    first, _ = rows(quotes("export", "--format", "jsonl"))
    speaker = first.pop("speaker")
    assert speaker["name"] == "Amina Odhiambo"
    article = first.pop("article")
    assert {key: article[key] for key in ("path", "url", "outlet", "title", "published")} == {
        "path": "news/a.txt",
        "url": None,
        "outlet": "Radio Coast",
        "title": None,
        "published": "2024-05-01",
    }
    assert first == {
        "id": 1,
        "contents": [[21, 46]],
        "sources": [[0, 14]],
        "cues": [[15, 19]],
        "kind": "direct",
        "text": "“The road is open again.”",
        "mention": "Amina Odhiambo",
        "utterance": 1,
        "claim": 1,
        "confidence": None,
        "speaker_confidence": None,
        "speaker_description": None,
        "members": [],
        "cue_class": "says",
        "negated": False,
        "modality": None,
        "via": None,
        "status": "closed",
    }


def test_export_writes_the_articles_that_the_offsets_count_into(quotes, folder, tmp_path, rows):
    quotes("add", folder)
    exported = rows(quotes("export", "--articles", "articles.jsonl"))
    texts = {row["id"]: row["text"] for row in map(json.loads, (tmp_path / "articles.jsonl").read_text().splitlines())}
    assert len(texts) == 2
    for row in exported:
        assert " … ".join(texts[row["article"]["id"]][start:end] for start, end in row["contents"]) == row["text"]


def test_export_writes_csv_to_a_file(quotes, folder, tmp_path):
    quotes("add", folder)
    assert quotes("export", "--format", "csv", "--output", "out.csv").stdout == ""
    first, _ = csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text()))
    assert (first["speaker"], first["outlet"], first["start"], first["end"]) == (
        "Amina Odhiambo",
        "Radio Coast",
        "21",
        "46",
    )


def test_export_to_a_place_that_is_not_there_says_so(quotes, folder):
    quotes("add", folder)
    result = quotes("export", "--output", "no/where.jsonl")
    assert result.exit_code == 1
    assert result.stderr == (
        "Error: no/where.jsonl cannot be written (no such file or directory); name another file.\n"
    )


def test_remove_asks_and_takes_an_article_with_all_that_hangs_on_it(quotes, folder, rows):
    quotes("add", folder)
    refused = quotes("remove", "1", input="n\n")
    assert refused.exit_code == 1
    assert len(rows(quotes("articles", "--json"))) == 2
    assert quotes("remove", "1", input="y\n").stdout == "Removed 1: a, with 1 quote.\n"
    assert [row["name"] for row in rows(quotes("speakers", "--json"))] == ["Piet van der Berg"]
    assert quotes("verify").exit_code == 0


def test_remove_of_an_unknown_article_removes_none(quotes, folder, rows):
    quotes("add", folder)
    result = quotes("remove", "1", "99", "--yes")
    assert result.exit_code == 1
    assert "99" in result.stderr
    assert len(rows(quotes("articles", "--json"))) == 2


def test_remove_of_one_article_named_twice_removes_it_once(quotes, folder):
    quotes("add", folder)
    result = quotes("remove", "1", "1", "--yes")
    assert (result.exit_code, result.stdout) == (0, "Removed 1: a, with 1 quote.\n")


def test_verify_of_the_empty_file_that_a_killed_first_run_leaves_finds_nothing_wrong(quotes, tmp_path):
    (tmp_path / "quotes.db").touch()
    result = quotes("verify")
    assert (result.exit_code, result.stdout) == (0, "quotes.db: all is well: nothing is in it yet.\n")


def test_verify_says_that_all_is_well(quotes, folder):
    quotes("add", folder)
    assert quotes("verify").stdout == "quotes.db: all is well: 2 articles, 2 quotes, 2 speakers.\n"


def test_verify_tells_what_is_wrong_and_exits_with_1(quotes, folder, tmp_path, rows):
    quotes("add", folder)
    with sqlite3.connect(tmp_path / "quotes.db") as connection:
        connection.execute("UPDATE span SET start = start + 1 WHERE quote_id = 1 AND role = 'cue'")
    connection.close()
    result = quotes("verify")
    assert result.exit_code == 1
    assert result.stdout.endswith(" problem.\n") or result.stdout.endswith(" problems.\n")
    assert rows(quotes("verify", "--json"))


@pytest.fixture
def many(tmp_path):
    """A file of so many articles that workers are started for them."""
    path = tmp_path / "many.jsonl"
    line = "“We counted {} boats,” said Piet van der Berg. Amina Odhiambo said that the harbour will close. "
    records = [{"id": str(i), "text": line.format(i) * 25} for i in range(24)]
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return path


def test_add_and_extract_do_the_same_with_any_number_of_workers(quotes_process, many):
    for workers in ("1", "2"):
        added = quotes_process("add", many, "--db", f"{workers}.db", "--workers", workers)
        assert added.stdout.startswith(f"{workers}.db: 24 articles (24 added), ")
    exports = [quotes_process("export", "--db", f"{workers}.db").stdout for workers in ("1", "2")]
    assert exports[0] == exports[1]
    extracts = [quotes_process("extract", many, "--workers", workers).stdout for workers in ("1", "2")]
    assert extracts[0] == extracts[1]


def test_add_stores_what_an_article_is_about(quotes_by_model, tmp_path):
    (tmp_path / "a.txt").write_text("The toll bridge opened on Monday. Nobody has crossed the toll bridge. Rain fell.")
    quotes_by_model("add", "a.txt")
    with closing(sqlite3.connect(tmp_path / "quotes.db")) as conn:
        assert conn.execute("SELECT term FROM topic WHERE rank = 1").fetchall() == [("toll bridge",)]
        assert conn.execute("SELECT sentences, words FROM article").fetchall() == [(3, 14)]


def test_add_does_not_read_again_what_is_stored(quotes, folder, monkeypatch):
    from quotes import pipeline

    quotes("add", folder)

    def never(article, **_):
        raise AssertionError(article)

    monkeypatch.setattr(pipeline, "annotate_article", never)
    assert quotes("add", folder).stdout == "quotes.db: 2 articles (2 unchanged), 0 quotes found.\n"


def test_add_keeps_what_it_had_read_before_it_failed(quotes, folder, monkeypatch, rows):
    from quotes import pipeline

    read = pipeline.annotate_article

    def failing(article, **options):
        if article.name == "b":
            raise MemoryError
        return read(article, **options)

    monkeypatch.setattr(pipeline, "annotate_article", failing)
    with pytest.raises(MemoryError):
        quotes("add", folder)
    assert [row["name"] for row in rows(quotes("articles", "--json"))] == ["a"]


@pytest.mark.parametrize("workers", ["1", "2"])
def test_add_that_is_interrupted_keeps_whole_articles_and_goes_on_later(quotes_process, many, tmp_path, workers):
    process = quotes_process.start("add", many, "--workers", workers)
    while not stored(tmp_path / "quotes.db"):
        assert process.poll() is None
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert errors.strip() == "Aborted!"
    assert 0 < stored(tmp_path / "quotes.db") < 24
    assert quotes_process("verify").returncode == 0
    assert quotes_process("add", many).stdout.startswith("quotes.db: 24 articles (")


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL there")
def test_add_that_is_killed_in_a_stream_reads_again_only_what_is_not_stored(quotes_process, many, tmp_path):
    process = quotes_process.start("add", many, "--workers", "1")
    while stored(tmp_path / "quotes.db") < 3:
        assert process.poll() is None
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=60)
    kept = stored(tmp_path / "quotes.db")
    assert 3 <= kept < 24
    summary = json.loads(quotes_process("add", many, "--json", "--workers", "1").stdout)
    assert (summary["unchanged"], summary["added"], summary["faults"]) == (kept, 24 - kept, 0)
    again = json.loads(quotes_process("add", many, "--json", "--workers", "1").stdout)
    assert (again["unchanged"], again["added"], again["quotes"]) == (24, 0, 0)


def test_add_shows_articles_and_their_rate():
    moments = iter([0.0, 0.5, 4.0])
    pace = Pace(lambda: next(moments))
    assert (pace.step(), pace.step()) == ("1 article, 2.0 a second", "2 articles, 0.5 a second")


def test_add_maps_columns_and_says_which_are_there(quotes, tmp_path, rows):
    (tmp_path / "a.csv").write_text(f'body,day\n"{ARTICLE.strip()}","May 1, 2024"\n')
    assert quotes("add", "a.csv").stderr == (
        'Error: a.csv has no column "text" (its columns: body, day); name the one that holds the text as in '
        "`--map text=body`.\n1 fault in the inputs, told above.\n"
    )
    assert quotes("add", "a.csv", "--map", "text=body,published=day").exit_code == 0
    assert [row["published"] for row in rows(quotes("articles", "--json"))] == ["2024-05-01"]


def test_add_keeps_what_is_not_english_without_quotes(quotes, tmp_path, rows):
    (tmp_path / "a.txt").write_text(
        "Le ministre a déclaré samedi que « la route est de nouveau ouverte », selon l'agence."
    )
    assert quotes("add", "a.txt").stderr == "1 article not in English, in which no quotes are looked for: 1 fr.\n"
    (row,) = rows(quotes("articles", "--json"))
    assert (row["language"], row["quotes"], row["extractor"]) == ("fr", 0, "none/fr")
    assert quotes("extract", "a.txt").stderr == "1 article not in English, in which no quotes are looked for: 1 fr.\n"


def test_add_tells_where_in_the_text_metadata_were_printed(quotes, tmp_path, rows):
    text = "date 2024-05-01 NAIROBI (AP) – Amina Odhiambo said, “The road is open again.”\n"
    (tmp_path / "a.txt").write_text(text)
    quotes("add", "a.txt")
    (row,) = rows(quotes("articles", "--json"))
    assert row["published"] == "2024-05-01"
    assert [(told["field"], told["value"], told["taken"]) for told in row["printed"]] == [
        ("published", "2024-05-01", True),
        ("place", "NAIROBI", False),
        ("agency", "AP", False),
    ]
    assert [text[told["start"] : told["end"]] for told in row["printed"]] == ["2024-05-01", "NAIROBI", "AP"]


def stored(path):
    """How many articles a database holds; none where it is not made yet."""
    if not path.exists():
        return 0
    with closing(sqlite3.connect(path)) as connection:
        try:
            return connection.execute("SELECT count(*) FROM article").fetchone()[0]
        except sqlite3.OperationalError:
            return 0
