"""What must hold for any text, any extraction and any order of adding."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.model import Article, Extraction, MarkPair, Quote, Speaker, TextSpan
from quotes.store import queries
from quotes.store.connection import reading
from quotes.store.verify import verify
from quotes.store.writer import Writer
from quotes.text import join_spans

if TYPE_CHECKING:
    from collections.abc import Sequence

scalar_values = st.characters(exclude_categories=["Cs"])
texts = st.text(scalar_values | st.sampled_from("\0\u202e\U0001f600\ufeff\r\n“”"), min_size=1, max_size=60)
names = st.sampled_from(["Ana Lopez", "Ana López", "Mayor Ana Lopez", "ANA LOPEZ", "Jon Baker", "Mr Jon Baker"])


@st.composite
def spans(draw: st.DrawFn, text: str, *, least: int = 0) -> tuple[TextSpan, ...]:
    bounds = st.integers(0, len(text) - 1).flatmap(
        lambda s: st.builds(TextSpan, st.just(s), st.integers(s + 1, len(text)))
    )
    return tuple(sorted(draw(st.lists(bounds, min_size=least, max_size=3))))


@st.composite
def read_articles(draw: st.DrawFn) -> tuple[Article, Extraction]:
    text = draw(texts)
    quotes = draw(
        st.lists(
            st.builds(
                Quote,
                kind=st.sampled_from(["direct", "mixed", "indirect"]),
                contents=spans(text, least=1),
                cues=spans(text),
                sources=spans(text),
                speaker=st.none() | st.builds(Speaker, names),
                confidence=st.none() | st.floats(0, 1),
                negated=st.booleans(),
            ),
            max_size=4,
        )
    )
    start = draw(st.integers(0, len(text)))
    mark = MarkPair(start=start, end=len(text), opening=None, closing=None, status="unclosed")
    article = Article(
        text=text, title=draw(st.none() | texts), outlet=draw(st.none() | texts), path=draw(st.none() | texts)
    )
    return article, Extraction(quotes=tuple(quotes), marks=(mark,), extractor="made/1")


def add_all(db: Path, articles: Sequence[tuple[Article, Extraction]]) -> list[str]:
    with Writer(db) as writer:
        return [writer.add(article, lambda _, found=extraction: found) for article, extraction in articles]


@settings(deadline=None, max_examples=40)
@given(read=read_articles())
def test_store_gives_back_every_text_and_span_exactly(read: tuple[Article, Extraction]) -> None:
    article, extraction = read
    with TemporaryDirectory() as folder:
        db = Path(folder) / "quotes.db"
        assert add_all(db, [read]) == ["added"]
        assert verify(db) == []
        with reading(db) as conn:
            assert queries.article_text(conn, 1) == article.text
            stored = queries.article(conn, 1)
            assert (stored.title, stored.outlet) == (article.title, article.outlet)
            found = list(queries.every_quote(conn))
            assert [(quote.contents, quote.cues, quote.sources) for quote in found] == [
                (quote.contents, quote.cues, quote.sources) for quote in extraction.quotes
            ]
            assert [(quote.text, quote.kind, quote.confidence, quote.negated) for quote in found] == [
                (join_spans(quote.contents, article.text), quote.kind, quote.confidence, quote.negated)
                for quote in extraction.quotes
            ]
            for quote in found:
                shown = queries.show(conn, quote.id)
                assert shown.context.content == article.text[quote.start : quote.end]


@settings(deadline=None, max_examples=15)
@given(read=st.lists(read_articles(), min_size=1, max_size=4), data=st.data())
def test_store_knows_the_same_speakers_whatever_the_order(
    read: list[tuple[Article, Extraction]], data: st.DataObject
) -> None:
    read = [(replace(article, path=str(number)), extraction) for number, (article, extraction) in enumerate(read)]
    known = []
    for order in (read, data.draw(st.permutations(read))):
        with TemporaryDirectory() as folder:
            db = Path(folder) / "quotes.db"
            add_all(db, order)
            with reading(db) as conn:
                known.append({(speaker.name, speaker.quotes) for speaker in queries.speakers(conn)})
    assert known[0] == known[1]


@settings(deadline=None, max_examples=15)
@given(read=st.lists(read_articles(), min_size=1, max_size=4))
def test_store_is_as_before_when_what_was_added_is_removed(read: list[tuple[Article, Extraction]]) -> None:
    read = [(replace(article, path=str(number)), extraction) for number, (article, extraction) in enumerate(read)]
    with TemporaryDirectory() as folder:
        db = Path(folder) / "quotes.db"
        add_all(db, read[:1])
        with reading(db) as conn:
            before = (list(queries.speakers(conn)), list(queries.articles(conn)), list(queries.every_quote(conn)))
        add_all(db, read[1:])
        with Writer(db) as writer:
            for number in range(2, len(read) + 1):
                writer.remove(number)
        with reading(db) as conn:
            after = (list(queries.speakers(conn)), list(queries.articles(conn)), list(queries.every_quote(conn)))
        assert after == before
        assert verify(db) == []
