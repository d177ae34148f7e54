from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest

from quotes.errors import BadMapping
from quotes.readers.records import parse_mapping

if TYPE_CHECKING:
    from pathlib import Path
    from types import SimpleNamespace


COPY = "copy out the text of it into a .txt file and read that"
NAME_IT = "name the one that holds the text as in `--map text=body`."
QUOTE_IT = "put a cell that holds a comma into double quotes."


def test_records_are_mapped_from_other_keys(making: SimpleNamespace, here: Path) -> None:
    record = {
        "key": 7,
        "body": making.TEXT,
        "meta": {"head": "A title"},
        "day": "May 1, 2024",
        "by": ["A. B.", "C. D."],
    }
    (here / "a.jsonl").write_text(json.dumps(record))
    mapping = parse_mapping("id=key, text=body,title=meta.head,published=day,authors=by")
    article = making.only(here / "a.jsonl", mapping=mapping)
    assert (article.name, article.text, article.title, article.published) == ("7", making.TEXT, "A title", "2024-05-01")
    assert article.authors == ("A. B.", "C. D.")
    assert article.reader == "jsonl/1?authors=by,id=key,published=day,text=body,title=meta.head"


def test_records_have_their_own_names_where_the_mapped_ones_are_missing(making: SimpleNamespace, here: Path) -> None:
    (here / "a.jsonl").write_text(json.dumps({"id": "a", "text": making.TEXT}))
    assert making.only(here / "a.jsonl", mapping={"text": "body"}).text == making.TEXT


def test_records_of_markup_are_mapped_as_html(making: SimpleNamespace, here: Path) -> None:
    (here / "a.json").write_text(json.dumps({"id": "a", "content": {"rendered": "<p>One <b>word</b>.</p><p>Two.</p>"}}))
    assert making.only(here / "a.json", mapping={"html": "content.rendered"}).text == "One word.\nTwo."


@pytest.mark.parametrize("words", ["body", "text=", "words=body", "=body"])
def test_records_say_which_mapping_is_none(words: str) -> None:
    with pytest.raises(BadMapping) as caught:
        parse_mapping(words)
    assert str(caught.value) == (
        f"{words!r} maps nothing; write FIELD=COLUMN with one of the fields id, text, html, url, outlet, title, "
        "published, language, note, authors, updated, as in `--map text=body,published=date`."
    )


def test_records_without_an_id_are_called_by_url_or_text(making: SimpleNamespace, here: Path) -> None:
    lines = [{"text": "One."}, {"text": "Two.", "url": "https://example.org/2"}, {"text": "One."}]
    (here / "a.jsonl").write_text("\n".join(map(json.dumps, lines)))
    (here / "b.jsonl").write_text("\n".join(map(json.dumps, reversed(lines))))
    assert [article.name for article in making.articles("a.jsonl")] == ["70277bfc409b", "https://example.org/2"]
    assert {article.name for article in making.articles("b.jsonl")} == {"70277bfc409b", "https://example.org/2"}
    assert making.messages("a.jsonl") == ["line 3 of a.jsonl: the same text again"]


def test_records_of_a_json_list(making: SimpleNamespace, here: Path) -> None:
    for name, content in {
        "list.json": [{"id": "a", "text": "One."}, {"id": "b", "text": "Two."}],
        "feed.json": {"version": "1", "items": [{"id": "a", "text": "One."}, {"id": "b", "text": "Two."}]},
    }.items():
        (here / name).write_text(json.dumps(content))
        assert [article.name for article in making.articles(name)] == ["a", "b"]
        making.again(here / name)
    (here / "one.json").write_text(json.dumps({"id": "a", "text": "One."}))
    assert [article.path for article in making.articles("one.json")] == [f"{here}/one.json/a"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            b"[{",
            (
                "a.json is not JSON (expecting property name enclosed in double quotes at character 3); mend it, or "
                "save its records one a line as .jsonl."
            ),
        ),
        (b"[]", "a.json has no record in it; put a list of JSON objects into it or leave it out."),
        (b"[1]", 'record 1 of a.json is not a JSON object; put one with "id" and "text" on each line.'),
        (
            b"\x89PNG\r\n\x1a\n",
            f"a.json is a PNG picture, not text; {COPY}.",
        ),
    ],
)
def test_records_of_a_json_file_that_is_none(making: SimpleNamespace, here: Path, content: bytes, message: str) -> None:
    (here / "a.json").write_bytes(content)
    assert making.messages("a.json") == [message]


