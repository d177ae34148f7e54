"""Fetching from a server that misbehaves; the clock stands still but for the waits that are asked for."""

from __future__ import annotations

import gzip
import time
import zlib
from typing import TYPE_CHECKING, Any

import pytest

from quotes.errors import AddressRefused, FetchFailed, InputTooLarge
from quotes.model import Fetched
from quotes.readers.fetching import Fetcher
from quotes.readers.settings import Web

if TYPE_CHECKING:
    from collections.abc import Callable

MOST = 100_000


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def fetcher(clock: Clock) -> Callable[..., Fetcher]:
    def make(*, addresses: dict[str, str] | None = None, **settings: Any) -> Fetcher:
        settings = {"allow_private": True, "delay": 0.0, **settings}
        found = {} if addresses is None else addresses
        return Fetcher(
            Web(**settings),
            max_bytes=MOST,
            resolve=lambda host, _: [found.get(host, "127.0.0.1")],
            clock=clock,
            sleep=clock.sleep,
        )

    return make


@pytest.fixture
def get(fetcher: Callable[..., Fetcher]) -> Callable[..., Any]:
    def one(url: str, **settings: Any) -> Any:
        with fetcher(**settings) as fetching:
            return fetching.get(url)

    return one


def test_fetching_gives_the_answer(get, server):
    server.routes["/a"] = (200, {"ETag": '"1"', "Last-Modified": "Mon, 06 May 2024 10:00:00 GMT"}, "words")
    answer = get(server("/a"))
    assert (answer.status, answer.data, answer.content_type, answer.charset) == (200, b"words", "text/html", "utf-8")
    assert (answer.asked, answer.url) == (server("/a"), server("/a"))
    assert (answer.etag, answer.last_modified) == ('"1"', "Mon, 06 May 2024 10:00:00 GMT")


def test_fetching_says_who_asks(get, server):
    server.routes["/a"] = "words"
    get(server("/a"), contact="desk@paper.example")
    [headers] = server.asked("/a")
    assert headers["user-agent"].startswith("newsquotes/")
    assert headers["user-agent"].endswith(" (reads news articles for fact-checkers; desk@paper.example)")
    assert headers["host"] == f"news.example:{server.port}"
    assert headers["accept-encoding"] == "gzip"


def test_fetching_asks_only_for_what_has_changed(fetcher, server):
    server.routes["/a"] = (304, {}, b"")
    known = Fetched(url=server("/a"), location="https://news.example/a", etag='"1"', last_modified="yesterday")
    with fetcher() as fetching:
        answer = fetching.get(server("/a"), known=known)
    assert (answer.status, answer.data) == (304, b"")
    [headers] = server.asked("/a")
    assert (headers["if-none-match"], headers["if-modified-since"]) == ('"1"', "yesterday")


def test_fetching_takes_no_unasked_answer_that_nothing_has_changed(get, server):
    server.routes["/a"] = (304, {}, b"")
    with pytest.raises(FetchFailed) as failed:
        get(server("/a"))
    assert str(failed.value) == f"{server('/a')} answers 304 (not modified); look it up in a browser."


# robots.txt


def test_fetching_obeys_robots_txt(get, server):
    server.routes["/robots.txt"] = "User-agent: newsquotes\nDisallow: /private/\n"
    server.routes["/private/a"] = "words"
    with pytest.raises(AddressRefused) as refused:
        get(server("/private/a"))
    assert str(refused.value) == (
        f"{server('/private/a')} is not for programs to read ({server('/robots.txt')}); "
        "save the page in a browser as .html and add the file."
    )
    assert server.paths == []


def test_fetching_obeys_the_robots_txt_of_where_it_is_led(get, server):
    server.routes["/robots.txt"] = "User-agent: *\nDisallow: /private/\n"
    server.routes["/a"] = (302, {"Location": "/private/a"}, "")
    with pytest.raises(AddressRefused):
        get(server("/a"))
    assert server.paths == ["/a"]


@pytest.mark.parametrize("status", [404, 403, 410])
def test_fetching_takes_a_missing_robots_txt_for_leave(get, server, status):
    server.routes |= {"/robots.txt": (status, {}, "no"), "/a": "words"}
    assert get(server("/a")).data == b"words"


def test_fetching_reads_nothing_of_a_host_whose_robots_txt_fails(get, server):
    server.routes |= {"/robots.txt": (500, {}, "oops"), "/a": "words"}
    with pytest.raises(AddressRefused) as refused:
        get(server("/a"))
    assert f"({server('/robots.txt')} cannot be read)" in str(refused.value)


def test_fetching_reads_robots_txt_once_a_day(fetcher, server, clock):
    server.routes |= {"/robots.txt": "User-agent: *\nDisallow: /x\n", "/a": "words"}
    with fetcher() as fetching:
        fetching.get(server("/a"))
        fetching.get(server("/a"))
        assert len(server.asked("/robots.txt")) == 1
        clock.now += 25 * 60 * 60
        fetching.get(server("/a"))
    assert len(server.asked("/robots.txt")) == 2


