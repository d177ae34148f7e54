"""Who passes a statement on: in A's words that B said it, the outer speaker A is the inner statement's `via`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.model import Quote


def outer_quotes(quotes: Sequence[Quote]) -> list[int | None]:
    """For each quote the number of the innermost other one that holds it, cue and all, in one of its contents."""
    contents = sorted((span.start, span.end, n) for n, quote in enumerate(quotes) for span in quote.contents)
    whole = [(min(s.start for s in q.contents + q.cues), max(s.end for s in q.contents + q.cues)) for q in quotes]
    outer: list[int | None] = [None] * len(quotes)
    opened: list[tuple[int, int, int]] = []
    at = 0
    for number in sorted(range(len(quotes)), key=lambda number: whole[number]):
        start, end = whole[number]
        while at < len(contents) and contents[at][0] <= start:
            opened.append(contents[at])
            at += 1
        opened = [content for content in opened if content[1] > start]
        holding = [(c[1] - c[0], c[2]) for c in opened if c[1] >= end and whole[c[2]] != (start, end)]
        outer[number] = min(holding)[1] if holding else None
    return outer


def with_outer_speakers(quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """The quotes, each within another with that one's speaker (else its description, else its mention) as `via`."""
    return tuple(
        quote if outer is None else replace(quote, via=_called(quotes[outer]))
        for quote, outer in zip(quotes, outer_quotes(quotes), strict=True)
    )


def _called(quote: Quote) -> str | None:
    return quote.speaker.name if quote.speaker else quote.speaker_description or quote.mention
