"""`quotes diff`: how a claim is worded, or two wordings, word for word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from quotes.cli import options, output
from quotes.cli.diff_view import change_line, date_and_outlet, marked_up
from quotes.cli.output import count, indented, print_json, printable
from quotes.cli.quote_view import as_printed, place, said_by

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rich.console import RenderableType

    from quotes.store.drift import ClaimDrift, ClaimWording, Difference

_ALIKE = {"identical": "The same words.", "near": "Nearly the same words.", "fragment": "One is part of the other."}


@click.command()
@click.argument("claim", metavar="CLAIM")
@click.argument("other", metavar="[OTHER]", required=False)
@options.database
@options.json_lines
def diff(claim: str, other: str | None, db: Path, as_json: bool) -> None:
    """Every wording of a claim against the earliest and the fullest: what was cut, added or replaced, and how.

    CLAIM is the number of the claim or of any quote in it. Changed numbers and negations come first. Wordings of
    other claims that differ from this one in a number, a negation, a name or a modal verb alone are shown too.

    With OTHER, two quotes are compared, by their numbers, or two texts.

    \b
    quotes diff 3
    quotes diff 3 17
    quotes diff "We will stay" "We will not stay"
    """
    if other is None:
        _diff_claim(_number(claim), db, as_json=as_json)
    elif claim.isdecimal() and other.isdecimal():
        _diff_quotes(int(claim), int(other), db, as_json=as_json)
    else:
        _print_comparison(claim, other, as_json=as_json)


def _number(claim: str) -> int:
    if not claim.isdecimal():
        raise click.UsageError(f"{printable(claim)!r} is no number of a claim or a quote; name one, or give two texts.")
    return int(claim)


def _diff_claim(number: int, db: Path, *, as_json: bool) -> None:
    from quotes.store.connection import reading
    from quotes.store.drift import wordings

    with reading(db) as connection:
        drift = wordings(connection, number)
    if as_json:
        print_json(_records(drift))
    else:
        output.show(*_blocks(drift))


def _records(drift: ClaimDrift) -> Iterator[dict[str, Any]]:
    for wording in drift.wordings:
        yield {
            "claim": drift.claim_id,
            "of_claim": wording.claim_id,
            "text": wording.text,
            "earliest": wording.from_earliest is None,
            "fullest": wording.from_fullest is None,
            "from_earliest": _difference(wording.from_earliest),
            "from_fullest": _difference(wording.from_fullest),
            "quotes": [
                {
                    "id": quote.id,
                    "speaker": said_by(quote).plain,
                    "outlet": quote.article.outlet,
                    "published": quote.article.published,
                    "article": quote.article.id,
                    "start": quote.start,
                    "end": quote.end,
                }
                for quote in wording.quotes
            ],
        }


def _difference(found: Difference | None) -> dict[str, Any] | None:
    if found is None:
        return None
    changes = [change.as_record() for change in found.changes]
    return {"edge": found.edge, "score": found.score, "in_other_words": found.in_other_words, "changes": changes}


def _blocks(drift: ClaimDrift) -> Iterator[RenderableType]:
    from rich.text import Text

    quotes = sum(len(wording.quotes) for wording in drift.wordings)
    yield f"Claim {drift.claim_id}: {count(quotes, 'quote')} in {count(len(drift.wordings), 'wording')}."
    for wording in drift.wordings:
        yield ""
        yield _head(wording, drift)
        yield from (date_and_outlet(quote) for quote in wording.quotes)
        if wording.from_earliest is None or wording.from_earliest.in_other_words:
            yield indented(Text(printable(wording.text)))
        if wording.from_earliest:
            yield from _against(drift.earliest.text, wording.text, wording.from_earliest, "the earliest")
        if wording.from_fullest and drift.fullest is not drift.earliest:
            yield from _against(drift.fullest.text, wording.text, wording.from_fullest, "the fullest")


def _head(wording: ClaimWording, drift: ClaimDrift) -> RenderableType:
    from rich.text import Text

    names = []
    if wording.from_earliest is None:
        names.append("Earliest in this database")
    if wording.from_fullest is None:
        names.append("fullest" if names else "Fullest")
    if wording.claim_id != drift.claim_id:
        names.append(f"Another claim, {wording.claim_id}, with nearly these words")
    return Text(" and ".join(names) or "Wording", "bold")


def _against(before: str, after: str, found: Difference, name: str) -> Iterator[RenderableType]:
    from rich.text import Text

    if found.in_other_words:
        yield indented(Text(f"Against {name}: in other words."))
        yield from (change_line(change) for change in found.changes if change.matters)
        return
    yield indented(marked_up(before, after))
    alike = _ALIKE[found.edge] if found.edge else "Partly the same words."
    yield indented(Text(f"Against {name}: {alike[0].lower()}{alike[1:]}"))
    yield from map(change_line, found.changes)


def _diff_quotes(first: int, second: int, db: Path, *, as_json: bool) -> None:
    from rich.text import Text

    from quotes.store import queries
    from quotes.store.connection import reading

    with reading(db) as connection:
        quotes = [queries.show(connection, number) for number in (first, second)]
    if as_json:
        _print_comparison(quotes[0].text, quotes[1].text, as_json=True, quotes=[first, second])
        return
    for quote in quotes:
        head = Text.assemble((f"#{quote.id}", "bold cyan"), "  ").append_text(said_by(quote))
        output.show(head.append(f"  {as_printed(quote)}", "italic"), place(quote.article, quote.start, quote.end))
        output.show(indented(Text(printable(quote.text))))
    _print_comparison(quotes[0].text, quotes[1].text, as_json=False)


def _print_comparison(before: str, after: str, *, as_json: bool, **known: list[int]) -> None:
    from rich.text import Text

    from quotes.group.changes import changed, ranked
    from quotes.group.compare import compare

    found = compare(before, after)
    if as_json:
        print_json([{**known, **found.as_record()}])
        return
    verdict = _ALIKE[found.edge] if found.edge else "Other words."
    warning = " A change may turn the meaning round." if found.edge and found.contradicts else ""
    head = Text(f"{verdict} They share {found.score:.0%}.{warning}", "bold")
    output.show(head, indented(marked_up(before, after)), *map(change_line, ranked(changed(before, after))))
