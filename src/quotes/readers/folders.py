"""The files of a folder and the folders in it, in a fixed order; links never make it endless."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.readers.manifest import MANIFEST
from quotes.readers.outcome import Skipped, Unreadable
from quotes.readers.source import Source, refused

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Found:
    """A file in a folder, and how many folders stand between the two."""

    source: Source
    depth: int


def walk(root: Source) -> Iterator[Found | Skipped | Unreadable]:
    """Every file below a folder, sorted by name with folders among files.

    Hidden names and manifests are passed over in silence; a link to a folder is not followed.
    """
    # a stack of our own: a path may be deeper than Python's
    waiting: list[Found] = [Found(root, -1)]
    while waiting:
        found = waiting.pop()
        if found.source is not root and not is_folder(found.source):
            yield found
        elif found.source is not root and found.source.path.is_symlink():
            yield Skipped(found.source.shown, "a link to a folder")
        else:
            try:
                names = sorted(os.listdir(found.source.path), reverse=True)  # noqa: PTH208 - names alone are wanted
            except OSError as error:
                yield Unreadable(found.source.shown, refused(found.source, error))
                continue
            waiting += (
                Found(found.source.child(name), found.depth + 1)
                for name in names
                if not name.startswith(".") and name != MANIFEST
            )


def is_folder(source: Source) -> bool:
    """Whether it is a folder, or a link to one."""
    try:
        return source.path.is_dir()
    except OSError:  # a name too long, say: opening it will tell
        return False
