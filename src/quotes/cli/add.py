"""`quotes add`: from files to the database."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import click

from quotes.cli import options
from quotes.cli.output import count, note, printable, to_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from quotes.model import Article, Extraction
    from quotes.readers import Outcome, Skipped
    from quotes.topics import Profile


@dataclass(slots=True)
class Summary:
    """What became of the inputs: articles by outcome, quotes stored, files passed over, and every fault found."""

    outcomes: Counter[str] = field(default_factory=Counter)
    quotes: int = 0
    replaced: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


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
    from quotes.readers import read

    summary = add_all(read(inputs, encoding=encoding, max_bytes=max_bytes), db, wait=wait, workers=workers)
    _report(summary, db, as_json=as_json)
    if summary.errors:
        sys.exit(1)


def add_all(outcomes: Iterable[Outcome], db: Path, *, wait: float, workers: int | None = None) -> Summary:
    """Store each article that the readers hand over; what could not be read is counted and told on stderr at once.

    Only a text that is not stored yet is read by the model. `workers` are those of `quotes.pipeline.read_articles`;
    None is as many as suit the machine. An article is stored before those after it have been read, so an exception
    leaves all that came before.
    """
    from quotes.pipeline import default_workers, read_articles
    from quotes.store.writer import Writer

    summary = Summary()
    articles = _articles(outcomes, summary)

    def extracting(article: Article, reading: Reading | None) -> Extraction:
        # None: another process has removed the article since it was looked for
        extraction = (reading or read_article(article)).extraction
        summary.quotes += len(extraction.quotes)
        return extraction

    def profiling(article: Article, reading: Reading | None) -> Profile:
        return (reading or read_article(article)).profile

    with _progress() as advance, Writer(db, wait=wait) as writer:
        read = read_articles(read_article, articles, workers=workers or default_workers(), skip=writer.holds)
        with closing(read):
            for article, reading in read:
                outcome = writer.add(
                    article, partial(extracting, reading=reading), profile=partial(profiling, reading=reading)
                )
                summary.replaced += article.replaced
                summary.outcomes[outcome] += 1
                advance(article.name)
    return summary


class Reading(NamedTuple):
    """What is stored of an article besides itself."""

    extraction: Extraction
    profile: Profile


def read_article(article: Article) -> Reading:
    """Quotes, those inside other statements too, topics and statistics of an article, from one pass of the model."""
    from quotes.pipeline import annotate_article
    from quotes.topics import profile

    doc, extraction = annotate_article(article, nested=True)
    return Reading(extraction, profile(doc))


def _articles(outcomes: Iterable[Outcome], summary: Summary) -> Iterator[Article]:
    """The articles among what the readers hand over; the summary takes in the rest."""
    from quotes.readers import Skipped, Unreadable

    for outcome in outcomes:
        if isinstance(outcome, Unreadable):
            summary.errors.append(str(outcome.error))
            note(f"Error: {printable(str(outcome.error))}")
        elif isinstance(outcome, Skipped):
            summary.skipped.append(outcome)
        else:
            yield outcome


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
        skipped = [skipped.input for skipped in summary.skipped]
        rest = {"quotes": summary.quotes, "skipped": skipped, "errors": summary.errors}
        click.echo(to_json({**counts, **rest}))
        return
    parts = ", ".join(f"{number:,} {name}" for name, number in outcomes.items() if number)
    articles = count(sum(outcomes.values()), "article") + (f" ({parts})" if parts else "")
    click.echo(f"{db}: {articles}, {count(summary.quotes, 'quote')} found.")
    if summary.skipped:
        reasons = ", ".join(sorted({skipped.reason for skipped in summary.skipped}))
        note(f"{count(len(summary.skipped), 'file')} passed over: {reasons}.")
    if summary.replaced:
        note(f"{count(summary.replaced, 'lone surrogate')} replaced by U+FFFD: half a character is none.")
    if summary.errors:
        note(f"{count(len(summary.errors), 'fault')} in the inputs, told above.")
