from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from quotes.errors import EmptyInput, InputMissing, NoArticles, NotText, WrongEncoding
from quotes.model import Article
from quotes.readers import DEFAULT_MAX_BYTES, Outcome, Skipped, Unreadable, read
from quotes.readers.reading import _READERS
from quotes.text import hash_bytes

SCALARS = st.characters(exclude_categories=["Cs"])

in_one_folder = settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])


def summary(outcomes: list[Outcome]) -> list[str]:
    """Each outcome as one line: an article's name, an error's class, a skipped file's reason."""
    return [
        outcome.name
        if isinstance(outcome, Article)
        else f"{type(outcome.error).__name__} {outcome.input}"
        if isinstance(outcome, Unreadable)
        else f"skipped {outcome.input}: {outcome.reason}"
        for outcome in outcomes
    ]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_reading_a_text_file_gives_its_article(here: Path) -> None:
    data = "Thé end.\r\nNot yet.\n".encode()
    (here / "story.v2.txt").write_bytes(data)
    assert list(read(["story.v2.txt"])) == [Article(text="Thé end.\r\nNot yet.\n")]
    [article] = read(["story.v2.txt"])
    assert isinstance(article, Article)
    assert (article.name, article.path) == ("story.v2", str(here / "story.v2.txt"))
    assert (article.raw_hash, article.reader, article.replaced) == (hash_bytes(data), "text/1", 0)


@pytest.mark.parametrize("name", ["a.txt", "a.text", "a.md", "a.TXT", "a"])
def test_reading_takes_these_names_for_text(here: Path, name: str) -> None:
    (here / name).write_text("Words.")
    assert list(read([name])) == [Article(text="Words.")]


def test_reading_takes_the_address_of_a_link_not_of_its_target(here: Path) -> None:
    (here / "a.txt").write_text("Words.")
    (here / "current.txt").symlink_to("a.txt")
    (here / "x").mkdir()
    [article] = read(["x/../current.txt"])
    assert isinstance(article, Article)
    assert article.path == str(here / "current.txt")


def test_reading_standard_input_gives_an_article_without_a_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Piped words.\n")))
    [article] = read(["-"])
    assert article == Article(text="Piped words.\n")
    assert isinstance(article, Article)
    assert (article.name, article.path, article.reader) == ("-", None, "text/1")


def test_reading_keeps_the_order_of_inputs_and_sorts_folders(here: Path) -> None:
    for name in ["news/b.txt", "news/a/z.txt", "news/c.md", "first.txt"]:
        (here / name).parent.mkdir(exist_ok=True, parents=True)
        (here / name).write_text("Words.")
    assert summary(list(read(["news", "first.txt"]))) == ["z", "b", "c", "first"]


def test_reading_goes_on_after_what_cannot_be_read(here: Path) -> None:
    (here / "a.txt").write_text("Words.")
    (here / "empty.txt").touch()
    outcomes = list(read(["gone.txt", "a.txt", "empty.txt", "a.txt"]))
    assert summary(outcomes) == ["InputMissing gone.txt", "a", "EmptyInput empty.txt", "a"]


def test_reading_a_folder_passes_over_hidden_unknown_and_linked(here: Path) -> None:
    (here / "news" / "deep").mkdir(parents=True)
    (here / "news" / ".git").mkdir()
    for name in ["a.txt", "photo.png", ".hidden.txt", ".git/b.txt", "deep/notes.odt", "manifest.csv"]:
        (here / "news" / name).write_text("file")
    (here / "news" / "loop").symlink_to(here / "news")
    assert summary(list(read(["news"]))) == [
        "a",
        "skipped news/deep/notes.odt: unknown type",
        "skipped news/loop: a link to a folder",
        "skipped news/photo.png: unknown type",
    ]


def test_reading_a_manifest_named_by_a_shell_pattern_skips_it(here: Path) -> None:
    (here / "manifest.csv").write_text("file\n")
    assert list(read(["manifest.csv"])) == [Skipped("manifest.csv", "a manifest")]