def test_fetching_survives_a_robots_txt_that_is_none(get, server):
    server.routes |= {"/robots.txt": bytes(range(256)) * 300, "/a": "words"}
    assert get(server("/a")).data == b"words"


# manners


def test_fetching_asks_one_host_at_most_once_in_a_while(fetcher, server, clock):
    server.routes |= {"/a": "words", "/b": "words"}
    with fetcher(delay=1.5) as fetching:
        for path in ("/a", "/b"):
            fetching.get(server(path))
        assert clock.slept == [1.5, 1.5]  # after robots.txt, after /a
        fetching.get(server("/a", host="other.example"))
        assert clock.slept == [1.5, 1.5, 1.5]  # after the other host's robots.txt


def test_fetching_waits_as_long_as_robots_txt_asks(fetcher, server, clock):
    server.routes |= {"/robots.txt": "User-agent: *\nCrawl-delay: 7\n", "/a": "words"}
    with fetcher(delay=1.0) as fetching:
        for _ in range(3):
            fetching.get(server("/a"))
    assert clock.slept == [1.0, 7.0, 7.0]


def test_fetching_tries_again_later_each_time(get, server, clock):
    answers = iter([(503, {}, "busy"), (502, {}, "busy"), (200, {}, "words")])
    server.routes["/a"] = lambda _: next(answers)
    assert get(server("/a")).data == b"words"
    assert clock.slept == [2.0, 4.0]


def test_fetching_waits_as_long_as_the_server_asks(get, server, clock):
    answers = iter([(429, {"Retry-After": "17"}, "busy"), (200, {}, "words")])
    server.routes["/a"] = lambda _: next(answers)
    assert get(server("/a")).data == b"words"
    assert clock.slept == [17.0]


@pytest.mark.parametrize("wait", ["3600", "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_fetching_gives_up_where_it_would_wait_for_long(get, server, clock, wait):
    server.routes["/a"] = (429, {"Retry-After": wait}, "busy")
    with pytest.raises(FetchFailed) as failed:
        get(server("/a"))
    assert str(failed.value) == f"{server('/a')} answers 429 (too many requests); try again later."
    assert clock.slept == []


def test_fetching_gives_up_after_three_tries(get, server):
    server.routes["/a"] = (500, {"Retry-After": "soon"}, "oops")
    with pytest.raises(FetchFailed):
        get(server("/a"))
    assert server.paths == ["/a"] * 3


@pytest.mark.parametrize(
    ("status", "end"),
    [
        (404, "answers 404 (not found); check the address."),
        (403, "answers 403 (forbidden); save the page in a browser as .html and add the file."),
        (410, "answers 410 (gone); look for it in a web archive."),
        (799, "answers 799; look it up in a browser."),
        (204, "answers 204 (no content); look it up in a browser."),
    ],
)
def test_fetching_tells_what_a_status_means(get, server, status, end):
    server.routes["/a"] = (status, {}, "")
    with pytest.raises(FetchFailed) as failed:
        get(server("/a"))
    assert str(failed.value) == f"{server('/a')} {end}"
    assert server.paths == ["/a"]


# redirects


def test_fetching_goes_where_it_is_led(get, server):
    server.routes |= {
        "/a": (301, {"Location": "/b?x=1"}, ""),
        "/b?x=1": (307, {"Location": server("/c")}, ""),
        "/c": "words",
    }
    answer = get(server("/a"))
    assert (answer.asked, answer.url, answer.data) == (server("/a"), server("/c"), b"words")


def test_fetching_goes_round_in_no_circle(get, server):
    server.routes |= {"/a": (302, {"Location": "/b"}, ""), "/b": (302, {"Location": "/a"}, "")}
    with pytest.raises(FetchFailed) as failed:
        get(server("/a"))
    assert str(failed.value) == f"{server('/a')} leads on more than 8 times; look it up in a browser."
    assert len(server.paths) == 9


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("file:///etc/passwd", "file:///etc/passwd is no address of the web; give one with https:// or http://."),
        (
            "gopher://news.example/a",
            "gopher://news.example/a is no address of the web; give one with https:// or http://.",
        ),
        ("http://u:p@news.example/", "news.example with a user's name in the address; leave it out."),
        ("http://:80/", "http://:80/ names no host; check the address."),
    ],
)
def test_fetching_is_led_to_nothing_but_the_web(get, server, target, message):
    server.routes["/a"] = (302, {"Location": target}, "")
    with pytest.raises(AddressRefused) as refused:
        get(server("/a"))
    assert str(refused.value) == f"{server('/a')} leads to {message}"


def test_fetching_is_led_into_no_private_network(fetcher, server):
    """The first host is let through by name, so that only the redirect's is refused."""
    server.routes["/a"] = (302, {"Location": "http://inside.example/"}, "")
    from quotes.readers import network

    private = {"inside.example": "10.0.0.1"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(network, "is_public", lambda address: address == "127.0.0.1")
        with fetcher(addresses=private, allow_private=False) as fetching, pytest.raises(AddressRefused) as refused:
            fetching.get(server("/a"))
    assert str(refused.value).startswith("inside.example is at 10.0.0.1, which is no address of the public internet")


@pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]", "localhost"])
def test_fetching_reads_nothing_of_this_machine_unless_it_may(host, server):
    server.routes["/a"] = "words"
    with Fetcher(Web(delay=0), max_bytes=MOST) as fetching, pytest.raises(AddressRefused):
        fetching.get(f"http://{host}:{server.port}/a")
    assert server.requests == []


