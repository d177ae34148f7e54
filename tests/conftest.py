"""What several tests share: the seeds, and a database that holds them."""

import shutil
import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"


@pytest.fixture(scope="session")
def shipped_model():
    """The folder of the model that the package ships."""
    return ROOT / "src" / "quotes" / "data" / "model"


@pytest.fixture(scope="session")
def seeds_database(tmp_path_factory):
    """A database of the five seed articles as the rules read them, made once; tests that write take `filled_database`.

    The rules, so that what is tested on it does not hang on what a model finds.
    """
    from quotes.pipeline import extract_article
    from quotes.readers import read
    from quotes.store.writer import Writer

    path = tmp_path_factory.mktemp("seeds") / "quotes.db"
    with Writer(path) as writer:
        for article in read([SEEDS]):
            writer.add(article, partial(extract_article, extractor="rules"))
    return path


@pytest.fixture
def filled_database(seeds_database, tmp_path):
    """A copy of the seeds' database that a test may change."""
    path = tmp_path / "quotes.db"
    shutil.copy(seeds_database, path)
    return path


@pytest.fixture
def by_rules(monkeypatch):
    """The rules in the shipped extractor's place: fast, and the same whatever model is shipped."""
    from quotes import pipeline

    monkeypatch.setattr(pipeline, "DEFAULT_EXTRACTOR", "rules")
    for name in ("extract_article", "annotate_article"):
        monkeypatch.setattr(pipeline, name, partial(getattr(pipeline, name), extractor="rules"))


def _said(text, content, source, cue, speaker, *, kind):
    from quotes.model import Quote, Speaker, TextSpan

    def span(words):
        start = text.index(words)
        return (TextSpan(start, start + len(words)),)

    return Quote(
        kind=kind,
        contents=span(content),
        sources=span(source),
        cues=span(cue),
        mention=source,
        cue_class="says",
        speaker=Speaker(speaker, "named in full") if speaker else None,
        status="closed" if kind == "direct" else None,
    )


_TOLD = (
    # outlet, date, title, text, quotes as content, source, cue, speaker, kind
    (
        "Daily", "2024-03-01", "Mayor promises a bridge",
        "Rain fell. “We will open the bridge in May,” Mayor Ana Ruiz said on Monday. The “miracle” cost ten million.",
        [("“We will open the bridge in May,”", "Mayor Ana Ruiz", "said", "Ana Ruiz", "direct")],
    ),
    (
        "Evening Post", "2024-03-02", "Bridge in May",
        "“We will open the bridge in May,” Ruiz said. Critics doubt it.",
        [("“We will open the bridge in May,”", "Ruiz", "said", "Ana Ruiz", "direct")],
    ),
    (
        "Weekly", "2024-03-09", "No bridge in May",
        "“We will not open the bridge in May,” the deputy mayor Bo Lind announced. It cost ten million, Mr. Lind said.",
        [
            ("“We will not open the bridge in May,”", "the deputy mayor Bo Lind", "announced", "Bo Lind", "direct"),
            ("It cost ten million", "Mr. Lind", "said", "Bo Lind", "indirect"),
        ],
    ),
    (
        None, None, None,
        "A senior official said that the bridge is not safe.",
        [("the bridge is not safe", "A senior official", "said", None, "indirect")],
    ),
)  # fmt: skip


@pytest.fixture(scope="session")
def told_database(tmp_path_factory):
    """Four articles in which outlets repeat, change and dispute what a mayor said; their groups are made by hand.

    Quotes 1, 2 and 3 are claim 1; 3 has another speaker and a negation; 4 and 5 stand alone.
    """
    import sqlite3
    from contextlib import closing

    from quotes.model import Article, Extraction, MarkPair, TextSpan
    from quotes.store.writer import Writer
    from quotes.topics import Profile, Topic

    path = tmp_path_factory.mktemp("told") / "news.db"
    with Writer(path) as writer:
        for number, (outlet, published, title, text, quotes) in enumerate(_TOLD, 1):
            found = tuple(_said(text, *parts[:4], kind=parts[4]) for parts in quotes)
            marks = tuple(
                MarkPair(start=i + 1, end=text.index("”", i), opening=TextSpan(i, i + 1), closing=None, status="closed")
                for i, char in enumerate(text)
                if char == "“"
            )
            url = f"https://news.example/{number}" if outlet else None
            article = Article(text=text, outlet=outlet, published=published, title=title, url=url, name=str(number))
            extraction = Extraction(quotes=found, marks=marks, extractor="made/1")
            writer.add(
                article,
                lambda _, extraction=extraction: extraction,
                profile=lambda _: Profile((Topic("bridge", 0.5), Topic("May", 0.2))),
            )
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.executescript(_GROUPS_BY_HAND)
    return path


