"""Asking a web archive to keep a page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from quotes.addresses import is_web_address
from quotes.errors import FetchFailed
from quotes.readers.source import escaped

if TYPE_CHECKING:
    from quotes.readers.fetching import Fetcher


def ask_archive(fetcher: Fetcher, service: str, url: str) -> str:
    """Ask for the page to be kept; returns where it is. Raises FetchFailed, AddressRefused and InputTooLarge.

    The address is put behind that of the service, as the Wayback Machine's /save/ has it, and the copy is where the
    answer comes from after redirects or where its Content-Location says.
    """
    asked = service + url
    response = fetcher.get(asked, robots=False)
    link = urljoin(response.url, response.link) if response.link else response.url
    if link == asked or not is_web_address(link) or urlsplit(link).path in ("", "/"):
        raise FetchFailed(
            f"{escaped(service)} does not tell where it keeps {escaped(url)}; "
            f"look there for it, or name another service with `--archive-service`."
        )
    return link
