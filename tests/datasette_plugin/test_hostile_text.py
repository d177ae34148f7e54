import sqlite3
from contextlib import closing

import pytest

from quotes.datasette_plugin.desk.view import Desk

SCRIPT = "<script>alert('quotes')</script>"
HOSTILE = [
    SCRIPT,
    "\"><img src=x onerror=alert('quotes')>",
    "{{ 7 * 191 }}{% raw %}${7*191}",
    "javascript:alert('quotes')",
    "\u202eesrever\u2066 \u200b",
    "nul \x00 nul",
]
ADDRESSES = [
    "/",
    "/one",
    "/one/statement",
    "/one/statement?_search=script",
    "/one/quote",
    "/one/quote/1",
    "/one/article",
    "/one/article/1",
    "/one/speaker",
    "/one/speaker/1",
    "/one/outlet/1",
    "/one/span",
    "/one/mark",
    "/one/who_said?words=words",
    "/one/by_speaker?name=villain",
    "/one/most_outlets",
    "/one/coverage",
    "/one/-/quotes",
    "/one/-/quotes/search",
    "/one/-/quotes/search?q=words",
    "/one/-/quotes/search?speaker=villain",
    "/one/-/quotes/speakers",
    "/one/-/quotes/speaker/1",
    "/one/-/quotes/claims",
    "/one/-/quotes/claim/1",
    "/one/-/quotes/article/1",
    "/one/-/quotes/conflicts",
    "/one/-/quotes/drift",
    "/one/-/quotes/coverage",
    "/one/-/quotes/suggestions",
]


def hostile_groups(path):
    """One claim of the one quote, against a copy of it, with the article's own words wherever a page shows them."""
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.executescript(
            """
            INSERT INTO quote (article_id, position, kind, text, speaker_id, mention, cue, negated, via, fingerprint)
                SELECT article_id, 1, kind, text || text, speaker_id, mention, cue, 1, text, 'x' FROM quote;
            INSERT INTO span SELECT 2, role, number, start, end, text FROM span;
            DELETE FROM edge; DELETE FROM conflict; DELETE FROM claim_topic;
            UPDATE quote SET claim_id = NULL, utterance_id = NULL;
            DELETE FROM utterance; DELETE FROM claim;
            INSERT INTO claim (id, label, speaker_id, quotes, articles, outlets, sources, speakers, wordings,
                first_published, last_published, conflicts, contradicted)
                SELECT 1, text, speaker_id, 2, 1, 1, 1, 1, 2, text, text, 1, 1 FROM quote WHERE id = 1;
            UPDATE quote SET claim_id = 1;
            INSERT INTO edge (a, b, kind, score, linked, contradiction, method)
                SELECT 1, 2, 'near', 0.9, 0, text, text FROM quote WHERE id = 1;
            INSERT INTO conflict (claim_id, kind, a, b) VALUES (1, 'via', 1, 2);
            INSERT INTO claim_topic (claim_id, rank, term) SELECT 1, 1, text FROM quote WHERE id = 1;
            INSERT INTO topic (article_id, rank, term, score) SELECT 1, 1, text, 1 FROM quote WHERE id = 1;
            UPDATE article SET correction = text, updated = text, authors = json_array(text), archived = url;
            """
        )


@pytest.mark.parametrize("hostile", HOSTILE, ids=["script", "image", "template", "link", "bidi", "nul"])
async def test_hostile_text_stays_text_on_every_page(serve, stored, hostile):
    text = f"{hostile} villain said these words: “{hostile} words {hostile}” and {hostile}."
    path = stored(
        text,
        f"“{hostile} words {hostile}”",
        who=f"{hostile} villain",
        speaker=f"Villain {hostile}",
        title=hostile,
        outlet=f"Outlet {hostile}",
        url="javascript:alert('quotes')",
        path=None,
        name=hostile,
        note=hostile,
    )
    hostile_groups(path)
    datasette = await serve(path)
    for address in ADDRESSES:
        response = await datasette.client.get(address)
        html = response.text
        assert response.status_code == 200, address
        assert SCRIPT not in html, address
        assert "<img src=x" not in html, address
        assert 'href="javascript' not in html.lower(), address
        assert "1337" not in html, address


async def test_hostile_text_typed_into_a_query_stays_text(serve, filled):
    datasette = await serve(filled)
    own = ("q", "speaker", "outlet", "kind", "cue_class", "since", "until", "next", "before")
    for address, names in {
        "/news/who_said": ("words", "name", "_search"),
        "/news/by_speaker": ("words", "name", "_search"),
        "/news/statement": ("_search",),
        "/news/-/quotes/search": own,
        "/news/-/quotes/speakers": own,
        "/news/-/quotes/conflicts": own,
    }.items():
        parameters = dict.fromkeys(names, SCRIPT)
        response = await datasette.client.get(address, params=parameters)
        assert response.status_code == 200
        assert SCRIPT not in response.text


@pytest.mark.parametrize(
    ("url", "linked"), [("https://news.example/a", True), ("javascript:alert(1)", False), ("data:text/html,x", False)]
)
@pytest.mark.parametrize("address", ["/one/article/1", "/one/-/quotes/article/1"])
async def test_hostile_addresses_are_no_links(page, stored, address, url, linked):
    path = stored("He said no.", "no", who="He", name="a", url=url)
    assert (f'href="{url}"' in await page(path, address)) is linked


@pytest.mark.parametrize(
    "url",
    ["JavaScript:alert(1)", "java\nscript:alert(1)", "https:alert(1)", "//x.example", "http://[x", "\u202ehttp://x"],
)
def test_hostile_addresses_of_sources_are_told_apart(url):
    assert Desk.link(url) is None
