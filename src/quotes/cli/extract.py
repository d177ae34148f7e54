"""`quotes extract`: the quotes of articles on standard output, without a database."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING, Any

import click

from quotes.cli import options
from quotes.cli.output import count, note, print_table, printable, tell_unread, to_json
from quotes.text import join_spans

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from quotes.model import Article, Extraction
    from quotes.readers.settings import Web

    Results = Iterator[tuple[Article, Extraction]]


@click.command()
@click.argument("inputs", metavar="PATH...", nargs=-1, required=True)
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["jsonl", "json", "csv", "table"]),
    default="jsonl",
    show_default=True,
    help="jsonl: a document a line, with its text; json: the same as one list; csv, table: a quote a line.",
)
@click.option("--extractor", default=None, help="What finds the quotes.  [default: the shipped one]")
@click.option("--nested", is_flag=True, help="Also what stands inside statements: where A says that B said it.")
@options.reading
@options.web
@options.workers
def extract(
    inputs: tuple[str, ...],
    output_format: str,
    extractor: str | None,
    nested: bool,
    encoding: str | None,
    max_bytes: int,
    mapping: dict[str, str] | None,
    web: Web,
    workers: int | None,
) -> None:
    """Print the quotes of articles, without a database.

    PATH is whatever `quotes add` reads: a file, a folder, a pattern, a list (@FILE), a web address, or -. Offsets
    are half-open and count the characters of the text as read; the ids of records are kept.

    \b
    quotes extract article.txt --format table
    quotes extract articles.jsonl > predictions.jsonl
    """
    from quotes.language import is_english
    from quotes.model import Article
    from quotes.pipeline import DEFAULT_EXTRACTOR, EXTRACTORS, default_workers, extract_articles
    from quotes.readers import Unreadable, read

    chosen = extractor or DEFAULT_EXTRACTOR
    if chosen not in EXTRACTORS:
        raise click.BadParameter(f"{chosen!r} is none of {', '.join(EXTRACTORS)}.", param_hint="--extractor")
    failed = 0
    unread: Counter[str] = Counter()

    def readable() -> Iterator[Article]:
        nonlocal failed
        for item in read(inputs, encoding=encoding, max_bytes=max_bytes, mapping=mapping, web=web):
            if isinstance(item, Article):
                if not is_english(item.language):
                    unread[item.language or ""] += 1
                yield item
            elif isinstance(item, Unreadable):
                failed += 1
                note(f"Error: {printable(str(item.error))}")

    results = extract_articles(readable(), extractor=chosen, nested=nested, workers=workers or default_workers())
    with closing(results):
        _FORMATS[output_format](results)
    tell_unread(unread)
    if failed:
        note(f"{count(failed, 'fault')} in the inputs, told above.")
        sys.exit(1)


def _jsonl(results: Results) -> None:
    from quotes.export.attributions import to_record

    for article, extraction in results:
        click.echo(to_json(to_record(article, extraction)))


def _json(results: Results) -> None:
    from quotes.export.attributions import to_record

    click.echo(to_json([to_record(*result) for result in results], indent=2))


def _flat(results: Results) -> Iterator[dict[str, Any]]:
    from quotes.export.attributions import to_attribution

    for article, extraction in results:
        for quote in extraction.quotes:
            row = to_attribution(quote, article.text)
            yield {
                "id": article.name,
                "start": quote.contents[0].start,
                "end": quote.contents[-1].end,
                "kind": quote.kind,
                "speaker": row["speaker"] or row["speaker_description"],
                "mention": quote.mention,
                "cue": join_spans(quote.cues, article.text),
                "text": row["text"],
            }


_COLUMNS = ["id", "start", "end", "kind", "speaker", "mention", "cue", "text"]


def _csv(results: Results) -> None:
    from quotes.export.csv import write_csv

    write_csv(_COLUMNS, _flat(results), sys.stdout)


def _table(results: Results) -> None:
    shown = ["kind", "speaker", "cue", "text"]
    print_table(shown, [[row[column] for column in shown] for row in _flat(results)])


_FORMATS: dict[str, Callable[[Results], None]] = {"jsonl": _jsonl, "json": _json, "csv": _csv, "table": _table}
