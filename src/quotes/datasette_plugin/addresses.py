"""The addresses of the pages for reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datasette.app import Datasette


def page_address(datasette: Datasette, database: str, page: str = "", number: object = None) -> str:
    """The address of a page of one database; without a name that of the first."""
    parts = [str(datasette.urls.database(database)), "-", "quotes", page]
    return "/".join([*filter(None, parts), *([] if number is None else [str(number)])])
