"""Every page as a reader sees it, on the seeds and on a database with conflicts and drift."""

from pathlib import Path

import pytest

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
CONTRAST = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")
PAGES = [
    "",
    "/search",
    "/search?q=bridge&kind=direct",
    "/search?q=iran",
    "/search?q=unheardofword",
    "/speakers",
    "/speaker/1",
    "/claims",
    "/claim/1",
    "/article/1",
    "/conflicts",
    "/drift",
    "/coverage",
    "/suggestions",
]
SAID = {
    "": ("Most repeated claims", "“We will open the bridge in May,”", "Ana Ruiz or Bo Lind?"),
    "/search?q=bridge&kind=direct": ("3 quotes", "Ana Ruiz said", "characters 11–44"),
    "/speaker/1": ("Ana Ruiz", "Claims repeated", "Evening Post"),
    "/claim/1": ("Timeline", "Sources disagree".lower(), "negation changed"),
    "/article/1": ("Mayor promises a bridge", "hash of the text", "sha256:"),
    "/conflicts": ("two persons", "Bo Lind announced"),
    "/drift": ("negation", "claim 1", "Bo Lind · Weekly"),
    "/coverage": ("50 %", "outlet unknown", "no marks"),
    "/suggestions": ("One claim?", "55 %"),
}


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("database", ["told", "seeds"])
def test_pages_fit_the_screen_and_report_no_error(request, watch, database, viewport, path):
    if database == "seeds" and path == "/claim/1":
        path = "/claims"  # which claims there are hangs on what is found
    watched = watch(request.getfixturevalue(database) + path, viewport=viewport)
    assert watched.page.locator("h1").count() == 1
    assert watched.page.locator("main").count() == 1
    assert watched.overflow() <= 0


@pytest.mark.parametrize("path", SAID)
def test_pages_say_what_they_are_for(watch, told, path):
    text = watch(told + path).page.locator("main").inner_text()
    for words in SAID[path]:
        assert words.lower() in " ".join(text.split()).lower()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_have_the_contrast_of_level_aa(watch, told, scheme, path):
    assert watch(told + path, scheme=scheme).page.evaluate(CONTRAST) == []


def test_pages_mark_the_parts_of_a_quote_by_more_than_colour(watch, told):
    page = watch(f"{told}/article/1").page
    style = "(e, name) => getComputedStyle(e)[name]"
    parts = {role: page.locator(f".text .piece.{role}").first for role in ("source", "cue", "content", "uncovered")}
    assert int(parts["source"].evaluate(style, "fontWeight")) >= 700
    assert parts["cue"].evaluate(style, "textDecorationStyle") == "dotted"
    assert parts["uncovered"].evaluate(style, "textDecorationStyle") == "wavy"
    assert parts["content"].evaluate(style, "textDecorationLine") == "none"
    colours = {role: part.evaluate(style, "backgroundColor") for role, part in parts.items()}
    assert len(set(colours.values())) == 4


@pytest.mark.parametrize("part", ["source", "cue", "content"])
def test_pages_light_a_whole_relation_under_the_pointer(watch, told, part):
    page = watch(f"{told}/article/3").page
    page.locator(f".text .piece.{part}").first.hover()
    lit = page.locator(".text .piece.lit")
    assert set(lit.evaluate_all("all => all.map(e => e.dataset.quotes)")) == {"3"}
    assert lit.count() == 3
    assert page.locator("#n3").evaluate("e => e.classList.contains('lit')")


def test_pages_light_a_relation_that_has_the_keyboard_s_focus(watch, told):
    page = watch(f"{told}/article/3").page
    page.locator("#n4 .jump").focus()
    assert set(page.locator(".text .lit").evaluate_all("all => all.map(e => e.dataset.quotes)")) == {"4"}
    page.keyboard.press("Enter")
    assert page.url.endswith("#q4")


@pytest.mark.parametrize("path", ["", "/search?q=bridge", "/claim/1", "/article/1"])
def test_pages_are_walked_by_keyboard_and_show_where_one_is(watch, told, path):
    page = watch(told + path).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    focused = """() => {
        const style = getComputedStyle(document.activeElement);
        const circle = document.activeElement.querySelector("circle");
        return style.outlineStyle !== "none" || (circle && getComputedStyle(circle).strokeWidth === "5px");
    }"""
    links = page.locator("a, button, input, select, summary").count()
    for _ in range(min(links - 1, 30)):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        assert page.evaluate(focused), page.evaluate("document.activeElement.outerHTML")


def test_pages_find_by_keyboard_alone(watch, told):
    watched = watch(told)
    page = watched.page
    page.keyboard.press("/")
    page.keyboard.type("bridge is not safe")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    assert "with exactly these words" in page.locator(".found").inner_text()
    assert page.locator("blockquote mark").all_inner_texts() == ["bridge is not safe"]


def test_pages_work_without_scripts(watch, told):
    page = watch(told, java_script_enabled=False).page
    page.locator("#q").fill("ten million")
    page.locator("button[type=submit]").click()
    assert page.locator("blockquote").count() == 1
    page.locator(".where a").first.click()
    assert page.url.endswith("/article/3#q4")


def test_pages_print_without_what_is_for_screens(watch, told):
    page = watch(f"{told}/article/1").page
    page.emulate_media(media="print")
    assert not page.locator(".masthead nav").is_visible()
    assert page.locator(".text").is_visible()
    assert "https://news.example/1" in page.locator(".provenance").inner_text()
    assert page.pdf().startswith(b"%PDF")


def test_pages_run_no_script_that_is_not_their_own(watch, told):
    watched = watch(told)
    watched.page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.ran = true";
            document.body.append(script);
        }"""
    )
    assert watched.page.evaluate("window.ran") is None
    assert any("Content Security Policy" in message for message in watched.wrong)
    watched.wrong.clear()
