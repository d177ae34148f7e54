"""The same words and the same claim across articles: edges, utterances, claims, families and conflicts.

The number of an utterance or a claim is that of the first added of its quotes, so that it never changes while that
quote is stored, and the number of any other quote of it leads to it as well. An edge joins the first quotes of two
wordings; quotes of one wording hang on its first one.
"""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

_GROUPS = (
    "ALTER TABLE quote ADD COLUMN utterance_id INTEGER REFERENCES utterance(id) DEFERRABLE INITIALLY DEFERRED",
    "ALTER TABLE quote ADD COLUMN claim_id INTEGER REFERENCES claim(id) DEFERRABLE INITIALLY DEFERRED",
    "ALTER TABLE article ADD COLUMN family_id INTEGER REFERENCES article(id) DEFERRABLE INITIALLY DEFERRED",
    "CREATE INDEX quote_utterance ON quote (utterance_id)",
    "CREATE INDEX quote_claim ON quote (claim_id)",
    "CREATE INDEX article_family ON article (family_id)",
    """
    CREATE TABLE edge (
        a INTEGER NOT NULL REFERENCES quote(id) ON DELETE CASCADE,
        b INTEGER NOT NULL REFERENCES quote(id) ON DELETE CASCADE,
        kind TEXT NOT NULL CHECK (kind IN ('identical', 'near', 'fragment', 'paraphrase')),
        score REAL NOT NULL CHECK (score BETWEEN 0 AND 1),
        linked INTEGER NOT NULL CHECK (linked IN (0, 1)),
        contradiction TEXT,
        method TEXT NOT NULL,
        PRIMARY KEY (a, b),
        CHECK (a < b)
    ) STRICT
    """,
    "CREATE INDEX edge_b ON edge (b)",
    "CREATE INDEX edge_suggested ON edge (linked, score)",
    """
    CREATE TABLE utterance (
        id INTEGER PRIMARY KEY,
        claim_id INTEGER NOT NULL REFERENCES claim(id) DEFERRABLE INITIALLY DEFERRED,
        label TEXT NOT NULL,
        quotes INTEGER NOT NULL,
        wordings INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX utterance_claim ON utterance (claim_id)",
    """
    CREATE TABLE claim (
        id INTEGER PRIMARY KEY,
        label TEXT NOT NULL,
        speaker_id INTEGER REFERENCES speaker(id) ON DELETE SET NULL,
        quotes INTEGER NOT NULL,
        articles INTEGER NOT NULL,
        outlets INTEGER NOT NULL,
        sources INTEGER NOT NULL,
        speakers INTEGER NOT NULL,
        wordings INTEGER NOT NULL,
        first_published TEXT,
        last_published TEXT,
        conflicts INTEGER NOT NULL,
        contradicted INTEGER NOT NULL CHECK (contradicted IN (0, 1))
    ) STRICT
    """,
    "CREATE INDEX claim_speaker ON claim (speaker_id)",
    "CREATE INDEX claim_repeated ON claim (sources, quotes)",
    "CREATE INDEX claim_first_published ON claim (first_published)",
    """
    CREATE TABLE claim_topic (
        claim_id INTEGER NOT NULL REFERENCES claim(id) ON DELETE CASCADE,
        rank INTEGER NOT NULL CHECK (rank > 0),
        term TEXT NOT NULL COLLATE NOCASE,
        PRIMARY KEY (claim_id, rank)
    ) STRICT
    """,
    "CREATE INDEX claim_topic_term ON claim_topic (term)",
    """
    CREATE TABLE conflict (
        id INTEGER PRIMARY KEY,
        claim_id INTEGER NOT NULL REFERENCES claim(id) ON DELETE CASCADE,
        kind TEXT NOT NULL CHECK (kind IN (
            'same person', 'different persons', 'organization and person', 'different organizations', 'via'
        )),
        a INTEGER NOT NULL REFERENCES quote(id) ON DELETE CASCADE,
        b INTEGER NOT NULL REFERENCES quote(id) ON DELETE CASCADE,
        UNIQUE (a, b)
    ) STRICT
    """,
    "CREATE INDEX conflict_claim ON conflict (claim_id)",
    "CREATE INDEX conflict_kind ON conflict (kind)",
    "CREATE INDEX conflict_b ON conflict (b)",
    # What follows is rebuilt from the texts by `quotes group`.
    """
    CREATE TABLE wording_key (
        key INTEGER NOT NULL,
        rank INTEGER NOT NULL,
        quote_id INTEGER NOT NULL,
        PRIMARY KEY (key, rank, quote_id)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE article_key (
        key INTEGER NOT NULL,
        article_id INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
        PRIMARY KEY (key, article_id)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX article_key_article ON article_key (article_id)",
    """
    CREATE TABLE article_sketch (
        article_id INTEGER PRIMARY KEY REFERENCES article(id) ON DELETE CASCADE,
        sketch BLOB NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE quote_sketch (
        quote_id INTEGER PRIMARY KEY REFERENCES quote(id) ON DELETE CASCADE,
        sketch BLOB NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
)


def add_groups(db: Database) -> None:
    """Quotes are joined across articles."""
    for statement in _GROUPS:
        db.execute(dedent(statement).strip())
    db.execute("PRAGMA user_version = 4")
