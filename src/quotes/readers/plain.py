"""Plain text: the whole file is the article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.model import Article
from quotes.readers.decoding import decode
from quotes.readers.metadata import UNKNOWN, Metadata
from quotes.readers.source import STDIN, read_file, read_stdin
from quotes.text import hash_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotes.readers.source import Options, Source

READER = "text/1"


def read_plain(source: Source, options: Options, known: Metadata) -> Iterator[Article]:
    """The article of a text file; raises InputError."""
    data = read_file(source, options.max_bytes)
    yield _article(data, source.shown, options, known, path=source.address(), name=source.stem())


def read_standard_input(options: Options) -> Iterator[Article]:
    """The article that standard input holds, without a path; raises InputError."""
    yield _article(read_stdin(options.max_bytes), "standard input", options, UNKNOWN, path=None, name=STDIN)


def _article(data: bytes, shown: str, options: Options, known: Metadata, *, path: str | None, name: str) -> Article:
    text, replaced = decode(data, shown, encoding=options.encoding)
    return Article(
        text=text,
        name=name,
        path=path,
        raw_hash=hash_bytes(data),
        reader=READER,
        replaced=replaced,
        **known.as_dict(),
    )
