"""`quotes add`: from files to the database."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from quotes.cli import options
from quotes.cli.output import count, note, printable, to_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from quotes.adding import Summary
    from quotes.errors import InputError


@click.command()
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@options.database
@options.reading
@options.workers
@click.option(
    "--wait",
    metavar="SECONDS",
    type=click.FloatRange(min=0),
    default=5.0,
    show_default=True,
    help="How long to wait for another process that is writing to the database.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def add(
    inputs: tuple[str, ...],
    db: Path,
    encoding: str | None,
    max_bytes: int,
    workers: int | None,
    wait: float,
    as_json: bool,
) -> None:
    """Read articles into the database, with every quote found in them and what they are about.

    INPUT is a .txt, .md, .html or .jsonl file, a folder of them, or - for standard input; a folder's manifest.csv tells
    outlet, title, date and URL. Each article is stored whole or not at all, and adding it again changes nothing.

    \b
    quotes add seeds/
    quotes add article.txt --db election.db
    """
    from quotes.adding import add_all
    from quotes.readers import read
    from quotes.store.writer import Writer

    outcomes = read(inputs, encoding=encoding, max_bytes=max_bytes)
    with _progress() as advance, Writer(db, wait=wait) as writer:
        summary = add_all(outcomes, writer, workers=workers, on_fault=_tell, on_article=advance)
    _report(summary, db, as_json=as_json)
    if summary.faults:
        sys.exit(1)


def _tell(error: InputError) -> None:
    note(f"Error: {printable(str(error))}")


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """A line on stderr that tells the article just stored and the rate; silent where stderr is no terminal."""
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    name = TextColumn("{task.description}", markup=False)
    columns = (SpinnerColumn(), MofNCompleteColumn(), name, TimeElapsedColumn())
    silent = not console.is_terminal or console.is_dumb_terminal
    with Progress(*columns, console=console, transient=True, disable=silent) as progress:
        task = progress.add_task("articles", total=None)
        yield lambda name: progress.update(task, advance=1, description=printable(name))


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
    if summary.unread:
        languages = ", ".join(f"{number:,} {language}" for language, number in summary.unread.most_common())
        note(f"{count(summary.unread.total(), 'article')} not in English kept without quotes: {languages}.")
    if summary.reasons:
        reasons = ", ".join(f"{number:,} {printable(reason)}" for reason, number in summary.reasons.most_common())
        note(f"{count(summary.reasons.total(), 'input')} passed over: {reasons}.")
    if summary.replaced:
        note(f"{count(summary.replaced, 'lone surrogate')} replaced by U+FFFD: half a character is none.")
    if summary.faults:
        note(f"{count(summary.faults, 'fault')} in the inputs, told above.")
