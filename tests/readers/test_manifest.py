from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.errors import BadManifest
from quotes.model import Article
from quotes.readers import Outcome, Unreadable, read

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "file,outlet,title,published,url,language,note"


@pytest.fixture
def news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "news" / "sub").mkdir(parents=True)
    for name in ["a.txt", "b.txt", "sub/c.txt"]:
        (tmp_path / "news" / name).write_text("Words.")
    return tmp_path / "news"


def outlets(outcomes: list[Outcome]) -> list[str | None]:
    return [outcome.outlet for outcome in outcomes if isinstance(outcome, Article)]


def problems(outcomes: list[Outcome]) -> list[str]:
    return [str(outcome.error) for outcome in outcomes if isinstance(outcome, Unreadable)]


def test_manifest_says_what_is_known_of_a_file(news: Path) -> None:
    (news / "manifest.csv").write_text(
        f'\ufeff{HEADER}\r\na.txt,Daily,"A ""title"", long",2023-03-04,https://e.org/1,en,\r\n\r\nb.txt,,,2023\r\n',
        encoding="utf-8",
    )
    first, second, third = read(["news"])
    assert first == Article(
        text="Words.",
        outlet="Daily",
        title='A "title", long',
        published="2023-03-04",
        url="https://e.org/1",
        language="en",
    )
    assert second == Article(text="Words.", published="2023")
    assert third == Article(text="Words.")


def test_manifest_counts_alike_for_its_folder_a_file_and_a_folder_below(news: Path) -> None:
    (news / "manifest.csv").write_text("file,outlet\na.txt,A\nsub/c.txt,C\n")
    assert outlets(list(read(["news"]))) == ["A", None, "C"]
    assert outlets(list(read(["news/a.txt", "news/sub", "news/sub/c.txt"]))) == ["A", "C", "C"]


def test_manifest_nearest_to_a_file_speaks_for_it_alone(news: Path) -> None:
    (news / "manifest.csv").write_text("file,outlet\nsub/c.txt,far\n")
    (news / "sub" / "manifest.csv").write_text("file,outlet\nc.txt,near\n")
    assert outlets(list(read(["news/sub", "news"]))) == ["near", None, None, "near"]


def test_manifest_further_up_than_what_was_named_counts_only_without_fault(news: Path) -> None:
    (news / "manifest.csv").write_text("file,outlet,colour\nsub/c.txt,C,red\n")
    assert list(read(["news/sub"])) == [Article(text="Words.")]


def test_manifest_outranks_a_page_and_not_a_record(news: Path) -> None:
    (news / "manifest.csv").write_text("file,outlet,note\np.html,M,seen\nr.jsonl,M,seen\n")
    (news / "p.html").write_text(
        '<html lang="en"><head><meta property="og:site_name" content="Page"></head>'
        "<body><p>The minister said no to all of it.</p></body></html>"
    )
    (news / "r.jsonl").write_text('{"id": "r", "text": "Words.", "outlet": "Record"}')
    page, record = read(["news/p.html", "news/r.jsonl"])
    assert isinstance(page, Article)
    assert (page.outlet, page.note, page.language) == ("M", "seen", "en")
    assert record == Article(text="Words.", outlet="Record", note="seen")


FAULTS = {
    f"{HEADER}\na.txt,A\na.txt,B\n": (
        "line 3 of news/manifest.csv names a.txt, which line 2 names too; keep one of the lines."
    ),
    f"{HEADER}\na.txt,A\n./a.txt,B\n": (
        "line 3 of news/manifest.csv names ./a.txt, which line 2 names too; keep one of the lines."
    ),
    f"{HEADER}\na.txt,A\ngone.txt,B\n": (
        "line 3 of news/manifest.csv names gone.txt, which is not there; "
        "write its path from the manifest's folder, with / between folders."
    ),
    f'{HEADER}\na.txt,A,"two\nlines"\n,B\n': (
        'line 4 of news/manifest.csv names no file; put its name into the column "file".'
    ),
    f"{HEADER}\na.txt,A\n../x.txt,B\n": (
        "line 3 of news/manifest.csv names ../x.txt, which leads out of the manifest's folder; "
        "name only files in it and below."
    ),
    f"{HEADER}\na.txt,A\n/etc/passwd,B\n": (
        "line 3 of news/manifest.csv names /etc/passwd, which leads out of the manifest's folder; "
        "name only files in it and below."
    ),
    f'{HEADER}\na.txt,A,T,"March 4, 2023"\n': (
        'line 2 of news/manifest.csv has the date "March 4, 2023", which is not ISO 8601; '
        "write it as 2023, 2023-03, 2023-03-04 or 2023-03-04T10:30:00Z."
    ),
    "file,outlet\na.txt,A\nb.txt,One, Two\n": (
        "line 3 of news/manifest.csv has more cells than there are columns; "
        "put a cell that holds a comma into double quotes."
    ),
    "file,outlet,author\na.txt,A,Z\n": (
        'line 1 of news/manifest.csv has the unknown column "author"; '
        "use only file, outlet, title, published, url, language, note."
    ),
    "file,outlet,outlet\na.txt,A,B\n": 'line 1 of news/manifest.csv has the column "outlet" twice; keep one of them.',
    'file,outlet\na.txt,A\n"b.txt" x,B\n': (
        "line 3 of news/manifest.csv is not CSV (',' expected after '\"'); mend its quotation marks."
    ),
}


@pytest.mark.parametrize("text", FAULTS)
def test_manifest_names_the_line_at_fault_and_keeps_the_rest(news: Path, text: str) -> None:
    (news / "manifest.csv").write_text(text)
    outcomes = list(read(["news", "news/b.txt"]))
    assert problems(outcomes) == [FAULTS[text]]
    assert outlets(outcomes) == ["A", None, None, None]
    [fault] = [outcome for outcome in outcomes if isinstance(outcome, Unreadable)]
    assert fault.input == "news/manifest.csv"
    assert isinstance(fault.error, BadManifest)


HOPELESS = {
    b"outlet,title\nA,B\n": (
        'line 1 of news/manifest.csv lacks the column "file"; '
        "name there the columns file, outlet, title, published, url, language, note."
    ),
    b"": (
        'line 1 of news/manifest.csv lacks the column "file"; '
        "name there the columns file, outlet, title, published, url, language, note."
    ),
    b"file,outlet\na.txt,Caf\xe9\n": "line 2 of news/manifest.csv is not UTF-8; save the manifest as CSV in UTF-8.",
}


@pytest.mark.parametrize("data", HOPELESS)
def test_manifest_that_cannot_be_read_loses_no_article(news: Path, data: bytes) -> None:
    (news / "manifest.csv").write_bytes(data)
    outcomes = list(read(["news"]))
    assert problems(outcomes) == [HOPELESS[data]]
    assert outlets(outcomes) == [None, None, None]


def test_manifest_leaves_out_the_date_at_fault_alone(news: Path) -> None:
    (news / "manifest.csv").write_text("file,outlet,published\na.txt,A,yesterday\n")
    assert list(read(["news/a.txt"]))[1] == Article(text="Words.", outlet="A")
