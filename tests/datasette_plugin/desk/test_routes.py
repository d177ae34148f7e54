import re
import shutil
import sqlite3
from contextlib import closing
from html import unescape
from html.parser import HTMLParser

import pytest

from quotes.datasette_plugin.desk.pages import PAGES
from quotes.datasette_plugin.desk.routes import HEADERS

BASE = "/news/-/quotes"


class Links(HTMLParser):
    """What a page links to, loads and styles."""

    def __init__(self, html):
        super().__init__()
        self.hrefs, self.inline = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.hrefs += [found[name] for name in ("href", "src", "action") if name in found]
        self.inline += [name for name in found if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in found):
            self.inline.append(tag)


async def test_routes_every_page_answers_under_a_strict_policy(serve, told_database, address):
    datasette = await serve(told_database)
    response = await datasette.client.get(address)
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/html")
    for name, value in HEADERS.items():
        assert response.headers[name] == value
    assert "unsafe" not in response.headers["content-security-policy"]
    found = Links(response.text)
    assert found.inline == []
    assert not [href for href in found.hrefs if "//" in href and not href.startswith("https://news.example/")]


async def test_routes_every_page_is_json_too(serve, told_database, address):
    datasette = await serve(told_database)
    path, _, query = address.partition("?")
    response = await datasette.client.get(f"{path}.json?{query}")
    assert response.status_code == 200
    assert response.headers["content-security-policy"] == HEADERS["content-security-policy"]
    assert response.json()


async def test_routes_every_link_leads_somewhere(serve, told_database):
    datasette = await serve(told_database)
    seen, waiting = set(), [BASE]
    while waiting:
        address = waiting.pop().partition("#")[0]
        if address in seen or address.startswith("https://") or len(seen) > 300:
            continue
        seen.add(address)
        response = await datasette.client.get(unescape(address))
        assert response.status_code == 200, address
        if address.startswith(BASE) and ".json" not in address:
            waiting += Links(response.text).hrefs
    pages = {
        re.sub(r"/\d+$", "", address.removeprefix(BASE).partition("?")[0]).strip("/") or "start"
        for address in seen
        if address.startswith(BASE)
    }
    assert pages >= set(PAGES) - {"quote"}


async def test_routes_json_holds_the_page_s_data(get):
    data = (await get("/claim/1.json")).json()
    assert data["claim"]["label"] == "“We will open the bridge in May,”"
    assert [quote["id"] for quote in data["quotes"]] == [1, 2, 3]
    assert (await get("/coverage.json")).json()["outlets"][0]["articles"] == 1


async def test_routes_a_quote_leads_to_its_place_in_the_article(get):
    response = await get("/quote/4")
    assert (response.status_code, response.headers["location"]) == (302, f"{BASE}/article/3#q4")
    assert 'id="q4"' in (await get("/article/3")).text


@pytest.mark.parametrize("path", ["/search?q=bridge", "/article/1", "/claim/1", "/drift"])
async def test_routes_say_what_is_uncertain_of_a_quote(serve, told_database, tmp_path, path):
    doubted = tmp_path / told_database.name
    shutil.copyfile(told_database, doubted)
    with closing(sqlite3.connect(doubted)) as conn, conn:
        conn.execute("UPDATE quote SET confidence = 0.42, speaker_confidence = 0.55 WHERE id = 1")
        conn.execute("UPDATE quote SET confidence = 0.93 WHERE id <> 1")
    page = (await (await serve(doubted)).client.get(BASE + path)).text
    assert page.count("uncertain quote (0.42)") == page.count("uncertain speaker (0.55)") > 0
    assert page.count("uncertain") == 2 * page.count("uncertain quote (0.42)")


@pytest.mark.parametrize("path", ["/speaker/99", "/claim/99", "/article/99", "/quote/99", f"/article/{'9' * 30}"])
async def test_routes_numbers_that_lead_nowhere_are_not_found(get, path):
    response = await get(path)
    assert response.status_code == 404
    assert "There is nothing of that number" in response.text
    assert response.headers["content-security-policy"] == HEADERS["content-security-policy"]
    response = await get(f"{path}.json")
    assert (response.status_code, response.json()) == (404, {"ok": False, "status": 404})


@pytest.mark.parametrize("path", ["/nothing", "/speaker", "/start/1", "/search/1"])
async def test_routes_other_addresses_are_datasette_s_own_not_found(get, path):
    assert (await get(path)).status_code == 404


async def test_routes_a_database_that_is_not_ours_has_no_pages(serve, tmp_path):
    path = tmp_path / "other.db"
    sqlite3.connect(path).execute("CREATE TABLE quote (id INTEGER)").connection.close()
    datasette = await serve(path)
    for address in ("/other/-/quotes", "/other/-/quotes/search", "/nowhere/-/quotes"):
        assert (await datasette.client.get(address)).status_code == 404


async def test_routes_an_empty_database_says_so_on_every_page(serve, empty):
    datasette = await serve(empty)
    for name, page in PAGES.items():
        if not page.numbered:
            response = await datasette.client.get(f"/empty/-/quotes/{name}")
            assert response.status_code == 200
    start = (await datasette.client.get("/empty/-/quotes")).text
    assert "This database has no articles." in start


async def test_routes_what_takes_too_long_is_cut_off_and_says_so(serve, told_database, monkeypatch):
    datasette = await serve(told_database)
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    monkeypatch.setattr(
        "quotes.datasette_plugin.desk.pages.search", lambda conn, *_, **__: conn.execute(endless).fetchone()
    )
    monkeypatch.setitem(datasette._settings, "sql_time_limit_ms", 30)
    response = await datasette.client.get(f"{BASE}/search?q=a")
    assert response.status_code == 503
    assert "The answer took longer than this server allows." in response.text


async def test_routes_pages_work_under_a_prefix(serve, told_database):
    datasette = await serve(told_database, settings={"base_url": "/desk/"})
    html = (await datasette.client.get(BASE)).text
    own = [href for href in Links(html).hrefs if not href.startswith("https://")]
    assert own
    assert all(href.startswith(("/desk/", "#")) for href in own)
