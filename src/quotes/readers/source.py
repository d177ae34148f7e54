"""Files as they were named, and the two ways to get at their bytes; no way hangs on a pipe or a device."""

from __future__ import annotations

import gzip
import io
import os
import stat
import sys
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from quotes.errors import BadRecord, InputMissing, InputTooLarge, NotText
from quotes.model import Article
from quotes.readers.outcome import DEFAULT_MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from typing_extensions import Buffer

    from quotes.errors import InputError
    from quotes.model import Probe
    from quotes.readers.metadata import Metadata

STDIN = "-"
PACKED = ".gz"

BROKEN_GZIP = (EOFError, zlib.error, gzip.BadGzipFile)
"""What reading gzip data raises when they are damaged or are none."""

_BUFFER = 1 << 17

_STRANGE_KINDS = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


@dataclass(frozen=True, slots=True)
class Options:
    """How inputs are read.

    `encoding` None means UTF-8 or what a byte order mark says. `mapping` tells which key or column of a record holds
    a field of an article. `is_stored` tells of what need not be read again. With `keep_bytes` articles bring the bytes
    of their pages along.
    """

    encoding: str | None = None
    max_bytes: int = DEFAULT_MAX_BYTES
    mapping: Mapping[str, str] = field(default_factory=dict)
    is_stored: Callable[[Probe], bool] = lambda _: False
    keep_bytes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an article's bytes were found: the subject of messages, its path, and what the input calls it."""

    shown: str
    path: str
    name: str


@dataclass(slots=True)
class Tally:
    """How many bytes of files, as they lie on the disk, have been read so far."""

    read: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A file or folder: where it is, the name that messages give it, and what counts the bytes read of it."""

    path: Path
    shown: str
    tally: Tally | None = field(default=None, compare=False, repr=False)

    @classmethod
    def named(cls, name: str | Path, tally: Tally | None = None) -> Source:
        """What a user named, shown as the user wrote it."""
        return cls(Path(name), escaped(str(name)), tally)

    def child(self, name: str) -> Source:
        """What stands in this folder under that name."""
        return Source(self.path / name, escaped(str(Path(self.shown) / name)), self.tally)

    def beside(self, name: str) -> Source:
        """What stands under that name in the folder that this file is in."""
        return Source(self.path.parent / name, escaped(str(Path(self.shown).parent / name)))

    def address(self) -> str:
        """The absolute path as text; bytes of a file name that are not UTF-8 are written as escapes."""
        # not resolve(): an article keeps its address when what a link points to is exchanged
        return storable(os.path.abspath(self.path))  # noqa: PTH100

    def stem(self) -> str:
        """The file's name without its suffix (of a packed file, without both), as text."""
        return storable((Path(self.path.stem) if self.is_packed else self.path).stem)

    def article(self, text: str, *, raw_hash: str, reader: str, replaced: int, known: Metadata) -> Article:
        """The article that this file is as a whole."""
        return Article(
            text=text,
            name=self.stem(),
            path=self.address(),
            raw_hash=raw_hash,
            reader=reader,
            replaced=replaced,
            **known.as_dict(),
        )

    @property
    def suffix(self) -> str:
        """The suffix in small letters; of a packed file that of what is in it."""
        return (Path(self.path.stem) if self.is_packed else self.path).suffix.lower()

    @property
    def is_packed(self) -> bool:
        """Whether its name says that it is gzip data."""
        return self.path.suffix.lower() == PACKED


class _Counted(io.RawIOBase):
    """A file whose bytes are counted as they are read."""

    def __init__(self, file: BinaryIO, tally: Tally) -> None:
        self._file = file
        self._tally = tally

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer, /) -> int:
        number = cast("io.BufferedReader", self._file).readinto(buffer)
        self._tally.read += number
        return number

    def close(self) -> None:
        self._file.close()
        super().close()


def storable(name: str) -> str:
    """A name with the bytes that are not UTF-8 (which Python reads as lone surrogates) written as escapes."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def escaped(name: str) -> str:
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
    """A regular file as it lies on the disk, opened for reading; raises InputMissing."""
    look(source)
    try:
        file = source.path.open("rb")
    except OSError as error:
        raise refused(source, error) from None
    return file if source.tally is None else io.BufferedReader(_Counted(file, source.tally), _BUFFER)


def unpacked(file: BinaryIO, source: Source) -> BinaryIO:
    """What is in a file: unpacked where its name ends in .gz. Reading it may raise one of `BROKEN_GZIP`."""
    return cast("BinaryIO", gzip.GzipFile(fileobj=file)) if source.is_packed else file


def read_file(source: Source, max_bytes: int) -> bytes:
    """All bytes of a regular file, unpacked; raises InputMissing, InputTooLarge, NotText and BadRecord.

    No more than `max_bytes` are ever unpacked.
    """
    with open_file(source) as file, unpacked(file, source) as content:
        try:
            data = content.read(max_bytes + 1)
        except BROKEN_GZIP as error:
            raise broken_gzip(source, error) from None
        except OSError as error:
            raise refused(source, error) from None
    if len(data) > max_bytes:
        if source.is_packed:
            raise InputTooLarge(
                f"{source.shown} holds over {max_bytes:,} bytes, the limit; raise it with `--max-size`."
            )
        raise too_large(source.shown, max(len(data), look(source).st_size), max_bytes)
    return data


def broken_gzip(source: Source, error: Exception, *, after: str = "", untouched: bool = True) -> InputError:
    """The error for gzip data that are damaged (`after` what was read of them), or none at all while `untouched`."""
    if untouched and isinstance(error, gzip.BadGzipFile):
        kind = source.suffix
        return NotText(f"{source.shown} is not gzip data; name it {kind} if its content stands there as it is.")
    fault = "breaks off" if isinstance(error, EOFError) else "is damaged"
    return BadRecord(f"{source.shown} {fault}{after}; fetch or make the file again.")


def standard_input() -> BinaryIO:
    """The bytes of standard input; raises InputMissing when it is closed."""
    if sys.stdin is None:
        raise InputMissing("standard input is closed; pipe a text into the command or name a file.")
    return sys.stdin.buffer


def read_stdin(max_bytes: int) -> bytes:
    """All bytes of standard input; raises InputMissing and InputTooLarge."""
    try:
        data = standard_input().read(max_bytes + 1)
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