# size and time


def test_fetching_unpacks_gzip(get, server):
    server.routes["/a"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(b"words " * 1000))
    assert get(server("/a")).data == b"words " * 1000


@pytest.mark.parametrize("level", ["plain", "packed", "without length"])
def test_fetching_takes_no_more_than_the_limit(get, server, level):
    body = b"x" * (MOST + 1)
    server.routes["/a"] = {
        "plain": (200, {}, body),
        "packed": (200, {"Content-Encoding": "gzip"}, gzip.compress(body * 200)),
        "without length": (200, {"Content-Length": None, "Connection": "close"}, body),
    }[level]
    with pytest.raises(InputTooLarge) as failed:
        get(server("/a"))
    assert str(failed.value) == f"{server('/a')} has over 100,000 bytes, the limit; raise it with `--max-size`."


def test_fetching_holds_little_of_a_bomb(get, server):
    import tracemalloc

    bomb = zlib.compressobj(9, zlib.DEFLATED, 31)
    packed = b"".join(bomb.compress(bytes(1_000_000)) for _ in range(100)) + bomb.flush()
    server.routes["/a"] = (200, {"Content-Encoding": "gzip"}, packed)
    tracemalloc.start()
    try:
        with pytest.raises(InputTooLarge):
            get(server("/a"))
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("encoding", ["gzip, gzip", "br", "deflate"])
def test_fetching_takes_no_packing_that_it_did_not_ask_for(get, server, encoding):
    server.routes["/a"] = (200, {"Content-Encoding": encoding}, gzip.compress(gzip.compress(bytes(10_000))))
    with pytest.raises(FetchFailed) as failed:
        get(server("/a"))
    assert str(failed.value) == (
        f"{server('/a')} is packed in a way that was not asked for ({encoding!r}); "
        "save the page in a browser as .html and add the file."
    )


def test_fetching_tells_damaged_gzip(get, server):
    server.routes["/a"] = (200, {"Content-Encoding": "gzip"}, b"<p>words</p>")
    with pytest.raises(FetchFailed) as failed:
        get(server("/a"))
    assert str(failed.value) == (
        f"{server('/a')} is packed as gzip and damaged; save the page in a browser as .html and add the file."
    )


@pytest.mark.parametrize(
    "answer",
    [
        (200, {"Content-Length": "100"}, b"words"),
        (200, {"Content-Encoding": "gzip"}, gzip.compress(b"words" * 99)[:-9]),
    ],
    ids=["shorter than it says", "half of the gzip"],
)
def test_fetching_takes_no_half_of_an_answer(get, server, answer):
    def break_off(handler):
        handler.close_connection = True
        handler.answer(answer)

    server.routes["/a"] = break_off
    with pytest.raises(FetchFailed, match="answers what is not whole"):
        get(server("/a"))
    assert server.paths == ["/a"] * 3


def test_fetching_reads_no_further_than_an_answer_says(get, server):
    server.routes["/a"] = (200, {"Content-Length": "5", "Connection": "close"}, b"words and more")
    assert get(server("/a")).data == b"words"


@pytest.mark.parametrize("part", ["headers", "body"])
def test_fetching_does_not_wait_for_what_trickles_in(server, part):
    """The one test that waits, a fifth of a second; each byte comes sooner than any time limit of a single read."""

    def trickle(handler):
        handler.close_connection = True
        try:
            if part == "body":
                handler.send_response(200)
                handler.end_headers()
            for _ in range(500):
                handler.wfile.write(b"H")
                handler.wfile.flush()
                time.sleep(0.02)
        except OSError:
            pass

    server.routes["/a"] = trickle
    web = Web(allow_private=True, delay=0, timeout=0.2)
    start = time.monotonic()
    with Fetcher(web, max_bytes=MOST, sleep=lambda _: None) as fetching, pytest.raises(FetchFailed) as failed:
        fetching.get(f"http://127.0.0.1:{server.port}/a")
    assert str(failed.value).endswith(" takes longer than 0.2 s; try again, or raise `--timeout`.")
    assert time.monotonic() - start < 5


def test_fetching_tells_that_nobody_is_there(get, server, clock):
    server.close()
    server.close = lambda: None
    with pytest.raises(FetchFailed) as failed:
        get(server("/a"))
    assert str(failed.value) == (
        f"{server('/robots.txt')} cannot be reached ([errno 111] connection refused); "
        "check the address and your connection."
    )
    assert clock.slept == [2.0, 4.0]


@pytest.mark.parametrize("garbage", [b"", b"\x00\xff\x00\xff\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 100_000])
def test_fetching_survives_what_is_no_answer(get, server, garbage):
    def answer(handler):
        handler.close_connection = True
        handler.wfile.write(garbage)

    server.routes["/a"] = answer
    with pytest.raises(FetchFailed):
        get(server("/a"))
