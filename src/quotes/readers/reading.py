"""Inputs in, Articles out."""

from __future__ import annotations

from contextlib import ExitStack, closing
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from quotes.addresses import is_web_address
from quotes.errors import InputError, InputMissing, NoArticles, NotText
from quotes.model import Article
from quotes.readers.binary import recognise
from quotes.readers.completing import completed
from quotes.readers.decoding import check_encoding, not_text
from quotes.readers.folders import Found, is_folder, walk
from quotes.readers.inputs import WEB, expand
from quotes.readers.manifest import MANIFEST, Manifests
from quotes.readers.outcome import DEFAULT_MAX_BYTES, Elsewhere, Outcome, Skipped, Unreadable
from quotes.readers.plain import read_plain, read_standard_input
from quotes.readers.settings import Web
from quotes.readers.source import PACKED, STDIN, Options, Source, look, open_file, unpacked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from quotes.model import Probe
    from quotes.readers.metadata import Metadata
    from quotes.readers.source import Tally
    from quotes.readers.web import WebReader

    Reader: TypeAlias = Callable[[Source, Options, Metadata], Iterator[Outcome | Elsewhere]]


class _Named(NamedTuple):
    """A reader by its module and name, so that none is loaded before it is needed."""

    module: str
    function: str

    def load(self) -> Reader:
        reader: Reader = getattr(import_module(f"quotes.readers.{self.module}"), self.function)
        return reader


_READERS = {
    ".txt": _Named("plain", "read_plain"),
    ".text": _Named("plain", "read_plain"),
    ".md": _Named("plain", "read_plain"),
    ".html": _Named("html", "read_html"),
    ".htm": _Named("html", "read_html"),
    ".mhtml": _Named("mail", "read_mhtml"),
    ".mht": _Named("mail", "read_mhtml"),
    ".eml": _Named("mail", "read_mail"),
    ".docx": _Named("docx", "read_docx"),
    ".pdf": _Named("pdf", "read_pdf"),
    ".jsonl": _Named("jsonl", "read_jsonl"),
    ".ndjson": _Named("jsonl", "read_jsonl"),
    ".json": _Named("json_list", "read_json"),
    ".csv": _Named("table", "read_table"),
    ".tsv": _Named("table", "read_table"),
    ".warc": _Named("warc", "read_warc"),
    ".xml": _Named("feed", "read_xml"),
    ".rss": _Named("feed", "read_xml"),
    ".atom": _Named("feed", "read_xml"),
}
"""What reads a file, by its suffix; each with .gz after it as well."""

_HEAD = 4096


def read(  # noqa: PLR0913 - an option of the command line each
    inputs: Iterable[str | Path],
    *,
    encoding: str | None = None,
    max_bytes: int = DEFAULT_MAX_BYTES,
    mapping: Mapping[str, str] | None = None,
    is_stored: Callable[[Probe], bool] = lambda _: False,
    tally: Tally | None = None,
    web: Web | None = None,
    keep_bytes: bool = False,
) -> Iterator[Outcome]:
    """Read files, folders, lists of them (`@FILE`) and standard input ("-"), one outcome at a time in a fixed order.

    Inputs are read in the order given and a folder's files sorted by name, folders among them. What cannot be read is
    an `Unreadable`, what is passed over a `Skipped`; neither ends the reading. Bytes are decoded strictly with
    `encoding`, by default as UTF-8 or as their byte order mark says. `mapping` gives the keys or columns of records
    for an article's fields ({"text": "body"}). Of what `is_stored` knows nothing is made but an `Unchanged`. `tally`
    counts the bytes that are read, `web` is how addresses are read, and with `keep_bytes` articles bring the bytes of
    their pages along. Raises WrongEncoding at once, before anything is read, when there is no such
    encoding.
    """
    if encoding is not None:
        check_encoding(encoding)
    options = Options(encoding, max_bytes, mapping or {}, is_stored, keep_bytes)
    return (
        completed(outcome) if isinstance(outcome, Article) else outcome
        for outcome in _read(inputs, options, tally, web or Web())
    )


