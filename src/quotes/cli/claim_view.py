"""How a claim is shown in a terminal: who, first seen, outlets and independent sources, wordings, conflicts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from quotes import model
from quotes.cli.output import count, indented, moment, printable
from quotes.cli.quote_view import doubts, place, said_by

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from rich.console import RenderableType

    from quotes.store.rows import ClaimRow, ConflictRow, QuoteRow, ShownClaim, SuggestedQuote

_Item = TypeVar("_Item")
_TWO_LINES = 140


@dataclass(frozen=True, slots=True, kw_only=True)
class Most:
    """How much of a claim is shown: so many wordings, places of each and conflicts, and characters of its label.

    `others` are quotes of other claims that may say the same in other words.
    """

    wordings: int
    places: int
    conflicts: int
    label: int | None = None
    topics: bool = True
    others: int = 0


ALL = Most(wordings=10**9, places=10**9, conflicts=10**9)
BRIEF = Most(wordings=1, places=1, conflicts=1, label=_TWO_LINES, topics=False, others=1)
_SOME = Most(wordings=4, places=3, conflicts=2, others=2)
_KINDS = {
    "same person": "perhaps one person under two names",
    "different persons": "different persons",
    "organization and person": "an organization and a person",
    "different organizations": "different organizations",
    "via": "one is quoted by the other",
}


def claim_block(claim: ShownClaim, *, most: Most = _SOME, first: Collection[int] = ()) -> Iterator[RenderableType]:
    """A claim in a few lines: its fullest wording, who, when and where, then at most so many of its wordings.

    Wordings of the quotes in `first`, by number, come first.
    """
    yield _label(claim, most=most.label)
    yield indented(_said_by(claim))
    if claim.quotes > 1:  # of one quote the place below tells as much
        yield indented(_first_seen(claim))
        yield indented(counted(claim))
    if claim.topics and most.topics:
        yield indented("Topics: " + ", ".join(map(printable, claim.topics)))
    placed: set[int] = set()
    yield from _wordings(claim, most, first, placed)
    yield from _conflicts(claim, most, placed)
    contradicting = [suggestion for suggestion in claim.suggestions if suggestion.contradiction]
    for suggestion in contradicting[: most.conflicts]:
        yield indented(_suggestion_line(suggestion, most=most.label), style="yellow")
        yield indented(_where(suggestion.quote, with_speaker=False), by=2)
    if len(contradicting) > most.conflicts:
        yield indented(f"{count(len(contradicting) - most.conflicts, 'more wording')} nearly alike: {_all_of(claim)}")
    yield from _in_other_words(claim, most)


def _in_other_words(claim: ShownClaim, most: Most) -> Iterator[RenderableType]:
    likely = [one for one in claim.suggestions if one.kind == "paraphrase" and not one.contradiction]
    if likely and most.others:
        yield indented("Perhaps the same in other words, for people to decide:")
        for suggestion in likely[: most.others]:
            yield indented(printable(suggestion.quote.text), by=2)
            yield indented(_where(suggestion.quote), by=3)
        if len(likely) > most.others:
            yield indented(f"{len(likely) - most.others} more: {_all_of(claim)}", by=2)


def claim_lines(claim: ClaimRow) -> Iterator[RenderableType]:
    """A claim in two lines or three: its fullest wording, cut, then who, how widely, and since when."""
    yield _label(claim, most=_TWO_LINES)
    since = (claim.first_published or "")[: len("2023-03-04")]
    counts = [
        count(claim.sources, "source"),
        count(claim.outlets, "outlet") if claim.outlets else "",
        count(claim.quotes, "quote"),
        count(claim.conflicts, "conflict") if claim.conflicts else "",
    ]
    parts = [
        printable(claim.speaker.name) if claim.speaker else "no named speaker",
        ", ".join(part for part in counts if part),
        f"first seen {since}" if since else "no date",
        *model.doubts(claim.confidence, None),
    ]
    yield indented(" · ".join(part for part in parts if part))


def _label(claim: ClaimRow, *, most: int | None = None) -> RenderableType:
    from rich.text import Text

    return Text.assemble((f"#{claim.id}", "bold cyan"), "  ", (_cut(claim.label, most), "bold"))


def _cut(text: str, most: int | None) -> str:
    """As one line, cut between words where it is longer than so many characters."""
    line = printable(text)
    if most is None or len(line) <= most:
        return line
    return line[: line.rfind(" ", 0, most)].rstrip(" …") + " …"


def _all_of(claim: ClaimRow) -> str:
    return f"`quotes claims show {claim.id}` shows all."


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
    if claim.quotes == 1:
        return f"Said by {said_by(claim.members[0]).plain}, once in this database."
    names = Counter(said_by(quote).plain for quote in claim.members)
    return "Said by " + ", ".join(f"{name} ({count(number, 'quote')})" for name, number in names.most_common()) + "."


def _first_seen(claim: ShownClaim) -> str:
    """Of the earliest date in the database; what was never printed with a date was seen on none."""
    first = claim.members[0]
    if first.article.published is None:
        return "First seen in this database: no article of it bears a date."
    outlet = printable(first.article.outlet or "outlet unknown")
    return f"First seen in this database: {moment(first.article.published)}, {outlet} (#{first.id})."


def _wordings(claim: ShownClaim, most: Most, first: Collection[int], placed: set[int]) -> Iterator[RenderableType]:
    """Each wording with the places where it is printed: those asked for, then the earliest first.

    The numbers of the quotes whose places are shown are added to `placed`.
    """
    from rich.text import Text

    asked = {quote.fingerprint for quote in claim.members if quote.id in first}
    groups: dict[str, list[QuoteRow]] = {}
    for quote in sorted(claim.members, key=lambda quote: quote.fingerprint not in asked):
        groups.setdefault(quote.fingerprint, []).append(quote)
    several = len({said_by(quote).plain for quote in claim.members}) > 1
    for alike in _most_of(list(groups.values()), most.wordings):
        words = printable(alike[0].text)
        if words != printable(claim.label):
            yield indented(Text(words))
        elif len(groups) > 1:
            yield indented(Text("In the words above:", "dim"))
        shown = _most_of(alike, most.places)
        placed.update(quote.id for quote in shown)
        yield from (indented(_where(quote, with_speaker=several), by=2) for quote in shown)
        if len(alike) > len(shown):
            yield indented(f"and {count(len(alike) - len(shown), 'more quote')} in these words", by=2)
    left = len(groups) - len(_most_of(list(groups), most.wordings))
    if left:
        yield indented(f"{count(left, 'more wording')}: {_all_of(claim)}")


def _most_of(items: list[_Item], most: int) -> list[_Item]:
    """The first so many; all of them where one more is left, since to say so takes no less room."""
    return items if len(items) == most + 1 else items[:most]


def _conflicts(claim: ShownClaim, most: Most, placed: Collection[int]) -> Iterator[RenderableType]:
    """Each conflict, with the places of its sides that are not shown above."""
    for conflict in claim.disagreements[: most.conflicts]:
        yield indented(conflict_line(conflict), style="bold red" if conflict.kind == "different persons" else "yellow")
        yield from (indented(_where(quote), by=2) for quote in (conflict.a, conflict.b) if quote.id not in placed)
    if len(claim.disagreements) > most.conflicts:
        left = count(len(claim.disagreements) - most.conflicts, "more conflict")
        yield indented(f"{left}: {_all_of(claim)}")


def _where(quote: QuoteRow, *, with_speaker: bool = True) -> RenderableType:
    from rich.text import Text

    line = Text.assemble((f"#{quote.id}  ", "cyan"))
    if with_speaker:
        line.append(f"{said_by(quote).plain}  ")
    return line.append_text(place(quote.article, quote.start, quote.end, with_title=False)).append_text(doubts(quote))


def _suggestion_line(suggestion: SuggestedQuote, *, most: int | None = None) -> str:
    quote = suggestion.quote
    words = f"#{quote.id}, {said_by(quote).plain}: {_cut(quote.text, most)}"
    if suggestion.contradiction:
        return f"Nearly the same words, but another {suggestion.contradiction}: {words}"
    return f"{suggestion.kind} ({suggestion.score:.2f}) {words}"
