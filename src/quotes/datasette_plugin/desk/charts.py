"""The geometry of the charts; templates draw them as SVG.

Across, positions are shares of the width in percent, so that a chart fits any screen with its letters' size kept; down,
they are pixels.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from quotes.dates import MONTHS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.store.pages.values import Month, QuoteLine

HEIGHT = 120
_ROW = 44
_MOST_MONTHS = 72
_MOST_ROWS = 12
_FEWEST = 12
"""Columns that the width has room for at least: a few columns are no walls."""


@dataclass(frozen=True, slots=True)
class Column:
    """One month or year: where it stands, how high it is, and what it counts."""

    x: float
    width: float
    y: float
    height: float
    label: str
    value: int


@dataclass(frozen=True, slots=True)
class Columns:
    """A chart of columns over time; `unit` is month or year."""

    columns: tuple[Column, ...]
    ticks: tuple[Tick, ...]
    unit: str
    most: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A label on the axis; `anchor` is SVG's text-anchor."""

    x: float
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Dot:
    """One article on the timeline, by its first quote; `copy`: another article of its family stands before it."""

    x: float
    y: float
    quote: QuoteLine
    copy: bool


@dataclass(frozen=True, slots=True)
class Lane:
    """An outlet's line on the timeline."""

    y: float
    name: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Who printed it when; `undated` counts the quotes that have no exact day and are not drawn."""

    dots: tuple[Dot, ...]
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    height: int
    undated: int


def columns(months: Sequence[Month]) -> Columns | None:
    """Quotes by month, or by year where there are many months or some dates have none; None for fewer than two."""
    exact = [month for month in months if len(month.month) == 7 and month.month[:4].isdecimal()]
    by_month = len(exact) == len(months) and _between(months) <= _MOST_MONTHS
    counted: dict[int, int] = {}
    for month in months:
        if month.month[:4].isdecimal():
            key = _number(month.month) if by_month else int(month.month[:4])
            counted[key] = counted.get(key, 0) + month.quotes
    if len(counted) < 2:
        return None
    first, last = min(counted), max(counted)
    step = 100 / max(_FEWEST, last - first + 1)
    most = max(counted.values())
    drawn = []
    for place in range(first, last + 1):
        value = counted.get(place, 0)
        height = max(2.0, value / most * HEIGHT) if value else 0.0
        drawn.append(
            Column(
                round((place - first) * step, 3),
                round(step * 0.8, 3),
                round(HEIGHT - height, 2),
                round(height, 2),
                _label(place, by_month=by_month),
                value,
            )
        )
    # of few columns the labels stand below each; of many at the ends
    if last - first < _FEWEST // 2:
        ticks = [
            Tick(round((place - first) * step, 3), _label(place, by_month=by_month), "start")
            for place in range(first, last + 1)
        ]
    else:
        ticks = [
            Tick(0, _label(first, by_month=by_month), "start"),
            Tick(round((last - first + 0.8) * step, 3), _label(last, by_month=by_month), "end"),
        ]
    return Columns(tuple(drawn), tuple(ticks), "month" if by_month else "year", most)


def shares(values: Sequence[int]) -> list[float]:
    """Each as percent of the greatest."""
    most = max(values, default=0)
    return [round(100 * value / most, 2) if most else 0.0 for value in values]


def timeline(quotes: Sequence[QuoteLine]) -> Timeline | None:
    """The quotes by day and outlet, the outlet that printed first on top; None for fewer than two days or outlets."""
    dated = [(day, quote) for quote in quotes if (day := _day(quote.published)) is not None]
    lanes: dict[str, int] = {}
    for _, quote in dated:
        name = quote.outlet or "outlet unknown"
        lanes.setdefault(name, min(len(lanes), _MOST_ROWS))
    if len(dated) < 2 or (len(lanes) < 2 and len({day for day, _ in dated}) < 2):
        return None
    first, last = min(day for day, _ in dated), max(day for day, _ in dated)
    width = max(1, last - first)
    seen: dict[int, int] = {}
    dots: dict[int, Dot] = {}
    for day, quote in dated:
        # a family's first article stands for it; the articles after it are copies
        first_article = seen.setdefault(quote.family_id or quote.article_id, quote.article_id)
        lane = lanes[quote.outlet or "outlet unknown"]
        x = 2 + 96 * (day - first) / width if last > first else 50.0
        dots.setdefault(quote.article_id, Dot(round(x, 2), lane * _ROW + 30, quote, first_article != quote.article_id))
    names: dict[int, str] = {}
    for name, lane in lanes.items():
        names[lane] = name if lane < _MOST_ROWS else "other outlets"
    ticks = [Tick(2, _printed(first), "start")]
    if last > first:
        ticks.append(Tick(98, _printed(last), "end"))
    return Timeline(
        tuple(dots.values()),
        tuple(Lane(lane * _ROW + 30, name) for lane, name in names.items()),
        tuple(ticks),
        len(names) * _ROW + 30,
        len(quotes) - len(dated),
    )


def _between(months: Sequence[Month]) -> int:
    numbers = [_number(month.month) for month in months if len(month.month) == 7 and month.month[:4].isdecimal()]
    return max(numbers) - min(numbers) if numbers else 0


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def _label(place: int, *, by_month: bool) -> str:
    if not by_month:
        return str(place)
    year, month = divmod(place, 12)
    return f"{MONTHS[month][:3]} {year}"


def _day(published: str | None) -> int | None:
    try:
        return date.fromisoformat((published or "")[:10]).toordinal()
    except ValueError:
        return None


def _printed(day: int) -> str:
    known = date.fromordinal(day)
    return f"{known.day} {MONTHS[known.month - 1][:3]} {known.year}"
