"""Who is who across articles: the names of a speaker, roles as printed, people's judgements, the authority file."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

_IDENTITY = (
    "ALTER TABLE speaker ADD COLUMN qid TEXT",
    "CREATE INDEX speaker_qid ON speaker (qid)",
    """
    CREATE TABLE alias (
        id INTEGER PRIMARY KEY,
        speaker_id INTEGER NOT NULL REFERENCES speaker(id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        key TEXT NOT NULL UNIQUE
    ) STRICT
    """,
    "CREATE INDEX alias_speaker ON alias (speaker_id)",
    """
    CREATE TABLE role (
        id INTEGER PRIMARY KEY,
        speaker_id INTEGER NOT NULL REFERENCES speaker(id) ON DELETE CASCADE,
        article_id INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
        text TEXT NOT NULL,
        start INTEGER NOT NULL CHECK (start >= 0),
        end INTEGER NOT NULL CHECK (end > start)
    ) STRICT
    """,
    "CREATE INDEX role_speaker ON role (speaker_id)",
    "CREATE INDEX role_article ON role (article_id)",
    """
    CREATE TABLE judgement (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        about TEXT NOT NULL CHECK (about IN ('speaker', 'claim')),
        decision TEXT NOT NULL,
        a TEXT NOT NULL,
        b TEXT,
        who TEXT NOT NULL,
        why TEXT,
        made TEXT NOT NULL,
        takes_back INTEGER UNIQUE REFERENCES judgement(id)
    ) STRICT
    """,
    """
    CREATE TABLE suggestion (
        a INTEGER NOT NULL REFERENCES speaker(id) ON DELETE CASCADE,
        b INTEGER NOT NULL REFERENCES speaker(id) ON DELETE CASCADE,
        score REAL NOT NULL CHECK (score BETWEEN 0 AND 1),
        reasons TEXT NOT NULL,
        PRIMARY KEY (a, b)
    ) STRICT
    """,
    "CREATE INDEX suggestion_b ON suggestion (b)",
    """
    CREATE TABLE authority (
        qid TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        country TEXT
    ) STRICT
    """,
    """
    CREATE TABLE authority_name (
        qid TEXT NOT NULL REFERENCES authority(qid) ON DELETE CASCADE,
        name TEXT NOT NULL,
        key TEXT NOT NULL,
        PRIMARY KEY (qid, name)
    ) STRICT
    """,
    "CREATE INDEX authority_name_key ON authority_name (key)",
    """
    CREATE TABLE authority_position (
        id INTEGER PRIMARY KEY,
        qid TEXT NOT NULL REFERENCES authority(qid) ON DELETE CASCADE,
        position TEXT NOT NULL,
        key TEXT NOT NULL,
        start TEXT,
        end TEXT
    ) STRICT
    """,
    "CREATE INDEX authority_position_qid ON authority_position (qid)",
    "CREATE INDEX authority_position_key ON authority_position (key)",
)


def add_identity(db: Database) -> None:
    """One speaker may have several names; people decide who is who; every name known so far leads to its speaker."""
    for statement in _IDENTITY:
        db.execute(dedent(statement).strip())
    db.execute("INSERT INTO alias (speaker_id, name, key) SELECT id, name, key FROM speaker ORDER BY id")
    db.execute("PRAGMA user_version = 3")
