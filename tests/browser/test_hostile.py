"""What articles smuggle in is shown as text, in a real browser, on every page."""

import pytest

from quotes.model import Article, Extraction, Quote, Speaker, TextSpan
from quotes.store.writer import Writer

PHONE = {"width": 390, "height": 844}
SMUGGLED = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<svg onload=alert(1)>",
    "</title><script>alert(1)</script>",
    "{{ 7 * 191 }}{% raw %}${alert(1)}",
    "\u202eesrever\u2066 \u200bzero\u200dwidth\ufeff",
    "nul \x00 bell \x07",
]
ARABIC = "عبد الرحمن بن محمد بن خلدون الحضرمي"
LONG = "Wolfeschlegelsteinhausenbergerdorff" * 8
PAGES = ["", "/search", "/search?q=words", "/speakers", "/claims", "/coverage", "/conflicts", "/drift", "/suggestions"]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory, serving):
    """The address of the pages over articles that mean harm, and over names and quotes of unusual length."""
    path = tmp_path_factory.mktemp("hostile") / "hostile.db"
    with Writer(path) as writer:
        for number, bad in enumerate([*SMUGGLED, ARABIC, LONG], 1):
            content = f"“{bad} words {bad} ” " + ("so it goes on and on " * 900 if number == 1 else "")
            text = f"{bad} {ARABIC} said {content}. {bad}"
            start = text.index("“")
            quote = Quote(
                kind="direct",
                contents=(TextSpan(start, start + len(content)),),
                sources=(TextSpan(0, text.index(" said")),),
                cues=(TextSpan(text.index(" said") + 1, text.index(" said") + 5),),
                speaker=Speaker(f"{bad} {ARABIC} {number}"),
            )
            article = Article(
                text=text, title=bad, outlet=f"{bad} {number}", name=str(number), url=f"javascript:alert({number})"
            )
            writer.add(
                article, lambda _, quote=quote: Extraction(quotes=(quote,), marks=(), extractor=quote.mention or "x")
            )
    with serving(path) as address:
        yield address


@pytest.mark.parametrize("path", [*PAGES, *(f"/{page}/{i}" for page in ("article", "speaker") for i in range(1, 10))])
def test_hostile_text_does_nothing_and_breaks_no_page(watch, hostile, path):
    watched = watch(hostile + path, viewport=PHONE)
    assert watched.overflow() <= 0
    assert watched.page.locator("img, iframe, [onerror], [onload]").count() == 0
    assert watched.page.locator("a[href^='javascript' i]").count() == 0
    assert "1337" not in watched.page.content()


def test_hostile_text_is_there_to_read(watch, hostile):
    page = watch(f"{hostile}/article/1").page
    assert page.locator("h1").inner_text() == SMUGGLED[0]
    assert SMUGGLED[0] in page.locator(".text").inner_text()
    assert "javascript:alert(1)" in page.locator(".provenance").inner_text()


def test_hostile_direction_marks_turn_nothing_round_beside_them(watch, hostile):
    page = watch(f"{hostile}/speakers").page
    for row in page.locator("tbody tr").all():
        name, number = row.locator("th").bounding_box(), row.locator("td").first.bounding_box()
        assert name["x"] < number["x"]


def test_hostile_length_is_cut_in_lists_and_whole_in_the_article(watch, hostile):
    shown = watch(f"{hostile}/search?q=goes+on").page.locator("blockquote").first.inner_text()
    assert len(shown) < 600
    assert len(watch(f"{hostile}/article/1").page.locator(".text").inner_text()) > 18_000


def test_hostile_right_to_left_text_runs_from_the_right(watch, hostile):
    page = watch(f"{hostile}/article/8").page
    assert page.locator("h1").evaluate("e => getComputedStyle(e).unicodeBidi") == "plaintext"
    heading, words = (
        page.locator("h1").bounding_box(),
        page.evaluate(
            "(() => { const r = document.createRange(); r.selectNodeContents(document.querySelector('h1'));"
            " const b = r.getBoundingClientRect(); return b.right; })()"
        ),
    )
    assert abs(heading["x"] + heading["width"] - words) < 2