_GROUPS_BY_HAND = """
    DELETE FROM edge; DELETE FROM conflict; DELETE FROM claim_topic;
    UPDATE quote SET utterance_id = NULL, claim_id = NULL;
    DELETE FROM utterance; DELETE FROM claim;
    INSERT INTO claim (id, label, speaker_id, quotes, articles, outlets, sources, speakers, wordings, first_published,
        last_published, conflicts, contradicted)
    VALUES (1, '“We will open the bridge in May,”', 1, 3, 3, 3, 3, 2, 2, '2024-03-01', '2024-03-09', 1, 1),
        (4, 'It cost ten million', 2, 1, 1, 1, 1, 1, 1, '2024-03-09', '2024-03-09', 0, 0),
        (5, 'the bridge is not safe', NULL, 1, 1, 0, 1, 0, 1, NULL, NULL, 0, 0);
    INSERT INTO utterance (id, claim_id, label, quotes, wordings)
    VALUES (1, 1, '“We will open the bridge in May,”', 3, 2), (4, 4, 'It cost ten million', 1, 1),
        (5, 5, 'the bridge is not safe', 1, 1);
    UPDATE quote SET utterance_id = min(id, 1), claim_id = 1 WHERE id <= 3;
    UPDATE quote SET utterance_id = id, claim_id = id WHERE id > 3;
    UPDATE article SET family_id = id;
    INSERT INTO edge (a, b, kind, score, linked, contradiction, method)
    VALUES (1, 3, 'near', 0.9, 1, 'negation', 'words'), (1, 5, 'paraphrase', 0.55, 0, NULL, 'vectors');
    INSERT INTO conflict (claim_id, kind, a, b) VALUES (1, 'different persons', 1, 3);
    INSERT INTO claim_topic (claim_id, rank, term) VALUES (1, 1, 'bridge');
"""


@pytest.fixture
def told_connection(told_database):
    """A connection for look-ups to `told_database`."""
    from quotes.store.connection import reading

    with reading(told_database) as connection:
        yield connection


class LocalServer:
    """A web server on this machine that answers as it is told, well or badly, and keeps what it was asked.

    A route is a body, a status with headers and a body, or a function of the handler.
    """

    def __init__(self) -> None:
        self.routes = {}
        self.requests = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                server.requests.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
                answer = server.routes.get(self.path, (404, {}, b""))
                if callable(answer):
                    answer = answer(self)
                if answer is not None:
                    self.answer(answer)

            def answer(self, answer):
                status, headers, body = (200, {}, answer) if isinstance(answer, str | bytes) else answer
                data = body.encode() if isinstance(body, str) else body
                self.send_response(status)
                headers = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(data)), **headers}
                for name, value in headers.items():
                    if value is not None:
                        self.send_header(name, value)
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_):
                pass

        self.httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.httpd.daemon_threads = True
        self.httpd.handle_error = lambda *_: None
        self.port = self.httpd.server_address[1]
        self.thread = threading.Thread(target=self.httpd.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self.thread.start()

    def __call__(self, path, host="news.example"):
        """The address of a path, under a name that only the tests' own resolver knows."""
        return f"http://{host}:{self.port}{path}"

    def asked(self, path):
        """The headers of each request for a path."""
        return [headers for asked, headers in self.requests if asked == path]

    @property
    def paths(self):
        """What was asked for, in order, but for robots.txt."""
        return [path for path, _ in self.requests if path != "/robots.txt"]

    def close(self):
        self.httpd.shutdown()
        self.httpd.server_close()
        self.thread.join()


@pytest.fixture
def server():
    """A web server on this machine, to be told what to answer."""
    server = LocalServer()
    yield server
    server.close()
