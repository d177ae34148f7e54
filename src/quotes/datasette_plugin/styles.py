"""Where Datasette serves the stylesheet of this package."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from quotes.text import hash_bytes

if TYPE_CHECKING:
    from datasette.app import Datasette

_STATIC = Path(__file__).parent / "static"
_FILE = "quotes.css"


def stylesheets(datasette: Datasette) -> list[str]:
    """The addresses of our stylesheets, each ending in a hash of its content so that browsers keep no old one."""
    return [f"{datasette.urls.static_plugins(_served_as(), _FILE)}?{_version()}"]


@cache
def _served_as() -> str:
    """What Datasette calls this plugin in addresses: the installed distribution, else the module."""
    from datasette.plugins import get_plugins

    return str(next(plugin["name"] for plugin in get_plugins() if plugin["static_path"] == str(_STATIC)))


@cache
def _version() -> str:
    return hash_bytes((_STATIC / _FILE).read_bytes()).partition(":")[2][:8]
