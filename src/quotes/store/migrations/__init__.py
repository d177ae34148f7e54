"""The schema, as numbered migrations: each is applied once, in a transaction, and never changed after a release.

`PRAGMA application_id` marks the file as ours and `PRAGMA user_version` counts the migrations applied, so that a
look-up can tell both without loading sqlite-utils.
"""

from __future__ import annotations

from sqlite_utils import Migrations

from quotes.store.migrations.articles import add_topics, create_schema
from quotes.store.migrations.browsing import add_browsing
from quotes.store.migrations.groups import add_groups
from quotes.store.migrations.identity import add_identity
from quotes.store.migrations.searching import narrow_search_triggers
from quotes.store.migrations.sources import add_sources

__all__ = ["migrations"]

migrations = Migrations("quotes")
for step in (create_schema, add_topics, add_identity, add_groups, add_sources, add_browsing, narrow_search_triggers):
    migrations()(step)
