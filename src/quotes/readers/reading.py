"""Paths in, Articles out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.readers.outcome import DEFAULT_MAX_BYTES, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


def read(
    inputs: Iterable[str | Path], *, encoding: str | None = None, max_bytes: int = DEFAULT_MAX_BYTES
) -> Iterator[Outcome]:
    """Read files, folders and standard input ("-"), one outcome at a time and in a fixed order.

    Inputs are read in the order given and a folder's files sorted by name, folders among them. What cannot be read is
    an `Unreadable`, what is passed over a `Skipped`; neither ends the reading. Bytes are decoded strictly with
    `encoding`, by default as UTF-8 or as their byte order mark says. Raises WrongEncoding at once, before anything is
    read, when there is no such encoding.
    """
    raise NotImplementedError
