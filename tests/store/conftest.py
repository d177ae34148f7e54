"""Made-up articles and extractions, and a database to put them in."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from quotes.model import Article, Extraction, MarkPair, Quote, Speaker, TextSpan
from quotes.store.connection import reading
from quotes.store.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from quotes.store.writer import Outcome

NOBODY = 65534

TEXT = (
    "RIVERTON - The bridge will open in May, Mayor Ana Lopez said on Monday.\n\n"
    "“We are on time and under budget,” she added. “Nobody will pay a toll.”\n\n"
    "Engineers call the “floating” deck a risk. The toll was never popular, according to Jon Baker."
)


@dataclass(frozen=True)
class Make:
    """Builds articles and what an extractor would find in them, by the words."""

    folder: Path

    def article(self, text: str = TEXT, **known: Any) -> Article:
        known.setdefault("name", "bridge")
        known.setdefault("path", str(self.folder / f"{known['name']}.txt"))
        return Article(text=text, reader="made", raw_hash="sha256:00", **known)

    def span(self, text: str, words: str) -> TextSpan:
        start = text.index(words)
        return TextSpan(start, start + len(words))

    def quote(self, text: str, *contents: str, speaker: str | None = None, **parts: Any) -> Quote:
        for role in ("source", "cue"):
            words = parts.pop(role, None)
            parts[f"{role}s"] = (self.span(text, words),) if words else ()
        parts.setdefault("kind", "direct")
        return Quote(
            contents=tuple(self.span(text, words) for words in contents),
            speaker=Speaker(speaker, "made up") if speaker else None,
            mention=parts["sources"][0].of(text) if parts["sources"] else None,
            **parts,
        )

    def mark(self, text: str, quoted: str) -> MarkPair:
        whole = self.span(text, quoted)
        return MarkPair(
            start=whole.start + 1,
            end=whole.end - 1,
            opening=TextSpan(whole.start, whole.start + 1),
            closing=TextSpan(whole.end - 1, whole.end),
            status="closed",
        )

    def extraction(self, *quotes: Quote, marks: tuple[MarkPair, ...] = ()) -> Extraction:
        return Extraction(quotes=quotes, marks=marks, extractor="made/1")

    def bridge(self, text: str = TEXT) -> Extraction:
        """What stands in TEXT: two quotes of Ana Lopez, one without a mark, one of Jon Baker, and a scare quote."""
        quoted = ("“We are on time and under budget,”", "“Nobody will pay a toll.”", "“floating”")
        return self.extraction(
            self.quote(
                text,
                "The bridge will open in May",
                kind="indirect",
                speaker="Ana Lopez",
                source="Mayor Ana Lopez",
                cue="said",
            ),
            self.quote(text, quoted[0], quoted[1], speaker="Ana Lopez", source="she", cue="added", status="closed"),
            self.quote(
                text,
                "The toll was never popular",
                kind="indirect",
                speaker="Jon Baker",
                source="Jon Baker",
                cue="according to",
                speaker_confidence=0.5,
            ),
            marks=tuple(self.mark(text, words) for words in quoted),
        )

    def saying(self, words: str, speaker: str | None = None, **known: Any) -> tuple[Article, Extraction]:
        """An article with one quote."""
        text = f"{speaker or 'Somebody'} said: “{words}” Nobody answered."
        return self.article(text, **known), self.extraction(self.quote(text, f"“{words}”", speaker=speaker))


@pytest.fixture
def make(tmp_path: Path) -> Make:
    return Make(tmp_path)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "quotes.db"


@pytest.fixture
def add(db: Path) -> Callable[..., Outcome]:
    """Add one article with its extraction, in a run of its own."""

    def add_one(article: Article, extraction: Extraction) -> Outcome:
        with Writer(db) as writer:
            return writer.add(article, lambda _: extraction)

    return add_one


@pytest.fixture
def bridge(make: Make, add: Callable[..., Outcome], db: Path) -> Path:
    """A database with the one article that stands above."""
    add(make.article(outlet="Riverton Post", published="2024-03-04", title="Bridge to open"), make.bridge())
    return db


@pytest.fixture
def dump() -> Callable[[Path], dict[str, list[tuple[Any, ...]]]]:
    """Every row of every table, full-text indexes included."""

    def rows_of(path: Path) -> dict[str, list[tuple[Any, ...]]]:
        with reading(path) as conn:
            conn.row_factory = None
            tables = [name for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {table: conn.execute(f'SELECT * FROM "{table}"').fetchall() for table in tables}

    return rows_of


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """A folder that other users can reach, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="quotes-"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.fixture
def unprivileged() -> Callable[[], Any]:
    """A block in which file permissions count, for root too."""

    @contextmanager
    def without_root() -> Iterator[None]:
        if os.geteuid() != 0:
            yield
            return
        group = os.getegid()
        os.setegid(NOBODY)
        os.seteuid(NOBODY)
        try:
            yield
        finally:
            os.seteuid(0)
            os.setegid(group)

    return without_root
