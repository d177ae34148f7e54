"""Where Datasette serves the static files of this package."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from quotes.text import hash_bytes

if TYPE_CHECKING:
    from datasette.app import Datasette

_STATIC = Path(__file__).parent / "static"


def stylesheets(datasette: Datasette) -> list[str]:
    """The addresses of the stylesheets for Datasette's own pages."""
    return [address_of(datasette, "quotes.css")]


def address_of(datasette: Datasette, file: str) -> str:
    """The address of a static file, ending in a hash of its content so that browsers keep no old one."""
    return f"{datasette.urls.static_plugins(_served_as(), file)}?{_version(file)}"


@cache
def _served_as() -> str:
    """What Datasette calls this plugin in addresses: the installed distribution, else the module."""
    from datasette.plugins import get_plugins

    return str(next(plugin["name"] for plugin in get_plugins() if plugin["static_path"] == str(_STATIC)))


@cache
def _version(file: str) -> str:
    return hash_bytes((_STATIC / file).read_bytes()).partition(":")[2][:8]
