"""From a file through reader, pipeline, store and export: `text[start:end]` is what was stored, for any text."""

import json
import sqlite3
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.export import jsonl
from quotes.model import Article
from quotes.pipeline import extract_article
from quotes.readers import read
from quotes.store.connection import open_reading
from quotes.store.verify import verify
from quotes.store.writer import Writer

SEEDS = Path(__file__).parents[1] / "seeds"
SNIPPETS = st.sampled_from(
    [
        "Ada Byron",
        " said",
        ", ",
        "“we go”",
        '"we all go now"',
        "\n\n",
        "\r\n",
        ".",
        "‘no’",
        "\0",
        "\u202e",
        "😀",
        "é",
        "e\u0301",
        "\ufeff",
    ]
)
TEXTS = st.builds("".join, st.lists(SNIPPETS | st.text(max_size=5), min_size=1, max_size=30)).filter(
    lambda text: any(char.isalnum() for char in text)
)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS)
def test_spans_hold_from_reader_to_export(tmp_path, text):
    (tmp_path / "in.jsonl").write_text(json.dumps({"id": "a", "text": text}), encoding="utf-8")
    db = tmp_path / "quotes.db"
    db.unlink(missing_ok=True)
    (article,) = read([tmp_path / "in.jsonl"])
    assert isinstance(article, Article)
    assert article.text == text
    with Writer(db) as writer:
        writer.add(article, extract_article)
    connection = open_reading(db)
    try:
        (stored,) = [row["text"] for row in jsonl.article_rows(connection)]
        assert stored == text
        exported = list(jsonl.rows(connection))
    finally:
        connection.close()
    assert len(exported) == len(extract_article(article).quotes)
    for row in exported:
        assert " … ".join(text[start:end] for start, end in row["contents"]) == row["text"]
        if row["mention"] is not None:
            assert " … ".join(text[start:end] for start, end in row["sources"]) == row["mention"]
    assert verify(db) == []


def test_every_span_of_the_seeds_holds_as_the_model_reads_them(tmp_path):
    db = tmp_path / "quotes.db"
    with Writer(db) as writer:
        for article in read([SEEDS]):
            writer.add(article, extract_article)
    assert verify(db) == []
    with sqlite3.connect(db) as connection:
        spans = connection.execute(
            "SELECT article.text, span.start, span.end, span.text FROM span"
            " JOIN quote ON quote.id = span.quote_id JOIN article ON article.id = quote.article_id"
        ).fetchall()
    connection.close()
    assert spans
    assert all(text[start:end] == stored for text, start, end, stored in spans)
