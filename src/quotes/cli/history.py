"""`quotes history`: what an outlet changed in an article after it was first read."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from quotes.cli import options
from quotes.cli.output import count, print_json, printable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from quotes.store.history import Became, QuoteChange, Version

_SIGNS: dict[Became, str] = {"kept": " ", "added": "+", "removed": "-", "reworded": "~", "re-attributed": "@"}


@click.command()
@click.argument("where", metavar="URL")
@click.option("--all", "with_kept", is_flag=True, help="Show the quotes that did not change, too.")
@options.database
@options.json_lines
def history(where: str, db: Path, with_kept: bool, as_json: bool) -> None:
    """The versions of an article, and what became of its quotes: added, removed, reworded or re-attributed.

    URL is any address of the article's page, a path, or the number of the article or of any version of it. A version
    is stored when the article is added again and its text has changed.

    \b
    quotes history https://news.example/2024/05/road-open
    quotes history 12 --all
    """
    from quotes.store.connection import reading
    from quotes.store.history import history as versions_of

    with reading(db) as connection:
        versions = versions_of(connection, where)
    if as_json:
        print_json(version.as_record() for version in versions)
        return
    latest = versions[-1].article
    click.echo(f"{printable(latest.label)}\n{printable(latest.url or latest.location)}")
    for version in versions:
        click.echo("")
        for line in _lines(version, with_kept=with_kept):
            click.echo(line)


def _lines(version: Version, *, with_kept: bool) -> Iterator[str]:
    article = version.article
    dates = [f"read {article.added}"] + ([f"updated {printable(article.updated)}"] if article.updated else [])
    yield f"Version {article.version} (article {article.id}), {', '.join(dates)}: {count(article.quotes, 'quote')}."
    if version.quotes or article.version > 1:
        became = Counter(kind for change in version.quotes for kind in change.became)
        told = ", ".join(f"{became[kind]:,} {kind}" for kind in _SIGNS if became[kind])
        yield f"  Quotes: {told or 'none in either version'}."
    for name, (old, new) in version.metadata.items():
        yield f"  {name}: {_shown(old)} → {_shown(new)}"
    for change in version.quotes:
        if with_kept or change.became != ("kept",):
            yield from _change_lines(change)


def _shown(value: Any) -> str:  # noqa: ANN401 - whatever a field of an article holds
    if isinstance(value, tuple):
        value = ", ".join(value)
    return printable(str(value)) if value else "(none)"


def _change_lines(change: QuoteChange) -> Iterator[str]:
    from quotes.store.history import speaker_of

    sign = _SIGNS[change.became[0]]
    quote = change.after or change.before
    assert quote is not None
    yield f"  {sign} {', '.join(change.became)}: [{quote.id}] {printable(quote.text)}"
    if change.before and change.after and change.became != ("kept",):
        if "reworded" in change.became:
            yield f"      was [{change.before.id}] {printable(change.before.text)}"
        if "re-attributed" in change.became:
            before, after = (printable(speaker_of(part) or "nobody") for part in (change.before, change.after))
            yield f"      {before} → {after}"
    elif quote and (speaker := speaker_of(quote)):
        yield f"      {printable(speaker)}"
