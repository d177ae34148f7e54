import re

import pytest


def stylesheet_of(html):
    found = re.search(r'href="([^"]*/quotes\.css[^"]*)"', html)
    return found and found.group(1)


@pytest.mark.parametrize("address", ["/news", "/news/statement", "/news/quote/1", "/news/coverage"])
async def test_styles_are_on_the_pages_of_our_databases(serve, filled, address):
    datasette = await serve(filled)
    stylesheet = stylesheet_of((await datasette.client.get(address)).text)
    response = await datasette.client.get(stylesheet)
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/css")


async def test_styles_are_on_no_other_page(page, filled):
    assert stylesheet_of(await page(filled, "/")) is None


async def test_styles_have_an_address_that_changes_with_them(page, filled):
    assert re.search(r"quotes\.css\?[0-9a-f]{8}$", stylesheet_of(await page(filled, "/news")))
