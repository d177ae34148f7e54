"""`quotes export`: every quote, for other programs."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, cast

import click

from quotes.cli import options
from quotes.cli.output import reason_of, to_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_COLUMNS = [
    "id", "published", "outlet", "title", "article_id", "path", "url", "kind", "speaker_id", "speaker",
    "speaker_description", "mention", "cue_class", "negated", "text", "start", "end", "status", "confidence",
]  # fmt: skip


@click.command()
@options.database
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["jsonl", "csv"]),
    default="jsonl",
    show_default=True,
    help="jsonl: every field and every span; csv: for spreadsheets.",
)
@click.option(
    "--output", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="Write to FILE instead."
)
@click.option(
    "--articles",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the articles too, as JSON lines with id, path and text.",
)
def export(db: Path, output_format: str, output: Path | None, articles: Path | None) -> None:
    """Write every quote as JSON lines or CSV.

    Offsets are half-open and count the characters (code points) of the article's text. In CSV, a text that a
    spreadsheet would run as a formula gets an apostrophe before it.

    \b
    quotes export > quotes.jsonl
    quotes export --format csv --output quotes.csv
    """
    from quotes.export import jsonl
    from quotes.store.connection import reading

    with reading(db) as connection:
        connection.execute("BEGIN")  # one snapshot for both files, whatever is added meanwhile
        with _destination(output) as out:
            if output_format == "csv":
                _write_csv(jsonl.rows(connection), out)
            else:
                _write_lines(jsonl.rows(connection), out)
        if articles:
            with _destination(articles) as out:
                _write_lines(jsonl.article_rows(connection), out)


def _write_lines(rows: Iterable[dict[str, Any]], out: TextIO) -> None:
    out.writelines(to_json(row, out=out) + "\n" for row in rows)


def _write_csv(rows: Iterable[dict[str, Any]], out: TextIO) -> None:
    from quotes.export.csv import write_csv

    write_csv(_COLUMNS, map(_flat, rows), out)


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    """A quote with its article and speaker spread over columns, and the bounds of its whole content."""
    article, speaker = row["article"], row["speaker"] or {"id": None, "name": None}
    return {
        **row,
        **article,
        "id": row["id"],
        "article_id": article["id"],
        "speaker_id": speaker["id"],
        "speaker": speaker["name"],
        "start": row["contents"][0][0],
        "end": row["contents"][-1][1],
    }


@contextmanager
def _destination(path: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file that appears under its name only when it is complete."""
    if path is None:
        yield sys.stdout
        return
    try:
        with click.open_file(path, "w", encoding="utf-8", atomic=True) as out:
            yield cast("TextIO", out)
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written ({reason_of(error)}); name another file.") from error
