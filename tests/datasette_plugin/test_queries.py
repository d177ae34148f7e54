import pytest

from quotes.datasette_plugin.queries import QUERIES

PROMISE = "“We will open the bridge in May,”"


@pytest.mark.parametrize("name", QUERIES)
@pytest.mark.parametrize("typed", ["", "bridge", 'x" OR *', "Ana"])
async def test_queries_each_runs_on_an_empty_database(rows, empty, name, typed):
    parameters = dict.fromkeys(QUERIES[name].parameters, typed)
    assert await rows(empty, f"/empty/{name}", **parameters) == []


@pytest.mark.parametrize("name", QUERIES)
async def test_queries_each_is_told_on_its_page(page, filled, name):
    html = await page(filled, f"/news/{name}")
    query = QUERIES[name]
    assert query.title in html
    assert query.description.split(".")[0] in html
    assert 'id="sql-query"' not in html  # its SQL is folded away
    assert "message-error" not in html


@pytest.mark.parametrize(
    ("words", "match", "found"),
    [
        ("open the bridge", "exact", ["Daily", "Evening Post"]),
        ("OPEN, the; Bridge!", "exact", ["Daily", "Evening Post"]),
        ("bridge open", "all words", ["Evening Post", "Daily"]),
        ("bridge collapses", "some words", None),
        ("nothing of it", "", []),
        ('"', "", []),
        ("", "", []),
    ],
)
async def test_queries_who_said_gives_the_closest_matches_only(rows, filled, words, match, found):
    answer = await rows(filled, "/news/who_said", words=words)
    assert {row["match"] for row in answer} <= {match}
    if found is None:
        assert len(answer) == 3
    elif match == "exact":
        assert [row["outlet"] for row in answer] == found  # the earliest first
    else:
        assert sorted(row["outlet"] for row in answer) == sorted(found)


async def test_queries_who_said_tells_who_where_and_when(rows, filled):
    answer = await rows(filled, "/news/who_said", words="not safe")
    assert answer == [
        {
            "quote_id": 3,
            "text": "the bridge is not safe",
            "speaker": "Bo Lind",
            "outlet": None,
            "published": None,
            "article": "Critics",
            "kind": "indirect",
            "match": "exact",
            "article_id": 3,
            "speaker_id": 2,
            "outlet_id": None,
        }
    ]


@pytest.mark.parametrize("name", ["Ruiz", "mayor ana ruiz", "RUIZ, ANA", "Anna Ruíz"])
async def test_queries_by_speaker_takes_any_part_and_any_spelling_of_a_name(rows, filled, name):
    answer = await rows(filled, "/news/by_speaker", name=name)
    assert [(row["text"], row["published"]) for row in answer] == [(PROMISE, "2024-03-01"), (PROMISE, "2024-03-02")]


async def test_queries_most_outlets_counts_the_same_words_once_for_each_outlet(rows, filled):
    answer = await rows(filled, "/news/most_outlets")
    assert [{key: value for key, value in row.items() if key != "fingerprint"} for row in answer] == [
        {
            "text": PROMISE,
            "speakers": "Ana Ruiz",
            "outlets": 2,
            "articles": 2,
            "first_seen": "2024-03-01",
            "printed_by": "Evening Post; Daily",
        }
    ]


async def test_queries_coverage_is_the_share_of_quotations_that_are_quotes(rows, filled):
    answer = await rows(filled, "/news/coverage")
    assert [(row["outlet"], row["quotations"], row["covered"], row["percent"]) for row in answer] == [
        ("Daily", 2, 1, 50.0),
        ("Evening Post", 1, 1, 100.0),
        ("outlet unknown", 0, 0, None),
    ]
