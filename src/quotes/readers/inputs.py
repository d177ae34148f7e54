"""Inputs as they are named: patterns and lists become the inputs that they stand for, one at a time."""

from __future__ import annotations

import glob
import os
from typing import TYPE_CHECKING

from quotes.errors import BadList, EmptyInput, InputError, InputMissing
from quotes.readers.decoding import decode_exactly
from quotes.readers.outcome import Unreadable
from quotes.readers.source import STDIN, Source, open_file, refused, standard_input, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from quotes.readers.source import Tally

LIST = "@"
WEB = ("http://", "https://")

_MOST_IN_A_LINE = 65_536


def expand(inputs: Iterable[str | Path], tally: Tally | None = None) -> Iterator[tuple[str, Source] | Unreadable]:
    """Each input with the file or folder that it names; what stands for none is an Unreadable.

    `@FILE` stands for the inputs that a file lists, one a line; empty lines and lines that begin with # are left out.
    `@-` is such a list on standard input. A name with * ? or [ that is no file's stands for all that match, in the
    order of their names; ** matches folders in folders.
    """
    for named in inputs:
        name = str(named)
        try:
            if name.startswith(LIST) and len(name) > 1:
                yield from _listed(name, tally)
            else:
                yield from ((found, Source.named(found, tally)) for found in _matching(name))
        except InputError as error:
            yield Unreadable(Source.named(name).shown, error)


def _listed(name: str, tally: Tally | None) -> Iterator[tuple[str, Source] | Unreadable]:
    shown = Source.named(name).shown
    empty = True
    for number, line in enumerate(_lines(name), 1):
        entry = decode_exactly(line, f"line {number:,} of {shown}").strip()
        if not entry or entry.startswith("#"):
            continue
        empty = False
        try:
            if entry.startswith(LIST) or entry == STDIN:
                raise BadList(
                    f"line {number:,} of {shown} names {Source.named(entry).shown}, and a list leads to files, folders "
                    f"and web addresses only; give that one to the command itself."
                )
            yield from ((found, Source.named(found, tally)) for found in _matching(entry))
        except InputError as error:
            yield Unreadable(shown, error)
    if empty:
        raise EmptyInput(f"{shown} lists nothing; put one file, folder or web address on each line.")


def _lines(name: str) -> Iterator[bytes]:
    if name == LIST + STDIN:
        yield from iter(lambda: standard_input().readline(_MOST_IN_A_LINE), b"")
        return
    source = Source.named(name.removeprefix(LIST))
    with open_file(source) as packed, unpacked(packed, source) as file:
        try:
            yield from iter(lambda: file.readline(_MOST_IN_A_LINE), b"")
        except OSError as error:
            raise refused(source, error) from None


def _matching(name: str) -> Iterator[str]:
    if name.startswith(WEB) or not glob.has_magic(name) or os.path.lexists(name):
        yield name
        return
    found = sorted(glob.iglob(name, recursive=True))  # noqa: PTH207 - a pattern may be absolute
    if not found:
        raise InputMissing(f"{Source.named(name).shown} matches no file; check the pattern and the folder.")
    yield from found
