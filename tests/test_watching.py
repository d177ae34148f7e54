from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from quotes import adding
from quotes.adding import Reading
from quotes.errors import BadList, DatabaseLocked
from quotes.model import Extraction
from quotes.readers.settings import Web
from quotes.store.connection import reading
from quotes.topics import Profile
from quotes.watching import MOST_FAILURES, Watch, read_feeds

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

STORY = "".join(
    f"<p>The road is open again, the mayor said on Monday, and it will stay so, part {i}.</p>" for i in range(6)
)


def page(title: str, story: str = STORY) -> str:
    return f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{story}</article></body></html>"


@pytest.fixture(autouse=True)
def no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        adding, "read_article", lambda _: Reading(Extraction(quotes=(), marks=(), extractor="none"), Profile())
    )


@pytest.fixture
def feed(server):
    """Lists the pages of these paths at /feed; a path may have a date of its last change behind a space."""

    def of(*paths: str, headers: dict[str, str] | None = None) -> str:
        def entry(path: str) -> str:
            path, _, updated = path.partition(" ")
            when = f"<updated>{updated}</updated>" if updated else ""
            return f"<entry><title>{path}</title><link href='{server(path, host='127.0.0.1')}'/>{when}</entry>"

        body = f"<feed xmlns='http://www.w3.org/2005/Atom'>{''.join(map(entry, paths))}</feed>"
        server.routes["/feed"] = (200, {"Content-Type": "application/atom+xml", **(headers or {})}, body)
        return server("/feed", host="127.0.0.1")

    return of


@pytest.fixture
def poll(tmp_path: Path) -> Callable[..., tuple[int, list[str]]]:
    """Poll once, as a process of its own would: returns the failures and what happened."""

    def once(*feeds: str, web: dict[str, Any] | None = None, **settings: Any) -> tuple[int, list[str]]:
        events: list[str] = []
        watch = Watch(
            db=tmp_path / "quotes.db",
            web=Web(allow_private=True, delay=0, **(web or {})),
            on_event=lambda event: events.append(f"{event.what} {event.url.rpartition('/')[2]}"),
            **settings,
        )
        try:
            return watch.poll(list(feeds)), events
        finally:
            watch.close()

    return once


def test_watching_adds_what_is_new_and_only_that(poll, feed, server):
    server.routes |= {"/1": page("One"), "/2": page("Two"), "/3": page("Three")}
    assert poll(feed("/1", "/2")) == (0, ["added 1", "added 2"])
    assert poll(feed("/3", "/1", "/2")) == (0, ["added 3"])
    assert server.paths == ["/feed", "/1", "/2", "/feed", "/3"]


def test_watching_asks_for_a_feed_only_when_it_has_changed(poll, feed, server):
    server.routes["/1"] = page("One")
    address = feed("/1", headers={"ETag": '"7"'})
    poll(address)
    server.routes["/feed"] = (304, {}, b"")
    assert poll(address) == (0, [])
    assert [headers.get("if-none-match") for headers in server.asked("/feed")] == [None, '"7"']


def test_watching_takes_a_page_for_known_at_all_its_addresses(poll, feed, server):
    server.routes |= {"/1": page("One"), "/1?utm_source=feed": page("One")}
    poll(feed("/1"))
    assert poll(feed("/1?utm_source=feed")) == (0, [])


def test_watching_tries_again_what_failed_but_not_for_ever(poll, feed, server):
    server.routes["/2"] = page("Two")
    address = feed("/1", "/2", headers={"ETag": '"7"'})
    assert poll(address) == (1, ["failed 1", "added 2"])
    # the feed has not changed, but it was not read to the end either
    assert poll(address) == (1, ["failed 1"])
    assert server.asked("/feed")[1].get("if-none-match") is None
    server.routes["/1"] = page("One")
    assert poll(address) == (0, ["added 1"])
    del server.routes["/2"]
    outcomes = [poll(feed("/3")) for _ in range(MOST_FAILURES + 2)]
    assert outcomes == [(1, ["failed 3"])] * MOST_FAILURES + [(0, [])] * 2


