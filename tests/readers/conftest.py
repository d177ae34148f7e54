"""Files of every format, made from one story, and what reading them comes to."""

from __future__ import annotations

import io
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from quotes.model import Article
from quotes.readers import Skipped, Unchanged, Unreadable, read

if TYPE_CHECKING:
    from pathlib import Path

    from quotes.model import Probe
    from quotes.readers import Outcome

STORY = (
    "The mayor said on Monday that the harbour road would stay closed until the engineers had seen the bridge.",
    "“We counted nine boats,” said Piet van der Berg, who keeps the lock, and he added that more had been expected.",
)
TEXT = "\n".join(STORY)


def page(title: str = "Bridge closed") -> str:
    """A page with the story in it, and with a menu that is no part of it."""
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in STORY * 2)
    return (
        f"<html lang='en'><head><title>{title}</title><meta property='og:site_name' content='Radio Coast'></head>"
        f"<body><nav>Home Weather Sport</nav><article><h1>{title}</h1>{paragraphs}</article></body></html>"
    )


def only(path: Path, **options: object) -> Article:
    """The one article of a file."""
    [article] = read([path], **options)  # type: ignore[arg-type]
    assert isinstance(article, Article), article
    return article


def articles(*inputs: str | Path, **options: object) -> list[Article]:
    """The articles among what reading comes to."""
    return [outcome for outcome in read(inputs, **options) if isinstance(outcome, Article)]  # type: ignore[arg-type]


def messages(*inputs: str | Path, **options: object) -> list[str]:
    """What is told of faults, and what was passed over, as sentences."""
    return [
        str(outcome.error) if isinstance(outcome, Unreadable) else f"{outcome.input}: {outcome.reason}"
        for outcome in read(inputs, **options)  # type: ignore[arg-type]
        if isinstance(outcome, Unreadable | Skipped)
    ]


def again(path: Path, **options: object) -> list[Outcome]:
    """Read a file again, with all that came of it stored, and check that only its bytes were looked at."""
    stored = {(article.path, article.raw_hash, article.reader) for article in articles(path, **options)}

    def is_stored(probe: Probe) -> bool:
        return any((probe.path, probe.raw_hash, reader) in stored for reader in probe.readers)

    found = list(read([path], is_stored=is_stored, **options))  # type: ignore[arg-type]
    assert sum(isinstance(outcome, Unchanged) for outcome in found) == len(stored) > 0
    return found


def pdf(lines: list[str]) -> bytes:
    """A PDF document of one page with these lines."""
    shown = " ".join(f"({line}) Tj T*" for line in lines)
    content = f"BT /F1 11 Tf 14 TL 72 760 Td {shown} ET".encode("cp1252")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n" % len(content) + content + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj" % number + body + b"endobj\n")
    start = out.tell()
    out.write(b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % start)
    return out.getvalue()


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, in which the test runs."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def making() -> SimpleNamespace:
    """The story and the functions of this module."""
    functions = (page, only, articles, messages, again, pdf)
    return SimpleNamespace(STORY=STORY, TEXT=TEXT, **{function.__name__: function for function in functions})
