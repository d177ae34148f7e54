"""What templates ask for: addresses, dates as they are read, words marked in a text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from markupsafe import Markup, escape

from quotes.datasette_plugin.styles import address_of
from quotes.dates import MONTHS
from quotes.store import matching
from quotes.store.context import around

if TYPE_CHECKING:
    from collections.abc import Sequence

    from datasette.app import Datasette

LONG = 420
"""Characters of a quote that a list shows."""

_MARKED = Markup("<mark>{}</mark>")


@dataclass(frozen=True, slots=True)
class Desk:
    """The pages of one database, as far as this reader may see them."""

    datasette: Datasette
    database: str
    open_pages: frozenset[str]
    base: str
    """The address of the first page, which those of all others begin with."""

    @property
    def name(self) -> str:
        """What the database is called on the page: its file's name without the ending."""
        return self.database

    def to(self, page: str = "start", number: object = None, **arguments: object) -> str:
        """The address of a page."""
        path = self.base if page == "start" else f"{self.base}/{page}"
        if number is not None:
            path = f"{path}/{number}"
        asked = {key: value for key, value in arguments.items() if value not in {None, ""}}
        return f"{path}?{urlencode(asked)}" if asked else path

    def row(self, table: str, number: object) -> str:
        """The address of Datasette's own page of a row."""
        return str(self.datasette.urls.row(self.database, table, str(number)))

    def tables(self) -> str:
        """The address of Datasette's own page of the database."""
        return str(self.datasette.urls.database(self.database))

    def static(self, file: str) -> str:
        """The address of a file of ours."""
        return address_of(self.datasette, file)

    @staticmethod
    def link(url: str | None) -> str | None:
        """The address of a source if a browser may be sent there, else None: `javascript:` is no source."""
        if not url or any(char.isspace() or not char.isprintable() for char in url):
            return None
        try:
            parts = urlsplit(url)
        except ValueError:
            return None
        return url if parts.scheme.lower() in {"http", "https"} and parts.netloc else None

    @staticmethod
    def day(published: str | None) -> str:
        """A date for reading, as exactly as it is known: 4 March 2023, March 2023, 2023."""
        if not published:
            return "no date"
        try:
            known = date.fromisoformat(published[:10])
            return f"{known.day} {MONTHS[known.month - 1]} {known.year}"
        except ValueError:
            pass
        year, _, month = published.partition("-")
        if month.isascii() and month.isdecimal() and 1 <= int(month) <= 12:
            return f"{MONTHS[int(month) - 1]} {year}"
        return published

    @staticmethod
    def excerpt(text: str, words: Sequence[str] = (), match: str | None = None, long: int = LONG) -> Markup:
        """A text with the words asked for marked; of one over `long` characters the part around the first of them."""
        spans = _found(text, words, match)
        before = after = ""
        if len(text) > long:
            middle = (spans[0] if spans else (0, 0))[0]
            start = max(0, min(middle - long // 3, len(text) - long))
            shown = around(text, start, start + long, width=20)
            cut = shown.before[-20:] + shown.content + shown.after
            start -= len(shown.before[-20:])
            before, after = ("… " if start > 0 else ""), (" …" if start + len(cut) < len(text) else "")
            spans = [
                (max(0, left - start), min(len(cut), right - start))
                for left, right in spans
                if left - start < len(cut) and right > start
            ]
            text = cut
        pieces, end = [escape(before)], 0
        for left, right in spans:
            pieces += [escape(text[end:left]), _MARKED.format(text[left:right])]
            end = right
        return Markup("").join([*pieces, escape(text[end:]), escape(after)])


def _found(text: str, words: Sequence[str], match: str | None) -> list[tuple[int, int]]:
    """Where the words stand, in order and without overlaps."""
    asked = [list(words)] if match == "exact" else [[word] for word in words]
    spans = sorted({(span.start, span.end) for phrase in asked for span in matching.find_phrase(phrase, text)})
    apart: list[tuple[int, int]] = []
    for start, end in spans:
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return apart
