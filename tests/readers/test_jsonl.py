from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.errors import BadRecord, EmptyInput, InputTooLarge, NotText, WrongEncoding
from quotes.model import Article
from quotes.readers import Unreadable, read
from quotes.text import hash_bytes

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def errors(name: str, *, encoding: str | None = None, max_bytes: int = 1_000) -> list[tuple[type, str]]:
    outcomes = read([name], encoding=encoding, max_bytes=max_bytes)
    return [(type(outcome.error), str(outcome.error)) for outcome in outcomes if isinstance(outcome, Unreadable)]


def names(name: str, *, max_bytes: int = 1_000) -> list[str]:
    return [outcome.name for outcome in read([name], max_bytes=max_bytes) if isinstance(outcome, Article)]


def test_jsonl_gives_an_article_a_line(here: Path) -> None:
    line = (
        b'{"id": "a/1", "text": "Words.", "url": "u", "outlet": "O", "title": "T", "published": "2023-03", '
        b'"language": "en", "note": "n", "attributions": [1], "tokens": {}}'
    )
    (here / "a.jsonl").write_bytes(
        line + b"\r\n\n" + b'{"id": 7, "text": "More.", "date": "2023", "url": null, "title": ""}'
    )
    first, second = read(["a.jsonl"])
    assert first == Article(text="Words.", url="u", outlet="O", title="T", published="2023-03", language="en", note="n")
    assert isinstance(first, Article)
    assert (first.name, first.path) == ("a/1", f"{here}/a.jsonl/a%2F1")
    assert (first.raw_hash, first.reader) == (hash_bytes(line), "jsonl/1")
    assert second == Article(text="More.", published="2023")
    assert isinstance(second, Article)
    assert second.name == "7"


def test_jsonl_gz_reads_like_jsonl(here: Path) -> None:
    (here / "a.jsonl.gz").write_bytes(gzip.compress(b'{"id": "a", "text": "Words."}\n'))
    [article] = read(["a.jsonl.gz"])
    assert article == Article(text="Words.")
    assert isinstance(article, Article)
    assert article.path == f"{here}/a.jsonl.gz/a"


def test_jsonl_allows_a_byte_order_mark(here: Path) -> None:
    (here / "a.jsonl").write_bytes('\ufeff{"id": "a", "text": "Wörter."}'.encode())
    assert list(read(["a.jsonl"])) == [Article(text="Wörter.")]


def test_jsonl_replaces_lone_surrogates_of_escapes_and_counts_those_of_the_text(here: Path) -> None:
    (here / "a.jsonl").write_text(r'{"id": "a\ud800", "text": "w\udfff\ud83d\ude00\ud800", "title": "t\ud800"}')
    [article] = read(["a.jsonl"])
    assert article == Article(text="w\ufffd😀\ufffd", title="t\ufffd")
    assert isinstance(article, Article)
    assert (article.replaced, article.name) == (2, "a\ufffd")


def test_jsonl_takes_the_encoding_asked_for(here: Path) -> None:
    (here / "a.jsonl").write_bytes('{"id": "a", "text": "café"}'.encode("cp1252"))
    assert list(read(["a.jsonl"], encoding="cp1252")) == [Article(text="café")]


BAD_LINES = {
    b"{": (
        BadRecord,
        (
            "line 2 of a.jsonl is not JSON (expecting property name enclosed in double quotes at character 2); "
            "put one JSON object on each line."
        ),
    ),
    b"[" * 100_000: (
        BadRecord,
        "line 2 of a.jsonl is not JSON that can be read; put one plain JSON object on each line.",
    ),
    b'{"id": ' + b"1" * 5_000 + b', "text": "a"}': (
        BadRecord,
        "line 2 of a.jsonl is not JSON that can be read; put one plain JSON object on each line.",
    ),
    b"[1]": (BadRecord, 'line 2 of a.jsonl is not a JSON object; put one with "id" and "text" on each line.'),
    b'{"id": true, "text": "a"}': (
        BadRecord,
        'line 2 of a.jsonl has an "id" that is no string; give each record an id of its own, or none.',
    ),
    b'{"id": "b"}': (
        BadRecord,
        (
            'line 2 of a.jsonl has no "text" that is a string; give it one, or name the key of its text as in '
            "`--map text=body`."
        ),
    ),
    b'{"id": "b", "text": 5}': (
        BadRecord,
        (
            'line 2 of a.jsonl has no "text" that is a string; give it one, or name the key of its text as in '
            "`--map text=body`."
        ),
    ),
    b'{"id": "a", "text": "b"}': (
        BadRecord,
        'line 2 of a.jsonl has the "id" of line 1; give each record an id of its own.',
    ),
    b'{"id": "b", "text": "..."}': (
        EmptyInput,
        (
            "the text of line 2 of a.jsonl has no letter and no digit in it; "
            "put the article's text into it or leave it out."
        ),
    ),
    '{"id": "b", "text": "It’s over"}'.encode("cp1252"): (
        WrongEncoding,
        "line 2 of a.jsonl is not UTF-8 (line 1, byte 24, 0x92) but looks like cp1252; give `--encoding cp1252`.",
    ),
}


@pytest.mark.parametrize("line", BAD_LINES, ids=lambda line: line[:30].decode("cp1252"))
def test_jsonl_names_the_line_that_is_no_article_and_reads_the_others(here: Path, line: bytes) -> None:
    (here / "a.jsonl").write_bytes(b'{"id": "a", "text": "a"}\n' + line + b'\n{"id": "c", "text": "c"}\n')
    assert errors("a.jsonl", max_bytes=200_000) == [BAD_LINES[line]]
    assert names("a.jsonl", max_bytes=200_000) == ["a", "c"]


