import asyncio
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request

import pytest

from quotes.datasette_plugin.serving import SETTINGS, application, guarded, serve
from quotes.errors import DatabaseDamaged, DatabaseForeign, DatabaseMissing, ServeError
from quotes.store.writer import Writer


@pytest.fixture
async def started():
    """The application over a database, closed at the end."""
    made = []

    async def start(path):
        datasette = application(path)
        made.append(datasette)
        await datasette.invoke_startup()
        return datasette

    yield start
    for datasette in made:
        datasette.executor.shutdown()
        for database in datasette.databases.values():
            database.close()


@pytest.fixture
def server(filled):
    """`quotes serve` in a process of its own, with the address that it printed."""
    command = [sys.executable, "-m", "quotes", "serve", "--db", filled, "--port", "0"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        process.address = process.stdout.readline().partition(" ")[0]
        yield process
        process.kill()


def get(address):
    with urllib.request.urlopen(address) as response:
        return response.read().decode()


def test_serving_prints_nothing_about_an_address_that_leads_nowhere(server):
    with pytest.raises(urllib.error.HTTPError, match="404"):
        get(f"{server.address}/quote/999")
    server.terminate()
    assert server.communicate(timeout=30) == ("", "")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_serving_answers_at_the_printed_address_until_it_is_told_to_stop(server, number):
    assert "Who said…" in get(server.address)
    server.send_signal(number)
    stdout, stderr = server.communicate(timeout=30)
    assert (server.returncode, stdout, stderr) == (0, "", "")


async def test_serving_shows_what_is_added_meanwhile(started, filled):
    datasette = await started(filled)
    articles = "/news/article.json?_shape=array"
    assert len((await datasette.client.get(articles)).json()) == 3
    with Writer(filled) as writer:
        writer.remove(1)
    assert len((await datasette.client.get(articles)).json()) == 2


async def test_serving_changes_nothing(started, filled):
    datasette = await started(filled)
    delete = "DELETE FROM quote"
    with pytest.raises(sqlite3.OperationalError, match="attempt to write a readonly database"):
        await datasette.get_database("news").execute(delete, log_sql_errors=False)


async def test_serving_uses_settings_that_datasette_has(started, filled):
    datasette = await started(filled)
    assert datasette.settings_dict().items() >= SETTINGS.items()


async def test_serving_works_where_nothing_may_be_written(started, filled):
    connection = sqlite3.connect(filled)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
    # what SQLite wants to write beside a file in WAL mode cannot be made, as in a folder that one may only read
    filled.with_name("news.db-shm").mkdir()
    datasette = await started(filled)
    assert len((await datasette.client.get("/news/article.json?_shape=array")).json()) == 3


def test_serving_a_missing_database_says_how_to_make_one(tmp_path):
    path = tmp_path / "none.db"
    with pytest.raises(DatabaseMissing) as raised:
        serve(path)
    assert str(raised.value) == (
        f"There is no database at {path}: make one with `quotes add INPUT --db {path}`, or name another with --db."
    )


def test_serving_a_foreign_database_is_refused(tmp_path):
    path = tmp_path / "foreign.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (x)")
    connection.close()
    with pytest.raises(DatabaseForeign) as raised:
        serve(path)
    assert str(raised.value) == (f"{path} is an SQLite database that quotes did not make: name another file with --db.")


@pytest.mark.parametrize("name", ["what?.db", "no#1.db", "a%20b.db"])
def test_serving_a_file_that_datasette_would_misread_is_refused(filled, name):
    path = filled.rename(filled.with_name(name))
    with pytest.raises(ServeError) as raised:
        serve(path)
    assert str(raised.value) == f"Datasette cannot open {path}, whose name has ?, # or %: rename it, or serve a copy."


def test_serving_a_damaged_database_is_refused(filled):
    with filled.open("r+b") as file:
        for offset in range(1024, filled.stat().st_size, 97):
            file.seek(offset)
            file.write(b"\xff")
    with pytest.raises(DatabaseDamaged):
        application(filled)


def test_serving_at_a_taken_port_names_the_next(filled):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ServeError) as raised:
            serve(filled, port=port)
    assert str(raised.value) == (
        f"Port {port} of 127.0.0.1 is taken: choose another with --port {port + 1 if port < 65535 else 8001}."
    )


@pytest.mark.parametrize("host", ["192.0.2.1", "no.such.host.invalid"])
def test_serving_at_an_address_that_is_not_ours_says_so(filled, host):
    with pytest.raises(ServeError) as raised:
        serve(filled, host=host, port=0)
    assert str(raised.value) == (f"{host} is no address of this machine: leave out --host, or name one of its own.")


async def answers(host, asked):
    """The status that an application guarded at `host` gives to a request that names `asked`."""
    sent = []

    async def application(_scope, _receive, send):
        await send({"type": "http.response.start", "status": 200})

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "headers": [(b"host", asked.encode())]}
    await guarded(application, host)(scope, asyncio.sleep, send)
    return sent[0]["status"]


@pytest.mark.parametrize(
    ("host", "asked", "status"),
    [
        ("127.0.0.1", "127.0.0.1:8001", 200),
        ("127.0.0.1", "localhost:9000", 200),
        ("::1", "[::1]:8001", 200),
        ("127.0.0.1", "rebound.example:8001", 421),
        ("127.0.0.1", "[broken", 421),
        ("localhost", "", 421),
        ("0.0.0.0", "newsroom.example", 200),
    ],
)
async def test_serving_on_loopback_answers_to_loopbacks_names_only(host, asked, status):
    assert await answers(host, asked) == status


async def test_serving_opens_the_browser_when_asked(filled, monkeypatch):
    opened = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    monkeypatch.setattr("uvicorn.Server.run", lambda *_args, **_options: None)
    monkeypatch.setattr("datasette.handle_exception.rich", None)  # serve sets it for its process
    serve(filled, port=0, open_browser=True, announce=opened.append)
    assert len(opened) == 2
    assert opened[0] == opened[1]
    assert opened[0].endswith("/news/-/quotes")
