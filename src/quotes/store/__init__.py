"""One SQLite file: `writer` alone changes it, `queries` reads it, `verify` checks it.

Reading needs the standard library only, so that a look-up starts fast; sqlite-utils is loaded when a database is opened
for writing.
"""
