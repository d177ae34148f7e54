from __future__ import annotations

import builtins
import io
import textwrap
from typing import TYPE_CHECKING

import pypdf
import pytest

from quotes.readers.pdf import paragraphs

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import SimpleNamespace


def locked(content: bytes, password: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(content))
    writer.add_metadata({"/Title": "Microsoft Word - Bridge closed", "/Author": "Amina Odhiambo"})
    if password != "none":
        writer.encrypt(password, owner_password="owner", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def lines(making: SimpleNamespace) -> list[str]:
    return [line.replace("“", '"').replace("”", '"') for part in making.STORY for line in textwrap.wrap(part, 60)]


@pytest.mark.parametrize("password", ["none", ""])
def test_pdf_gives_its_paragraphs_title_and_author(making: SimpleNamespace, here: Path, password: str) -> None:
    (here / "a.pdf").write_bytes(locked(making.pdf(lines(making)), password))
    article = making.only(here / "a.pdf")
    assert article.text == making.TEXT.replace("“", '"').replace("”", '"')
    assert (article.title, article.authors, article.published) == ("Bridge closed", ("Amina Odhiambo",), None)
    making.again(here / "a.pdf")


def test_pdf_paragraphs_are_made_of_their_lines() -> None:
    page = (
        "The mayor said on Monday that the harbour road would stay clo-\nsed until the engineers had seen it, and all "
        "the lo-\ncal boats.\nNobody had called the office of the mayor, she said, in a mid-\nNovember storm.\n\n3\n"
        "Page 3 of 9\n"
    )
    assert paragraphs(page) == (
        "The mayor said on Monday that the harbour road would stay closed until the engineers had seen it, and all the "
        "local boats.\nNobody had called the office of the mayor, she said, in a mid- November storm."
    )


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda _: b"", "a.pdf is damaged, or no PDF document; fetch or make the file again."),
        (lambda _: b"Words.", "a.pdf is damaged, or no PDF document; fetch or make the file again."),
        (
            lambda making: making.pdf([]),
            "a.pdf is a PDF document of pictures without text; have its text recognised (OCR) and read that.",
        ),
        (
            lambda making: locked(making.pdf(["Words."]), "secret"),
            "a.pdf is locked with a password; save it without one and read that.",
        ),
    ],
    ids=["empty", "text", "pictures", "locked"],
)
def test_pdf_that_cannot_be_read_says_so(
    making: SimpleNamespace, here: Path, make: Callable[[SimpleNamespace], bytes], expected: str
) -> None:
    (here / "a.pdf").write_bytes(make(making))
    assert making.messages("a.pdf") == [expected]


def test_pdf_without_its_package_says_what_to_install(
    making: SimpleNamespace, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "a.pdf").write_bytes(making.pdf(["Words."]))
    known = builtins.__import__

    def without(name: str, *arguments: object, **options: object) -> object:
        if name == "pypdf":
            raise ImportError(name)
        return known(name, *arguments, **options)

    monkeypatch.setattr(builtins, "__import__", without)
    assert making.messages("a.pdf") == [
        "a.pdf is a PDF document, which takes another package to read; install it with `pip install 'newsquotes[pdf]'`."
    ]
