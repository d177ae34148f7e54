"""add, extract, history and watch on addresses of a local server."""

import json
import signal
import time

import pytest

SAID = "Amina Odhiambo said, “The road is open again.”"
MORE = "".join(f"<p>The market on the square will open at nine as it does each week, part {i}.</p>" for i in range(5))


def page(words=SAID, head=""):
    return f"<html><head><title>Road</title>{head}</head><body><article><p>{words}</p>{MORE}</article></body></html>"


@pytest.fixture
def here(server):
    return lambda path: server(path, host="127.0.0.1")


@pytest.fixture
def web(quotes):
    """A command that may read from this machine, without delay."""
    return lambda *arguments: quotes(*arguments, "--allow-private", "--delay", "0")


def test_add_reads_a_page_and_asks_only_for_its_changes_the_next_time(web, server, here):
    server.routes["/road"] = (200, {"ETag": '"1"'}, page())
    assert web("add", here("/road")).stdout == "quotes.db: 1 article (1 added), 1 quote found.\n"
    server.routes["/road"] = (304, {}, b"")
    assert web("add", here("/road")).stdout == "quotes.db: 1 article (1 unchanged), 0 quotes found.\n"
    assert [headers.get("if-none-match") for headers in server.asked("/road")] == [None, '"1"']


def test_add_reads_the_page_whole_again_once_its_article_is_removed(web, quotes, server, here):
    server.routes["/road"] = (200, {"ETag": '"1"'}, page())
    web("add", here("/road"))
    quotes("remove", "1", "--yes")
    assert "1 added" in web("add", here("/road")).stdout


def test_add_goes_on_after_a_page_that_fails(web, server, here):
    server.routes["/road"] = page()
    result = web("add", here("/gone"), here("/road"))
    assert result.exit_code == 1
    assert result.stdout == "quotes.db: 1 article (1 added), 1 quote found.\n"
    assert result.stderr == (
        f"Error: {here('/gone')} answers 404 (not found); check the address.\n1 fault in the inputs, told above.\n"
    )


def test_add_asks_a_web_archive_to_keep_new_pages_alone(web, server, here, quotes, rows):
    saved = f"/save/{here('/road')}"
    server.routes |= {"/road": page(), saved: (302, {"Location": "/web/2024/road"}, ""), "/web/2024/road": "kept"}
    arguments = ("add", here("/road"), "--archive", "--archive-service", here("/save/"))
    assert web(*arguments).exit_code == 0
    assert web(*arguments).exit_code == 0
    assert len(server.asked(saved)) == 1
    [article] = rows(quotes("articles", "--json"))
    assert article["archived"] == here("/web/2024/road")


@pytest.mark.parametrize("answer", [(200, {}, "thanks"), (403, {}, "")])
def test_add_keeps_a_page_that_no_archive_keeps(web, server, here, quotes, rows, answer):
    server.routes |= {"/road": page(), f"/save/{here('/road')}": answer}
    result = web("add", here("/road"), "--archive", "--archive-service", here("/save/"))
    assert result.exit_code == 0
    assert result.stderr.startswith(f"Not archived: {here('/save/')}")
    assert rows(quotes("articles", "--json"))[0]["archived"] is None


def test_add_takes_what_a_web_archive_says_of_the_place(web, server, here, quotes, rows):
    server.routes |= {"/road": page(), f"/save/{here('/road')}": (200, {"Content-Location": "/web/1/road"}, "kept")}
    web("add", here("/road"), "--archive", "--archive-service", here("/save/"))
    assert rows(quotes("articles", "--json"))[0]["archived"] == here("/web/1/road")


def test_extract_reads_a_page_without_a_database(web, server, here, tmp_path, rows):
    server.routes["/road"] = page()
    [record] = rows(web("extract", here("/road")))
    assert [found["text"] for found in record["attributions"]] == ["“The road is open again.”"]
    assert list(tmp_path.iterdir()) == []


def test_history_shows_what_became_of_the_quotes(web, quotes, server, here):
    server.routes["/road"] = page()
    web("add", here("/road"))
    server.routes["/road"] = page(
        "Amina Odhiambo said, “The road is not open again.”</p><p>Piet Vermeer said, “I have seen it.”"
    )
    assert "1 new version" in web("add", here("/road")).stdout
    shown = quotes("history", here("/road") + "?utm_source=x").stdout
    assert "Version 1 (article 1), read " in shown
    assert "  Quotes: 1 added, 1 reworded.\n" in shown
    assert "  ~ reworded: [2] “The road is not open again.”\n      was [1] “The road is open again.”\n" in shown
    assert "  + added: [3] “I have seen it.”\n      Piet Vermeer\n" in shown
    records = [json.loads(line) for line in quotes("history", "1", "--json").stdout.splitlines()]
    assert [change["became"] for change in records[1]["changes"]] == [["reworded"], ["added"]]


def test_history_of_nothing_says_so(quotes, filled_database):
    result = quotes("history", "https://news.example/", "--db", filled_database)
    assert result.exit_code == 1
    assert result.stderr == (
        "Error: There is no article at https://news.example/: `quotes articles` lists where articles are from.\n"
    )


@pytest.fixture
def feeds(tmp_path, server, here):
    """A list of one feed of one page."""
    server.routes["/road"] = page(head='<meta property="og:site_name" content="Daily \u202eTest">')
    item = f"<rss version='2.0'><channel><item><link>{here('/road')}</link></item></channel></rss>"
    server.routes["/feed"] = (200, {"Content-Type": "application/rss+xml"}, item)
    path = tmp_path / "feeds.txt"
    path.write_text(here("/feed") + "\n")
    return path


def test_watch_writes_a_line_for_each_article(web, feeds, here):
    line = web("watch", feeds, "--once").stdout
    when, _, rest = line.partition(" ")
    assert when.endswith("+00:00")
    assert rest == f"added: Daily \ufffdTest | Road | {here('/road')}\n"
    assert web("watch", feeds, "--once").stdout == ""


def test_watch_once_exits_with_1_when_something_failed(web, feeds, server, here):
    del server.routes["/feed"]
    result = web("watch", feeds, "--once")
    assert result.exit_code == 1
    assert f"failed: {here('/feed')} answers 404 (not found); check the address.\n" in result.stdout


@pytest.mark.parametrize("value", ["15", "m", "0m", "soon", "-5m"])
def test_watch_says_how_times_are_written(web, feeds, value):
    result = web("watch", feeds, "--every", value)
    assert result.exit_code == 2
    assert f"{value!r} is no length of time; write 90s, 15m, 6h or 1d." in result.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_watch_stops_at_a_signal(quotes_process, feeds, server, number):
    server.routes["/feed"] = (404, {}, b"")
    process = quotes_process.start("watch", feeds, "--allow-private", "--delay", "0", "--every", "1h")
    while not server.asked("/feed"):
        assert process.poll() is None
        time.sleep(0.02)
    line = process.stdout.readline()
    process.send_signal(number)
    _, errors = process.communicate(timeout=60)
    assert " failed: " in line
    assert (process.returncode, errors) == (0, "Stopped.\n")
