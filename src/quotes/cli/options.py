"""Options that several commands share, each defined once."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

DEFAULT_DATABASE = "quotes.db"
_MEGABYTE = 1_000_000
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def database(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--db PATH`, else the variable QUOTES_DB, else quotes.db here; arrives as `db: Path`."""
    option = click.option(
        "--db",
        type=click.Path(dir_okay=False, path_type=Path),
        default=DEFAULT_DATABASE,
        envvar="QUOTES_DB",
        show_default=True,
        show_envvar=True,
        help="The database.",
    )
    return option(command)


def require_database(db: Path) -> None:
    """Raise DatabaseMissing or DatabaseForeign where there is no database: opening one for writing would make it."""
    from quotes.errors import DatabaseTooOld
    from quotes.store.connection import reading

    with suppress(DatabaseTooOld), reading(db):  # writing brings an older one up to date
        pass


def json_lines(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--json`: arrives as `as_json: bool`."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON, an object a line.")(command)


def json_summary(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--json` of a command that tells in one line what it did: arrives as `as_json: bool`."""
    return click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")(command)


def limit(default: int) -> Decorator:
    """`--limit N`: how many are printed at the most."""
    return click.option(
        "--limit", type=click.IntRange(min=1), default=default, show_default=True, help="Print at most so many."
    )


def _mapping(_ctx: click.Context, _parameter: click.Parameter, value: str | None) -> dict[str, str] | None:
    from quotes.readers.records import parse_mapping

    return parse_mapping(value) if value else None


def reading(command: Callable[..., Any]) -> Callable[..., Any]:
    """What every command that reads files takes.

    `--encoding`, `--max-size` (arrives as `max_bytes: int`) and `--map` (as `mapping: dict[str, str] | None`).
    """
    from quotes.readers import DEFAULT_MAX_BYTES

    size = click.option(
        "--max-size",
        "max_bytes",
        metavar="MB",
        type=click.FloatRange(min=0, min_open=True),
        default=DEFAULT_MAX_BYTES / _MEGABYTE,
        show_default=True,
        callback=lambda _ctx, _param, value: int(value * _MEGABYTE),
        help="Refuse a file, or a record of one that is read as a stream, over so many megabytes.",
    )
    encoding = click.option(
        "--encoding", metavar="NAME", help="The encoding of files without a byte order mark.  [default: utf-8]"
    )
    mapping = click.option(
        "--map",
        "mapping",
        metavar="FIELD=COLUMN,...",
        callback=_mapping,
        help="Which column of a table, or key of a JSON record, holds what: text=body,published=date.",
    )
    return mapping(size(encoding(command)))


def keep_bytes(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--keep-bytes`: arrives as `keep_bytes: bool`."""
    return click.option("--keep-bytes", is_flag=True, help="Keep the bytes of pages too, packed, beside their text.")(
        command
    )


def web(command: Callable[..., Any]) -> Callable[..., Any]:
    """How web addresses are read; arrives as `web: quotes.readers.settings.Web`."""
    from functools import wraps

    from quotes.readers.settings import Web

    @click.option("--allow-private", is_flag=True, help="Also read from addresses of this machine and its network.")
    @click.option(
        "--delay",
        metavar="SECONDS",
        type=click.FloatRange(min=0),
        default=Web.delay,
        show_default=True,
        help="Between two requests to one site; robots.txt may ask for more.",
    )
    @click.option(
        "--timeout",
        metavar="SECONDS",
        type=click.FloatRange(min=0, min_open=True),
        default=Web.timeout,
        show_default=True,
        help="For one answer of a site, all of it.",
    )
    @click.option("--contact", envvar="QUOTES_CONTACT", show_envvar=True, help="How the sites that are read reach you.")
    @click.option("--most", metavar="N", type=click.IntRange(min=1), help="Read the first N of each feed or sitemap.")
    @wraps(command)
    def with_web(*args: object, **options: Any) -> object:  # noqa: ANN401 - whatever options the command has
        names = ("allow_private", "delay", "timeout", "contact", "most")
        return command(*args, web=Web(**{name: options.pop(name) for name in names}), **options)

    return with_web


def workers(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--workers N`: arrives as `workers: int | None`, None for as many as suit the machine."""
    return click.option(
        "--workers",
        metavar="N",
        type=click.IntRange(min=1),
        help="Processes that read articles, each of some 210 MB; 1 reads them in this one, and so does a short input "
        "at any number. What is found is the same.  [default: one a core, at most 2]",
    )(command)


def filters(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--since`, `--until`, `--outlet` and `--speaker`; arrives as `filters: Filters`."""
    speaker = click.option(
        "--speaker", metavar="NAME", help="Attributed to this speaker; some words of the name are enough."
    )
    return printed(speaker(command))


def sure(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--sure`, above the other filters; arrives within `filters: Filters`."""
    return click.option("--sure", is_flag=True, help="Leave out quotes that may be no statements.")(command)


def printed(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--since`, `--until` and `--outlet`, with `--speaker` and `--sure` if the command has them.

    Arrives as `filters: Filters`.
    """
    from functools import wraps

    from quotes.store.filters import Filters

    @click.option("--since", metavar="DATE", callback=_date, help="Printed on this day or later: 2023, 2023-03-04.")
    @click.option("--until", metavar="DATE", callback=_date, help="Printed on this day or earlier.")
    @click.option("--outlet", metavar="NAME", help="Published by this outlet.")
    @wraps(command)
    def filtered(*args: object, **options: Any) -> object:  # noqa: ANN401 - whatever options the command has
        chosen = {name: options.pop(name, None) for name in ("since", "until", "outlet", "speaker")}
        return command(*args, filters=Filters(**chosen, sure=options.pop("sure", False)), **options)

    return filtered


def judge(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--by NAME` and `--why TEXT`: who decides and why; arrive as `judge: str` and `why: str | None`."""
    by = click.option(
        "--by", "judge", metavar="NAME", default=_user, show_default="your user name", help="Who decides."
    )
    return by(click.option("--why", metavar="TEXT", help="The reason, kept with the decision.")(command))


def _user() -> str:
    from getpass import getuser

    try:
        return getuser()
    except (KeyError, OSError):  # no name for this user, as in some containers
        return "unknown"


def _date(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    from quotes.dates import is_iso_date

    if value is not None and not (_DATE.fullmatch(value) and is_iso_date(value)):
        raise click.BadParameter(f"{value!r} is no date: give a year, month or day, as 2023, 2023-03 or 2023-03-04.")
    return value
