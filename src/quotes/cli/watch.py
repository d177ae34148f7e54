"""`quotes watch`: polling feeds until it is told to stop."""

from __future__ import annotations

import re
import signal
import sys
import threading
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quotes.cli import options
from quotes.cli.archive import archive_options, archiving
from quotes.cli.output import note, printable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from quotes.readers.settings import Web
    from quotes.watching import Event

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_DURATION = re.compile(r"([0-9]{1,6})([smhd])")


def _duration(_ctx: click.Context, _parameter: click.Parameter, value: str | None) -> timedelta | None:
    if value is None:
        return None
    match = _DURATION.fullmatch(value.strip())
    if match is None or int(match[1]) == 0:
        raise click.BadParameter(f"{value!r} is no length of time; write 90s, 15m, 6h or 1d.")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


@click.command()
@click.argument("feeds", type=click.Path(dir_okay=False, path_type=Path))
@options.database
@click.option(
    "--every", metavar="TIME", default="15m", show_default=True, callback=_duration, help="How often to poll."
)
@click.option("--once", is_flag=True, help="Poll once and end.")
@click.option(
    "--recheck",
    metavar="TIME",
    callback=_duration,
    help="Ask again for pages that the feeds still list after so long, to see what changed in them.",
)
@options.web
@options.keep_bytes
@archive_options
def watch(
    feeds: Path,
    db: Path,
    every: timedelta,
    once: bool,
    recheck: timedelta | None,
    web: Web,
    keep_bytes: bool,
    archive: str | None,
) -> None:
    """Poll the feeds and sitemaps that a file lists, one address a line, and add what is new in them.

    Each article is one line: the time, what became of it (added, new version, unchanged, failed), outlet, title and
    address. What fails is tried again at the next polls, and a restart goes on where the last run was. Ctrl-C or a
    SIGTERM ends it after the article at hand; the file is read again before each poll.

    \b
    quotes watch feeds.txt
    quotes watch feeds.txt --every 1h --recheck 6h --archive
    quotes watch feeds.txt --once
    """
    from quotes.errors import InputError, StoreError
    from quotes.watching import Watch, read_feeds

    addresses = read_feeds(feeds)
    with _stopping() as stop, archiving(web, archive) as keep:
        watching = Watch(
            db=db, web=web, on_event=_log, stopped=stop.is_set, recheck=recheck, keep_bytes=keep_bytes, on_stored=keep
        )
        with closing(watching):
            while True:
                failures = 0
                try:
                    failures = watching.poll(addresses)
                except StoreError as error:
                    if once:
                        raise
                    note(f"Error: {printable(str(error))}")
                if once:
                    break
                if stop.wait(every.total_seconds()):
                    break
                try:
                    addresses = read_feeds(feeds)
                except InputError as error:  # half of a file that is being written: the last list goes on
                    note(f"Error: {printable(str(error))}")
    if stop.is_set():
        note("Stopped.")
    elif failures:
        sys.exit(1)


def _log(event: Event) -> None:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    about = printable(event.about)
    # a message of ours names the address itself
    address = "" if event.what == "failed" else f" | {printable(event.url)}"
    click.echo(f"{now} {event.what}: {about}{address}")
    sys.stdout.flush()


@contextmanager
def _stopping() -> Iterator[threading.Event]:
    """Set by the first SIGINT or SIGTERM; the second does what it always does."""
    stop = threading.Event()
    before: dict[int, Any] = {}

    def on_signal(number: int, _frame: FrameType | None) -> None:
        stop.set()
        signal.signal(number, before[number])

    for number in (signal.SIGINT, signal.SIGTERM):
        before[number] = signal.signal(number, on_signal)
    try:
        yield stop
    finally:
        for changed, handler in before.items():
            signal.signal(changed, handler)
