import pytest

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
]


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
    for address in ("/news/who_said", "/news/by_speaker", "/news/statement"):
        parameters = {"words": SCRIPT, "name": SCRIPT, "_search": SCRIPT}
        response = await datasette.client.get(address, params=parameters)
        assert response.status_code == 200
        assert SCRIPT not in response.text


@pytest.mark.parametrize(
    ("url", "linked"), [("https://news.example/a", True), ("javascript:alert(1)", False), ("data:text/html,x", False)]
)
async def test_hostile_addresses_are_no_links(page, stored, url, linked):
    path = stored("He said no.", "no", who="He", name="a", url=url)
    assert (f'href="{url}"' in await page(path, "/one/article/1")) is linked
