"""Asking a web archive to keep what is added, for the commands that add."""

from __future__ import annotations

from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from quotes.cli.output import note, printable
from quotes.readers.settings import ARCHIVE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from quotes.model import Article
    from quotes.readers.settings import Web
    from quotes.store.writer import Outcome, Writer


def archive_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--archive` and `--archive-service`; arrive as `archive: str | None`, the service that is to be asked."""

    @click.option("--archive", is_flag=True, help="Ask a web archive to keep each new page, and store where it is.")
    @click.option(
        "--archive-service",
        metavar="URL",
        envvar="QUOTES_ARCHIVE",
        default=ARCHIVE,
        show_default=True,
        show_envvar=True,
        help="What a page's address is put behind to have it kept.",
    )
    @wraps(command)
    def with_archive(*args: object, archive: bool, archive_service: str, **options: Any) -> object:  # noqa: ANN401 - whatever options the command has
        return command(*args, archive=archive_service if archive else None, **options)

    return with_archive


@contextmanager
def archiving(web: Web, service: str | None) -> Iterator[Callable[[Writer, Article, Outcome], None]]:
    """What is to be called with each stored article: it asks the service to keep new pages, and stores where they are.

    A page that the service does not keep is told on stderr and stays stored. Without a service nothing is asked.
    """
    if service is None:
        yield lambda _writer, _article, _outcome: None
        return
    from quotes.errors import InputError
    from quotes.readers.archiving import ask_archive
    from quotes.readers.fetching import Fetcher
    from quotes.readers.outcome import DEFAULT_MAX_BYTES

    with Fetcher(web, max_bytes=DEFAULT_MAX_BYTES) as fetcher:

        def keep(writer: Writer, article: Article, outcome: Outcome) -> None:
            if article.fetched is None or outcome not in ("added", "new version"):
                return
            try:
                writer.note_archived(article, ask_archive(fetcher, service, article.url or article.fetched.url))
            except InputError as error:
                note(f"Not archived: {printable(str(error))}")

        yield keep
