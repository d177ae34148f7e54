import re
from html import unescape

import pytest

from quotes.datasette_plugin.metadata import TITLES
from quotes.model import Article, Extraction
from quotes.store.descriptions import COUNTED, DESCRIPTIONS
from quotes.store.writer import Writer
from quotes.topics import Profile, Topic


def words_of(html):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", html)))


def facets_of(html):
    return re.findall(r'<div class="facet-info [^"]*" id="facet-([^"]*)"', html)


@pytest.mark.parametrize("table", DESCRIPTIONS)
async def test_metadata_each_table_has_its_title_and_each_column_its_meaning(page, filled, table):
    html = words_of(await page(filled, f"/news/{table}"))
    assert (TITLES.get(table) or table.replace("_", " ").capitalize()) in html
    assert DESCRIPTIONS[table].description in html
    for column, meaning in DESCRIPTIONS[table].columns.items():
        assert f"{column} {meaning}" in html


def test_metadata_titles_are_those_of_described_tables():
    assert set(TITLES) <= set(DESCRIPTIONS)


async def test_metadata_the_database_page_asks_who_said(page, filled):
    html = await page(filled, "/news")
    assert "<h1>Quotes</h1>" in html
    assert 'action="/news/who_said"' in html
    assert 'href="/news/statement"' in html
    assert 'href="/news/-/quotes"' in html


@pytest.mark.parametrize("row", ["article/1", "speaker/1", "claim/1", "quote/1"])
async def test_metadata_the_page_of_a_row_leads_to_the_page_for_reading(page, told_database, row):
    assert f'href="/news/-/quotes/{row}"' in await page(told_database, f"/news/{row}")


async def test_metadata_internal_tables_are_hidden(page, filled):
    html = await page(filled, "/news")
    shown = set(re.findall(r'<h3><a href="/news/(\w+)">', html))
    assert shown == set(DESCRIPTIONS) - set(COUNTED) - {"statement"}


@pytest.mark.parametrize(
    ("table", "facets"),
    [
        ("statement", {"outlet", "speaker", "kind"}),
        ("quote", {"kind", "speaker_id"}),
        ("article", {"outlet_id", "published"}),
        ("mark", {"status", "level"}),
    ],
)
async def test_metadata_facets_are_shown(page, filled, table, facets):
    html = await page(filled, f"/news/{table}?_facet_size=max")
    assert set(facets_of(html)) == facets


async def test_metadata_topics_are_counted_over_articles_whatever_their_case(page, rows, tmp_path):
    path = tmp_path / "news.db"
    with Writer(path) as writer:
        for name, topics in (("a", ("Toll bridge", "Ana Ruiz")), ("b", ("toll bridge", "rain"))):
            profile = Profile(tuple(Topic(term, 1 / rank) for rank, term in enumerate(topics, 1)))
            article = Article(text=f"{name}: {', '.join(topics)}.", name=name)
            extraction = Extraction(quotes=(), marks=(), extractor="test 1")
            writer.add(article, lambda _, found=extraction: found, profile=lambda _, told=profile: told)
    assert facets_of(await page(path, "/news/topic")) == ["term"]
    assert [row["term"] for row in await rows(path, "/news/topic", term="TOLL BRIDGE")] == [
        "Toll bridge",
        "toll bridge",
    ]
    shown = words_of(await page(path, "/news/topic"))
    assert "Toll bridge 2" in shown or "toll bridge 2" in shown


async def test_metadata_statements_are_searched_in_full_text(rows, filled):
    found = await rows(filled, "/news/statement", _search="bridge safe")
    assert [row["text"] for row in found] == ["the bridge is not safe"]


async def test_metadata_statements_come_with_the_newest_first(rows, filled):
    found = await rows(filled, "/news/statement")
    assert [row["published"] for row in found] == ["2024-03-02", "2024-03-01", None]


async def test_metadata_numbers_are_shown_by_name(rows, filled):
    found = await rows(filled, "/news/quote", _labels="on")
    assert found[0]["speaker_id"]["label"] == "Ana Ruiz"
    assert found[0]["article_id"]["label"] == "Bridge in May"


async def test_metadata_what_a_person_configured_comes_first(page, filled):
    tables = {"statement": {"sort": "speaker", "title": "All"}}
    own = {"databases": {"news": {"title": "Our archive", "tables": tables}}}
    assert "<h1>Our archive</h1>" in await page(filled, "/news", metadata=own)
    statements = await page(filled, "/news/statement", metadata=own)
    assert "<h1>All (view)</h1>" in statements
    assert "sorted by speaker" in statements


async def test_metadata_every_page_of_datasette_leads_to_the_pages_for_reading(page, filled):
    for address in ("/", "/news/quote", "/news/quote/1"):
        assert '<a href="/news/-/quotes">Read news</a>' in await page(filled, address)


async def test_metadata_claims_and_conflicts_stand_ready(rows, told_database):
    assert [row["claim_id"] for row in await rows(told_database, "/news/repeated_claims")] == [1]
    (conflict,) = await rows(told_database, "/news/conflicts")
    assert (conflict["said_by"], conflict["or_by"]) == ("Ana Ruiz", "Bo Lind")
