"""The pages over the database that `told_database` made by hand."""

import pytest

BASE = "/news/-/quotes"
PAGES = [
    "",
    "/search",
    "/search?q=bridge",
    "/search?q=bridge&speaker=Ruiz&kind=direct",
    "/search?q=unheard",
    "/speakers",
    "/speakers?q=ruiz",
    "/speaker/1",
    "/claims",
    "/claim/1",
    "/claim/5",
    "/article/1",
    "/article/4",
    "/conflicts",
    "/conflicts?kind=via",
    "/drift",
    "/coverage",
    "/suggestions",
]


@pytest.fixture(params=PAGES)
def address(request):
    """The address of each page in turn."""
    return BASE + request.param


@pytest.fixture
async def get(serve, told_database):
    """What an address of the pages answers."""
    datasette = await serve(told_database)

    async def answer(path, **options):
        return await datasette.client.get(f"{BASE}{path}", **options)

    return answer
