"""The cheapest reading of a paragraph's marks: a Viterbi search over the quotations that are open at each glyph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from quotes.extract.marks import costs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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


class _Reading(NamedTuple):
    """A reading up to some glyph: what is open, and the steps that led here, as a list linked backwards."""

    cost: int
    kinds: tuple[str, ...] = ()
    """The opening marks of the quotations that are open, the outermost first."""
    starts: tuple[int, ...] = ()
    """Where each of them stands."""
    before: _Reading | None = None
    steps: tuple[Step, ...] = ()

    def then(self, cost: int, *steps: Step) -> _Reading:
        """With more steps that leave open what is open."""
        return _Reading(self.cost + cost, self.kinds, self.starts, self, steps)

    def opened(self, cost: int, kind: str, step: Step) -> _Reading:
        """With one more quotation open."""
        return _Reading(self.cost + cost, (*self.kinds, kind), (*self.starts, step.start), self, (step,))

    def ended(self, cost: int, *steps: Step) -> _Reading:
        """With the innermost quotations ended, one a step."""
        left = len(self.kinds) - len(steps)
        return _Reading(self.cost + cost, self.kinds[:left], self.starts[:left], self, steps)


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
    if plain := _plain_steps(tokens):
        return plain
    beam = [_Reading(0)]
    for token in tokens:
        beam = _best(_readings(beam, token))
    return _steps(min((_at_end(reading, next_head, end) for reading in beam), key=_cost))


def _plain_steps(tokens: Sequence[Token]) -> list[Step]:
    """The steps of a reading by pairs alone that costs nothing, where every other one costs something; else none."""
    pairs = list(zip(tokens[::2], tokens[1::2], strict=False))
    free = all(costs.opening(a) == 0 and costs.closing(b, a.kind, b.start - a.start) == 0 for a, b in pairs)
    if len(tokens) % 2 or not free or any(costs.ignoring(token) == 0 for token in tokens):
        return []
    halves = ((Step("open", a.start, a.end), Step("close", b.start, b.end)) for a, b in pairs)
    return [step for both in halves for step in both]


def _cost(reading: _Reading) -> int:
    return reading.cost


def _best(readings: Iterable[_Reading]) -> list[_Reading]:
    """The cheapest reading for each set of open quotations, few enough of them to keep the search linear."""
    best: dict[tuple[str, ...], _Reading] = {}
    for reading in readings:
        rival = best.get(reading.kinds)
        if rival is None or reading.cost < rival.cost:
            best[reading.kinds] = reading
    ranked = sorted(best.values(), key=_cost)[:_BEAM]
    return [reading for reading in ranked if reading.cost <= ranked[0].cost + _HOPELESS]


def _readings(beam: Sequence[_Reading], token: Token) -> Iterator[_Reading]:
    """Every way to go on with one more glyph; the first of equal cost wins."""
    opening, unopened, ignoring = costs.opening(token), costs.unopened(token), costs.ignoring(token)
    here = Step("open", token.start, token.end)
    middle = token.start + 1
    for reading in beam:
        yield from _closed(reading, token)
        yield reading.then(ignoring)
        if unopened < costs.IMPOSSIBLE:
            yield reading.then(unopened + len(reading.kinds), here._replace(event="unopened"))
        if len(reading.kinds) < _DEEPEST:
            yield reading.opened(opening + _nesting(reading, token), token.kind, here)
        if token.doubled:
            yield reading.then(costs.EMPTY, Step("open", token.start, middle), Step("close", middle, token.end))
    # a quotation that is given up runs on to the mark that ends it
    for reading in _abandoned(beam, token.start):
        yield from _closed(reading, token)
        yield reading.opened(opening + _nesting(reading, token), token.kind, here)


def _nesting(reading: _Reading, token: Token) -> int:
    return costs.nesting(reading.kinds[-1], token.kind) if reading.kinds else 0


def _abandoned(beam: Sequence[_Reading], place: int) -> list[_Reading]:
    """The readings with one open quotation after the other given up as unclosed, where none in the beam is cheaper."""
    limit = beam[0].cost + _HOPELESS
    best = {reading.kinds: reading for reading in beam}
    given_up: dict[tuple[str, ...], _Reading] = {}
    for reading in beam:
        shorter = reading
        while shorter.kinds:
            shorter = shorter.ended(costs.unclosed(shorter.kinds[-1]), Step("abandon", place, place))
            rival = best.get(shorter.kinds)
            if shorter.cost > limit or (rival is not None and rival.cost <= shorter.cost):
                break
            best[shorter.kinds] = given_up[shorter.kinds] = shorter
    return list(given_up.values())


def _closed(reading: _Reading, token: Token) -> Iterator[_Reading]:
    """The reading with its innermost quotation closed, or the two innermost ones by a mark of two glyphs."""
    if not reading.kinds:
        return
    cost = costs.closing(token, reading.kinds[-1], token.start - reading.starts[-1])
    if cost < costs.IMPOSSIBLE:
        yield reading.ended(cost, Step("close", token.start, token.end))
    if token.end - token.start != 2:
        return
    middle = token.start + 1
    halves = Step("close", token.start, middle), Step("close", middle, token.end)
    family = "double" if token.doubled else "single"
    if [costs.FAMILIES[kind] for kind in reading.kinds[-2:]] == [family, family]:
        yield reading.ended(costs.halved(token), *halves)
    if family == "single" and costs.FAMILIES[reading.kinds[-1]] == family:
        yield reading.ended(costs.halved(token) + costs.APOSTROPHE_FIRST, halves[1])


def _at_end(reading: _Reading, next_head: Sequence[str], end: int) -> _Reading:
    """Everything that is still open either goes on in the next paragraph or is unclosed."""
    goes_on = 0
    for kind, head in zip(reading.kinds, next_head, strict=False):
        if costs.FAMILIES[kind] != costs.FAMILIES[head]:
            break
        goes_on += 1
    while reading.kinds:
        if len(reading.kinds) <= goes_on:
            reading = reading.ended(costs.CONTINUED, Step("continue", end, end))
        else:
            reading = reading.ended(costs.unclosed(reading.kinds[-1]), Step("abandon", end, end))
    return reading


def _steps(reading: _Reading) -> list[Step]:
    steps: list[Step] = []
    last: _Reading | None = reading
    while last is not None:
        steps.extend(reversed(last.steps))
        last = last.before
    steps.reverse()
    return steps
