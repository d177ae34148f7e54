from __future__ import annotations

import gzip
import io
import json
import sys
import tracemalloc
from itertools import islice
from typing import TYPE_CHECKING

from quotes.readers import Tally, read, total_bytes

if TYPE_CHECKING:
    from pathlib import Path
    from types import SimpleNamespace

    import pytest


def test_inputs_of_a_pattern_are_all_that_match(making: SimpleNamespace, here: Path) -> None:
    for name in ("news/b.txt", "news/deep/a.txt", "news/c.html", "plain[1].txt"):
        (here / name).parent.mkdir(exist_ok=True, parents=True)
        (here / name).write_text(name)
    assert [article.text for article in making.articles("news/**/*.txt")] == ["news/b.txt", "news/deep/a.txt"]
    assert [article.text for article in making.articles("plain[1].txt")] == ["plain[1].txt"]
    assert making.messages("*.pdf") == ["*.pdf matches no file; check the pattern and the folder."]


def test_inputs_of_a_list_are_read_in_its_order(making: SimpleNamespace, here: Path) -> None:
    for name in "abc":
        (here / f"{name}.txt").write_text(name)
    (here / "list.txt").write_text("# what to read\n\n b.txt \ngone.txt\n[ac].txt\n@list.txt\n-\n")
    assert [article.text for article in making.articles("@list.txt")] == ["b", "a", "c"]
    assert making.messages("@list.txt") == [
        "gone.txt is not there; check the name and the folder.",
        *(
            f"line {line} of @list.txt names {name}, and a list leads to files, folders and web addresses only; "
            "give that one to the command itself."
            for line, name in ((6, "@list.txt"), (7, "-"))
        ),
    ]


def test_inputs_of_a_list_on_standard_input(
    making: SimpleNamespace, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "a.txt").write_text("Words.")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"a.txt\na.txt\n")))
    assert [article.text for article in making.articles("@-")] == ["Words.", "Words."]


def test_inputs_of_a_list_that_is_none(making: SimpleNamespace, here: Path) -> None:
    (here / "empty.txt").write_text("# nothing yet\n")
    assert making.messages("@empty.txt", "@gone.txt") == [
        "@empty.txt lists nothing; put one file, folder or web address on each line.",
        "gone.txt is not there; check the name and the folder.",
    ]


def test_inputs_that_are_packed_read_like_what_is_in_them(making: SimpleNamespace, here: Path) -> None:
    (here / "a.txt.gz").write_bytes(gzip.compress(making.TEXT.encode()))
    (here / "b.html.gz").write_bytes(gzip.compress(making.page().encode()))
    first, second = making.articles("a.txt.gz", "b.html.gz")
    assert (first.name, first.text, second.name, second.title) == ("a", making.TEXT, "b", "Bridge closed")


def test_inputs_that_are_packed_and_damaged_say_so(making: SimpleNamespace, here: Path) -> None:
    (here / "bomb.txt.gz").write_bytes(gzip.compress(b"word " * 6_000_000))
    (here / "cut.txt.gz").write_bytes(gzip.compress(making.TEXT.encode())[:-9])
    (here / "plain.txt.gz").write_text(making.TEXT)
    assert making.messages("bomb.txt.gz", "cut.txt.gz", "plain.txt.gz") == [
        "bomb.txt.gz holds over 20,000,000 bytes, the limit; raise it with `--max-size`.",
        "cut.txt.gz breaks off; fetch or make the file again.",
        "plain.txt.gz is not gzip data; name it .txt if its content stands there as it is.",
    ]


def test_inputs_are_counted_in_bytes_while_they_are_read(here: Path) -> None:
    (here / "news").mkdir()
    (here / "news" / "a.txt").write_text("word " * 1_000)
    (here / "news" / "b.png").write_text("word " * 1_000)
    (here / "b.jsonl").write_text('{"id": "a", "text": "a"}\n' * 9)
    tally = Tally()
    assert total_bytes(["news", "*.jsonl", "gone.txt"]) == 5_000 + 225
    list(read(["news", "*.jsonl"], tally=tally))
    assert tally.read == 5_000 + 225
    assert total_bytes(["news", "-"]) is None


def test_inputs_of_a_large_stream_are_read_as_they_are_asked_for(here: Path) -> None:
    text = "The mayor said that the harbour road would stay closed. " * 160
    with gzip.open(here / "large.jsonl.gz", "wt", compresslevel=1) as file:
        file.writelines(json.dumps({"id": f"record {i}", "text": f"{i} {text}"}) + "\n" for i in range(3_000))
    reading = read(["large.jsonl.gz"])
    assert len(list(islice(reading, 100))) == 100
    tracemalloc.start()
    try:
        assert sum(1 for _ in reading) == 2_900
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 4_000_000, "27 MB of text went by"
