"""Who is who across articles: the names of a speaker, roles as printed, people's judgements, the authority file.

A speaker is one identity, and its aliases are the names that lead to it. An alias's number is that of the speaker that
it alone would be, so a speaker that is merged keeps its number as an alias's, and gets it back when the merge is taken
back. The lowest number of the aliases is the speaker's.
"""

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
        speaker_id INTEGER NOT NULL REFERENCES speaker(id),
        name TEXT NOT NULL,
        key TEXT NOT NULL UNIQUE,
        location TEXT,
        qid TEXT,
        reason TEXT
    ) STRICT
    """,
    "CREATE INDEX alias_speaker ON alias (speaker_id)",
    "CREATE INDEX alias_qid ON alias (qid)",
    "ALTER TABLE quote ADD COLUMN alias_id INTEGER REFERENCES alias(id)",
    "CREATE INDEX quote_alias ON quote (alias_id)",
    """
    CREATE TABLE alias_block (
        block TEXT NOT NULL,
        alias_id INTEGER NOT NULL REFERENCES alias(id) ON DELETE CASCADE,
        PRIMARY KEY (block, alias_id)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX alias_block_alias ON alias_block (alias_id)",
    """
    CREATE TABLE alias_pair (
        a INTEGER NOT NULL REFERENCES alias(id) ON DELETE CASCADE,
        b INTEGER NOT NULL REFERENCES alias(id) ON DELETE CASCADE,
        score REAL NOT NULL CHECK (score BETWEEN 0 AND 1),
        automatic INTEGER NOT NULL CHECK (automatic IN (0, 1)),
        reasons TEXT NOT NULL,
        PRIMARY KEY (a, b),
        CHECK (a < b)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX alias_pair_b ON alias_pair (b)",
    "CREATE INDEX alias_pair_score ON alias_pair (automatic, score)",
    """
    CREATE TABLE role (
        id INTEGER PRIMARY KEY,
        alias_id INTEGER NOT NULL REFERENCES alias(id) ON DELETE CASCADE,
        article_id INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
        text TEXT NOT NULL,
        words TEXT NOT NULL,
        start INTEGER NOT NULL CHECK (start >= 0),
        end INTEGER NOT NULL CHECK (end > start)
    ) STRICT
    """,
    "CREATE INDEX role_alias ON role (alias_id, words)",
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
        last TEXT,
        PRIMARY KEY (qid, key)
    ) STRICT
    """,
    "CREATE INDEX authority_name_key ON authority_name (key)",
    "CREATE INDEX authority_name_last ON authority_name (last)",
    """
    CREATE TABLE authority_position (
        id INTEGER PRIMARY KEY,
        qid TEXT NOT NULL REFERENCES authority(qid) ON DELETE CASCADE,
        position TEXT NOT NULL,
        office TEXT NOT NULL,
        start TEXT,
        end TEXT
    ) STRICT
    """,
    "CREATE INDEX authority_position_qid ON authority_position (qid)",
    "CREATE INDEX authority_position_office ON authority_position (office)",
)


def add_identity(db: Database) -> None:
    """One speaker may have several names; people decide who is who; every name known so far leads to its speaker."""
    for statement in _IDENTITY:
        db.execute(dedent(statement).strip())
    db.execute("INSERT INTO alias (id, speaker_id, name, key) SELECT id, id, name, key FROM speaker ORDER BY id")
    db.execute("UPDATE quote SET alias_id = speaker_id")
    db.execute("PRAGMA user_version = 3")
