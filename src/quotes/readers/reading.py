"""Paths in, Articles out."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from quotes.errors import InputError, InputMissing, NoArticles, NotText
from quotes.readers.binary import recognise
from quotes.readers.decoding import check_encoding, not_text
from quotes.readers.folders import Found, is_folder, walk
from quotes.readers.html import read_html
from quotes.readers.jsonl import read_jsonl
from quotes.readers.manifest import MANIFEST, Manifests
from quotes.readers.outcome import DEFAULT_MAX_BYTES, Outcome, Skipped, Unreadable
from quotes.readers.plain import read_plain, read_standard_input
from quotes.readers.source import STDIN, Options, Source, look, open_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from quotes.readers.metadata import Metadata

    Reader: TypeAlias = Callable[[Source, Options, Metadata], Iterator[Outcome]]

_READERS: dict[str, Reader] = {
    ".txt": read_plain,
    ".text": read_plain,
    ".md": read_plain,
    ".html": read_html,
    ".htm": read_html,
    ".jsonl": read_jsonl,
    ".jsonl.gz": read_jsonl,
}

_HEAD = 4096


def read(
    inputs: Iterable[str | Path], *, encoding: str | None = None, max_bytes: int = DEFAULT_MAX_BYTES
) -> Iterator[Outcome]:
    """Read files, folders and standard input ("-"), one outcome at a time and in a fixed order.

    Inputs are read in the order given and a folder's files sorted by name, folders among them. What cannot be read is
    an `Unreadable`, what is passed over a `Skipped`; neither ends the reading. Bytes are decoded strictly with
    `encoding`, by default as UTF-8 or as their byte order mark says. Raises WrongEncoding at once, before anything is
    read, when there is no such encoding.
    """
    if encoding is not None:
        check_encoding(encoding)
    return _read(inputs, Options(encoding, max_bytes))


def _read(inputs: Iterable[str | Path], options: Options) -> Iterator[Outcome]:
    manifests = Manifests(options.max_bytes)
    for name in inputs:
        source = Source.named(name)
        try:
            yield from _read_input(str(name), source, options, manifests)
        except InputError as error:
            yield Unreadable(source.shown, error)


def _read_input(name: str, source: Source, options: Options, manifests: Manifests) -> Iterator[Outcome]:
    if name == STDIN:
        yield from read_standard_input(options)
    elif not name:
        raise InputMissing("An input has an empty name; name a file, a folder or `-`.")
    elif name.startswith(("http://", "https://")):
        raise InputMissing(f"{source.shown} is a web address, and only files are read; save the page as .html first.")
    elif is_folder(source):
        yield from _read_folder(source, options, manifests)
    elif source.path.name == MANIFEST:
        yield Skipped(source.shown, "a manifest")
    else:
        yield from _read_file(Found(source, 0), _reader_of_named(source), options, manifests)


def _read_folder(folder: Source, options: Options, manifests: Manifests) -> Iterator[Outcome]:
    holds_articles = False
    for found in walk(folder):
        if not isinstance(found, Found):
            yield found
            continue
        reader = _reader_of(found.source)
        if reader is None:
            yield Skipped(found.source.shown, "unknown type")
            continue
        holds_articles = True
        try:
            yield from _read_file(found, reader, options, manifests)
        except InputError as error:
            yield Unreadable(found.source.shown, error)
    if not holds_articles:
        raise NoArticles(f"{folder.shown} holds no file of a known type; put {_known_types()} files into it.")


def _read_file(found: Found, reader: Reader, options: Options, manifests: Manifests) -> Iterator[Outcome]:
    known = manifests.about(found.source, depth=found.depth)
    yield from manifests.news()
    yield from reader(found.source, options, known)


def _reader_of(source: Source) -> Reader | None:
    name = source.path.name.lower()
    return next((reader for suffix, reader in _READERS.items() if name.endswith(suffix)), None)


def _reader_of_named(source: Source) -> Reader:
    """The reader for a file that the user named; a name without a suffix is taken for text. Raises InputError."""
    reader = _reader_of(source)
    if reader is not None:
        return reader
    look(source)
    if not source.path.suffix:
        return read_plain
    with open_file(source) as file:
        known = recognise(file.read(_HEAD))
    if known is not None:
        raise not_text(source.shown, *known)
    raise NotText(
        f"{source.shown} is of a type that is not read ({source.path.suffix}); "
        f"save its text as one of {_known_types()} and read that."
    )


def _known_types() -> str:
    return ", ".join(_READERS)
