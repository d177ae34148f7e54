"""What pages sort, filter and count by, so that they answer at once however many quotes there are.

Triggers alone keep these tables, whatever changes quotes, articles and marks. A listing holds what a quote's own row
leaves to others, its date and its outlet; the totals hang on listings, since an article that is being removed can no
longer be asked for its date. No date is '', no outlet 0.
"""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database

_TABLES = (
    """
    CREATE TABLE listing (
        quote_id INTEGER PRIMARY KEY,
        article_id INTEGER NOT NULL,
        published TEXT NOT NULL,
        speaker_id INTEGER,
        outlet_id INTEGER NOT NULL,
        kind TEXT NOT NULL,
        cue_class TEXT
    ) STRICT
    """,
    "CREATE INDEX listing_published ON listing (published)",
    "CREATE INDEX listing_speaker ON listing (speaker_id, published)",
    "CREATE INDEX listing_outlet ON listing (outlet_id, published)",
    "CREATE INDEX listing_kind ON listing (kind, published)",
    "CREATE INDEX listing_cue_class ON listing (cue_class, published)",
    """
    CREATE TABLE total (
        name TEXT PRIMARY KEY,
        number INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE month_total (
        month TEXT PRIMARY KEY,
        quotes INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE speaker_total (
        speaker_id INTEGER PRIMARY KEY,
        quotes INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX speaker_total_quotes ON speaker_total (quotes)",
    """
    CREATE TABLE speaker_month (
        speaker_id INTEGER NOT NULL,
        month TEXT NOT NULL,
        outlet_id INTEGER NOT NULL,
        quotes INTEGER NOT NULL,
        PRIMARY KEY (speaker_id, month, outlet_id)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE article_total (
        article_id INTEGER PRIMARY KEY,
        outlet_id INTEGER NOT NULL,
        quotes INTEGER NOT NULL,
        marks INTEGER NOT NULL,
        covered INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE outlet_total (
        outlet_id INTEGER PRIMARY KEY,
        articles INTEGER NOT NULL,
        quotes INTEGER NOT NULL,
        marks INTEGER NOT NULL,
        covered INTEGER NOT NULL
    ) STRICT
    """,
    # what pages sort other tables by
    "CREATE INDEX claim_of_speaker ON claim (speaker_id, sources, quotes)",
    "CREATE INDEX claim_contradicted ON claim (contradicted, sources, quotes)",
)

_PLACE = "coalesce(new.outlet_id, 0)"


def _counted(row: str, sign: str) -> str:
    """Statements that count one listing, `row` being new or old, in or out."""
    number = f"{sign}1"
    return f"""
        INSERT INTO total VALUES ('quotes', {number}) ON CONFLICT DO UPDATE SET number = number + excluded.number;
        INSERT INTO month_total VALUES (substr({row}.published, 1, 7), {number})
            ON CONFLICT DO UPDATE SET quotes = quotes + excluded.quotes;
        INSERT INTO speaker_total SELECT {row}.speaker_id, {number} WHERE {row}.speaker_id IS NOT NULL
            ON CONFLICT DO UPDATE SET quotes = quotes + excluded.quotes;
        INSERT INTO speaker_month
            SELECT {row}.speaker_id, substr({row}.published, 1, 7), {row}.outlet_id, {number}
            WHERE {row}.speaker_id IS NOT NULL
            ON CONFLICT DO UPDATE SET quotes = quotes + excluded.quotes;
        INSERT INTO outlet_total VALUES ({row}.outlet_id, 0, {number}, 0, 0)
            ON CONFLICT DO UPDATE SET quotes = quotes + excluded.quotes;
        UPDATE article_total SET quotes = quotes {sign} 1 WHERE article_id = {row}.article_id;
    """


_FORGET_NOTHING_LEFT = """
        DELETE FROM month_total WHERE month = substr(old.published, 1, 7) AND quotes = 0;
        DELETE FROM speaker_total WHERE speaker_id = old.speaker_id AND quotes = 0;
        DELETE FROM speaker_month WHERE speaker_id = old.speaker_id AND quotes = 0;
        DELETE FROM outlet_total WHERE outlet_id = old.outlet_id AND articles = 0 AND quotes = 0;
"""


def _article_counted(row: str, sign: str) -> str:
    return f"""
        INSERT INTO outlet_total VALUES ({row}.outlet_id, {sign}1, 0, {sign}{row}.marks, {sign}{row}.covered)
            ON CONFLICT DO UPDATE SET articles = articles + excluded.articles, marks = marks + excluded.marks,
                covered = covered + excluded.covered;
    """


def _rows_counted(table: str) -> Iterator[tuple[str, str, str]]:
    for event, number in (("INSERT", 1), ("DELETE", -1)):
        counted = (
            f"INSERT INTO total VALUES ('{table}s', {number}) ON CONFLICT DO UPDATE SET number = number + {number};"
        )
        yield f"total_{table}_{event.lower()}", f"AFTER {event} ON {table}", counted


def _triggers() -> Iterator[tuple[str, str, str]]:
    """Name, event and body of each."""
    yield (
        "listing_quote_insert",
        "AFTER INSERT ON quote",
        """
        INSERT INTO listing SELECT new.id, new.article_id, coalesce(published, ''), new.speaker_id,
            coalesce(outlet_id, 0), new.kind, new.cue_class FROM article WHERE id = new.article_id;
        """,
    )
    yield (
        "listing_quote_update",
        "AFTER UPDATE OF speaker_id, kind, cue_class ON quote",
        """
        UPDATE listing SET speaker_id = new.speaker_id, kind = new.kind, cue_class = new.cue_class
            WHERE quote_id = new.id;
        """,
    )
    yield "listing_quote_delete", "AFTER DELETE ON quote", "DELETE FROM listing WHERE quote_id = old.id;"
    yield (
        "listing_article_update",
        "AFTER UPDATE OF published, outlet_id ON article",
        f"""
        UPDATE listing SET published = coalesce(new.published, ''), outlet_id = {_PLACE}
            WHERE quote_id IN (SELECT id FROM quote WHERE article_id = new.id);
        UPDATE article_total SET outlet_id = {_PLACE} WHERE article_id = new.id;
        """,
    )
    yield "total_listing_insert", "AFTER INSERT ON listing", _counted("new", "+")
    yield "total_listing_delete", "AFTER DELETE ON listing", _counted("old", "-") + _FORGET_NOTHING_LEFT
    yield (
        "total_listing_update",
        "AFTER UPDATE OF published, speaker_id, outlet_id ON listing",
        _counted("new", "+") + _counted("old", "-") + _FORGET_NOTHING_LEFT,
    )
    yield (
        "article_total_insert",
        "AFTER INSERT ON article",
        f"INSERT INTO article_total VALUES (new.id, {_PLACE}, 0, 0, 0);",
    )
    yield "article_total_delete", "AFTER DELETE ON article", "DELETE FROM article_total WHERE article_id = old.id;"
    yield "outlet_total_article_insert", "AFTER INSERT ON article_total", _article_counted("new", "+")
    yield (
        "outlet_total_article_delete",
        "AFTER DELETE ON article_total",
        _article_counted("old", "-")
        + "DELETE FROM outlet_total WHERE outlet_id = old.outlet_id AND articles = 0 AND quotes = 0;",
    )
    yield (
        "outlet_total_article_update",
        "AFTER UPDATE OF outlet_id, marks, covered ON article_total",
        _article_counted("new", "+")
        + _article_counted("old", "-")
        + "DELETE FROM outlet_total WHERE outlet_id = old.outlet_id AND articles = 0 AND quotes = 0;",
    )
    yield from _mark_triggers()
    for table in ("article", "speaker", "outlet"):
        yield from _rows_counted(table)


def _mark_triggers() -> Iterator[tuple[str, str, str]]:
    for event, row, sign in (("INSERT", "new", "+"), ("DELETE", "old", "-")):
        yield (
            f"article_total_mark_{event.lower()}",
            f"AFTER {event} ON mark WHEN {row}.level = 0",
            f"""
            UPDATE article_total SET marks = marks {sign} 1, covered = covered {sign} ({row}.quote_id IS NOT NULL)
                WHERE article_id = {row}.article_id;
            """,
        )
    yield (
        "article_total_mark_update",
        "AFTER UPDATE OF quote_id ON mark WHEN new.level = 0",
        """
        UPDATE article_total SET covered = covered + (new.quote_id IS NOT NULL) - (old.quote_id IS NOT NULL)
            WHERE article_id = new.article_id;
        """,
    )


_FILL = (
    "INSERT INTO article_total SELECT id, coalesce(outlet_id, 0), 0, 0, 0 FROM article",
    """
    UPDATE article_total SET
        marks = (SELECT count(*) FROM mark WHERE mark.article_id = article_total.article_id AND level = 0),
        covered = (SELECT count(quote_id) FROM mark WHERE mark.article_id = article_total.article_id AND level = 0)
    """,
    """
    INSERT INTO listing
    SELECT quote.id, quote.article_id, coalesce(article.published, ''), quote.speaker_id,
        coalesce(article.outlet_id, 0), quote.kind, quote.cue_class
    FROM quote JOIN article ON article.id = quote.article_id
    """,
    *(
        f"INSERT INTO total SELECT '{table}s', count(*) FROM {table} WHERE true "
        "ON CONFLICT DO UPDATE SET number = excluded.number"
        for table in ("article", "speaker", "outlet", "quote")
    ),
)


def add_browsing(db: Database) -> None:
    """Listings and totals for the pages."""
    for statement in _TABLES:
        db.execute(dedent(statement).strip())
    for name, event, body in _triggers():
        db.execute(f"CREATE TRIGGER {name} {event} BEGIN {body} END")
    for statement in _FILL:
        db.execute(statement)
    db.execute("PRAGMA user_version = 6")
