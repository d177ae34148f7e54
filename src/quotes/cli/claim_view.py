"""How a claim is shown in a terminal: who, first seen, outlets and independent sources, wordings, conflicts."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from quotes.cli.output import count, indented, moment, printable
from quotes.cli.quote_view import place, said_by

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from rich.console import RenderableType

    from quotes.store.rows import ClaimRow, ConflictRow, QuoteRow, ShownClaim, SuggestedQuote

_MOST_PLACES = 3
_KINDS = {
    "same person": "perhaps one person under two names",
    "different persons": "different persons",
    "organization and person": "an organization and a person",
    "different organizations": "different organizations",
    "via": "one is quoted by the other",
}


def claim_block(claim: ShownClaim, *, wordings: int = 5, without: Collection[int] = ()) -> Iterator[RenderableType]:
    """A claim in a few lines: its fullest wording, who, when and where, then at most so many of its wordings.

    Wordings of the quotes in `without`, by number, are left out.
    """
    from rich.text import Text

    yield Text.assemble((f"#{claim.id}", "bold cyan"), "  ", (printable(claim.label), "bold"))
    yield indented(_said_by(claim))
    yield indented(_first_seen(claim))
    yield indented(counted(claim))
    if claim.topics:
        yield indented("Topics: " + ", ".join(map(printable, claim.topics)))
    left = {quote.fingerprint for quote in claim.members if quote.id in without}
    yield from _wordings(claim, [quote for quote in claim.members if quote.fingerprint not in left], wordings)
    for conflict in claim.disagreements:
        yield indented(conflict_line(conflict), style="bold red" if conflict.kind == "different persons" else "yellow")
    for suggestion in claim.suggestions:
        if suggestion.contradiction:
            yield indented(_suggestion_line(suggestion), style="yellow")


def suggestion_lines(claim: ShownClaim) -> Iterator[RenderableType]:
    """The quotes that people may want to join to a claim."""
    suggested = [suggestion for suggestion in claim.suggestions if not suggestion.contradiction]
    if suggested:
        yield indented("Suggested, and for people to decide:")
        for suggestion in suggested:
            yield indented(_suggestion_line(suggestion), by=2)


def counted(claim: ClaimRow) -> str:
    """How often, in how many places, and how many of these are independent."""
    outlets = f" of {count(claim.outlets, 'known outlet')}" if claim.outlets else ""
    sources = count(claim.sources, "independent source")
    return f"{count(claim.quotes, 'quote')} in {count(claim.articles, 'article')}{outlets}; {sources}."


def conflict_line(conflict: ConflictRow) -> str:
    """Both speakers, each with a quote's number, and what kind of disagreement it is."""
    sides = (f"{said_by(quote).plain} (#{quote.id})" for quote in (conflict.a, conflict.b))
    return f"Attributed to {' and to '.join(sides)}: {_KINDS[conflict.kind]}."


def _said_by(claim: ShownClaim) -> str:
    names = Counter(said_by(quote).plain for quote in claim.members)
    return "Said by " + ", ".join(f"{name} ({count(number, 'quote')})" for name, number in names.most_common()) + "."


def _first_seen(claim: ShownClaim) -> str:
    """Of the earliest date in the database; what was never printed with a date was seen on none."""
    first = claim.members[0]
    if first.article.published is None:
        return "First seen in this database: no article of it bears a date."
    outlet = printable(first.article.outlet or "outlet unknown")
    return f"First seen in this database: {moment(first.article.published)}, {outlet}."


def _wordings(claim: ShownClaim, quotes: Sequence[QuoteRow], most: int) -> Iterator[RenderableType]:
    """Each wording with the places where it is printed, the earliest first."""
    from rich.text import Text

    order: dict[str, int] = {}
    for quote in quotes:
        order.setdefault(quote.fingerprint, len(order))
    in_order = sorted(quotes, key=lambda quote: order[quote.fingerprint])
    for number, (_, same) in enumerate(groupby(in_order, key=lambda quote: quote.fingerprint)):
        alike = list(same)
        if number == most:
            yield indented(f"{count(len(order) - most, 'more wording')}: `quotes claims show {claim.id}` shows them.")
            return
        yield indented(Text(printable(alike[0].text)))
        for quote in alike[:_MOST_PLACES]:
            yield indented(_where(quote), by=2)
        if len(alike) > _MOST_PLACES:
            yield indented(f"and {count(len(alike) - _MOST_PLACES, 'more quote')} in these words", by=2)


def _where(quote: QuoteRow) -> RenderableType:
    from rich.text import Text

    return Text.assemble(
        (f"#{quote.id}  ", "cyan"), f"{said_by(quote).plain}  ", place(quote.article, quote.start, quote.end)
    )


def _suggestion_line(suggestion: SuggestedQuote) -> str:
    quote = suggestion.quote
    words = f"#{quote.id}, {said_by(quote).plain}: {printable(quote.text)}"
    if suggestion.contradiction:
        return f"Nearly the same words, but another {suggestion.contradiction}: {words}"
    return f"{suggestion.kind} ({suggestion.score:.2f}) {words}"
