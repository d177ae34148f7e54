"""Fetching from the web: politely, and safe from what a server may do.

robots.txt is obeyed, a host is asked at most once in a while, and what fails in passing is tried again later each time.
An answer has a limit of size, packed and unpacked, and of time, and every address on its way is checked
(`quotes.readers.network`).
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx

from quotes import __version__
from quotes.addresses import is_web_address
from quotes.errors import AddressRefused, FetchFailed, InputTooLarge
from quotes.readers.closing import Closing
from quotes.readers.network import Guard, resolve
from quotes.readers.robots import Robots
from quotes.readers.source import escaped
from quotes.readers.unpacking import Unpacked, Unpacker

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from quotes.model import Fetched
    from quotes.readers.network import Resolve
    from quotes.readers.settings import Web

AGENT = "newsquotes"
"""By which robots.txt calls us."""

_PASSING = frozenset({429, 500, 502, 503, 504})
_MOST_REDIRECTS = 8
_TRIES = 3
_BACK_OFF = 2.0
_LONGEST_WAIT = 60.0
_SAVE = "save the page in a browser as .html and add the file"
_CURES = {
    401: _SAVE,
    402: _SAVE,
    403: _SAVE,
    404: "check the address",
    410: "look for it in a web archive",
    429: "try again later",
    451: _SAVE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """An answer: `asked` and `url` are the addresses as it was asked for and as it was found after redirects.

    `status` is 200 or 304, with no data; `content_type` is in small letters and without its parameters.
    """

    asked: str
    url: str
    status: int
    data: bytes
    content_type: str
    charset: str | None
    etag: str | None
    last_modified: str | None
    link: str | None


class Fetcher(Closing):
    """Fetches addresses one after the other; a context manager.

    Its errors are AddressRefused, FetchFailed and InputTooLarge.
    """

    def __init__(
        self,
        web: Web,
        *,
        max_bytes: int,
        resolve: Resolve = resolve,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self._web = web
        self._max_bytes = max_bytes
        self._clock = clock
        self._sleep = sleep
        self._guard = Guard(allow_private=web.allow_private, resolve=resolve, clock=clock)
        self._client = httpx.Client(transport=_Transport(self._guard), timeout=web.timeout, trust_env=False)
        self._next: dict[str, float] = {}
        self._delays: dict[str, float] = {}
        self._robots = Robots(AGENT, self._fetch_robots, clock)

    def close(self) -> None:
        """End all connections."""
        self._client.close()

    def get(self, url: str, *, known: Fetched | None = None, robots: bool = True) -> Response:
        """What stands at an address, after redirects; with `known`, only if it has changed since (else status 304)."""
        _check(url, url)
        headers = _validators(known)
        here = url
        for _ in range(_MOST_REDIRECTS + 1):
            if robots:
                self._require_leave(here)
            response = self._ask(here, headers, asked=url)
            if isinstance(response, Response):
                return response
            here = response
            _check(here, url)
        raise FetchFailed(f"{escaped(url)} leads on more than {_MOST_REDIRECTS} times; look it up in a browser.")

    def _require_leave(self, url: str) -> None:
        rules = self._robots.about(url)
        if not rules.allows(url):
            raise AddressRefused(f"{escaped(url)} is not for programs to read ({rules.why}); {_SAVE}.")
        self._delays[urlsplit(url).hostname or ""] = max(self._web.delay, min(rules.delay, _LONGEST_WAIT))

    def _fetch_robots(self, url: str) -> Response | int | None:
        """robots.txt, or the status that stands in its place, or None where it cannot be read; raises FetchFailed."""
        here = url
        for _ in range(_MOST_REDIRECTS + 1):
            try:
                _check(here, url)
                response = self._ask(here, {}, asked=url)
            except Refusal as refusal:
                return refusal.status
            except InputTooLarge:
                return None
            if isinstance(response, Response):
                return response
            here = response
        return None

    def _ask(self, url: str, headers: Mapping[str, str], *, asked: str) -> Response | str:
        """The answer, or the address that it leads on to; tries again what fails in passing."""
        wait = _BACK_OFF
        for left in reversed(range(_TRIES)):
            self._wait_for(urlsplit(url).hostname or "")
            self._guard.deadline = self._clock() + self._web.timeout
            try:
                return self._ask_once(url, headers, asked)
            except _Passing as passing:
                longer = max(wait, passing.wait)
                if not left or longer > _LONGEST_WAIT:
                    raise passing.failure from None
            except (httpx.HTTPError, httpcore.TimeoutException, OSError) as error:
                failure = self._failure(error, url)
                if not left or self._clock() >= self._guard.deadline:
                    raise failure from None
                longer = wait
            self._sleep(longer)
            wait *= 2
        raise AssertionError  # the last try returns or raises

    def _ask_once(self, url: str, headers: Mapping[str, str], asked: str) -> Response | str:
        try:
            request = self._client.build_request("GET", url, headers={**self._headers(), **headers})
        except (httpx.InvalidURL, ValueError) as error:
            raise FetchFailed(f"{escaped(url)} is no address that can be asked for; check it.") from error
        response = self._client.send(request, stream=True)
        try:
            status = response.status_code
            target: str | None = response.headers.get("location")
            if status in (301, 302, 303, 307, 308) and target:
                return urljoin(url, target)
            if status == HTTPStatus.NOT_MODIFIED and headers:
                return self._response(response, b"", asked, url)
            if status != HTTPStatus.OK:
                refusal = Refusal(url, status)
                raise _Passing(refusal, _retry_after(response.headers)) if status in _PASSING else refusal
            return self._response(response, self._body(response, url), asked, url)
        finally:
            response.close()

    def _body(self, response: httpx.Response, url: str) -> bytes:
        unpacker = Unpacker(response.headers.get("content-encoding", ""), escaped(url), self._max_bytes)
        for chunk in response.iter_raw():
            unpacker.feed(chunk)
        result = unpacker.close()
        if result is Unpacked.BROKEN:
            raise httpx.RemoteProtocolError("the answer breaks off")
        return unpacker.data

    def _response(self, response: httpx.Response, data: bytes, asked: str, url: str) -> Response:
        headers = response.headers
        content_type = headers.get("content-type", "").partition(";")[0].strip().lower()
        return Response(
            asked=asked,
            url=url,
            status=response.status_code,
            data=data,
            content_type=content_type,
            charset=response.charset_encoding,
            etag=headers.get("etag"),
            last_modified=headers.get("last-modified"),
            link=headers.get("content-location"),
        )

    def _headers(self) -> dict[str, str]:
        about = "reads news articles for fact-checkers"
        contact = f"; {self._web.contact}" if self._web.contact else ""
        return {
            "User-Agent": f"{AGENT}/{__version__} ({about}{contact})",
            "Accept": "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, "
            "application/xml;q=0.9, text/plain;q=0.8, */*;q=0.1",
            "Accept-Encoding": "gzip",
        }

    def _wait_for(self, host: str) -> None:
        now = self._clock()
        wait = self._next.get(host, now) - now
        if wait > 0:
            self._sleep(wait)
        self._next[host] = max(now + max(wait, 0.0), self._clock()) + self._delays.get(host, self._web.delay)

    def _failure(self, error: Exception, url: str) -> FetchFailed:
        shown = escaped(url)
        if self._clock() >= self._guard.deadline:
            return FetchFailed(f"{shown} takes longer than {self._web.timeout:g} s; try again, or raise `--timeout`.")
        if isinstance(error, httpx.TimeoutException | httpcore.TimeoutException):
            return FetchFailed(f"{shown} does not answer in time; try again later.")
        if isinstance(error, httpx.RemoteProtocolError | httpx.DecodingError):
            return FetchFailed(f"{shown} answers what is not whole ({escaped(str(error))[:100]}); {_SAVE}.")
        return FetchFailed(
            f"{shown} cannot be reached ({escaped(str(error))[:100].lower()}); check the address and your connection."
        )


class _Transport(httpx.HTTPTransport):
    """httpx's own, with connections that the guard opens; none is kept for another request."""

    def __init__(self, guard: Guard) -> None:
        context = httpx.create_ssl_context()
        super().__init__(verify=context)
        self._pool = httpcore.ConnectionPool(ssl_context=context, network_backend=guard, max_keepalive_connections=0)