def test_reading_a_deep_tree_needs_no_deep_stack(here: Path) -> None:
    folder = here / "deep"
    folder.mkdir()
    dig = "import os\nfor _ in range(1_200): os.mkdir('d'); os.chdir('d')\nopen('a.txt', 'w').write('Word')"
    subprocess.run([sys.executable, "-c", dig], cwd=folder, check=True)
    outcomes = list(read(["deep"]))
    subprocess.run(["rm", "-r", folder], check=True)  # pytest's own clean-up needs a deep stack
    assert summary(outcomes) == ["a"]


TYPES = (
    ".txt, .text, .md, .html, .htm, .mhtml, .mht, .eml, .docx, .pdf, .jsonl, .ndjson, .json, .csv, .tsv, .warc, .xml, "
    ".rss, .atom (or any of them with .gz)"
)

MESSAGES = {
    "gone.txt": (InputMissing, "gone.txt is not there; check the name and the folder."),
    "broken.txt": (
        InputMissing,
        "broken.txt is a link to something that is not there; restore it or name the file itself.",
    ),
    "loop.txt": (
        InputMissing,
        "loop.txt cannot be read (too many levels of symbolic links); check the name and the disk.",
    ),
    "a.txt/b.txt": (InputMissing, "a.txt/b.txt cannot be read (not a directory); check the name and the disk."),
    "x" * 300 + ".txt": (
        InputMissing,
        "x" * 300 + ".txt cannot be read (file name too long); check the name and the disk.",
    ),
    "nul\0.txt": (InputMissing, "nul\\x00.txt cannot be read (embedded null byte); check the name and the disk."),
    "": (InputMissing, "An input has an empty name; name a file, a folder or `-`."),
    "/dev/null": (
        InputMissing,
        "/dev/null is a device, not a file; pass its text on standard input and name the input `-`.",
    ),
    "pipe.txt": (
        InputMissing,
        "pipe.txt is a pipe, not a file; pass its text on standard input and name the input `-`.",
    ),
    "empty": (
        NoArticles,
        f"empty holds no file of a known type; put {TYPES} files into it.",
    ),
    "paper.ps": (NotText, "paper.ps is a PDF document, not text; save its text as a .txt file and read that."),
    "all.yaml": (
        NotText,
        f"all.yaml is of a type that is not read (.yaml); save its text as one of {TYPES} and read that.",
    ),
    "empty.txt": (EmptyInput, "empty.txt is empty; put the article's text into it or leave it out."),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_reading_says_what_is_wrong_and_the_cure(here: Path, name: str) -> None:
    (here / "a.txt").write_text("Words.")
    (here / "empty.txt").touch()
    (here / "broken.txt").symlink_to("nowhere.txt")
    (here / "loop.txt").symlink_to("loop.txt")
    (here / "empty").mkdir()
    (here / "paper.ps").write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    (here / "all.yaml").write_text("- a")
    os.mkfifo(here / "pipe.txt")
    [outcome] = read([name])
    assert isinstance(outcome, Unreadable)
    assert (type(outcome.error), str(outcome.error)) == MESSAGES[name]


def test_reading_a_file_without_the_right_to_says_so(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "secret.txt").write_text("Words.")

    def deny(path: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied", str(path), mode)

    monkeypatch.setattr(Path, "open", deny)
    [outcome] = read(["secret.txt"])
    assert isinstance(outcome, Unreadable)
    assert str(outcome.error) == "secret.txt cannot be read (permission denied); give yourself the right to read it."


def test_reading_a_folder_without_the_right_to_says_so(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "secret").mkdir()

    def deny(path: Path) -> list[str]:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "listdir", deny)
    first, *_ = read(["secret"])
    assert isinstance(first, Unreadable)
    assert str(first.error) == "secret cannot be read (permission denied); give yourself the right to read it."


def test_reading_a_file_over_the_limit_names_size_limit_and_option(here: Path) -> None:
    (here / "big.txt").write_bytes(b"word " * 300_000)
    [outcome] = read(["big.txt"], max_bytes=1_000_000)
    assert isinstance(outcome, Unreadable)
    assert (
        str(outcome.error) == "big.txt has 1,500,000 bytes, over the limit of 1,000,000; raise it with `--max-size 2`."
    )
    assert [type(outcome) for outcome in read(["big.txt"], max_bytes=1_500_000)] == [Article]


def test_reading_standard_input_over_the_limit_names_limit_and_option(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"word " * 10)))
    [outcome] = read(["-"], max_bytes=40)
    assert isinstance(outcome, Unreadable)
    assert str(outcome.error) == "standard input has over 40 bytes, the limit; raise it with `--max-size`."


