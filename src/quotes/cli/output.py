"""What the commands print: answers to stdout, notes to stderr, and never a control character from an article."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from quotes.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console
    from rich.text import Text


def printable(text: str) -> str:
    """The text as one line that cannot steer a terminal: control and bidi characters become U+FFFD.

    Article text may hold escape sequences that would recolour, retitle or rewrite the reader's screen.
    """
    line = one_line(text)
    if line.isascii() and line.isprintable():
        return line
    return "".join(
        "\ufffd" if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and char != "\u200d" else char
        for char in line
    )


def print_json(rows: Iterable[Any]) -> None:
    """Each row (a mapping or a dataclass) as one line of JSON."""
    for row in rows:
        click.echo(json.dumps(row if isinstance(row, dict) else asdict(row), ensure_ascii=False))


def console() -> Console:
    """stdout for tables: as wide as the terminal, or 100 columns where there is none."""
    from rich.console import Console

    stdout = Console(highlight=False, markup=False, emoji=False, soft_wrap=False)
    return stdout if stdout.is_terminal else Console(highlight=False, markup=False, emoji=False, width=100)


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table whose numbers stand right and whose cells are wrapped, never cut."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    body = [list(row) for row in rows]
    for i, column in enumerate(columns):
        numeric = bool(body) and all(isinstance(row[i], int | float) for row in body)
        table.add_column(column, justify="right" if numeric else "left", overflow="fold", no_wrap=numeric)
    for row in body:
        table.add_row(*(Text("" if cell is None else printable(str(cell))) for cell in row))
    console().print(table)


def in_context(before: str, match: str, after: str) -> Text:
    """The words around a quote, dim, and the quote itself standing out."""
    from rich.text import Text

    space = "" if not before or match[:1].isspace() else before[-1:] if before[-1:].isspace() else ""
    parts = (printable(before) + space, "dim"), (printable(match), "bold"), (printable(after), "dim")
    return Text.assemble(*parts)


def note(message: str) -> None:
    """A line for the person, not for the next program: to stderr."""
    click.echo(message, err=True)


def count(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun: "1 article", "4 articles"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
