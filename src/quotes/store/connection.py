"""Opening a database for look-ups or for writing, and telling in one sentence why that cannot be done."""

APPLICATION_ID = 0x51554F54
"""PRAGMA application_id of a database that `quotes` made: "QUOT"."""

SCHEMA_VERSION = 1
"""PRAGMA user_version that this version of the package reads and writes."""
