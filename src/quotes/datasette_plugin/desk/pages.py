"""Each page: its address, the tables that it shows, how it is read and what is drawn for it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quotes.datasette_plugin.desk import charts, passages, wordings
from quotes.store.pages.articles import ArticlePage, article, place_of
from quotes.store.pages.claims import ClaimPage, claim, claims
from quotes.store.pages.conflicts import Conflicts, conflicts
from quotes.store.pages.coverage import Coverage, coverage
from quotes.store.pages.drift import Drift, drift
from quotes.store.pages.search import Asked, Choices, Results, choices, search
from quotes.store.pages.speakers import SpeakerPage, speaker, speakers
from quotes.store.pages.start import Start, start
from quotes.store.pages.suggestions import Suggestions, suggestions

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    Arguments = dict[str, str]
    Read = Callable[[sqlite3.Connection, int, Arguments], object]

_QUOTES = frozenset({"quote", "article", "speaker", "outlet"})
_CLAIMS = _QUOTES | {"claim"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """`read` gets the number in the address (0 where it has none) and the query's arguments."""

    template: str
    tables: frozenset[str]
    read: Read
    numbered: bool = False
    extras: Callable[[Any], dict[str, Any]] = lambda _data: {}
    """What the template needs beside the data: geometry, pieces of text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """What was found, and what can be chosen from."""

    results: Results
    choices: Choices


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveragePage:
    """A line for each outlet."""

    outlets: tuple[Coverage, ...]


def _search(conn: sqlite3.Connection, _number: int, arguments: Arguments) -> SearchPage:
    asked = Asked(
        words=arguments.get("q", ""),
        speaker=arguments.get("speaker", "").strip(),
        outlet=arguments.get("outlet", "").strip(),
        kind=arguments.get("kind", ""),
        cue_class=arguments.get("cue_class", ""),
        since=arguments.get("since", "").strip(),
        until=arguments.get("until", "").strip(),
    )
    return SearchPage(results=search(conn, asked, after=arguments.get("next")), choices=choices(conn))


def _conflicts(conn: sqlite3.Connection, _number: int, arguments: Arguments) -> Conflicts:
    before = arguments.get("before", "")
    is_number = before.isascii() and before.isdecimal() and len(before) < 19
    return conflicts(conn, kind=arguments.get("kind") or None, before=int(before) if is_number else None)


def _start_drawn(data: Start) -> dict[str, Any]:
    return {"columns": charts.columns(data.months)}


def _speaker_drawn(data: SpeakerPage) -> dict[str, Any]:
    return {"columns": charts.columns(data.months), "bars": charts.shares([tally.quotes for tally in data.outlets])}


def _claim_drawn(data: ClaimPage) -> dict[str, Any]:
    return {
        "timeline": charts.timeline(data.quotes),
        "contradicting": [wordings.pair(line.a.text, line.b.text) for line in data.contradictions],
        "compared": wordings.side_by_side([wording.text for wording in data.wordings]),
        "quote_by_id": {quote.id: quote for quote in data.quotes},
    }


def _article_drawn(data: ArticlePage) -> dict[str, Any]:
    return {
        "pieces": passages.pieces(data.text, data.relations, data.uncovered),
        "authors": json.loads(data.authors) if data.authors else [],
    }


def _drift_drawn(data: Drift) -> dict[str, Any]:
    return {"pairs": [wordings.pair(line.a.text, line.b.text) for line in data.lines]}


def _suggestions_drawn(data: Suggestions) -> dict[str, Any]:
    return {"pairs": [wordings.pair(line.a.text, line.b.text) for line in data.claims]}


PAGES: dict[str, Page] = {
    "start": Page(
        template="quotes/start.html",
        tables=_CLAIMS | {"conflict"},
        read=lambda conn, _number, _arguments: start(conn),
        extras=_start_drawn,
    ),
    "search": Page(template="quotes/search.html", tables=_QUOTES, read=_search),
    "speakers": Page(
        template="quotes/speakers.html",
        tables=_QUOTES,
        read=lambda conn, _number, arguments: speakers(conn, arguments.get("q", ""), after=arguments.get("next")),
    ),
    "speaker": Page(
        template="quotes/speaker.html",
        tables=_CLAIMS | {"alias", "role"},
        read=lambda conn, number, arguments: speaker(conn, number, after=arguments.get("next")),
        numbered=True,
        extras=_speaker_drawn,
    ),
    "claims": Page(
        template="quotes/claims.html",
        tables=_CLAIMS,
        read=lambda conn, _number, arguments: claims(conn, after=arguments.get("next")),
    ),
    "claim": Page(
        template="quotes/claim.html",
        tables=_CLAIMS | {"conflict", "edge"},
        read=lambda conn, number, _arguments: claim(conn, number),
        numbered=True,
        extras=_claim_drawn,
    ),
    "article": Page(
        template="quotes/article.html",
        tables=_QUOTES | {"mark", "span", "topic"},
        read=lambda conn, number, _arguments: article(conn, number),
        numbered=True,
        extras=_article_drawn,
    ),
    "quote": Page(
        template="",
        tables=_QUOTES,
        read=lambda conn, number, _arguments: f"article {place_of(conn, number)}#q{number}",
        numbered=True,
    ),
    "conflicts": Page(template="quotes/conflicts.html", tables=_CLAIMS | {"conflict"}, read=_conflicts),
    "drift": Page(
        template="quotes/drift.html",
        tables=_CLAIMS | {"edge"},
        read=lambda conn, _number, arguments: drift(conn, after=arguments.get("next")),
        extras=_drift_drawn,
    ),
    "coverage": Page(
        template="quotes/coverage.html",
        tables=frozenset({"article", "outlet", "quote", "mark"}),
        read=lambda conn, _number, _arguments: CoveragePage(outlets=coverage(conn)),
    ),
    "suggestions": Page(
        template="quotes/suggestions.html",
        tables=_QUOTES | {"alias", "alias_pair", "edge"},
        read=lambda conn, _number, _arguments: suggestions(conn),
        extras=_suggestions_drawn,
    ),
}
"""By the name in the address."""
