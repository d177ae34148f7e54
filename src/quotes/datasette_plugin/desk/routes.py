"""From a request to a page: whose database, who may read it, what is asked for, HTML or JSON."""

from __future__ import annotations

import sqlite3
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, cast

from datasette import Forbidden, NotFound, Response
from datasette.utils import sqlite_timelimit, tilde_decode

from quotes.datasette_plugin import versions
from quotes.datasette_plugin.addresses import page_address
from quotes.datasette_plugin.desk.pages import PAGES
from quotes.datasette_plugin.desk.view import Desk
from quotes.datasette_plugin.ours import is_ours
from quotes.errors import NoSuchRow

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from datasette import Request
    from datasette.app import Datasette

from quotes.datasette_plugin.desk.pages import Page

HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}
"""Of every page: what an article smuggles in loads nothing, runs nothing and goes nowhere."""

_LONGEST_NUMBER = 18

Routes = list[tuple[str, "Callable[..., Awaitable[Response]]"]]


def routes() -> Routes:
    """The addresses of the pages, and what answers there."""
    end = r"(?:\.(?P<format>json))?$"
    return [
        (rf"/(?P<database>[^/]+)/-/quotes{end}", answer),
        (rf"/(?P<database>[^/]+)/-/quotes/(?P<page>[a-z]+)(?:/(?P<number>\d+))?{end}", answer),
    ]


async def answer(request: Request, datasette: Datasette) -> Response:
    """The page at this address; Datasette's own 404 where there is none, 403 where it is not for this reader."""
    if request.method not in {"GET", "HEAD"}:
        return Response.text("These pages are for reading.\n", status=405, headers=dict(HEADERS))
    name = tilde_decode(request.url_vars["database"])
    page = PAGES.get(request.url_vars.get("page") or "start")
    if not is_ours(datasette, name) or page is None or page.numbered != bool(request.url_vars.get("number")):
        raise NotFound("There is no such page.")
    allowed = await versions.visible_tables(datasette, request.actor, name, _TABLES)
    if not page.tables <= allowed:
        raise Forbidden("This page shows tables that are not open to you.")
    open_pages = frozenset(key for key, other in PAGES.items() if other.tables <= allowed)
    desk = Desk(datasette, name, open_pages, page_address(datasette, name))
    asked = _Asked(datasette, request, desk)
    try:
        data = await asked.read(page)
    except NoSuchRow:
        return await asked.message("missing", 404)
    except sqlite3.OperationalError as error:
        if "interrupted" not in str(error):
            raise
        return await asked.message("late", 503)
    if isinstance(data, str):
        return Response.redirect(desk.to(*data.split(" ", 1)), headers=dict(HEADERS))
    if asked.as_json:
        return Response.json(asdict(cast("Any", data)), headers=dict(HEADERS))
    return await asked.html(page.template, 200, {"data": data, **page.extras(data)})


_TABLES = frozenset().union(*(page.tables for page in PAGES.values()))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request to one page of a database that is open to the reader."""

    datasette: Datasette
    request: Request
    desk: Desk

    @property
    def as_json(self) -> bool:
        return bool(self.request.url_vars.get("format") == "json")

    async def read(self, page: Page) -> object:
        """The page's data; raises NoSuchRow, and sqlite3.OperationalError where it takes too long."""
        number = self.request.url_vars.get("number") or "0"
        if len(number) > _LONGEST_NUMBER:
            raise NoSuchRow("No number is that long.")
        arguments = {key: self.request.args.get(key) or "" for key in self.request.args}
        limit = self.datasette.setting("sql_time_limit_ms")

        def read(conn: sqlite3.Connection) -> object:
            with sqlite_timelimit(conn, limit):
                return page.read(conn, int(number), arguments)

        return await self.datasette.get_database(self.desk.database).execute_fn(read)

    async def message(self, template: str, status: int) -> Response:
        """What says why there is no page."""
        if self.as_json:
            return Response.json({"ok": False, "status": status}, status=status, headers=dict(HEADERS))
        return await self.html(f"quotes/{template}.html", status, {})

    async def html(self, template: str, status: int, context: dict[str, Any]) -> Response:
        """The page as a browser shows it."""
        desk = {"desk": self.desk, "database": self.desk.database, "address": self.request.path}
        html = await self.datasette.render_template(template, {**desk, **context}, request=self.request)
        # no character of HTML, and a browser would drop it without a trace
        return Response.html(html.replace("\0", "\ufffd"), status=status, headers=dict(HEADERS))
