"""Whoever may not see a table sees no page that shows it."""

import pytest

BASE = "/news/-/quotes"


def denied(*tables):
    return {"databases": {"news": {"tables": {table: {"allow": {"id": "editor"}} for table in tables}}}}


async def serving(serve, path, rules):
    """Datasette with rules where its version looks for them."""
    from quotes.datasette_plugin.versions import is_1_0

    datasette = await serve(path)
    return await serve(path, **({"config": rules} if is_1_0(datasette) else {"metadata": rules}))


def as_editor(datasette):
    return {"ds_actor": datasette.sign({"a": {"id": "editor"}}, "actor")}


async def test_permissions_a_page_is_forbidden_where_one_of_its_tables_is(serve, told_database):
    datasette = await serving(serve, told_database, denied("article"))
    for path in ("", "/search", "/speaker/1", "/claim/1", "/article/1", "/conflicts", "/coverage", "/article/1.json"):
        assert (await datasette.client.get(BASE + path)).status_code == 403, path
        assert (await datasette.client.get(BASE + path, cookies=as_editor(datasette))).status_code == 200, path


async def test_permissions_pages_that_are_not_open_are_not_linked(serve, told_database):
    datasette = await serving(serve, told_database, denied("edge"))
    html = (await datasette.client.get(f"{BASE}/search")).text
    assert f'href="{BASE}/conflicts"' in html
    assert f'href="{BASE}/drift"' not in html
    assert (await datasette.client.get(f"{BASE}/drift")).status_code == 403
    html = (await datasette.client.get(f"{BASE}/search", cookies=as_editor(datasette))).text
    assert f'href="{BASE}/drift"' in html


@pytest.mark.parametrize("path", ["", "/search.json", "/article/1"])
async def test_permissions_a_closed_database_has_closed_pages(serve, told_database, path):
    rules = {"databases": {"news": {"allow": {"id": "editor"}}}}
    datasette = await serving(serve, told_database, rules)
    assert (await datasette.client.get(BASE + path)).status_code == 403
    assert (await datasette.client.get(BASE + path, cookies=as_editor(datasette))).status_code == 200


async def test_permissions_nothing_is_written(serve, told_database):
    datasette = await serve(told_database)
    before = told_database.read_bytes()
    for path in ("", "/search?q=bridge", "/claim/1"):
        response = await datasette.client.post(BASE + path, headers={"origin": "http://localhost"})
        assert response.status_code in {200, 403, 404, 405}
    assert told_database.read_bytes() == before
