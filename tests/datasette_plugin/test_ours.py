import sqlite3

import pytest

from quotes.datasette_plugin import ours


@pytest.fixture
def foreign(tmp_path):
    """A database of somebody else's that has our names."""
    path = tmp_path / "foreign.db"
    connection = sqlite3.connect(path)
    connection.executescript(
        "CREATE TABLE quote (id INTEGER PRIMARY KEY, text TEXT, speaker_id INTEGER);"
        "INSERT INTO quote VALUES (1, 'theirs', 1);"
        "CREATE VIEW statement AS SELECT id, text, 'x' AS speaker, 1 AS speaker_id FROM quote;"
    )
    connection.close()
    return path


async def test_ours_is_known_by_the_mark_in_the_file(serve, filled, foreign):
    datasette = await serve(filled, foreign, memory=True)
    assert ours.our_databases(datasette) == ["news"]


async def test_ours_each_database_is_looked_at_once(serve, filled, monkeypatch):
    datasette = await serve(filled)
    monkeypatch.setattr(ours, "_is_marked", lambda _: pytest.fail("looked at again"))
    assert ours.is_ours(datasette, "news")


async def test_ours_a_database_that_is_not_served_is_not_ours(serve, filled):
    assert not ours.is_ours(await serve(filled), "other")


async def test_ours_a_file_that_cannot_be_read_is_not_ours(serve, tmp_path, filled):
    datasette = await serve(filled)
    (tmp_path / "text.db").write_text("no database")
    from datasette.database import Database

    datasette.add_database(Database(datasette, str(tmp_path / "text.db")))
    assert not ours.is_ours(datasette, "text")


@pytest.mark.parametrize("address", ["/foreign", "/foreign/quote", "/foreign/quote/1", "/foreign/statement"])
async def test_ours_another_database_is_shown_as_without_the_plugin(serve, filled, foreign, address):
    datasette = await serve(filled, foreign)
    html = (await datasette.client.get(address)).text
    assert "quotes.css" not in html
    assert "Who said" not in html
    assert "in-context" not in html
    assert 'href="/foreign/speaker' not in html


async def test_ours_another_database_gets_no_function_of_ours(serve, filled, foreign):
    datasette = await serve(filled, foreign)
    with pytest.raises(sqlite3.OperationalError, match="no such function: quotes_match"):
        await datasette.get_database("foreign").execute("SELECT quotes_match('a', 'exact')", log_sql_errors=False)
