"""`quotes add`: from files to the database."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from dataclasses import asdict, replace
from functools import partial
from typing import TYPE_CHECKING

import click

from quotes.cli import options
from quotes.cli.archive import archive_options, archiving
from quotes.cli.output import count, note, printable, tell_unread, to_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from quotes.adding import Summary
    from quotes.errors import InputError
    from quotes.readers import Tally
    from quotes.readers.settings import Web


@click.command()
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@options.database
@options.reading
@options.web
@options.keep_bytes
@archive_options
@options.workers
@click.option(
    "--wait",
    metavar="SECONDS",
    type=click.FloatRange(min=0),
    default=5.0,
    show_default=True,
    help="How long to wait for another process that is writing to the database.",
)
@options.json_summary
def add(
    inputs: tuple[str, ...],
    db: Path,
    encoding: str | None,
    max_bytes: int,
    mapping: dict[str, str] | None,
    web: Web,
    keep_bytes: bool,
    archive: str | None,
    workers: int | None,
    wait: float,
    as_json: bool,
) -> None:
    """Read articles into the database, with every quote found in them and what they are about.

    INPUT is a file, a folder, a pattern ("news/**/*.html"), a list of inputs (@FILE), the web address of a page, feed
    or sitemap, or - for standard input. Read are
    text (.txt, .md), pages (.html, .mhtml), mail (.eml), documents (.docx, .pdf), records (.json, .jsonl, .csv, .tsv),
    web archives (.warc), feeds and sitemaps (.xml, .rss, .atom), each also packed (.gz). A folder's manifest.csv tells
    outlet, title, date and URL. Each article is stored whole or not at all, and adding it again changes nothing: what
    was interrupted goes on where it was.

    \b
    quotes add seeds/
    quotes add article.txt --db election.db
    quotes add articles.csv --map text=body,published=date
    quotes add https://news.example/2024/05/road-open --keep-bytes
    """
    from quotes.adding import add_all
    from quotes.readers import Tally, read
    from quotes.store.writer import Writer

    tally = Tally()
    with _progress(inputs, tally) as advance, archiving(web, archive) as keep, Writer(db, wait=wait) as writer:
        outcomes = read(
            inputs,
            encoding=encoding,
            max_bytes=max_bytes,
            mapping=mapping,
            is_stored=writer.is_stored,
            tally=tally,
            web=replace(web, recall=writer.last_fetched, remember=writer.note_fetch),
            keep_bytes=keep_bytes,
        )
        summary = add_all(
            outcomes, writer, workers=workers, on_fault=_tell, on_article=advance, on_stored=partial(keep, writer)
        )
    _report(summary, db, as_json=as_json)
    if summary.faults:
        sys.exit(1)


def _tell(error: InputError) -> None:
    note(f"Error: {printable(str(error))}")


@contextmanager
def _progress(inputs: Sequence[str], tally: Tally) -> Iterator[Callable[[str], None]]:
    """A line on stderr: articles, their rate, the part of the bytes that is read, and the time left.

    It is silent where stderr is no terminal; without a part and a time left where the bytes are not to be told.
    """
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn

    from quotes.readers import total_bytes

    console = Console(stderr=True)
    if not console.is_terminal or console.is_dumb_terminal:
        yield lambda _: None
        return
    shown = TextColumn("{task.description}", markup=False)
    columns = (SpinnerColumn(), BarColumn(bar_width=20), TaskProgressColumn(), TimeRemainingColumn(), shown)
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("looking at the inputs", total=None)
        progress.update(task, total=total_bytes(inputs))
        pace = Pace()

        def advance(name: str) -> None:
            progress.update(task, completed=tally.read, description=f"{pace.step()}  {printable(name)}")

        yield advance


class Pace:
    """How many articles are done, and how many a second since the first call."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._started = clock()
        self._done = 0

    def step(self) -> str:
        """Count one more; says "1,204 articles, 31.2 a second"."""
        self._done += 1
        passed = self._clock() - self._started
        rate = f", {self._done / passed:,.1f} a second" if passed > 0 else ""
        return count(self._done, "article") + rate


def _report(summary: Summary, db: Path, *, as_json: bool) -> None:
    outcomes = {name: summary.outcomes[name] for name in ("added", "unchanged", "updated", "new version")}
    if as_json:
        counts = {name.replace(" ", "_"): number for name, number in outcomes.items()}
        rest = {
            "quotes": summary.quotes,
            "not_english": dict(summary.unread),
            "replaced": summary.replaced,
            "skipped": [asdict(skipped) for skipped in summary.skipped],
            "reasons": dict(summary.reasons),
            "faults": summary.faults,
            "errors": summary.errors,
        }
        click.echo(to_json({**counts, **rest}))
        return
    parts = ", ".join(f"{number:,} {name}" for name, number in outcomes.items() if number)
    articles = count(sum(outcomes.values()), "article") + (f" ({parts})" if parts else "")
    click.echo(f"{db}: {articles}, {count(summary.quotes, 'quote')} found.")
    tell_unread(summary.unread)
    if summary.reasons:
        reasons = ", ".join(f"{number:,} {printable(reason)}" for reason, number in summary.reasons.most_common())
        note(f"{count(summary.reasons.total(), 'input')} passed over: {reasons}.")
    if summary.replaced:
        note(f"{count(summary.replaced, 'lone surrogate')} replaced by U+FFFD: half a character is none.")
    if summary.faults:
        note(f"{count(summary.faults, 'fault')} in the inputs, told above.")