class Refusal(FetchFailed):
    """An answer that is none, by its status."""

    def __init__(self, url: str, status: int) -> None:
        self.status = status
        try:
            meaning = f" ({HTTPStatus(status).phrase.lower()})"
        except ValueError:
            meaning = ""
        cure = _CURES.get(status, "try again later" if status in _PASSING else "look it up in a browser")
        super().__init__(f"{escaped(url)} answers {status}{meaning}; {cure}.")


class _Passing(Exception):
    """A failure that may be over in `wait` seconds."""

    def __init__(self, failure: FetchFailed, wait: float) -> None:
        super().__init__(failure)
        self.failure = failure
        self.wait = wait


def _check(url: str, asked: str) -> None:
    """Raise AddressRefused for what is no plain web address, which a redirect may name too."""
    led = "" if url == asked else f"{escaped(asked)} leads to "
    if not is_web_address(url):
        raise AddressRefused(f"{led}{escaped(url)} is no address of the web; give one with https:// or http://.")
    try:
        parts = urlsplit(url)
        known = parts.hostname and (parts.port is None or parts.port)
    except ValueError:
        known = None
    if not known:
        raise AddressRefused(f"{led}{escaped(url)} names no host; check the address.")
    if parts.username is not None:
        raise AddressRefused(f"{led}{escaped(parts.hostname or '')} with a user's name in the address; leave it out.")


def _validators(known: Fetched | None) -> dict[str, str]:
    if known is None:
        return {}
    pairs = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in pairs.items() if value}


def _retry_after(headers: httpx.Headers) -> float:
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        then = parsedate_to_datetime(value)
    except ValueError:
        return 0.0
    then = then if then.tzinfo else then.replace(tzinfo=UTC)
    return max(0.0, (then - datetime.now(UTC)).total_seconds())