@pytest.mark.parametrize(("suffix", "mark"), [("csv", ","), ("csv", ";"), ("tsv", "\t")])
def test_records_of_a_table(making: SimpleNamespace, here: Path, suffix: str, mark: str) -> None:
    rows = [["id", "text", "published"], ["a", '"One, two;\nthree\t"', "2024-05-01"], ["b", "Four", ""]]
    (here / f"a.{suffix}").write_text("\n".join(mark.join(row) for row in rows))
    first, second = making.articles(f"a.{suffix}")
    assert (first.text, first.published, second.text, second.published) == (
        "One, two;\nthree\t",
        "2024-05-01",
        "Four",
        None,
    )
    making.again(here / f"a.{suffix}")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            b"id,body\na,One\n",
            'a.csv has no column "text" (its columns: id, body); ' + NAME_IT,
        ),
        (b"text,text\na,b\n", 'a.csv has the column "text" twice; give each a name of its own.'),
        (b"id,text\n", "a.csv has no row below its column names; put one an article or leave it out."),
        (b"id,text\na,One,b\nb,Two\n", "line 2 of a.csv has more cells than there are columns; " + QUOTE_IT),
        (b'id,text\na,"One\n', "line 2 of a.csv is not CSV (unexpected end of data); mend its quotation marks."),
        (
            "id,text\na,Thé road\n".encode("cp1252"),
            "a.csv is not UTF-8 from about line 1 on; it looks like cp1252: give `--encoding cp1252`.",
        ),
        (b"PK\x03\x04\x00\x00", "a.csv is a ZIP archive, not text; unpack it and read what is in it."),
    ],
)  # fmt: skip
def test_records_of_a_table_that_is_none(making: SimpleNamespace, here: Path, content: bytes, expected: str) -> None:
    (here / "a.csv").write_bytes(content)
    assert making.messages("a.csv") == [expected]


def test_records_of_a_table_in_another_encoding(making: SimpleNamespace, here: Path) -> None:
    (here / "a.csv").write_bytes("id,text\na,Thé road\n".encode("cp1252"))
    assert making.only(here / "a.csv", encoding="cp1252").text == "Thé road"
    (here / "b.csv").write_bytes("id,text\na,Thé road\n".encode("utf-16"))
    assert making.only(here / "b.csv").text == "Thé road"


def test_records_of_a_row_over_the_limit_are_left_out(making: SimpleNamespace, here: Path) -> None:
    (here / "a.csv").write_text("id,text\na," + "word " * 300 + "\nb,Two\n")
    assert [article.name for article in making.articles("a.csv", max_bytes=1_000)] == ["b"]
    assert making.messages("a.csv", max_bytes=1_000) == [
        "line 2 of a.csv has 1,501 characters, over the limit of 1,000; raise it with `--max-size 1`."
    ]


def test_records_of_a_packed_table_that_breaks_off_keep_the_rows_before(making: SimpleNamespace, here: Path) -> None:
    rows = "".join(f"{i},{'word ' * 50}{i}\n" for i in range(20_000))
    (here / "a.csv.gz").write_bytes(gzip.compress(("id,text\n" + rows).encode())[:-40_000])
    found = making.articles("a.csv.gz")
    assert 1_000 < len(found) < 20_000
    [message] = making.messages("a.csv.gz")
    assert message.startswith("a.csv.gz breaks off after line ")
    assert message.endswith("; fetch or make the file again.")