def test_watching_goes_on_with_the_next_feed(poll, feed, server):
    server.routes |= {
        "/1": page("One"),
        "/page": page("A page"),
        "/broken": (200, {"Content-Type": "text/xml"}, "<rss>"),
    }
    here = [server(path, host="127.0.0.1") for path in ("/gone", "/page", "/broken")]
    assert poll(*here, feed("/1")) == (2, ["failed gone", "failed page", "added 1"])


def test_watching_reads_a_page_again_that_its_feed_says_has_changed(poll, feed, server):
    server.routes["/1"] = page("One")
    poll(feed("/1 2020-01-01T00:00:00Z"))
    server.routes["/1"] = page("One", STORY.replace("open", "closed"))
    assert poll(feed("/1 2020-01-02T00:00:00Z")) == (0, [])  # before it was read
    assert poll(feed("/1 2999-01-01T00:00:00Z")) == (0, ["new version 1"])


def test_watching_reads_pages_again_after_a_while_where_asked(poll, feed, server, tmp_path):
    server.routes["/1"] = (200, {"ETag": '"1"'}, page("One"))
    address = feed("/1")
    poll(address)
    assert poll(address, recheck=timedelta(hours=1)) == (0, [])
    server.routes["/1"] = (304, {}, b"")
    assert poll(address, recheck=timedelta(0)) == (0, ["unchanged 1"])
    server.routes["/1"] = page("One", STORY.replace("open", "closed"))
    assert poll(address, recheck=timedelta(0)) == (0, ["new version 1"])
    with reading(tmp_path / "quotes.db") as conn:
        assert conn.execute("SELECT max(version) FROM article").fetchone()[0] == 2


def test_watching_stops_between_articles_and_goes_on_at_the_next_start(poll, feed, server):
    server.routes |= {"/1": page("One"), "/2": page("Two")}
    address = feed("/1", "/2", headers={"ETag": '"7"'})
    asked = iter([False, False, True])
    assert poll(address, stopped=lambda: next(asked)) == (0, ["added 1"])
    assert poll(address) == (0, ["added 2"])


def test_watching_outlives_a_page_that_breaks_the_reading(poll, feed, server, monkeypatch):
    server.routes |= {"/1": page("One"), "/2": page("Two")}

    def break_on_one(article):
        if article.title == "One":
            raise RecursionError("too deep")
        return Reading(Extraction(quotes=(), marks=(), extractor="none"), Profile())

    monkeypatch.setattr(adding, "read_article", break_on_one)
    assert poll(feed("/1", "/2")) == (1, ["failed 1", "added 2"])


def test_watching_says_when_the_database_cannot_be_written(poll, feed, server, tmp_path):
    import sqlite3
    from contextlib import closing

    server.routes["/1"] = page("One")
    poll(feed("/1"))
    with closing(sqlite3.connect(tmp_path / "quotes.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseLocked):
            poll(feed("/1"), wait=0.01)


def test_watching_reads_only_so_many_of_a_feed(poll, feed, server):
    server.routes |= {f"/{i}": page(f"Number {i}") for i in range(4)}
    assert poll(feed("/0", "/1", "/2", "/3"), web={"most": 2}) == (0, ["added 0", "added 1"])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "feeds.txt lists no feed; write one address of a feed on each line."),
        ("# a\n\n", "feeds.txt lists no feed; write one address of a feed on each line."),
        (
            "https://news.example/feed\nnews.example\n",
            "line 2 of feeds.txt is no web address (news.example); write one address of a feed on each line.",
        ),
    ],
)
def test_watching_says_what_is_wrong_with_a_list_of_feeds(tmp_path, monkeypatch, text, message):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "feeds.txt").write_text(text)
    with pytest.raises(BadList) as error:
        read_feeds("feeds.txt")
    assert str(error.value) == message


def test_watching_takes_each_feed_of_a_list_once(tmp_path):
    path = tmp_path / "feeds.txt"
    path.write_text("\ufeff# ours\nhttps://a.example/feed\n  http://b.example/feed  \n\nhttps://a.example/feed\n")
    assert read_feeds(path) == ["https://a.example/feed", "http://b.example/feed"]
