"""How the web is read: what may be fetched, how politely, and what is remembered of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from quotes.model import Fetched

Recall: TypeAlias = Callable[[str], "Fetched | None"]
Remember: TypeAlias = Callable[["Fetched"], None]

ARCHIVE = "https://web.archive.org/save/"


@dataclass(frozen=True, kw_only=True)
class Web:
    """`delay` and `timeout` are in seconds: between two requests to one host, and for one answer as a whole.

    `contact` is told to the sites that are read. `most` limits how many articles of each feed or sitemap are read.
    `recall` tells what was last fetched from an address, `remember` is told what came of each that led to no article.
    """

    allow_private: bool = False
    delay: float = 1.0
    timeout: float = 30.0
    contact: str | None = None
    most: int | None = None
    recall: Recall = lambda _: None
    remember: Remember = lambda _: None
