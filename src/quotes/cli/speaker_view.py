"""How speakers, suggestions and candidates are shown and asked about in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from quotes.cli.output import count, print_json, print_table, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from quotes.readers.reconciliation import Candidate
    from quotes.store.rows import SpeakerRow
    from quotes.store.speakers import SpeakerProfile, SuggestedPair


def print_profile(found: SpeakerProfile) -> None:
    """Names, reasons and roles of one speaker."""
    speaker = found.speaker
    quoted = f"{count(speaker.quotes, 'quote')} in {count(speaker.articles, 'article')}"
    click.echo(f"{speaker.id} {printable(speaker.name)}{f' ({found.qid})' if found.qid else ''}: {quoted}")
    for alias in found.aliases:
        where = f", in {printable(alias.article)} only" if alias.article else ""
        why = f" ({printable(alias.reason)})" if alias.reason else ""
        click.echo(f"  called {printable(alias.name)}{where}{why}")
    for reason in found.joined:
        click.echo(f"  one person: {printable(reason)}")
    for role in found.roles:
        first, last = (date and date[: len("2023-03-04")] for date in (role.first, role.last))
        dates = first if first == last else f"{first or '?'} to {last}"
        click.echo(f"  {dates or 'no date'}: {printable(role.text)} ({count(role.articles, 'article')})")


def suggestion_row(one: SuggestedPair) -> dict[str, Any]:
    """A suggestion for JSON."""
    speakers = [{"id": row.id, "name": row.name, "quotes": row.quotes} for row in (one.a, one.b)]
    return {"score": one.score, "speakers": speakers, "names": list(one.names), "reasons": list(one.reasons)}


def walk(found: Iterable[SuggestedPair], decide: Callable[[str, SuggestedPair], None]) -> None:
    """Ask about each suggestion in turn; `decide` is told "same" or "different"."""
    for one in found:
        for name, row in zip(one.names, (one.a, one.b), strict=True):
            click.echo(f"{row.id:>6}  {printable(name)} ({count(row.quotes, 'quote')})")
        click.echo(f"        {one.score:.2f}: {printable('; '.join(one.reasons))}")
        answer = click.prompt("One person?", type=click.Choice(["y", "n", "s", "q"]), default="s")
        if answer == "q":
            return
        if answer != "s":
            decide("same" if answer == "y" else "different", one)


def print_candidates(found: Sequence[tuple[SpeakerRow, list[Candidate]]], *, as_json: bool) -> None:
    """Whom a service holds each speaker to be."""
    if as_json:
        print_json(
            {"speaker": {"id": row.id, "name": row.name}, "candidates": [_candidate(one) for one in candidates]}
            for row, candidates in found
        )
    elif not found:
        click.echo("Every speaker has a number in Wikidata.")
    else:
        print_table(
            ("id", "name", "candidate", "called", "score", "match"),
            [
                [row.id, row.name, one.id, _called(one), f"{one.score:g}", "yes" if one.sure else ""]
                for row, candidates in found
                for one in candidates
            ],
        )


def choose(row: SpeakerRow, candidates: Sequence[Candidate]) -> str | None:
    """Ask who a speaker is: the id of a candidate, None to skip, "quit" to stop."""
    if not candidates:
        return None
    click.echo(f"{row.id:>6}  {printable(row.name)} ({count(row.quotes, 'quote')})")
    for number, one in enumerate(candidates, 1):
        click.echo(f"        {number}: {printable(one.id)} {printable(_called(one))}, {one.score:g}")
    numbers = [str(number) for number in range(1, len(candidates) + 1)]
    answer = click.prompt("Which?", type=click.Choice([*numbers, "s", "q"]), default="s")
    if answer == "q":
        return "quit"
    return None if answer == "s" else candidates[int(answer) - 1].id


def _candidate(one: Candidate) -> dict[str, Any]:
    return {"id": one.id, "name": one.name, "score": one.score, "match": one.sure, "description": one.description}


def _called(one: Candidate) -> str:
    return f"{one.name}: {one.description}" if one.description else one.name
