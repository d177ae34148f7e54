"""Every look-up, for the command line, Datasette and exports alike; plain SQLite, and nothing here writes.

All functions take a connection of `connection.open_reading`; an iterator is read while the connection is open.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from quotes.errors import NoSuchRow
from quotes.resolve.names import speaker_key
from quotes.store import mapping, matching
from quotes.store.context import around, line_and_column
from quotes.store.filters import Filters
from quotes.store.rows import Counts, Found, MarkRow, Passage, QuoteInContext, QuoteWithSpans, ShownQuote
from quotes.store.sql import numbered

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping

    from quotes.model import TextSpan
    from quotes.store.rows import ArticleRef, ArticleRow, Match, SpeakerRow

    Row = Mapping[str, Any]

AROUND = 120
"""Characters of context on each side of a quote in a list."""

_BY_DATE = "article.published IS NULL, article.published, article.id, quote.position"
_BY_RANK = "bm25(quote_fts), quote.id"
_QUOTE_AND_TEXT = f"{mapping.QUOTE}, article.text AS article_text"


def who(conn: sqlite3.Connection, words: str, filters: Filters | None = None, *, limit: int = 50) -> Found:
    """Who said these words: the quotes that have them one after the other, else all of them, else what is like them.

    Where nothing is like them either, quotes with any of the words answer. Exact matches come by date, the earliest
    first, the others by how well they match. Marks, case, accents and
    punctuation are passed over, and no character is syntax; without a word in it nothing is found.
    """
    asked = matching.query_words(words)
    if not asked:
        return Found(match=None, total=0, quotes=(), printed=())
    chosen = filters or Filters()
    outside = () if chosen.speaker else tuple(printed(conn, asked, limit, chosen))
    kinds: tuple[tuple[Match, str, str], ...] = (
        ("exact", matching.phrase(asked), _BY_DATE),
        ("all words", matching.all_of(asked), _BY_RANK),
        ("similar", "", ""),
        ("some words", matching.any_of(asked), _BY_RANK),
    )
    # what is printed word for word, if only outside quotes, answers better than quotes with some of the words
    for match, query, order in kinds[:3] if outside else kinds:
        if match == "similar":
            total, quotes = _similar(conn, words, chosen, limit=limit)
        else:
            total, quotes = _matching(conn, query, order, chosen, limit=limit)
        if total:
            return Found(match=match, total=total, quotes=tuple(map(_in_context, quotes)), printed=outside)
    return Found(match=None, total=0, quotes=(), printed=outside)


def printed(
    conn: sqlite3.Connection,
    asked: list[str],
    limit: int,
    filters: Filters | None = None,
    *,
    look_through: int | None = None,
) -> Iterator[Passage]:
    """Up to `limit` articles that have these words (of `matching.query_words`) one after the other outside quotes.

    `filters` tell which articles; `look_through`: at most so many of those that have the words are looked at.
    """
    condition, values = (filters or Filters()).of_article()
    query = f"{{text}} : {matching.phrase(asked)}"
    rows = conn.execute(
        f"SELECT {mapping.ARTICLE_REF}, article.text FROM article_fts JOIN article ON article.id = article_fts.rowid "
        "LEFT JOIN outlet ON outlet.id = article.outlet_id WHERE article_fts MATCH ?"
        f"{condition} ORDER BY article_fts.rowid LIMIT ?",
        (query, *values, -1 if look_through is None else look_through),
    )
    for row in rows:
        if not limit:
            return
        span = _first_outside_quotes(conn, row, asked)
        if span:
            limit -= 1
            context = around(row["text"], span.start, span.end, width=AROUND)
            yield Passage(article=mapping.article_ref(row), start=span.start, end=span.end, context=context)


def quotes_of(conn: sqlite3.Connection, speaker_id: int, filters: Filters | None = None) -> Iterator[QuoteInContext]:
    """Everything one speaker is quoted with, the earliest published first and undated articles last."""
    condition, values = (filters or Filters()).sql()
    rows = conn.execute(
        f"SELECT {_QUOTE_AND_TEXT} FROM quote {mapping.JOIN_QUOTE} WHERE quote.speaker_id = ?{condition} "
        f"ORDER BY {_BY_DATE}",
        (speaker_id, *values),
    )
    return map(_in_context, rows)


def quotes_together(
    conn: sqlite3.Connection, names: Iterable[str], filters: Filters | None = None
) -> Iterator[QuoteInContext]:
    """What several people say together, one of whom has one of these names, by date as `quotes_of`."""
    keys = {speaker_key(name) for name in names}
    phrases = {matching.phrase(words) for key in keys if (words := matching.query_words(key))}
    if not phrases:
        return
    condition, values = (filters or Filters()).sql()
    rows = conn.execute(
        f"SELECT {_QUOTE_AND_TEXT} FROM quote {mapping.JOIN_QUOTE} WHERE quote.article_id IN "
        "(SELECT rowid FROM article_fts WHERE article_fts MATCH ?) AND quote.speaker_id IS NULL "
        f"AND quote.speaker_description LIKE '% and %'{condition} ORDER BY {_BY_DATE}",
        (f"{{text}} : ({' OR '.join(sorted(phrases))})", *values),
    )
    for row in rows:
        quote = _in_context(row)
        if not keys.isdisjoint(map(speaker_key, quote.members)):
            yield quote


def show(conn: sqlite3.Connection, quote_id: int) -> ShownQuote:
    """One quote with its spans, its marks, its paragraph and its place in the source; raises NoSuchRow."""
    query = f"SELECT {_QUOTE_AND_TEXT}, article.extractor FROM quote {mapping.JOIN_QUOTE} WHERE quote.id = ?"
    row = _one(conn, query, quote_id, no_quote(quote_id))
    spans = conn.execute("SELECT role, start, end FROM span WHERE quote_id = ? ORDER BY role, number", (quote_id,))
    marks = conn.execute(
        "SELECT start, end, opening, closing, status, level FROM mark WHERE quote_id = ? ORDER BY start, level",
        (quote_id,),
    )
    text = row["article_text"]
    line, column = line_and_column(text, row["start"])
    return ShownQuote(
        **mapping.quote_fields(row),
        **mapping.spans_by_role(spans),
        context=around(text, row["start"], row["end"]),
        line=line,
        column=column,
        marks=tuple(MarkRow(**dict(mark)) for mark in marks),
        extractor=row["extractor"],
    )


def speakers(conn: sqlite3.Connection) -> Iterator[SpeakerRow]:
    """All speakers, those with the most quotes first."""
    rows = conn.execute(f"{mapping.SPEAKER} GROUP BY speaker.id ORDER BY quotes DESC, speaker.name, speaker.id")
    return map(mapping.speaker_row, rows)


def articles(conn: sqlite3.Connection) -> Iterator[ArticleRow]:
    """All articles, in the order in which they were added."""
    rows = conn.execute(f"SELECT {mapping.ARTICLE} {mapping.FROM_ARTICLE} ORDER BY article.id")
    return map(mapping.article_row, rows)


def article(conn: sqlite3.Connection, article_id: int) -> ArticleRow:
    """One article; raises NoSuchRow."""
    query = f"SELECT {mapping.ARTICLE} {mapping.FROM_ARTICLE} WHERE article.id = ?"
    return mapping.article_row(_one(conn, query, article_id, no_article(article_id)))


def article_text(conn: sqlite3.Connection, article_id: int) -> str:
    """The text of an article exactly as it was read; raises NoSuchRow."""
    row = _one(conn, "SELECT text FROM article WHERE id = ?", article_id, no_article(article_id))
    return str(row["text"])


def quotes_in(conn: sqlite3.Connection, article_id: int) -> Iterator[QuoteWithSpans]:
    """The quotes of an article with their spans, in the order of the text."""
    return _with_spans(conn, "WHERE quote.article_id = ?", (article_id,))


def every_quote(conn: sqlite3.Connection) -> Iterator[QuoteWithSpans]:
    """Every quote with its spans, by number; one at a time, however many there are."""
    return _with_spans(conn, "", ())


def every_text(conn: sqlite3.Connection) -> Iterator[tuple[ArticleRef, str]]:
    """Every article with its text, by number; one at a time."""
    rows = conn.execute(f"SELECT {mapping.ARTICLE_REF}, article.text {mapping.FROM_ARTICLE} ORDER BY article.id")
    return ((mapping.article_ref(row), row["text"]) for row in rows)


def counts(conn: sqlite3.Connection) -> Counts:
    """How much there is."""
    numbers = {
        f"{table}s": conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in ("article", "outlet", "speaker", "quote")
    }
    attributed = conn.execute("SELECT count(*) FROM quote WHERE speaker_id IS NOT NULL").fetchone()[0]
    return Counts(**numbers, attributed=attributed)


def no_quote(quote_id: int) -> str:
    """The sentence for a quote's number that leads nowhere."""
    return f"There is no quote {quote_id}: `quotes who WORDS` and `quotes by NAME` print the numbers of quotes."