@pytest.mark.parametrize(
    ("member", "message"),
    [
        ('"title": 5', 'line 1 of a.jsonl has a "title" that is no string, left out here; write it as a string.'),
        (
            '"date": "March 4"',
            (
                'line 1 of a.jsonl has a "date" that is no ISO 8601 date, left out here; '
                "write it as 2023, 2023-03, 2023-03-04 or 2023-03-04T10:30:00Z."
            ),
        ),
    ],
)
def test_jsonl_reads_an_article_without_metadata_that_is_wrong(here: Path, member: str, message: str) -> None:
    (here / "a.jsonl").write_text(f'{{"id": "a", "text": "Words.", "outlet": "O", {member}}}')
    article, problem = read(["a.jsonl"])
    assert article == Article(text="Words.", outlet="O")
    assert isinstance(problem, Unreadable)
    assert problem.input == "a.jsonl"
    assert errors("a.jsonl") == [(BadRecord, message)]


def test_jsonl_limits_the_size_of_a_line_not_of_the_file(here: Path) -> None:
    line = json.dumps({"id": "b", "text": "word " * 4}).encode()
    lines = [b'{"id": "a", "text": "a"}', line, line.replace(b'"b"', b'"long"'), b'{"id": "c", "text": "c"}']
    (here / "a.jsonl").write_bytes(b"\r\n".join(lines))
    assert names("a.jsonl", max_bytes=len(line)) == ["a", "b", "c"]
    assert errors("a.jsonl", max_bytes=len(line)) == [
        (InputTooLarge, "line 3 of a.jsonl has 46 bytes, over the limit of 43; raise it with `--max-size 1`.")
    ]


def test_jsonl_without_a_record_is_empty(here: Path) -> None:
    (here / "a.jsonl").write_bytes(b"\n \n")
    assert errors("a.jsonl") == [
        (EmptyInput, "a.jsonl has no record in it; put one JSON object on each line or leave it out.")
    ]


def test_jsonl_gz_that_breaks_off_keeps_the_lines_before(here: Path) -> None:
    lines = b"".join(
        b'{"id": "%d", "text": "%s"}\n' % (number, hash_bytes(b"%d" % number).encode()) for number in range(500)
    )
    (here / "a.jsonl.gz").write_bytes(gzip.compress(lines)[:-5_000])
    read_before = len(names("a.jsonl.gz"))
    assert 0 < read_before < 500
    assert errors("a.jsonl.gz") == [
        (BadRecord, f"a.jsonl.gz breaks off after line {read_before}; fetch or make the file again.")
    ]


def test_jsonl_gz_with_a_wrong_checksum_is_damaged(here: Path) -> None:
    packed = gzip.compress(b'{"id": "a", "text": "a"}\n')
    (here / "a.jsonl.gz").write_bytes(packed[:-8] + b"\0\0\0\0" + packed[-4:])
    assert errors("a.jsonl.gz") == [(BadRecord, "a.jsonl.gz is damaged after line 1; fetch or make the file again.")]


NO_LINES = {
    "plain.jsonl.gz": (
        b'{"id": "a", "text": "a"}',
        NotText,
        "plain.jsonl.gz is not gzip data; name it .jsonl if its content stands there as it is.",
    ),
    "packed.jsonl": (
        gzip.compress(b"{}"),
        NotText,
        "packed.jsonl is gzip data, not text; unpack it with `gunzip` and read what comes out.",
    ),
    "wide.jsonl": (
        '{"id": "a", "text": "a"}'.encode("utf-16"),
        WrongEncoding,
        "wide.jsonl is UTF-16 or UTF-32, which JSON lines may not be; save it as UTF-8.",
    ),
}


@pytest.mark.parametrize("name", NO_LINES)
def test_jsonl_refuses_a_file_without_lines_once(here: Path, name: str) -> None:
    data, error, message = NO_LINES[name]
    (here / name).write_bytes(data)
    assert errors(name) == [(error, message)]


def test_jsonl_refuses_an_encoding_without_bytewise_lines(here: Path) -> None:
    (here / "a.jsonl").write_text('{"id": "a", "text": "a"}')
    assert errors("a.jsonl", encoding="utf-16") == [
        (
            WrongEncoding,
            (
                "a.jsonl cannot be read as utf-16, in which its lines have no end; "
                "save it as UTF-8 and leave `--encoding` out."
            ),
        )
    ]


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs"])), st.booleans())
def test_jsonl_gives_any_text_back_exactly(tmp_path: Path, text: str, ascii_only: bool) -> None:
    path = tmp_path / "any.jsonl"
    path.write_text(json.dumps({"id": "a", "text": f"w{text}"}, ensure_ascii=ascii_only), encoding="utf-8", newline="")
    assert [article.text for article in read([path])] == [f"w{text}"]


@pytest.mark.parametrize(
    ("name", "part"), [("a", "a"), ("a/b", "a%2Fb"), ("a//b", "a%2F%2Fb"), ("..", "%2E%2E"), ("a%2Fb", "a%252Fb")]
)
def test_jsonl_ids_lead_to_places_of_their_own(tmp_path, name, part):
    file = tmp_path / "in.jsonl"
    file.write_text(json.dumps({"id": name, "text": "Words."}), encoding="utf-8")
    (article,) = read([file])
    assert (article.name, article.path) == (name, f"{file}/{part}")