def total_bytes(inputs: Iterable[str | Path]) -> int | None:
    """How many bytes the named files have on the disk, those of folders included; None where it cannot be told."""
    total = 0
    for named in expand(inputs):
        if isinstance(named, Unreadable):
            continue
        name, source = named
        if name == STDIN or name.startswith(WEB):
            return None
        try:
            found = walk(source) if is_folder(source) else [Found(source, 0)]
            files = [item.source for item in found if isinstance(item, Found) and _reader_of(item.source)]
            total += sum(look(file).st_size for file in files)
        except InputError:
            continue
    return total


class _Session:
    """What goes on from input to input: manifests, and one reader of the web, made when the first address comes up."""

    def __init__(self, options: Options, web: Web) -> None:
        self.manifests = Manifests(options.max_bytes)
        self._options = options
        self._web = web
        self._open = ExitStack()
        self._reader: WebReader | None = None

    def read_address(self, url: str) -> Iterator[Outcome]:
        """What stands at a web address; raises InputError."""
        if self._reader is None:
            from quotes.readers.web import WebReader

            self._reader = self._open.enter_context(WebReader(self._options, self._web))
        return self._reader.read(url)

    def close(self) -> None:
        """End the session with all its connections."""
        self._open.close()


def _read(inputs: Iterable[str | Path], options: Options, tally: Tally | None, web: Web) -> Iterator[Outcome]:
    with closing(_Session(options, web)) as session:
        for named in expand(inputs, tally):
            if isinstance(named, Unreadable):
                yield named
                continue
            name, source = named
            try:
                yield from _read_input(name, source, options, session)
            except InputError as error:
                yield Unreadable(source.shown, error)


def _read_input(name: str, source: Source, options: Options, session: _Session) -> Iterator[Outcome]:
    if name == STDIN:
        yield from read_standard_input(options)
    elif not name:
        raise InputMissing("An input has an empty name; name a file, a folder or `-`.")
    elif is_web_address(name):
        yield from session.read_address(name)
    elif is_folder(source):
        yield from _read_folder(source, options, session)
    elif source.path.name == MANIFEST:
        yield Skipped(source.shown, "a manifest")
    else:
        yield from _read_file(Found(source, 0), _reader_of_named(source), options, session)


def _read_folder(folder: Source, options: Options, session: _Session) -> Iterator[Outcome]:
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
            yield from _read_file(found, reader.load(), options, session)
        except InputError as error:
            yield Unreadable(found.source.shown, error)
    if not holds_articles:
        raise NoArticles(f"{folder.shown} holds no file of a known type; put {known_types()} files into it.")


def _read_file(found: Found, reader: Reader, options: Options, session: _Session) -> Iterator[Outcome]:
    known = session.manifests.about(found.source, depth=found.depth)
    yield from session.manifests.news()
    for outcome in reader(found.source, options, known):
        if not isinstance(outcome, Elsewhere):
            yield outcome
            continue
        try:
            yield from _read_input(outcome.url, Source.named(outcome.url), options, session)
        except InputError as error:
            yield Unreadable(found.source.shown, error)


def _reader_of(source: Source) -> _Named | None:
    return _READERS.get(source.suffix)


def _reader_of_named(source: Source) -> Reader:
    """The reader for a file that the user named; a name without a suffix is taken for text. Raises InputError."""
    reader = _reader_of(source)
    if reader is not None:
        return reader.load()
    look(source)
    if not source.suffix:
        return read_plain
    with open_file(source) as packed, unpacked(packed, source) as file:
        known = recognise(file.read(_HEAD))
    if known is not None:
        raise not_text(source.shown, *known)
    raise NotText(
        f"{source.shown} is of a type that is not read ({source.path.suffix}); "
        f"save its text as one of {known_types()} and read that."
    )


def known_types() -> str:
    """The suffixes of files that are read, for messages."""
    return f"{', '.join(_READERS)} (or any of them with {PACKED})"
