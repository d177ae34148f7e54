from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import docx
import pytest

if TYPE_CHECKING:
    from pathlib import Path
    from types import SimpleNamespace


def document(*paragraphs: str) -> bytes:
    made = docx.Document()
    made.core_properties.title = "Bridge closed"
    made.core_properties.author = "Amina Odhiambo"
    for paragraph in paragraphs:
        made.add_paragraph(paragraph)
    if paragraphs:
        table = made.add_table(1, 2)
        table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Boats", "nine"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_docx_gives_paragraphs_rows_title_and_author(making: SimpleNamespace, here: Path) -> None:
    (here / "a.docx").write_bytes(document(*making.STORY))
    article = making.only(here / "a.docx")
    assert article.text == "\n".join([*making.STORY, "Boats\tnine"])
    assert (article.title, article.authors, article.published) == ("Bridge closed", ("Amina Odhiambo",), None)
    making.again(here / "a.docx")


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b" " * 30_000_000)
    return out.getvalue()


def archive_of(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "<a/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (document(), "a.docx is a document without words; save its text as a .txt file and read that."),
        (document("Words.")[:-900], "a.docx is damaged; fetch or make the file again."),
        (b"", "a.docx is damaged; fetch or make the file again."),
        (archive_of("word/document.xml"), "a.docx is damaged; fetch or make the file again."),
        (archive_of("xl/workbook.xml"), "a.docx is not a Word document; save its text as a .txt file and read that."),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            (
                "a.docx is locked with a password, or an old Word document; open it, save it as .docx without a "
                "password and read that."
            ),
        ),
        (bomb(), "a.docx unpacks to over 20,000,000 bytes, the limit; raise it with `--max-size`."),
    ],
    ids=["without words", "cut", "empty", "hollow", "a table", "locked", "a bomb"],
)
def test_docx_that_is_none_says_so(making: SimpleNamespace, here: Path, content: bytes, expected: str) -> None:
    (here / "a.docx").write_bytes(content)
    assert making.messages("a.docx") == [expected]
