"""Telling files that hold no text by the bytes that they begin with."""

from __future__ import annotations

_LEAVE = "leave it out"
_SAVE = "save its text as a .txt file and read that"
_UNPACK = "unpack it and read what is in it"
_COPY = "copy out the text of it into a .txt file and read that"

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What Office documents begin with that are older than .docx, or locked with a password."""

_MAGIC: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"%PDF-", "a PDF document", _SAVE),
    (0, OLD_OFFICE, "an old Office document", _SAVE),
    (0, b"{\\rtf", "an RTF document", _SAVE),
    (0, b"PK\x03\x04", "a ZIP archive", _UNPACK),
    (0, b"PK\x05\x06", "a ZIP archive", _UNPACK),
    (0, b"\x1f\x8b", "gzip data", "unpack it with `gunzip` and read what comes out"),
    (0, b"BZh", "bzip2 data", _UNPACK),
    (0, b"\xfd7zXZ\x00", "xz data", _UNPACK),
    (0, b"\x28\xb5\x2f\xfd", "Zstandard data", _UNPACK),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _UNPACK),
    (0, b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (257, b"ustar", "a tar archive", _UNPACK),
    (0, b"\x89PNG\r\n\x1a\n", "a PNG picture", _COPY),
    (0, b"\xff\xd8\xff", "a JPEG picture", _COPY),
    (0, b"GIF87a", "a GIF picture", _COPY),
    (0, b"GIF89a", "a GIF picture", _COPY),
    (0, b"II*\x00", "a TIFF picture", _COPY),
    (0, b"MM\x00*", "a TIFF picture", _COPY),
    (8, b"WEBP", "a WebP picture", _COPY),
    (8, b"WAVE", "a sound recording", _LEAVE),
    (0, b"ID3", "a sound recording", _LEAVE),
    (0, b"OggS\x00", "a sound recording", _LEAVE),
    (4, b"ftyp", "a video", _LEAVE),
    (0, b"\x1a\x45\xdf\xa3", "a video", _LEAVE),
    (0, b"\x7fELF", "a program", _LEAVE),
    (0, b"MZ\x90\x00", "a program", _LEAVE),
    (0, b"\xca\xfe\xba\xbe", "a program", _LEAVE),
    (0, b"\xcf\xfa\xed\xfe", "a program", _LEAVE),
    (0, b"\x00asm", "a program", _LEAVE),
    (0, b"SQLite format 3\x00", "a SQLite database", "if `quotes` made it, name it with `--db`"),
    (0, b"PAR1", "a Parquet file", "export its records as .jsonl and read those"),
)

_OFFICE = (b"[Content_Types].xml", b"mimetypeapplication/", b"word/")


def recognise(data: bytes) -> tuple[str, str] | None:
    """What kind of file the bytes are, and what to do about it; None when they are of no known kind."""
    for offset, magic, kind, cure in _MAGIC:
        if data.startswith(magic, offset):
            if magic == b"PK\x03\x04" and any(mark in data[:4096] for mark in _OFFICE):
                return "an Office document", _SAVE
            return kind, cure
    return None
