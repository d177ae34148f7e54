import re

import pytest


def cell(html, column):
    """The first cell of a column."""
    return re.search(rf'<td class="col-{column}[^"]*">(.*?)</td>', html, re.DOTALL).group(1).strip()


@pytest.mark.parametrize(
    ("column", "shown"),
    [
        ("id", '<a href="/news/quote/1">1</a>'),
        ("speaker", '<a href="/news/speaker/1">Ana Ruiz</a>'),
        ("outlet", '<a href="/news/outlet/1">Evening Post</a>'),
        ("article", '<a href="/news/article/1">Bridge in May</a>'),
        ("kind", "direct"),
    ],
)
async def test_cells_of_a_statement_link_to_what_they_name(page, filled, column, shown):
    assert cell(await page(filled, "/news/statement"), column) == shown


async def test_cells_without_a_name_are_empty(page, filled):
    html = await page(filled, "/news/statement?speaker=Bo+Lind")
    assert cell(html, "outlet") in {"", "\xa0", "&nbsp;"}
    assert cell(html, "article") == '<a href="/news/article/3">Critics</a>'


async def test_cells_of_a_statement_link_only_where_the_number_is_shown_too(page, filled):
    html = await page(filled, "/news/statement?_nocol=speaker_id")
    assert cell(html, "speaker") == "Ana Ruiz"


async def test_cells_of_a_query_link_to_what_they_name(page, filled):
    html = await page(filled, "/news/who_said?words=not+safe")
    assert cell(html, "quote_id") == '<a href="/news/quote/3">3</a>'
    assert cell(html, "speaker") == '<a href="/news/speaker/2">Bo Lind</a>'
    assert cell(html, "outlet") == ""


async def test_cells_count_of_articles_leads_to_the_statements_with_the_same_words(serve, filled):
    datasette = await serve(filled)
    html = (await datasette.client.get("/news/most_outlets")).text
    address, count = re.fullmatch(r'<a href="([^"]*)">(\d)</a>', cell(html, "articles")).groups()
    statements = (await datasette.client.get(f"{address}&_shape=array".replace("?", ".json?"))).json()
    assert [row["outlet"] for row in statements] == ["Evening Post", "Daily"]
    assert count == "2"


@pytest.mark.parametrize(
    ("address", "column", "label"),
    [
        ("/news/quote/1", "speaker_id", '<a href="/news/speaker/1">Ana Ruiz</a>'),
        ("/news/quote/1", "article_id", '<a href="/news/article/1">Bridge in May</a>'),
        ("/news/article/1", "outlet_id", '<a href="/news/outlet/1">Evening Post</a>'),
        ("/news/mark/1", "quote_id", '<a href="/news/quote/1">'),
    ],
)
async def test_cells_of_a_row_are_called_by_name(page, filled, address, column, label):
    assert cell(await page(filled, address), column).startswith(label)


async def test_cells_of_somebody_elses_sql_are_left_as_they_are(page, filled):
    html = await page(filled, "/news?sql=select+'Bo'+as+speaker,+1+as+id")
    assert cell(html, "speaker") == "Bo"
    assert cell(html, "id") == "1"
