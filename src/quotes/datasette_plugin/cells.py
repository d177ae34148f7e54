"""How single cells are shown: names and numbers as links, and a quote with the words around it.

Everything here comes from articles, which may hold anything: text reaches HTML through markupsafe alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from markupsafe import Markup

from quotes.datasette_plugin import in_context
from quotes.datasette_plugin.links import Links

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from datasette.app import Datasette

_NAMED = {"article": "article_id", "speaker": "speaker_id", "outlet": "outlet_id"}
"""The column that has a name, also the table that it is a name in, and the column that has its number."""

_NUMBERS = {**{number: table for table, number in _NAMED.items()}, "quote_id": "quote"}


class Row(Protocol):
    """What Datasette hands over as a row: sqlite3.Row, or its own class of the same use."""

    def __getitem__(self, column: str, /) -> object:
        """The value in a column; raises KeyError or IndexError."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of a page; `table` is None on a query's page."""

    datasette: Datasette
    database: str
    table: str | None
    column: str
    value: object
    row: Row

    def beside(self, column: str) -> object:
        """What the same row has in another column, None where there is no such column."""
        try:
            return self.row[column]
        except (KeyError, IndexError):
            return None

    @property
    def links(self) -> Links:
        """The links within this cell's database."""
        return Links(self.datasette, self.database)


def render(cell: Cell) -> Markup | Awaitable[Markup | None] | None:
    """The HTML of a cell, or None where Datasette's own will do."""
    if cell.table in {None, "statement"}:
        return _for_reading(cell)
    if cell.table == "quote" and cell.column == "text":
        return in_context.render(cell.datasette, cell.database, cell.beside("id"), cell.value)
    # a list shows this number as its link to the row; on the page of the row it leads on
    if cell.column == "id" and cell.table in {"article", "speaker", "claim", "quote"} and isinstance(cell.value, int):
        return cell.links.named_page(cell.table, cell.value)
    # in lists Datasette shows the name itself, and `value` is a mapping; on the page of a row it shows the number
    if cell.column in _NUMBERS and isinstance(cell.value, int):
        return cell.links.named_row(_NUMBERS[cell.column], cell.value)
    return None


def _for_reading(cell: Cell) -> Markup | None:
    """A cell of the view or of a query, whose rows name things and number them beside."""
    if cell.value is None:
        return Markup("")
    if cell.column in _NAMED:
        return _link(cell, cell.column, cell.beside(_NAMED[cell.column]))
    if cell.column in _NUMBERS:
        return _link(cell, _NUMBERS[cell.column], cell.value)
    if cell.column == "id" and cell.table == "statement":
        return _link(cell, "quote", cell.value)
    fingerprint = cell.beside("fingerprint")
    if cell.column == "articles" and isinstance(fingerprint, str):
        return cell.links.same_words(fingerprint, cell.value)
    return None


def _link(cell: Cell, table: str, number: object) -> Markup | None:
    if not isinstance(number, int) or cell.value == "":
        return None
    return cell.links.row(table, number, cell.value)
