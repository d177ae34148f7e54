"""Files as they were named, and the two ways to get at their bytes; no way hangs on a pipe or a device."""

from __future__ import annotations

import os
import stat
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from quotes.errors import InputMissing, InputTooLarge
from quotes.readers.outcome import DEFAULT_MAX_BYTES

if TYPE_CHECKING:
    from quotes.errors import InputError

STDIN = "-"

_STRANGE_KINDS = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


@dataclass(frozen=True, slots=True)
class Options:
    """How bytes are read: `encoding` None means UTF-8 or what a byte order mark says."""

    encoding: str | None = None
    max_bytes: int = DEFAULT_MAX_BYTES


@dataclass(frozen=True, slots=True)
class Source:
    """A file or folder: where it is, and the name that messages give it."""

    path: Path
    shown: str

    @classmethod
    def named(cls, name: str | Path) -> Source:
        """What a user named, shown as the user wrote it."""
        return cls(Path(name), printable(str(name)))

    def child(self, name: str) -> Source:
        """What stands in this folder under that name."""
        return Source(self.path / name, printable(str(Path(self.shown) / name)))

    def beside(self, name: str) -> Source:
        """What stands under that name in the folder that this file is in."""
        return Source(self.path.parent / name, printable(str(Path(self.shown).parent / name)))

    def address(self) -> str:
        """The absolute path as text; bytes of a file name that are not UTF-8 are written as escapes."""
        # not resolve(): an article keeps its address when what a link points to is exchanged
        return storable(os.path.abspath(self.path))  # noqa: PTH100

    def stem(self) -> str:
        """The file's name without its suffix, as text."""
        return storable(self.path.stem)


def storable(name: str) -> str:
    """A name with the bytes that are not UTF-8 (which Python reads as lone surrogates) written as escapes."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def printable(name: str) -> str:
    """A name with everything that a terminal cannot show, or would obey, written as escapes."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode("ascii") for char in name)


def look(source: Source) -> os.stat_result:
    """What the file system knows of a file or folder; raises InputMissing when it is not there or cannot be read."""
    try:
        found = source.path.stat()
    except FileNotFoundError:
        if source.path.is_symlink():
            raise InputMissing(
                f"{source.shown} is a link to something that is not there; restore it or name the file itself."
            ) from None
        raise InputMissing(f"{source.shown} is not there; check the name and the folder.") from None
    except (OSError, ValueError) as error:
        raise refused(source, error) from None
    for is_kind, kind in _STRANGE_KINDS:
        if is_kind(found.st_mode):
            raise InputMissing(
                f"{source.shown} is {kind}, not a file; pass its text on standard input and name the input `-`."
            )
    return found


def open_file(source: Source) -> BinaryIO:
    """A regular file, opened for reading; raises InputMissing."""
    look(source)
    try:
        return source.path.open("rb")
    except OSError as error:
        raise refused(source, error) from None


def read_file(source: Source, max_bytes: int) -> bytes:
    """All bytes of a regular file; raises InputMissing and InputTooLarge."""
    with open_file(source) as file:
        try:
            data = file.read(max_bytes + 1)
            if len(data) > max_bytes:
                raise too_large(source.shown, max(len(data), os.fstat(file.fileno()).st_size), max_bytes)
        except OSError as error:
            raise refused(source, error) from None
    return data


def read_stdin(max_bytes: int) -> bytes:
    """All bytes of standard input; raises InputMissing and InputTooLarge."""
    if sys.stdin is None:
        raise InputMissing("standard input is closed; pipe a text into the command or name a file.")
    try:
        data = sys.stdin.buffer.read(max_bytes + 1)
    except OSError as error:
        raise InputMissing(f"standard input cannot be read ({_reason(error)}); pipe a text into it.") from None
    if len(data) > max_bytes:
        raise InputTooLarge(f"standard input has over {max_bytes:,} bytes, the limit; raise it with `--max-size`.")
    return data


def too_large(shown: str, size: int, max_bytes: int) -> InputTooLarge:
    """The error for a file or record over the size limit."""
    megabytes = -(-size // 1_000_000)
    return InputTooLarge(
        f"{shown} has {size:,} bytes, over the limit of {max_bytes:,}; raise it with `--max-size {megabytes}`."
    )


def refused(source: Source, error: OSError | ValueError) -> InputError:
    """The error for what the operating system would not let us read."""
    cure = "give yourself the right to read it" if isinstance(error, PermissionError) else "check the name and the disk"
    return InputMissing(f"{source.shown} cannot be read ({_reason(error)}); {cure}.")


def _reason(error: OSError | ValueError) -> str:
    reason = error.strerror if isinstance(error, OSError) else None
    return (reason or str(error)).lower()
