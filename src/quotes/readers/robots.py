"""robots.txt, as RFC 9309 has it: what a site wants no program to read, and how often it wants to be asked."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable

    from protego import Protego

_GOOD_FOR = 24 * 60 * 60.0
_LONGEST = 500_000


class _Answer(Protocol):
    @property
    def data(self) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Rules:
    """What one host's robots.txt says; without `parsed` all is allowed or, with `nothing`, nothing.

    `delay` is in seconds; `why` is what a refusal rests on.
    """

    agent: str
    parsed: Protego | None
    delay: float
    why: str
    nothing: bool = False

    def allows(self, url: str) -> bool:
        """Whether the address may be fetched."""
        if self.nothing:
            return False
        return self.parsed is None or bool(self.parsed.can_fetch(url, self.agent))


class Robots:
    """The rules of hosts, each fetched when it is first asked about and again after a day.

    `fetch` gives the answer, or the status that stands in its place, or None where it cannot be read: a file that is
    not there (4xx) allows all, one that cannot be had nothing.
    """

    def __init__(self, agent: str, fetch: Callable[[str], _Answer | int | None], clock: Callable[[], float]) -> None:
        self._agent = agent
        self._fetch = fetch
        self._clock = clock
        self._known: dict[str, tuple[float, Rules]] = {}

    def about(self, url: str) -> Rules:
        """The rules for an address."""
        parts = urlsplit(url)
        host = f"{parts.scheme}://{parts.netloc}"
        fetched, rules = self._known.get(host, (0.0, None))
        if rules is None or self._clock() - fetched > _GOOD_FOR:
            rules = self._read(f"{host}/robots.txt")
            self._known[host] = (self._clock(), rules)
        return rules

    def _read(self, url: str) -> Rules:
        from protego import Protego

        answer = self._fetch(url)
        if answer is None or (isinstance(answer, int) and answer >= HTTPStatus.INTERNAL_SERVER_ERROR):
            return Rules(self._agent, None, 0.0, f"{url} cannot be read", nothing=True)
        if isinstance(answer, int):
            return Rules(self._agent, None, 0.0, "")
        parsed = Protego.parse(answer.data[:_LONGEST].decode("utf-8", "replace"))
        return Rules(self._agent, parsed, float(parsed.crawl_delay(self._agent) or 0.0), url)