def test_reading_closed_standard_input_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    [outcome] = read(["-"])
    assert isinstance(outcome, Unreadable)
    assert str(outcome.error) == "standard input is closed; pipe a text into the command or name a file."


@pytest.mark.parametrize("encoding", ["klingon", "hex", "a\0b"])
def test_reading_with_an_unknown_encoding_fails_before_any_input_is_read(encoding: str) -> None:
    with pytest.raises(WrongEncoding) as caught:
        read(["gone.txt"], encoding=encoding)
    assert str(caught.value) == (
        f"There is no text encoding called {encoding!r}; name one such as `--encoding cp1252`."
    )


def test_reading_writes_strange_names_as_escapes(here: Path) -> None:
    (here / "caf\udce9\x1b[2J.txt").write_text("Words.")
    (here / "caf\udce9.txt").write_bytes(b"")
    article, outcome = read(["caf\udce9\x1b[2J.txt", "caf\udce9.txt"])
    assert isinstance(article, Article)
    assert article.name == "caf\\udce9\x1b[2J"
    assert isinstance(outcome, Unreadable)
    assert str(outcome.error) == "caf\\udce9.txt is empty; put the article's text into it or leave it out."


def test_reading_takes_twenty_megabytes_by_default() -> None:
    assert DEFAULT_MAX_BYTES == 20_000_000


def test_reading_imports_nothing_heavy_before_a_page_is_read() -> None:
    heavy = {"trafilatura", "lxml", "charset_normalizer", "spacy", "py3langid", "docx", "warcio", "feedparser"}
    code = f"import sys, quotes.readers; print(*(sys.modules.keys() & {heavy}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "\n"


@in_one_folder
@given(st.tuples(st.text(SCALARS), st.sampled_from("aÅ数7ᬆ"), st.text(SCALARS)).map("".join))
@example("\0a").via("NUL")
@example("a\u202e\u2066\U0001f600\U0010ffff\r\n\x85\u2028").via("bidi, astral, every kind of line end")
@example("%PDF-1 and GIF89a are words too").via("begins like a known kind of file")
def test_reading_gives_any_utf8_text_back_exactly(tmp_path: Path, text: str) -> None:
    path = tmp_path / "any.txt"
    path.write_bytes(text.encode("utf-8-sig"))
    [article] = read([path])
    assert isinstance(article, Article)
    assert article.text == text
    if not text.startswith("\ufeff"):
        path.write_bytes(text.encode())
        assert list(read([path])) == [article]


@in_one_folder
@given(
    st.binary(max_size=200),
    st.sampled_from([*_READERS, ".txt.gz", ".jsonl.gz"]),
    st.sampled_from([None, "cp1252", "utf-16", "idna"]),
)
def test_reading_any_bytes_gives_articles_or_errors(
    tmp_path: Path, data: bytes, suffix: str, encoding: str | None
) -> None:
    path = tmp_path / f"any{suffix}"
    path.write_bytes(data)
    outcomes = list(read([path], encoding=encoding))
    assert outcomes
    for outcome in outcomes:
        assert isinstance(outcome, Article | Unreadable | Skipped)


def test_reading_is_documented() -> None:
    from quotes.readers.manifest import _COLUMNS
    from quotes.readers.metadata import FIELDS

    page = (Path(__file__).parents[2] / "docs" / "inputs.md").read_text(encoding="utf-8")
    assert [word for word in (*_READERS, *_COLUMNS, *FIELDS, "id", "text") if f"`{word}`" not in page] == []
