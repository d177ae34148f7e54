"""What headlines quote, and whether the bodies of their articles say so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.group.headlines import Passage, headline_quotes, supported
from quotes.store import mapping, matching, queries
from quotes.text import words

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from quotes.group.changes import Change
    from quotes.group.headlines import HeadlineQuote
    from quotes.store.rows import ArticleRef, QuoteWithSpans

_LONGEST_HEADLINE = 25
_FLAGGED = ("changed", "none")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedHeadline:
    """One quote of a headline with what the body says of it.

    `support` is as `quotes.group.headlines.Support` tells it, `passage` the words of the body that support it or nearly
    do, and `quote_id` the quote that holds them (None where they only stand in marks). `printed`: whether the body has
    the words outside every quotation and statement.
    """

    article: ArticleRef
    headline: str
    quote: HeadlineQuote
    support: str
    passage: str | None
    quote_id: int | None
    changes: tuple[Change, ...]
    printed: bool


def checked_headlines(conn: sqlite3.Connection, *, every: bool = False) -> Iterator[CheckedHeadline]:
    """The quotes in headlines that no quote of the body supports, by article; with `every` the supported ones too.

    The headline is the article's title; without one, the first line, where it reads as a headline and has quotation
    marks. Superseded versions are left out.
    """
    ids = conn.execute("SELECT id FROM article ORDER BY id").fetchall()
    for (article_id,) in ids:
        for checked in _of_article(conn, article_id):
            if every or checked.support in _FLAGGED:
                yield checked


def _of_article(conn: sqlite3.Connection, article_id: int) -> Iterator[CheckedHeadline]:
    row = conn.execute(
        f"SELECT {mapping.ARTICLE_REF}, article.text {mapping.FROM_ARTICLE} WHERE article.id = ?", (article_id,)
    ).fetchone()
    article, text = mapping.article_ref(row), str(row["text"])
    headline, body = _headline(article.title, text)
    if headline is None or not article.latest:
        return
    quotes = [quote for quote in queries.quotes_in(conn, article_id) if quote.start >= body]
    asked = headline_quotes(headline, _sources(quotes) if article.title else ())
    if not asked:
        return
    said = [(Passage(quote.text, quoted=quote.kind == "direct"), quote.id) for quote in quotes]
    passages = [*said, *_marked(conn, article_id, text, body)]
    for quote in asked:
        found = supported(quote, [passage for passage, _ in passages])
        passage, quote_id = (None, None) if found.passage is None else passages[found.passage]
        yield CheckedHeadline(
            article=article,
            headline=headline,
            quote=quote,
            support=found.support,
            passage=passage.text if passage else None,
            quote_id=quote_id,
            changes=found.changes,
            printed=found.support in _FLAGGED and _is_printed(quote.text, text[body:]),
        )


def _headline(title: str | None, text: str) -> tuple[str | None, int]:
    """The headline, and where the body begins; the headline may stand in the text once more, as its first line."""
    start = len(text) - len(text.lstrip())
    end = text.find("\n", start)
    first = text[start:end] if end >= 0 else ""
    if title:
        return title, end if first and words(first) == words(title) else 0
    is_headline = 0 < len(words(first)) <= _LONGEST_HEADLINE and not first.rstrip("\"'”’» ").endswith(
        (".", "!", "?", ",")
    )
    return (first, end) if is_headline else (None, 0)


def _sources(quotes: list[QuoteWithSpans]) -> set[str]:
    """Whom the body attributes its statements to, by every name that it or the database has."""
    names = ((quote.speaker_name, quote.mention, quote.speaker_description) for quote in quotes)
    return {name for known in names for name in known if name}


def _marked(conn: sqlite3.Connection, article_id: int, text: str, body: int) -> list[tuple[Passage, int | None]]:
    """What stands between quotation marks in the body, attributed or not."""
    rows = conn.execute(
        "SELECT start, end, quote_id FROM mark WHERE article_id = ? AND start >= ? AND end > start ORDER BY start",
        (article_id, body),
    )
    return [(Passage(text[row["start"] : row["end"]], quoted=True), row["quote_id"]) for row in rows]


def _is_printed(asked: str, body: str) -> bool:
    return next(matching.find_phrase(matching.query_words(asked), body), None) is not None
