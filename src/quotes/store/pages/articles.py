"""An article's page: its text, and where in it the parts of each quote stand."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.errors import NoSuchRow
from quotes.model import TextSpan
from quotes.store.history import history, speaker_of
from quotes.store.pages.values import JOIN_QUOTE_LINE, QUOTE_LINE, QuoteLine, quote_line
from quotes.store.queries import no_article

if TYPE_CHECKING:
    import sqlite3


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A quote with the spans of its parts, in code points of the article's text."""

    quote: QuoteLine
    sources: tuple[TextSpan, ...]
    cues: tuple[TextSpan, ...]
    contents: tuple[TextSpan, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionLine:
    """One text that was found at the article's location."""

    id: int
    version: int
    added: str
    characters: int
    text_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A quote that became another one since the version before, or was added or removed; texts and speakers of both."""

    became: str
    before: str | None
    before_speaker: str | None
    after: str | None
    after_speaker: str | None
    quote_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage:
    """An article with its quotes; `uncovered` are quotations in marks that no quote's content takes up.

    `changes` are those of the quotes since the version before, quotes that were kept left out.
    """

    id: int
    label: str
    title: str | None
    outlet_id: int | None
    outlet: str | None
    published: str | None
    updated: str | None
    correction: str | None
    authors: str | None
    url: str | None
    archived: str | None
    path: str | None
    note: str | None
    language: str | None
    version: int
    characters: int
    words: int | None
    text: str
    text_hash: str
    raw_hash: str | None
    reader: str
    extractor: str
    added: str
    family_id: int | None
    copies: tuple[int, ...]
    marks: int
    covered: int
    topics: tuple[str, ...]
    versions: tuple[VersionLine, ...]
    changes: tuple[Changed, ...]
    relations: tuple[Relation, ...]
    uncovered: tuple[TextSpan, ...]


_FACTS = (
    "id label title outlet_id outlet published updated correction authors url archived path note language version "
    "characters words text text_hash raw_hash reader extractor added family_id marks covered"
).split()


def article(conn: sqlite3.Connection, number: int) -> ArticlePage:
    """Raises NoSuchRow where no article has this number."""
    row = conn.execute(
        "SELECT article.*, outlet.name AS outlet, article_total.marks, article_total.covered FROM article "
        "LEFT JOIN outlet ON outlet.id = article.outlet_id "
        "LEFT JOIN article_total ON article_total.article_id = article.id WHERE article.id = ?",
        (number,),
    ).fetchone()
    if row is None:
        raise NoSuchRow(no_article(number))
    topics = conn.execute("SELECT term FROM topic WHERE article_id = ? ORDER BY rank", (number,))
    versions = conn.execute(
        "SELECT id, version, added, characters, text_hash FROM article WHERE location = ? ORDER BY version LIMIT 50",
        (row["location"],),
    )
    copies = conn.execute(
        "SELECT id FROM article WHERE family_id = ? AND id != ? ORDER BY id LIMIT 50", (row["family_id"], number)
    )
    uncovered = conn.execute(
        "SELECT start, end, opening, closing FROM mark WHERE article_id = ? AND quote_id IS NULL AND level = 0 "
        "ORDER BY start",
        (number,),
    )
    return ArticlePage(
        **{name: row[name] for name in _FACTS},
        copies=tuple(copy["id"] for copy in copies),
        topics=tuple(topic["term"] for topic in topics),
        versions=tuple(VersionLine(**dict(version)) for version in versions),
        changes=_changes(conn, number) if row["version"] > 1 else (),
        relations=_relations(conn, number),
        uncovered=tuple(filter(None, map(_with_marks, uncovered))),
    )


def _changes(conn: sqlite3.Connection, number: int) -> tuple[Changed, ...]:
    here = next(version for version in history(conn, str(number)) if version.article.id == number)
    return tuple(
        Changed(
            became=", ".join(change.became),
            before=change.before.text if change.before else None,
            before_speaker=speaker_of(change.before) if change.before else None,
            after=change.after.text if change.after else None,
            after_speaker=speaker_of(change.after) if change.after else None,
            quote_id=change.after.id if change.after else None,
        )
        for change in here.quotes
        if change.became != ("kept",)
    )


def place_of(conn: sqlite3.Connection, quote_id: int) -> int:
    """The number of the article that a quote stands in; raises NoSuchRow."""
    row = conn.execute("SELECT article_id FROM quote WHERE id = ?", (quote_id,)).fetchone()
    if row is None:
        raise NoSuchRow(
            f"There is no quote {quote_id}: `quotes who WORDS` and `quotes by NAME` print the numbers of quotes."
        )
    return int(row["article_id"])


def _relations(conn: sqlite3.Connection, number: int) -> tuple[Relation, ...]:
    quotes = conn.execute(
        f"SELECT {QUOTE_LINE} FROM quote {JOIN_QUOTE_LINE} WHERE quote.article_id = ? ORDER BY quote.position",
        (number,),
    )
    spans: defaultdict[tuple[int, str], list[TextSpan]] = defaultdict(list)
    for row in conn.execute(
        "SELECT span.quote_id, span.role, span.start, span.end FROM quote JOIN span ON span.quote_id = quote.id "
        "WHERE quote.article_id = ? ORDER BY span.start",
        (number,),
    ):
        spans[row["quote_id"], row["role"]].append(TextSpan(row["start"], row["end"]))
    return tuple(
        Relation(
            quote=line,
            sources=tuple(spans[line.id, "source"]),
            cues=tuple(spans[line.id, "cue"]),
            contents=tuple(spans[line.id, "content"]),
        )
        for line in map(quote_line, quotes)
    )


def _with_marks(row: sqlite3.Row) -> TextSpan | None:
    start = row["start"] - len(row["opening"] or "")
    end = row["end"] + len(row["closing"] or "")
    return TextSpan(start, end) if start < end else None