def no_article(article_id: int) -> str:
    """The sentence for an article number that leads nowhere."""
    return f"There is no article {article_id}: `quotes articles` lists the numbers of articles."


def _matching(
    conn: sqlite3.Connection, query: str, order: str, filters: Filters, *, limit: int
) -> tuple[int, Iterable[Row]]:
    """How many quotes a full-text query matches, and the first of them."""
    condition, values = filters.sql()
    rest = f"FROM quote_fts JOIN quote ON quote.id = quote_fts.rowid {mapping.JOIN_QUOTE} WHERE quote_fts MATCH ?"
    total = conn.execute(f"SELECT count(*) {rest}{condition}", (query, *values)).fetchone()[0]
    if not total:
        return 0, ()
    rows = f"SELECT {_QUOTE_AND_TEXT} {rest}{condition} ORDER BY {order} LIMIT ?"
    return int(total), conn.execute(rows, (query, *values, limit))


def _similar(conn: sqlite3.Connection, words: str, filters: Filters, *, limit: int) -> tuple[int, Iterable[Row]]:
    """The quotes whose wording is like these words, the likest first."""
    from quotes.store.meanings import like

    found = like(conn, words)
    if not found:
        return 0, ()
    condition, values = filters.sql()
    rows = conn.execute(
        f"SELECT {_QUOTE_AND_TEXT} FROM quote {mapping.JOIN_QUOTE} WHERE quote.fingerprint IN "
        f"(SELECT fingerprint FROM quote WHERE id IN ({', '.join(map(str, found))})){condition} ORDER BY {_BY_DATE}",
        values,
    ).fetchall()
    by_wording = {row["fingerprint"]: found[row["id"]] for row in rows if row["id"] in found}
    ordered = sorted(rows, key=lambda row: -by_wording.get(row["fingerprint"], 0.0))
    return len(ordered), ordered[:limit]


