"""Articles, their quotes, marks and topics.

The numbers of articles, speakers and quotes are printed and linked to, so none is given twice, not even after a removal
(AUTOINCREMENT).
"""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

from quotes.store import APPLICATION_ID

if TYPE_CHECKING:
    from sqlite_utils import Database

_TABLES = (
    """
    CREATE TABLE outlet (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE
    ) STRICT
    """,
    """
    CREATE TABLE article (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        label TEXT NOT NULL,
        outlet_id INTEGER REFERENCES outlet(id),
        published TEXT,
        title TEXT,
        url TEXT,
        path TEXT,
        name TEXT NOT NULL,
        location TEXT NOT NULL,
        version INTEGER NOT NULL CHECK (version > 0),
        language TEXT,
        note TEXT,
        characters INTEGER NOT NULL CHECK (characters >= 0),
        text TEXT NOT NULL,
        text_hash TEXT NOT NULL,
        raw_hash TEXT,
        replaced INTEGER NOT NULL CHECK (replaced >= 0),
        reader TEXT NOT NULL,
        extractor TEXT NOT NULL,
        added TEXT NOT NULL,
        UNIQUE (location, version),
        UNIQUE (location, text_hash)
    ) STRICT
    """,
    """
    CREATE TABLE speaker (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        key TEXT NOT NULL UNIQUE
    ) STRICT
    """,
    """
    CREATE TABLE quote (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        article_id INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
        position INTEGER NOT NULL CHECK (position >= 0),
        kind TEXT NOT NULL CHECK (kind IN ('direct', 'mixed', 'indirect')),
        text TEXT NOT NULL,
        speaker_id INTEGER REFERENCES speaker(id),
        speaker_name TEXT,
        speaker_description TEXT,
        speaker_confidence REAL CHECK (speaker_confidence BETWEEN 0 AND 1),
        speaker_reason TEXT,
        mention TEXT,
        cue TEXT,
        cue_class TEXT,
        negated INTEGER NOT NULL CHECK (negated IN (0, 1)),
        modality TEXT,
        via TEXT,
        status TEXT CHECK (status IN ('closed', 'continued', 'unclosed', 'unopened')),
        confidence REAL CHECK (confidence BETWEEN 0 AND 1),
        fingerprint TEXT NOT NULL,
        UNIQUE (article_id, position)
    ) STRICT
    """,
    """
    CREATE TABLE span (
        quote_id INTEGER NOT NULL REFERENCES quote(id) ON DELETE CASCADE,
        role TEXT NOT NULL CHECK (role IN ('source', 'cue', 'content')),
        number INTEGER NOT NULL CHECK (number >= 0),
        start INTEGER NOT NULL CHECK (start >= 0),
        end INTEGER NOT NULL CHECK (end > start),
        text TEXT NOT NULL,
        PRIMARY KEY (quote_id, role, number)
    ) STRICT
    """,
    """
    CREATE TABLE mark (
        id INTEGER PRIMARY KEY,
        article_id INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
        start INTEGER NOT NULL CHECK (start >= 0),
        end INTEGER NOT NULL CHECK (end >= start),
        opening TEXT,
        closing TEXT,
        status TEXT NOT NULL CHECK (status IN ('closed', 'continued', 'unclosed', 'unopened')),
        level INTEGER NOT NULL CHECK (level >= 0),
        quote_id INTEGER REFERENCES quote(id) ON DELETE SET NULL
    ) STRICT
    """,
    "CREATE INDEX article_outlet ON article (outlet_id)",
    "CREATE INDEX article_published ON article (published)",
    "CREATE INDEX article_path ON article (path)",
    "CREATE INDEX article_url ON article (url)",
    "CREATE INDEX quote_speaker ON quote (speaker_id)",
    "CREATE INDEX quote_kind ON quote (kind)",
    "CREATE INDEX quote_fingerprint ON quote (fingerprint)",
    "CREATE INDEX mark_article ON mark (article_id)",
    "CREATE INDEX mark_quote ON mark (quote_id)",
    """
    CREATE VIEW statement AS
    SELECT
        quote.id,
        quote.text,
        speaker.name AS speaker,
        outlet.name AS outlet,
        article.published,
        quote.kind,
        quote.mention,
        quote.cue,
        article.label AS article,
        quote.article_id,
        quote.speaker_id,
        article.outlet_id,
        quote.fingerprint
    FROM quote
    JOIN article ON article.id = quote.article_id
    LEFT JOIN outlet ON outlet.id = article.outlet_id
    LEFT JOIN speaker ON speaker.id = quote.speaker_id
    """,
)


def create_schema(db: Database) -> None:
    """Outlets, articles, speakers, quotes with their spans and marks, and the full-text indexes."""
    for statement in _TABLES:
        db.execute(dedent(statement).strip())
    for table, columns in (("quote", ["text"]), ("article", ["label", "text"]), ("speaker", ["name"])):
        db[table].enable_fts(columns, create_triggers=True, tokenize="unicode61 remove_diacritics 2")  # type: ignore[union-attr]
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute("PRAGMA user_version = 1")


_TOPICS = (
    """
    CREATE TABLE topic (
        article_id INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
        rank INTEGER NOT NULL CHECK (rank > 0),
        term TEXT NOT NULL COLLATE NOCASE,
        score REAL NOT NULL,
        PRIMARY KEY (article_id, rank)
    ) STRICT
    """,
    "CREATE INDEX topic_term ON topic (term)",
    "ALTER TABLE article ADD COLUMN sentences INTEGER CHECK (sentences > 0)",
    "ALTER TABLE article ADD COLUMN words INTEGER CHECK (words > 0)",
    "ALTER TABLE article ADD COLUMN reading_ease REAL",
)


def add_topics(db: Database) -> None:
    """Key terms and text statistics; articles that were stored before have none."""
    for statement in _TOPICS:
        db.execute(dedent(statement).strip())
    db.execute("PRAGMA user_version = 2")
