import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from quotes.datasette_plugin.in_context import passage
from quotes.model import TextSpan
from quotes.store.context import around
from quotes.store.rows import ArticleRef, ShownQuote

ARTICLE = ArticleRef(
    id=1, label="a", outlet=None, published=None, title=None, path=None, url=None, name="a", version=1, latest=True
)


def shown(text, contents, *, cues=(), sources=()):
    """A quote of a text, as `queries.show` gives it."""
    start, end = contents[0][0], contents[-1][1]
    unknown = dict.fromkeys(
        "speaker speaker_name speaker_description speaker_confidence speaker_reason mention cue cue_class modality via "
        "status confidence".split()
    )
    return ShownQuote(
        id=1,
        article=ARTICLE,
        kind="direct",
        text="",
        start=start,
        end=end,
        negated=False,
        fingerprint="",
        utterance=None,
        claim=None,
        contents=tuple(TextSpan(*bounds) for bounds in contents),
        cues=tuple(TextSpan(*bounds) for bounds in cues),
        sources=tuple(TextSpan(*bounds) for bounds in sources),
        context=around(text, start, end),
        line=1,
        column=1,
        marks=(),
        extractor="test 1",
        **unknown,
    )


def test_in_context_tells_content_cue_and_source_apart():
    html = passage(shown("Then Bo said no.", [(13, 15)], cues=[(8, 12)], sources=[(5, 7)]))
    assert html == (
        '<div class="in-context" dir="ltr"><bdi>Then </bdi><bdi class="source">Bo</bdi><bdi> </bdi>'
        '<bdi class="cue">said</bdi><bdi> </bdi><mark><bdi>no</bdi></mark><bdi>.</bdi></div>'
    )


def test_in_context_marks_each_part_of_an_interrupted_content():
    html = passage(shown("“No,” he said, “never.”", [(0, 5), (15, 23)], cues=[(9, 13)], sources=[(6, 8)]))
    assert re.findall("<mark><bdi>(.*?)</bdi></mark>", html) == ["“No,”", "“never.”"]


def test_in_context_shows_the_paragraph_alone():
    html = passage(shown("Before.\n\nHe said no. Then.\n\nAfter.", [(17, 19)]))
    assert Markup(html).striptags() == "He said no. Then."


def test_in_context_cuts_a_long_paragraph_between_words():
    text = "word " * 100 + "NO" + " word" * 100
    words = Markup(passage(shown(text, [(500, 502)]))).striptags()
    assert words == "… " + "word " * 48 + "NO" + " word" * 48 + " …"


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "&lt;b&gt;", "{{ 7*7 }}"]
)
def test_in_context_every_part_is_text(hostile):
    text = f"{hostile} {hostile} {hostile} {hostile}"
    length = len(hostile)
    starts = [index * (length + 1) for index in range(3)]
    source, cue, content = ([(start, start + length)] for start in starts)
    html = passage(shown(text, content, cues=cue, sources=source))
    assert re.sub(r"</?(?:bdi|mark|div)(?: (?:class|dir)=\"[-a-z]*\")*>", "", html).count("<") == 0
    assert html.unescape().count(hostile) == 4


@given(st.text(min_size=1, max_size=60), st.data())
def test_in_context_all_words_of_the_content_are_marked(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    html = passage(shown(text, [(start, end)]))
    marked = re.search("<mark><bdi>(.*?)</bdi></mark>", html, re.DOTALL).group(1)
    assert Markup(marked).unescape() == text[start:end]


@pytest.mark.parametrize(
    ("text", "direction"), [("He said no", "ltr"), ("“قال” x", "rtl"), ("\u202e 12 he", "ltr"), ("?", "ltr")]
)
def test_in_context_runs_as_its_first_letter_does(text, direction):
    assert f'dir="{direction}"' in passage(shown(text, [(0, 1)]))


async def test_in_context_is_shown_on_a_quotes_page(page, filled):
    html = await page(filled, "/news/quote/2")
    assert "<mark><bdi>“We will open the bridge in May,”</bdi></mark>" in html
    assert '<bdi class="source">Mayor Ana Ruiz</bdi>' in html
    assert "ten million" in html
    assert "Rain fell" not in html


async def test_in_context_is_not_shown_where_articles_may_not_be_seen(page, filled):
    closed = {"databases": {"news": {"tables": {"article": {"allow": False}}}}}
    html = await page(filled, "/news/quote/2", metadata=closed)
    assert "We will open the bridge in May" in html
    assert "ten million" not in html