def _one(conn: sqlite3.Connection, query: str, number: int, cure: str) -> Row:
    row: Row | None = numbered(conn, query, number)
    if row is None:
        raise NoSuchRow(cure)
    return row


def _in_context(row: Row) -> QuoteInContext:
    context = around(row["article_text"], row["start"], row["end"], width=AROUND)
    return QuoteInContext(**mapping.quote_fields(row), context=context)


def _with_spans(conn: sqlite3.Connection, where: str, parameters: tuple[int, ...]) -> Iterator[QuoteWithSpans]:
    """Quotes by number, which within an article is the order of the text; spans come along in step."""
    quotes = conn.execute(
        f"SELECT {mapping.QUOTE} FROM quote {mapping.JOIN_QUOTE} {where} ORDER BY quote.id", parameters
    )
    spans = conn.execute(
        "SELECT span.quote_id, span.role, span.start, span.end FROM quote JOIN span ON span.quote_id = quote.id "
        f"{where} ORDER BY quote.id, span.role, span.number",
        parameters,
    )
    of_quote = groupby(spans, key=lambda span: span["quote_id"])
    for row, (_, own) in zip(quotes, of_quote, strict=True):
        yield QuoteWithSpans(**mapping.quote_fields(row), **mapping.spans_by_role(own))


def _first_outside_quotes(conn: sqlite3.Connection, row: Row, asked: list[str]) -> TextSpan | None:
    quoted = [
        (start, end)
        for start, end in conn.execute(
            "SELECT span.start, span.end FROM quote JOIN span ON span.quote_id = quote.id "
            "WHERE quote.article_id = ? AND span.role = 'content'",
            (row["article_id"],),
        )
    ]
    spans = matching.find_phrase(asked, row["text"])
    return next(
        (span for span in spans if not any(span.start < end and start < span.end for start, end in quoted)), None
    )
