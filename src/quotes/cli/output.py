"""What the commands print: answers to stdout, notes to stderr, and never a control character from an article."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TextIO

import click

from quotes.text import one_line

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Sequence

    from rich.console import RenderableType
    from rich.text import Text

    from quotes.store.judgements import About, Judgement

_STEERING = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_JOINER = "\u200d"
_SPACE = re.compile(r"\s+")
_TIME = re.compile(r"(?P<day>\d{4}-\d\d-\d\d)T(?P<minute>\d\d:\d\d)(?::[\d.]+)?(?P<zone>Z|[+-]\d\d:\d\d)?")
_WIDTH_OF_A_FILE = 100
_INDENT = 4


def printable(text: str) -> str:
    """The text as one line that cannot steer a terminal: control and bidi characters become U+FFFD.

    Article text may hold escape sequences that would recolour, retitle or rewrite the reader's screen.
    """
    return harmless(one_line(text))


def printable_part(text: str) -> str:
    """The same for a part of a line, whose outer spaces are kept."""
    return harmless(_SPACE.sub(" ", text))


def harmless(text: str) -> str:
    """The text with every character that steers a terminal, a line's end too, as U+FFFD; all else as it is."""
    if text.isascii() and text.isprintable():
        return text
    return "".join("\ufffd" if unicodedata.category(char) in _STEERING and char != _JOINER else char for char in text)


def to_json(value: object, *, out: TextIO | None = None, indent: int | None = None) -> str:
    """JSON that `out` (by default standard output) can hold: what is not ASCII is escaped where it is not UTF-8."""
    encoding = (out or sys.stdout).encoding or ""
    return json.dumps(value, ensure_ascii=encoding.lower().replace("-", "") != "utf8", indent=indent)


def print_json(rows: Iterable[Any]) -> None:
    """Each row (a mapping or a dataclass) as one line of JSON."""
    for row in rows:
        click.echo(to_json(row if isinstance(row, dict) else asdict(row)))


def show(*renderables: RenderableType) -> None:
    """Print to standard output, as wide as the terminal; where there is none, 100 columns without trailing spaces."""
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    if console.is_terminal:
        console.print(*renderables, sep="\n")
        return
    console.width = _WIDTH_OF_A_FILE
    with console.capture() as capture:
        console.print(*renderables, sep="\n")
    click.echo("\n".join(line.rstrip() for line in capture.get().rstrip("\n").split("\n")))


def in_terminal() -> bool:
    """Whether somebody reads what is printed, and can answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def indented(content: RenderableType, *, by: int = 1, style: str = "") -> RenderableType:
    """Set in from the left by so many steps, its further lines too."""
    from rich.padding import Padding
    from rich.text import Text

    return Padding(Text(content, style) if isinstance(content, str) else content, (0, 0, 0, _INDENT * by))


def print_judgements(judgements: Sequence[Judgement], *, as_json: bool, about: About) -> None:
    """What people have decided, in the order in which they did."""
    if as_json:
        print_json(judgements)
    elif not judgements:
        click.echo(f"No decision about {about}s yet.")
    else:
        print_table(
            ("id", "decision", "about", "and", "who", "why", "made", "in force"),
            [
                (
                    one.id,
                    one.decision if one.takes_back is None else f"{one.decision} {one.takes_back}",
                    one.a,
                    one.b,
                    one.who,
                    one.why,
                    moment(one.made),
                    "yes" if one.in_force else "no",
                )
                for one in judgements
            ],
        )


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
    show(table)


def moment(date: str | None) -> str:
    """A date of ISO 8601 for people: a time as exact as the minute, with its zone; empty for None."""
    match = _TIME.fullmatch(date or "")
    if not match:
        return date or ""
    zone = "UTC" if match["zone"] in {"Z", "+00:00"} else match["zone"]
    return f"{match['day']} {match['minute']} {zone or ''}".rstrip()


def in_context(before: str, match: str, after: str) -> Text:
    """The words around a quote, dim, and the quote itself standing out, all in one line."""
    from rich.text import Text

    parts = [(printable_part(part), style) for part, style in ((before, "dim"), (match, "bold"), (after, "dim"))]
    text = Text.assemble(*parts)
    return text[len(text.plain) - len(text.plain.lstrip()) :]


def reason_of(error: OSError) -> str:
    """What the operating system says, as a part of a sentence: "no space left on device"."""
    return (error.strerror or str(error)).lower()


def note(message: str) -> None:
    """A line for the person, not for the next program: to stderr."""
    click.echo(message, err=True)


def tell_unread(languages: Counter[str]) -> None:
    """Say how many articles were not read for quotes, being in another language than English."""
    if languages:
        each = ", ".join(f"{number:,} {printable(language)}" for language, number in languages.most_common())
        note(f"{count(languages.total(), 'article')} not in English, in which no quotes are looked for: {each}.")


def count(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun: "1 article", "4 articles"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
