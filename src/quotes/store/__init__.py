"""One SQLite file: `writer` alone changes it, `queries` reads it, `verify` checks it.

Reading needs the standard library only, so that a look-up starts fast; sqlite-utils is loaded when a database is opened
for writing.
"""

APPLICATION_ID = 0x51554F54
"""PRAGMA application_id of a database that `quotes` made: "QUOT"."""

SCHEMA_VERSION = 7
"""PRAGMA user_version that this version of the package reads and writes: the number of migrations."""
