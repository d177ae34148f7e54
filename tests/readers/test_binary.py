from __future__ import annotations

import pytest

from quotes.readers.binary import recognise


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7", "a PDF document"),
        (b"PK\x03\x04rest", "a ZIP archive"),
        (b"PK\x03\x04\0\0mimetypeapplication/vnd.oasis", "an Office document"),
        (b"\xff\xd8\xff\xe0", "a JPEG picture"),
        (b"GIF89a\x01", "a GIF picture"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8", "a WebP picture"),
        (b"\0" * 257 + b"ustar\0", "a tar archive"),
        (b"\x00\x00\x00\x20ftypisom", "a video"),
    ],
)
def test_binary_recognises_what_news_folders_hold(data: bytes, kind: str) -> None:
    found = recognise(data)
    assert found is not None
    assert found[0] == kind


@pytest.mark.parametrize("data", [b"", b"P", b"Words", "Überall".encode("cp1252")])
def test_binary_leaves_text_alone(data: bytes) -> None:
    assert recognise(data) is None
