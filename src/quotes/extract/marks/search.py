"""The cheapest reading of a paragraph's marks: a Viterbi search over the quotations that are open at each glyph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from quotes.extract.marks import costs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quotes.extract.marks.glyphs import Token

Event = Literal["open", "close", "unopened", "abandon", "continue"]
"""abandon: the innermost open quotation ends without a closing mark; continue: it goes on in the next paragraph."""

_DEEPEST = 4
_BEAM = 8
_HOPELESS = 60


class Step(NamedTuple):
    """One event of a reading at [start, end): a glyph for the first three events, empty for the last two."""

    event: Event
    start: int
    end: int


class _Open(NamedTuple):
    kind: str
    start: int


class _Reading(NamedTuple):
    """A reading up to some glyph: what is open, and the steps that led here, as a list linked backwards."""

    cost: int
    stack: tuple[_Open, ...]
    before: _Reading | None = None
    steps: tuple[Step, ...] = ()

    def then(self, cost: int, stack: tuple[_Open, ...], *steps: Step) -> _Reading:
        return _Reading(self.cost + cost, stack, self, steps)


def head_kinds(tokens: Sequence[Token], start: int) -> tuple[str, ...]:
    """The marks with which the paragraph that begins at `start` opens."""
    kinds: list[str] = []
    for token in tokens:
        if token.start != start or token.side not in {"opens", "loose"} or token.cut_word:
            break
        kinds.append(token.kind)
        start = token.end
    return tuple(kinds)


def cheapest_reading(tokens: Sequence[Token], end: int, next_head: Sequence[str]) -> list[Step]:
    """The steps of the cheapest reading of the glyphs of a paragraph that ends at `end`, in the order of the text.

    `next_head` is the marks with which the next paragraph opens: they let a quotation run on for next to nothing.
    """
    beam = [_Reading(0, ())]
    for token in tokens:
        best: dict[tuple[str, ...], _Reading] = {}
        for reading in beam:
            for candidate in _readings(reading, token):
                key = tuple(mark.kind for mark in candidate.stack)
                if key not in best or candidate.cost < best[key].cost:
                    best[key] = candidate
        beam = sorted(best.values(), key=lambda reading: reading.cost)[:_BEAM]
        beam = [reading for reading in beam if reading.cost <= beam[0].cost + _HOPELESS]
    return _steps(min((_ended(reading, next_head, end) for reading in beam), key=lambda reading: reading.cost))


def _readings(reading: _Reading, token: Token) -> Iterator[_Reading]:
    """Every way to go on with one more glyph; the first of equal cost wins."""
    here = Step("open", token.start, token.end)
    yield from _closed(reading, token)
    yield reading.then(costs.ignoring(token), reading.stack)
    cost = costs.unopened(token)
    if cost < costs.IMPOSSIBLE:
        yield reading.then(cost, reading.stack, here._replace(event="unopened"))
    cost = costs.opening(token)
    for outer in _abandoned(reading, token):
        if len(outer.stack) < _DEEPEST:
            nesting = costs.nesting(outer.stack[-1].kind, token.kind) if outer.stack else 0
            yield outer.then(cost + nesting, (*outer.stack, _Open(token.kind, token.start)), here)
    if token.doubled:
        middle = token.start + 1
        yield reading.then(5, reading.stack, Step("open", token.start, middle), Step("close", middle, token.end))


def _closed(reading: _Reading, token: Token) -> Iterator[_Reading]:
    for outer in _abandoned(reading, token):
        if not outer.stack:
            break
        opener = outer.stack[-1]
        cost = costs.closing(token, opener.kind, token.start - opener.start)
        if cost < costs.IMPOSSIBLE:
            yield outer.then(cost, outer.stack[:-1], Step("close", token.start, token.end))
    yield from _closed_by_half(reading, token)


def _closed_by_half(reading: _Reading, token: Token) -> Iterator[_Reading]:
    """Two glyphs that were taken for one mark may close two quotations, or be an apostrophe and a closing mark."""
    if token.end - token.start != 2 or not reading.stack:
        return
    middle = token.start + 1
    family = "double" if token.doubled else "single"
    families = [costs.FAMILIES[mark.kind] for mark in reading.stack[-2:]]
    cost = costs.closing_half(token)
    if families == [family, family]:
        both = Step("close", token.start, middle), Step("close", middle, token.end)
        yield reading.then(cost, reading.stack[:-2], *both)
    if families[-1] == "single" and not token.doubled:
        yield reading.then(cost + 8, reading.stack[:-1], Step("close", middle, token.end))


def _abandoned(reading: _Reading, token: Token) -> Iterator[_Reading]:
    """The reading itself, and with one open quotation after the other given up as unclosed."""
    yield reading
    while reading.stack:
        cost = costs.unclosed(reading.stack[-1].kind)
        reading = reading.then(cost, reading.stack[:-1], Step("abandon", token.start, token.start))
        yield reading


def _ended(reading: _Reading, next_head: Sequence[str], end: int) -> _Reading:
    """Everything that is still open either goes on in the next paragraph or is unclosed."""
    stack = reading.stack
    goes_on = 0
    while goes_on < min(len(stack), len(next_head)) and _same_mark(stack[goes_on].kind, next_head[goes_on]):
        goes_on += 1
    for depth in range(len(stack) - 1, -1, -1):
        if depth < goes_on:
            reading = reading.then(costs.CONTINUED, stack[:depth], Step("continue", end, end))
        else:
            reading = reading.then(costs.unclosed(stack[depth].kind), stack[:depth], Step("abandon", end, end))
    return reading


def _same_mark(opener: str, head: str) -> bool:
    return costs.FAMILIES[opener] == costs.FAMILIES[head]


def _steps(reading: _Reading) -> list[Step]:
    steps: list[Step] = []
    last: _Reading | None = reading
    while last is not None:
        steps.extend(reversed(last.steps))
        last = last.before
    steps.reverse()
    return steps
