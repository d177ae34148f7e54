import json
import shutil

from datasette.app import Datasette


def test_publish_db_writes_a_copy_and_its_metadata(quotes, told_database):
    result = quotes("publish-db", "out.db", "--db", told_database, "--title", "All of it", "--license", "CC BY 4.0")
    assert result.exit_code == 0
    assert result.stdout.startswith("out.db: 4 articles, 5 quotes, ")
    assert result.stderr == (
        "Left out: fetch, judgement, original. Open it with: datasette serve -i out.db --metadata out.metadata.json\n"
    )


async def test_publish_db_gives_what_datasette_serves(quotes, told_database, tmp_path):
    quotes(
        "publish-db", "out.db", "--db", told_database, "--no-texts", "--title", "All of it", "--license", "CC BY 4.0"
    )
    metadata = json.loads((tmp_path / "out.metadata.json").read_text())
    assert (metadata["title"], metadata["license"]) == ("All of it", "CC BY 4.0")
    datasette = Datasette([], immutables=[str(tmp_path / "out.db")], metadata=metadata)
    await datasette.invoke_startup()
    for address in ("/", "/out", "/out/statement", "/out/-/quotes", "/out/-/quotes/article/1", "/out/-/quotes/claim/1"):
        assert (await datasette.client.get(address)).status_code == 200, address
    html = (await datasette.client.get("/out")).text
    assert "All of it" in html
    datasette.executor.shutdown()
    for database in datasette.databases.values():
        database.close()


def test_publish_db_over_a_file_wants_force(quotes, told_database, tmp_path):
    shutil.copy(told_database, tmp_path / "out.db")
    result = quotes("publish-db", "out.db", "--db", told_database)
    assert (result.exit_code, result.stderr) == (
        1,
        "Error: out.db is there already: name another file, or overwrite it with --force.\n",
    )
    assert quotes("publish-db", "out.db", "--db", told_database, "--force").exit_code == 0
