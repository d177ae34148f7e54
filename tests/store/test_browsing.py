"""Listings and totals say what a recount of quotes, articles and marks says, whatever was done to them."""

import sqlite3
from contextlib import closing

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.model import Article, Extraction, MarkPair, Quote, Speaker, TextSpan
from quotes.store.connection import reading
from quotes.store.writer import Writer

RECOUNTED = {
    "SELECT name, number FROM total WHERE number ORDER BY name": """
        SELECT * FROM (
            SELECT 'articles' AS name, count(*) AS number FROM article
            UNION SELECT 'outlets', count(*) FROM outlet
            UNION SELECT 'quotes', count(*) FROM quote
            UNION SELECT 'speakers', count(*) FROM speaker
        ) WHERE number ORDER BY name""",
    "SELECT * FROM listing ORDER BY quote_id": """
        SELECT quote.id, article_id, coalesce(published, ''), speaker_id, coalesce(outlet_id, 0), kind, cue_class
        FROM quote JOIN article ON article.id = article_id ORDER BY quote.id""",
    "SELECT * FROM month_total ORDER BY month": """
        SELECT substr(coalesce(published, ''), 1, 7) AS month, count(*)
        FROM quote JOIN article ON article.id = article_id GROUP BY month ORDER BY month""",
    "SELECT * FROM speaker_total ORDER BY speaker_id": """
        SELECT speaker_id, count(*) FROM quote WHERE speaker_id IS NOT NULL GROUP BY speaker_id ORDER BY speaker_id""",
    "SELECT * FROM speaker_month ORDER BY speaker_id, month, outlet_id": """
        SELECT speaker_id, substr(coalesce(published, ''), 1, 7) AS month, coalesce(outlet_id, 0) AS outlet, count(*)
        FROM quote JOIN article ON article.id = article_id WHERE speaker_id IS NOT NULL
        GROUP BY speaker_id, month, outlet ORDER BY speaker_id, month, outlet""",
    "SELECT * FROM article_total ORDER BY article_id": """
        SELECT id, coalesce(outlet_id, 0), (SELECT count(*) FROM quote WHERE article_id = article.id),
            (SELECT count(*) FROM mark WHERE article_id = article.id AND level = 0),
            (SELECT count(quote_id) FROM mark WHERE article_id = article.id AND level = 0)
        FROM article ORDER BY id""",
    "SELECT * FROM outlet_total ORDER BY outlet_id": """
        SELECT outlet_id, count(*), sum(quotes), sum(marks), sum(covered)
        FROM article_total GROUP BY outlet_id ORDER BY outlet_id""",
}

TEXT = "“One,” said Ana Ruiz. “Two,” said Bo Lind. The “third” was nobody’s. Four, they say. {}"


def span(words):
    start = TEXT.index(words)
    return TextSpan(start, start + len(words))


def extraction(speakers):
    """Quotes of these speakers, None for one without a name, and three quotations in marks."""
    contents = ("“One,”", "“Two,”", "Four")
    quotes = [
        Quote(kind=kind, contents=(span(words),), speaker=Speaker(name) if name else None, cue_class="says")
        for words, name, kind in zip(contents, speakers, ("direct", "direct", "indirect"), strict=False)
    ]
    marks = [
        MarkPair(
            start=span(words).start + 1,
            end=span(words).end - 1,
            opening=None,
            closing=None,
            status="closed",
            level=level,
        )
        for words, level in (("“One,”", 0), ("“Two,”", 0), ("“third”", 0), ("hird", 1))
    ]
    return Extraction(quotes=tuple(quotes), marks=tuple(marks), extractor="made/1")


def recounts(path):
    with reading(path) as conn:
        conn.row_factory = None
        for kept, counted in RECOUNTED.items():
            yield conn.execute(kept).fetchall(), conn.execute(counted).fetchall()


def assert_all_agree(path):
    for kept, counted in recounts(path):
        assert kept == counted


NAMES = st.sampled_from([None, "Ana Ruiz", "Bo Lind"])
ADDING = st.tuples(
    st.just("add"),
    st.integers(0, 3),
    st.lists(NAMES, max_size=3),
    st.sampled_from([None, "Daily", "Post"]),
    st.sampled_from([None, "2023", "2024-03", "2024-03-01", "2024-03-02T10:00:00Z"]),
)
STEPS = st.lists(
    st.one_of(
        ADDING, st.tuples(st.just("remove"), st.integers(1, 5)), st.tuples(st.just("unquote"), st.integers(1, 9))
    ),
    max_size=10,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_browsing_totals_are_those_of_a_recount_after_any_changes(tmp_path_factory, steps):
    path = tmp_path_factory.mktemp("totals") / "quotes.db"
    with Writer(path) as writer:
        for step, number, *what in steps:
            if step == "add":
                speakers, outlet, published = what
                article = Article(
                    text=TEXT.format(len(speakers)),
                    name=str(number),
                    path=f"{number}.txt",
                    outlet=outlet,
                    published=published,
                )
                found = extraction(speakers)
                writer.add(article, lambda _, found=found: found)
            elif step == "remove":
                with closing(sqlite3.connect(path)) as conn:
                    known = conn.execute("SELECT 1 FROM article WHERE id = ?", (number,)).fetchone()
                if known:
                    writer.remove(number)
            else:
                writer._conn.execute("DELETE FROM quote WHERE id = ?", (number,))
    assert_all_agree(path)


def test_browsing_totals_follow_a_speaker_that_is_merged(make, add, db):
    for name, speaker in (("a", "Ana Ruiz"), ("b", "Ana Maria Ruiz")):
        add(*make.saying(f"{name} says so", speaker=speaker, name=name, published="2024-03-01"))
    with closing(sqlite3.connect(db)) as conn, conn:
        conn.execute("UPDATE quote SET speaker_id = 1")
    with reading(db) as conn:
        totals = conn.execute("SELECT speaker_id, quotes FROM speaker_total").fetchall()
    assert [tuple(row) for row in totals] == [(1, 2)]
    assert_all_agree(db)
