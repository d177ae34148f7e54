"""What is stored, what is found again, and what a removal leaves."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from quotes.errors import DatabaseFull, NoSuchRow
from quotes.store import queries
from quotes.store.connection import reading
from quotes.store.verify import verify
from quotes.store.writer import RemovedSummary, Writer
from quotes.text import hash_text
from quotes.topics import Profile, Statistics, Topic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Make
    from quotes.model import Article, Extraction
    from quotes.store.writer import Outcome

URL = "https://riverton.example/bridge"


def never(article: Article) -> Extraction:
    raise AssertionError(f"{article.name} was read again")


def rows(db: Path, query: str) -> list[tuple[Any, ...]]:
    with reading(db) as conn:
        conn.row_factory = None
        return conn.execute(query).fetchall()


def test_writer_stores_an_article_with_all_that_is_known(bridge: Path, make: Make) -> None:
    article = make.article()
    columns = (
        "label, outlet.name, published, title, url, path, article.name, location, version, language, note, characters, "
        "text, text_hash, raw_hash, replaced, reader, extractor"
    )
    assert rows(bridge, f"SELECT {columns} FROM article JOIN outlet ON outlet.id = outlet_id") == [
        (
            "Bridge to open", "Riverton Post", "2024-03-04", "Bridge to open", None, "bridge.txt", "bridge",
            "bridge.txt", 1, None, None, len(article.text), article.text, hash_text(article.text), "sha256:00", 0,
            "made", "made/1",
        )
    ]  # fmt: skip
    ((added,),) = rows(bridge, "SELECT added FROM article")
    assert rows(bridge, f"SELECT datetime('{added}') IS NOT NULL, '{added}' LIKE '____-__-__T__:__:__+00:00'") == [
        (1, 1)
    ]


def test_writer_stores_quotes_with_their_words(bridge: Path) -> None:
    columns = "position, kind, text, speaker_name, mention, cue, status, speaker_confidence"
    words = "“We are on time and under budget,” … “Nobody will pay a toll.”"
    assert rows(bridge, f"SELECT {columns} FROM quote") == [
        (0, "indirect", "The bridge will open in May", "Ana Lopez", "Mayor Ana Lopez", "said", None, None),
        (1, "direct", words, "Ana Lopez", "she", "added", "closed", None),
        (2, "indirect", "The toll was never popular", "Jon Baker", "Jon Baker", "according to", None, 0.5),
    ]  # fmt: skip
    assert rows(bridge, "SELECT name, key FROM speaker") == [("Ana Lopez", "ana lopez"), ("Jon Baker", "jon baker")]


def test_writer_stores_topics_and_statistics(make: Make, db: Path) -> None:
    statistics = Statistics(sentences=5, words=41, reading_ease=81.5)
    profile = Profile((Topic("bridge", 0.5), Topic("Ana Lopez", 0.25)), statistics)
    with Writer(db) as writer:
        writer.add(make.article(), lambda _: make.bridge(), profile=lambda _: profile)
    assert rows(db, "SELECT sentences, words, reading_ease FROM article") == [(5, 41, 81.5)]
    assert rows(db, "SELECT rank, term, score FROM topic") == [(1, "bridge", 0.5), (2, "Ana Lopez", 0.25)]
    assert rows(db, "SELECT rank FROM topic WHERE term = 'ANA lopez'") == [(2,)]
    assert verify(db) == []


def test_writer_stores_an_article_without_topics_and_statistics(bridge: Path) -> None:
    assert rows(bridge, "SELECT sentences, words, reading_ease FROM article") == [(None, None, None)]
    assert rows(bridge, "SELECT * FROM topic") == []


def test_writer_asks_for_no_profile_of_a_text_that_is_stored(bridge: Path, make: Make) -> None:
    with Writer(bridge) as writer:
        outcome = writer.add(make.article(), never, profile=never)  # type: ignore[arg-type]
    assert outcome == "unchanged"


def test_writer_removes_topics_with_their_article(make: Make, db: Path) -> None:
    with Writer(db) as writer:
        writer.add(make.article(), lambda _: make.bridge(), profile=lambda _: Profile((Topic("bridge", 0.5),)))
        writer.remove(1)
    assert rows(db, "SELECT * FROM topic") == []


def test_writer_stores_spans_that_read_as_the_article_does(bridge: Path) -> None:
    spans = rows(
        bridge, "SELECT article.text, start, end, span.text FROM span JOIN quote ON quote.id = quote_id JOIN article"
    )
    assert len(spans) == 10
    assert all(text[start:end] == words for text, start, end, words in spans)


def test_writer_gives_each_mark_to_the_quote_around_it(bridge: Path) -> None:
    assert rows(bridge, "SELECT opening, closing, status, level, quote_id FROM mark") == [
        ("“", "”", "closed", 0, 2),
        ("“", "”", "closed", 0, 2),
        ("“", "”", "closed", 0, None),
    ]


def test_writer_adds_the_same_twice_and_changes_nothing(bridge: Path, make: Make, dump: Callable[[Path], Any]) -> None:
    before = dump(bridge)
    with Writer(bridge) as writer:
        again = make.article(outlet="Riverton Post", published="2024-03-04", title="Bridge to open")
        assert writer.add(again, never) == "unchanged"
    assert dump(bridge) == before


def test_writer_takes_over_what_has_become_known(bridge: Path, make: Make) -> None:
    better = make.article(
        outlet="Riverton Gazette", title="The bridge opens", language="en", note="Corrected.", published="2024"
    )
    with Writer(bridge) as writer:
        assert writer.add(better, never) == "updated"
        assert writer.add(better, never) == "unchanged"
    with reading(bridge) as conn:
        (article,) = queries.articles(conn)
        assert (article.outlet, article.title, article.label, article.language, article.note, article.published) == (
            "Riverton Gazette", "The bridge opens", "The bridge opens", "en", "Corrected.", "2024",
        )  # fmt: skip
    assert rows(bridge, "SELECT name FROM outlet") == [("Riverton Gazette",)]
    assert verify(bridge) == []


def test_writer_forgets_nothing_for_not_being_told_it_again(
    bridge: Path, make: Make, dump: Callable[[Path], Any]
) -> None:
    before = dump(bridge)
    with Writer(bridge) as writer:
        assert writer.add(make.article(), never) == "unchanged"
    assert dump(bridge) == before


def test_writer_keeps_an_article_when_its_url_becomes_known(bridge: Path, make: Make) -> None:
    with Writer(bridge) as writer:
        assert writer.add(make.article(url=URL), never) == "updated"
        assert writer.add(make.article(url=URL), never) == "unchanged"
        assert writer.add(make.article(), never) == "unchanged"
    assert rows(bridge, "SELECT id, url, location, path, version FROM article") == [(1, URL, URL, "bridge.txt", 1)]


def test_writer_moves_all_versions_when_a_url_becomes_known(bridge: Path, make: Make, add: Callable[..., str]) -> None:
    assert add(make.article("Another text."), make.extraction()) == "new version"
    assert add(make.article("A third text.", url=URL), make.extraction()) == "new version"
    assert rows(bridge, "SELECT url, location, version FROM article") == [(URL, URL, 1), (URL, URL, 2), (URL, URL, 3)]


def test_writer_keeps_another_text_at_the_same_place_as_a_version(
    bridge: Path, make: Make, add: Callable[..., str]
) -> None:
    changed = "The bridge will never open, Ana Lopez said."
    quote = make.quote(changed, "The bridge will never open", kind="indirect", speaker="Ana Lopez")
    assert add(make.article(changed), make.extraction(quote)) == "new version"
    assert add(make.article(), make.extraction()) == "unchanged"
    with reading(bridge) as conn:
        assert [(article.version, article.latest, article.quotes) for article in queries.articles(conn)] == [
            (1, False, 3),
            (2, True, 1),
        ]
    assert verify(bridge) == []


def test_writer_takes_a_reused_file_for_another_article(make: Make, add: Callable[..., str], db: Path) -> None:
    assert add(make.article("One.", url="https://a.example/1"), make.extraction()) == "added"
    assert add(make.article("Two.", url="https://a.example/2"), make.extraction()) == "added"
    assert rows(db, "SELECT location, version FROM article") == [("https://a.example/1", 1), ("https://a.example/2", 1)]


def test_writer_corrects_the_url_of_a_text_that_it_has(make: Make, add: Callable[..., str], db: Path) -> None:
    assert add(make.article(url="https://a.example/1"), make.extraction()) == "added"
    assert add(make.article(url="https://a.example/2"), make.extraction()) == "updated"
    assert rows(db, "SELECT location, url FROM article") == [("https://a.example/2", "https://a.example/2")]


def test_writer_leaves_an_article_alone_for_a_copy_at_another_path(
    make: Make, add: Callable[..., str], db: Path
) -> None:
    assert add(make.article(url=URL, title="One"), make.extraction()) == "added"
    assert add(make.article(url=URL, title="Two", name="copy"), make.extraction()) == "unchanged"
    assert rows(db, "SELECT title, path FROM article") == [("One", "bridge.txt")]


def test_writer_learns_the_path_of_an_article_read_from_the_web(make: Make, add: Callable[..., str], db: Path) -> None:
    assert add(make.article(url=URL, path=None), make.extraction()) == "added"
    assert add(make.article(url=URL), make.extraction()) == "updated"
    assert rows(db, "SELECT path FROM article") == [("bridge.txt",)]


def test_writer_knows_a_piped_text_by_its_words(make: Make, add: Callable[..., str], db: Path) -> None:
    assert add(make.article("Piped.", path=None), make.extraction()) == "added"
    assert add(make.article("Piped.", path=None), make.extraction()) == "unchanged"
    assert add(make.article("Other.", path=None), make.extraction()) == "added"
    assert rows(db, "SELECT location FROM article WHERE id = 1") == [("text:" + hash_text("Piped."),)]


def test_writer_stores_nothing_of_an_article_that_fails(bridge: Path, make: Make, dump: Callable[[Path], Any]) -> None:
    before = dump(bridge)
    article, extraction = make.saying("Never mind.", "Eve Adams", name="other", outlet="The Other")
    (quote,) = extraction.quotes
    broken = replace(extraction, quotes=(quote, replace(quote, confidence=7.0)))
    with Writer(bridge) as writer, pytest.raises(sqlite3.IntegrityError, match="CHECK constraint failed"):
        writer.add(article, lambda _: broken)
    assert dump(bridge) == before


def test_writer_stores_whole_articles_until_the_disk_is_full(
    db: Path, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quotes.store.groups.edges.MOST_AT_ONCE", 0)  # made-up words take the model longest
    said = (" ".join(f"word{n}at{place}" for place in range(50)) for n in range(100))
    articles = [make.saying(words, f"Speaker {n}", name=str(n)) for n, words in enumerate(said)]

    def add_all(writer: Writer) -> list[Outcome]:
        return [writer.add(article, lambda _, found=extraction: found) for article, extraction in articles]

    with Writer(db) as writer:
        writer._conn.execute("PRAGMA max_page_count = 60")
        with pytest.raises(DatabaseFull):
            add_all(writer)
    with reading(db) as conn:
        stored = queries.counts(conn)
    assert 0 < stored.articles == stored.quotes < 100
    assert verify(db) == []
    with Writer(db) as writer:
        assert add_all(writer) == ["unchanged"] * stored.articles + ["added"] * (100 - stored.articles)


def test_writer_calls_a_speaker_by_the_fullest_name(make: Make, add: Callable[..., str], db: Path) -> None:
    for number, name in enumerate(("Ana López", "Mayor Ana Lopez", "ANA LOPEZ")):
        add(*make.saying("Yes.", name, name=str(number)))
    assert rows(db, "SELECT name, key FROM speaker") == [("Mayor Ana Lopez", "ana lopez")]


def test_writer_removes_an_article_with_all_that_hangs_on_it(bridge: Path, make: Make, add: Callable[..., str]) -> None:
    add(*make.saying("Yes.", "Ana Lopez", name="other", outlet="The Other"))
    with Writer(bridge) as writer:
        assert writer.remove(1) == RemovedSummary(
            article=1, label="Bridge to open", quotes=3, speakers=1, outlets=1, erased=True
        )
    assert rows(bridge, "SELECT name FROM speaker") == [("Ana Lopez",)]
    assert rows(bridge, "SELECT name FROM outlet") == [("The Other",)]
    assert rows(bridge, "SELECT count(*) FROM mark") == [(0,)]
    assert rows(bridge, "SELECT DISTINCT quote_id FROM span") == [(4,)]
    assert verify(bridge) == []


def test_writer_renames_a_speaker_when_the_fullest_name_is_removed(
    make: Make, add: Callable[..., str], db: Path
) -> None:
    add(*make.saying("Yes.", "Mayor Ana Lopez", name="one"))
    add(*make.saying("No.", "Ana Lopez", name="two"))
    with Writer(db) as writer:
        assert writer.remove(1).speakers == 0
    assert rows(db, "SELECT name FROM speaker") == [("Ana Lopez",)]


def test_writer_gives_no_number_twice(bridge: Path, make: Make, add: Callable[..., str]) -> None:
    with Writer(bridge) as writer:
        writer.remove(1)
    add(*make.saying("Yes.", "Ana Lopez"))
    assert rows(bridge, "SELECT article.id, quote.id, speaker.id FROM quote JOIN article JOIN speaker") == [(2, 4, 3)]


@pytest.mark.parametrize("number", [7, -1, 2**80])
def test_writer_says_that_there_is_no_such_article(bridge: Path, number: int) -> None:
    with Writer(bridge) as writer, pytest.raises(NoSuchRow) as caught:
        writer.remove(number)
    assert str(caught.value) == f"There is no article {number}: `quotes articles` lists the numbers of articles."


SECRET = "quixotic zebra"
SECRETS = [b"quixotic", b"zebra", b"uixotic", b"Xavier Quimby", b"quimby", b"Zurich Zeitung"]


def files_with_secrets(db: Path) -> list[tuple[str, bytes]]:
    return [
        (path.name, secret)
        for path in db.parent.glob("quotes.db*")
        for secret in SECRETS
        if secret in path.read_bytes()
    ]


@pytest.fixture
def with_secret(make: Make, db: Path) -> Iterator[Writer]:
    """A writer of 41 articles, of which the 21st is to be removed."""
    plain = [make.saying(f"Plain words {number}. " * 20, "Ana Lopez", name=str(number)) for number in range(40)]
    secret = make.saying(f"{SECRET} " * 2000, "Xavier Quimby", name="secret", title=SECRET, outlet="Zurich Zeitung")
    with Writer(db, wait=0.1) as writer:
        for article, extraction in (*plain[:20], secret, *plain[20:]):
            writer.add(article, lambda _, found=extraction: found)
        yield writer


def test_writer_leaves_no_byte_of_a_removed_text(with_secret: Writer, db: Path) -> None:
    assert {secret for _, secret in files_with_secrets(db)} == set(SECRETS)
    assert with_secret.remove(21).erased
    assert files_with_secrets(db) == []
    assert verify(db) == []


def test_writer_tells_when_a_reader_keeps_a_removed_text(with_secret: Writer, db: Path) -> None:
    with closing(sqlite3.connect(db, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM quote").fetchone()
        assert not with_secret.remove(21).erased
    with_secret.__exit__(None, None, None)
    assert files_with_secrets(db) == []
    assert verify(db) == []


def test_writer_stores_paths_relative_to_the_database(make: Make, add: Callable[..., str], db: Path) -> None:
    add(make.article(path=str(db.parent / "press" / "a b.txt"), name="a b"), make.extraction())
    add(make.article(path=str(db.parent.parent / "elsewhere.jsonl" / "7"), name="7"), make.extraction())
    assert rows(db, "SELECT path FROM article ORDER BY id") == [("press/a b.txt",), ("../elsewhere.jsonl/7",)]


def test_writer_finds_articles_again_after_the_folder_has_moved(
    bridge: Path, make: Make, tmp_path_factory: pytest.TempPathFactory
) -> None:
    moved = tmp_path_factory.mktemp("moved")
    bridge.rename(moved / "quotes.db")
    with Writer(moved / "quotes.db") as writer:
        assert writer.add(make.article(path=str(moved / "bridge.txt")), never) == "unchanged"


def test_writer_finds_an_article_by_a_path_relative_to_here(
    bridge: Path, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(bridge.parent)
    with Writer("quotes.db") as writer:
        assert writer.add(make.article(path="./bridge.txt"), never) == "unchanged"


def test_writer_that_fails_as_it_opens_leaves_the_database_to_others(
    bridge: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(bridge)) as conn, conn:
        conn.execute("UPDATE quote SET claim_id = NULL, utterance_id = NULL")

    def failing(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("quotes.store.writer.rebuild", failing)
    with pytest.raises(KeyboardInterrupt), Writer(bridge):
        pass
    assert [path.name for path in bridge.parent.iterdir()] == [bridge.name]
