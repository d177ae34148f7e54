from __future__ import annotations

from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path
    from types import SimpleNamespace


def message(text: str | None = None, page: str | None = None, **headers: str) -> EmailMessage:
    mail = EmailMessage()
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    if text is not None:
        mail.set_content(text)
    if page is not None:
        (mail.add_alternative if text is not None else mail.set_content)(page, subtype="html")
    return mail


def test_mail_gives_its_text_subject_date_and_sender(making: SimpleNamespace, here: Path) -> None:
    mail = message(
        making.TEXT + " Ré.",
        making.page(),
        From="Amina Odhiambo <amina@example.org>",
        Subject="Bridge réparé",
        Date="Fri, 03 May 2024 10:00:00 +0200",
    )
    mail.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="bridge.png")
    (here / "a.eml").write_bytes(bytes(mail))
    [article] = making.articles("a.eml")
    assert (article.text, article.title) == (making.TEXT + " Ré.\n", "Bridge réparé")
    assert (article.published, article.authors, article.name) == (
        "2024-05-03T10:00:00+02:00",
        ("Amina Odhiambo",),
        "a",
    )
    assert making.messages("a.eml") == ["a.eml/bridge.png: an attachment"]
    making.again(here / "a.eml")


def test_mail_without_a_plain_text_gives_the_page_in_it(making: SimpleNamespace, here: Path) -> None:
    (here / "a.eml").write_bytes(bytes(message(page=making.page(), Subject="Bridge")))
    article = making.only(here / "a.eml")
    assert making.STORY[1] in article.text
    assert "Weather" not in article.text


def test_mail_whose_header_lies_about_its_encoding_is_read_as_utf8(making: SimpleNamespace, here: Path) -> None:
    head = b"Subject: a\nContent-Type: text/plain; charset=klingon\nContent-Transfer-Encoding: 8bit\n\n"
    (here / "a.eml").write_bytes(head + "Thé road is open.".encode())
    assert making.only(here / "a.eml").text == "Thé road is open."


def test_mhtml_gives_the_page_and_where_it_was_saved_from(making: SimpleNamespace, here: Path) -> None:
    mail = message(page=making.page("Brücke zu"), Snapshot_Content_Location="https://example.org/a", Subject="x")
    (here / "a.mhtml").write_bytes(bytes(mail))
    article = making.only(here / "a.mhtml")
    assert (article.title, article.url, article.outlet) == ("Brücke zu", "https://example.org/a", "Radio Coast")
    assert making.STORY[0] in article.text
    making.again(here / "a.mhtml")


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        (
            "a.eml",
            b"Just words.\n",
            "a.eml is not a message: it has no header lines; name it .txt or .html if it is that.",
        ),
        (
            "a.eml",
            b"Subject: a\n\n...\n",
            "a.eml is a message without words; save what is attached to it and read that.",
        ),
        (
            "a.mhtml",
            b"\x00\x01",
            "a.mhtml is not a page saved whole: it has no header lines; name it .txt or .html if it is that.",
        ),
        ("a.mht", b"MIME-Version: 1.0\n\nWords\n", "a.mht holds no page; save it again, as .html."),
    ],
)  # fmt: skip
def test_mail_that_is_none_says_so(
    making: SimpleNamespace, here: Path, name: str, content: bytes, expected: str
) -> None:
    (here / name).write_bytes(content)
    assert making.messages(name) == [expected]
