"""Polling feeds: what is new in them is added, and what fails is tried again, until it is told to stop."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from quotes.adding import add_all
from quotes.addresses import is_web_address
from quotes.errors import BadList, InputError, StoreError
from quotes.model import Fetched
from quotes.readers.outcome import DEFAULT_MAX_BYTES, Unchanged
from quotes.readers.source import Options, Source, escaped, read_file
from quotes.readers.web import WebReader
from quotes.store.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from quotes.model import Article
    from quotes.readers.entries import Entry
    from quotes.readers.settings import Web
    from quotes.store.writer import Outcome

    OnStored = Callable[[Writer, Article, Outcome], None]

MOST_FAILURES = 5
"""After so many, one after the other, a page is not asked for again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened: what (added, new version, updated, unchanged, failed), where, and what is told of it."""

    what: str
    url: str
    about: str


def read_feeds(path: str | Path) -> list[str]:
    """The addresses that a file lists, one a line; empty lines and lines that begin with # are left out.

    Raises InputError.
    """
    source = Source.named(path)
    feeds: list[str] = []
    for number, line in enumerate(read_file(source, DEFAULT_MAX_BYTES).decode("utf-8-sig", "replace").splitlines(), 1):
        address = line.strip()
        if not address or address.startswith("#"):
            continue
        if not is_web_address(address):
            raise BadList(
                f"line {number:,} of {source.shown} is no web address ({escaped(address)[:80]}); "
                f"write one address of a feed on each line."
            )
        feeds.append(address)
    if not feeds:
        raise BadList(f"{source.shown} lists no feed; write one address of a feed on each line.")
    return list(dict.fromkeys(feeds))


@dataclass(kw_only=True)
class Watch:
    """Polls feeds into a database.

    What was read is remembered in the database, so that a restart goes on where the last run was. `on_event` is told of
    each article and failure; `stopped` is asked between articles; a page that a feed still lists is asked for again
    after `recheck`.
    """

    db: Path
    web: Web
    on_event: Callable[[Event], None]
    stopped: Callable[[], bool] = lambda: False
    recheck: timedelta | None = None
    keep_bytes: bool = False
    on_stored: OnStored = lambda _writer, _article, _outcome: None
    wait: float = 30.0

    def __post_init__(self) -> None:
        self._writer: Writer | None = None
        web = replace(self.web, recall=self._recall, remember=self._remember)
        self._reader = WebReader(Options(keep_bytes=self.keep_bytes), web)

    def close(self) -> None:
        """End the connections to the web."""
        self._reader.close()

    def poll(self, feeds: list[str]) -> int:
        """Ask every feed once and add what is new; returns how much failed. Raises StoreError."""
        with Writer(self.db, wait=self.wait) as writer:
            self._writer = writer
            try:
                return sum(self._poll_feed(feed) for feed in feeds if not self.stopped())
            finally:
                self._writer = None

    def _poll_feed(self, feed: str) -> int:
        try:
            listing = self._reader.entries(feed)
        except InputError as error:
            return self._fail(feed, str(error))
        if listing is None:
            return 0
        failures = 0
        for entry in listing.entries[: self.web.most]:
            if self.stopped():
                return failures
            if self._is_due(entry):
                failures += self._add(entry)
        if not failures:
            # only now: a feed that has not changed is not looked through again
            self._remember(listing.fetched)
        return failures

    def _is_due(self, entry: Entry) -> bool:
        last = self._recall(entry.url)
        if last is None:
            return not self._open.has_article_at(entry.url)
        if last.error is not None:
            return last.failures < MOST_FAILURES
        then = datetime.fromisoformat(last.when) if last.when else datetime.min.replace(tzinfo=UTC)
        if self.recheck is not None and datetime.now(UTC) - then >= self.recheck:
            return True
        return _moment(entry.known.updated) > then

    def _add(self, entry: Entry) -> int:
        failed: list[str] = []
        try:
            outcomes = list(self._reader.read_entry(entry))
            summary = add_all(
                outcomes,
                self._open,
                workers=1,
                on_fault=lambda error: failed.append(str(error)),
                on_stored=self._tell,
            )
        except (StoreError, KeyboardInterrupt):
            raise
        except Exception as error:  # noqa: BLE001 - one page must not end the watch
            failed.append(f"{escaped(entry.url)} could not be read ({type(error).__name__}: {error}); report it.")
            self._remember(Fetched(url=entry.url, error=failed[0]))
        else:
            if summary.outcomes["unchanged"] and any(isinstance(outcome, Unchanged) for outcome in outcomes):
                self.on_event(Event(what="unchanged", url=entry.url, about=entry.known.title or ""))
        return sum(self._fail(entry.url, message) for message in failed)

    def _tell(self, article: Article, outcome: Outcome) -> None:
        about = " | ".join(filter(None, (article.outlet, article.title or article.name)))
        self.on_event(Event(what=outcome, url=article.url or "", about=about))
        self.on_stored(self._open, article, outcome)

    def _fail(self, url: str, message: str) -> int:
        self.on_event(Event(what="failed", url=url, about=message))
        return 1

    @property
    def _open(self) -> Writer:
        assert self._writer is not None, "only while polling"
        return self._writer

    def _recall(self, url: str) -> Fetched | None:
        return self._open.last_fetched(url)

    def _remember(self, fetched: Fetched) -> None:
        self._open.note_fetch(fetched)


def _moment(date: str | None) -> datetime:
    """A date as a moment, the earliest that it may be; the beginning of time where there is none."""
    earliest = datetime.min.replace(tzinfo=UTC)
    if date is None:
        return earliest
    try:
        found = datetime.fromisoformat(date)
    except ValueError:  # a year or a month
        return earliest
    return found if found.tzinfo else found.replace(tzinfo=UTC)
