"""A small database made by hand, and Datasette over it."""

import pytest
from datasette.app import Datasette
from datasette.plugins import pm

from quotes import datasette_plugin
from quotes.model import Article, Extraction, MarkPair, Quote, Speaker, TextSpan
from quotes.store.writer import Writer

if not pm.is_registered(datasette_plugin):  # where the package is not installed
    pm.register(datasette_plugin)

PROMISE = "“We will open the bridge in May,”"


def span(text, words):
    start = text.index(words)
    return TextSpan(start, start + len(words))


def said(text, content, *, source, cue="said", speaker=None, kind="direct"):
    """A quote of a text, found by its words."""
    return Quote(
        kind=kind,
        contents=(span(text, content),),
        cues=(span(text, cue),),
        sources=(span(text, source),),
        mention=source,
        speaker=Speaker(speaker, "named in full") if speaker else None,
    )


def add(writer, text, quotes, **facts):
    """Store an article whose closed quotation marks are those of its quotes."""
    marks = tuple(
        MarkPair(start=i, end=text.index("”", i), opening=TextSpan(i - 1, i), closing=None, status="closed")
        for i in (index + 1 for index, char in enumerate(text) if char == "“")
    )
    writer.add(Article(text=text, **facts), lambda _: Extraction(quotes=tuple(quotes), marks=marks, extractor="test 1"))


@pytest.fixture
def empty(tmp_path):
    """A database without an article."""
    path = tmp_path / "empty.db"
    with Writer(path):
        pass
    return path


@pytest.fixture
def filled(tmp_path):
    """Three articles of two outlets and none, two of them with the same words; the mayor and the critic speak."""
    path = tmp_path / "news.db"
    first = f"Rain fell.\n{PROMISE} Mayor Ana Ruiz said on Monday. The “miracle” cost ten million."
    second = f"{PROMISE} Ruiz said."
    third = "Critics doubt it. Bo Lind said that the bridge is not safe."
    with Writer(path) as writer:
        add(
            writer,
            second,
            [said(second, PROMISE, source="Ruiz", speaker="Ana Ruiz")],
            name="b",
            title="Bridge in May",
            outlet="Evening Post",
            published="2024-03-02",
            url="https://post.example/b",
        )
        add(
            writer,
            first,
            [said(first, PROMISE, source="Mayor Ana Ruiz", speaker="Ana Ruiz")],
            name="a",
            title="Mayor promises",
            outlet="Daily",
            published="2024-03-01",
        )
        add(
            writer,
            third,
            [said(third, "the bridge is not safe", source="Bo Lind", speaker="Bo Lind", kind="indirect")],
            name="c",
            title="Critics",
        )
    return path


@pytest.fixture
def stored(tmp_path):
    """A database with one article of this text, in which `who` is reported to have said `content`."""

    def store(text, content, *, who, speaker=None, **facts):
        path = tmp_path / "one.db"
        with Writer(path) as writer:
            add(writer, text, [said(text, content, source=who, speaker=speaker)], **facts)
        return path

    return store


@pytest.fixture
async def serve():
    """Datasette over some files, started, and closed at the end."""
    served = []

    async def start(*paths, **options):
        datasette = Datasette([str(path) for path in paths], **options)
        served.append(datasette)
        await datasette.invoke_startup()
        return datasette

    yield start
    for datasette in served:
        datasette.executor.shutdown()
        for database in datasette.databases.values():
            database.close()


@pytest.fixture
async def page(serve):
    """The HTML of a page of Datasette over a file."""

    async def get(path, address, **options):
        datasette = await serve(path, **options)
        response = await datasette.client.get(address)
        if response.status_code == 302:  # Datasette 1.0 has moved the page for SQL
            response = await datasette.client.get(response.headers["location"])
        assert response.status_code == 200, response.text
        return response.text

    return get


@pytest.fixture
async def rows(serve):
    """The rows that an address of Datasette over a file gives as JSON."""

    async def get(path, address, **parameters):
        datasette = await serve(path)
        response = await datasette.client.get(f"{address}.json", params={**parameters, "_shape": "array"})
        assert response.status_code == 200, response.text
        return response.json()

    return get
