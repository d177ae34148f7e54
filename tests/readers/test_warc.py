from __future__ import annotations

import gzip
from itertools import islice
from typing import TYPE_CHECKING
from uuid import uuid4

from quotes.readers import Tally, read

if TYPE_CHECKING:
    from pathlib import Path
    from types import SimpleNamespace


def record(kind: str, address: str, content_type: str, block: bytes) -> bytes:
    """A record of a web archive, in the form of the standard."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2024-05-01T00:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{uuid4()}>\r\nContent-Type: {content_type}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def archive(*answers: tuple[str, str, str, bytes], packed: bool = False) -> bytes:
    """A web archive of answers: address, status, content type and content."""
    records = (
        record(
            "response",
            address,
            "application/http; msgtype=response",
            f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + content,
        )
        for address, status, kind, content in answers
    )
    return b"".join(map(gzip.compress, records) if packed else records)


def story(making: SimpleNamespace, number: int) -> tuple[str, str, str, bytes]:
    content = making.page(f"Thé {number}").encode("cp1252")
    return f"https://example.org/{number}", "200 OK", "text/html; charset=cp1252", content


def test_warc_gives_an_article_a_page(making: SimpleNamespace, here: Path) -> None:
    answers = (
        story(making, 1),
        ("https://example.org/logo.png", "200 OK", "image/png", b"\x89PNG"),
        ("https://example.org/gone", "404 Not Found", "text/html", b"<p>gone</p>"),
        ("https://example.org/", "200 OK", "text/html", b"<body><a href=1>Home</a></body>"),
        story(making, 2),
    )
    for packed, name in ((False, "a.warc"), (True, "a.warc.gz")):
        (here / name).write_bytes(archive(*answers, packed=packed))
        first, second = making.articles(name)
        assert (first.title, first.url, first.name) == ("Thé 1", "https://example.org/1", "https://example.org/1")
        assert (first.path, first.outlet) == (f"{here}/{name}/https:%2F%2Fexample.org%2F1", "Radio Coast")
        assert second.url == "https://example.org/2"
        assert making.messages(name) == [
            f"https://example.org/gone in {name}: an answer of status 404",
            f"https://example.org/ in {name}: a page without an article",
        ]
        making.again(here / name)


def test_warc_gives_plain_text_extracted_before(making: SimpleNamespace, here: Path) -> None:
    (here / "a.warc").write_bytes(record("conversion", "https://example.org/1", "text/plain", making.TEXT.encode()))
    article = making.only(here / "a.warc")
    assert (article.text, article.url, article.reader) == (making.TEXT, "https://example.org/1", "warc/1")
    making.again(here / "a.warc")


def test_warc_that_breaks_off_keeps_the_pages_before(making: SimpleNamespace, here: Path) -> None:
    whole = archive(story(making, 1), story(making, 2), packed=True)
    (here / "a.warc.gz").write_bytes(whole[:-60])
    assert [article.url for article in making.articles("a.warc.gz")] == ["https://example.org/1"]
    assert making.messages("a.warc.gz") == [
        "a.warc.gz breaks off or is damaged after record 2; fetch or make the file again."
    ]


def test_warc_that_is_none_says_so(making: SimpleNamespace, here: Path) -> None:
    for content in (b"", b"\t\t", b"\n\n\n", b"WARC/1.0\r\n\r\n", b"Just words.\n" * 9, b"\x89PNG\r\n\x1a\n"):
        (here / "a.warc").write_bytes(content)
        assert making.messages("a.warc") == [
            "a.warc is no web archive, or a damaged one; fetch it again or name it by what it is."
        ]


def test_warc_page_over_the_limit_is_left_out(making: SimpleNamespace, here: Path) -> None:
    large = ("https://example.org/0", "200 OK", "text/html", b"<p>word</p>" * 2_000)
    (here / "a.warc").write_bytes(archive(large, story(making, 1)))
    assert [article.url for article in making.articles("a.warc", max_bytes=10_000)] == ["https://example.org/1"]
    [message] = making.messages("a.warc", max_bytes=10_000)
    assert message.startswith("https://example.org/0 in a.warc has ")
    assert message.endswith(" bytes, over the limit of 10,000; raise it with `--max-size 1`.")


def test_warc_is_read_no_further_than_it_is_asked_for(making: SimpleNamespace, here: Path) -> None:
    (here / "a.warc").write_bytes(archive(*(story(making, number) for number in range(400))))
    tally = Tally()
    assert len(list(islice(read(["a.warc"], tally=tally), 3))) == 3
    assert tally.read < (here / "a.warc").stat().st_size / 2
