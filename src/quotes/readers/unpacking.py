"""The body of an answer as it comes in, unpacked no further than its limit."""

from __future__ import annotations

import zlib
from enum import Enum

from quotes.errors import FetchFailed, InputTooLarge

_GZIP = 16 + zlib.MAX_WBITS


class Unpacked(Enum):
    """Whether a body came to its end."""

    WHOLE = "whole"
    BROKEN = "broken"


class Unpacker:
    """Takes the chunks of a body in one encoding, gzip or none; never holds more than the limit and a chunk.

    Raises FetchFailed for another encoding, two of them one in the other among them, and for damaged data, and
    InputTooLarge as soon as there is too much, however small it was packed.
    """

    def __init__(self, encoding: str, shown: str, max_bytes: int) -> None:
        self._shown = shown
        self._max_bytes = max_bytes
        self._parts: list[bytes] = []
        self._size = 0
        encoding = encoding.strip().lower()
        if encoding not in ("", "identity", "gzip", "x-gzip"):
            raise FetchFailed(
                f"{shown} is packed in a way that was not asked for ({encoding[:40]!a}); "
                f"save the page in a browser as .html and add the file."
            )
        self._unzip = zlib.decompressobj(_GZIP) if encoding.endswith("gzip") else None
        self._begun = False

    def feed(self, chunk: bytes) -> None:
        """Take the next chunk."""
        if self._unzip is None:
            self._keep(chunk)
            return
        if self._unzip.eof:  # what stands behind the end is no part of it
            return
        self._begun = self._begun or bool(chunk)
        try:
            self._keep(self._unzip.decompress(chunk, self._max_bytes + 1 - self._size))
        except zlib.error:
            raise FetchFailed(
                f"{self._shown} is packed as gzip and damaged; save the page in a browser as .html and add the file."
            ) from None

    def close(self) -> Unpacked:
        """To be called once all of it is there."""
        broken = self._unzip is not None and self._begun and not self._unzip.eof
        return Unpacked.BROKEN if broken else Unpacked.WHOLE

    @property
    def data(self) -> bytes:
        """What has come in so far."""
        return b"".join(self._parts)

    def _keep(self, data: bytes) -> None:
        self._size += len(data)
        if self._size > self._max_bytes:
            raise InputTooLarge(
                f"{self._shown} has over {self._max_bytes:,} bytes, the limit; raise it with `--max-size`."
            )
        self._parts.append(data)
