"""Links from one row to another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from markupsafe import Markup

from quotes.datasette_plugin.addresses import page_address
from quotes.datasette_plugin.versions import anyone_may_see

if TYPE_CHECKING:
    from datasette.app import Datasette

_LINK = Markup('<a href="{}">{}</a>')
_LINK_AND_NUMBER = Markup('<a href="{}">{}</a>&nbsp;<em>{}</em>')
_NUMBER_AND_LINK = Markup('{} · <a href="{}">{}</a>')
_PAGES = {
    "article": "the article with its quotes marked",
    "speaker": "all about this speaker",
    "claim": "the claim's page",
    "quote": "in its article",
}
_CALLED = {
    "article": "SELECT label FROM article WHERE id = ?",
    "speaker": "SELECT name FROM speaker WHERE id = ?",
    "outlet": "SELECT name FROM outlet WHERE id = ?",
}


@dataclass(frozen=True, slots=True)
class Links:
    """The links within one database, as HTML."""

    datasette: Datasette
    database: str

    def named_page(self, page: str, number: int) -> Markup:
        """A number, and the way to the page for reading about it."""
        return _NUMBER_AND_LINK.format(number, page_address(self.datasette, self.database, page, number), _PAGES[page])

    def row(self, table: str, number: int, text: object) -> Markup:
        """To the page of a row."""
        return _LINK.format(self._address(table, number), str(text))

    def same_words(self, fingerprint: str, text: object) -> Markup:
        """To the statements with these words."""
        statements = self.datasette.urls.table(self.database, "statement")
        return _LINK.format(f"{statements}?{urlencode({'fingerprint': fingerprint})}", str(text))

    async def named_row(self, table: str, number: int) -> Markup:
        """To the page of a row by what the row is called, if anyone may see that."""
        name = await self._name(table, number)
        if name is None:
            return self.row(table, number, number)
        return _LINK_AND_NUMBER.format(self._address(table, number), name, number)

    def _address(self, table: str, number: int) -> str:
        return str(self.datasette.urls.row(self.database, table, str(number)))

    async def _name(self, table: str, number: int) -> str | None:
        if table not in _CALLED or not await anyone_may_see(self.datasette, self.database, table):
            return None
        row = (await self.datasette.get_database(self.database).execute(_CALLED[table], [number])).first()
        return row and str(row[0])
