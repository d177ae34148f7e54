"""Every page over a thousand real articles: long quotes, odd names, many outlets, many claims."""

import gzip
import json
import os
from pathlib import Path

import pytest

from quotes.model import Article, Extraction, Quote, Speaker, TextSpan
from quotes.store.writer import Writer

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
PHONE = {"width": 390, "height": 844}
PAGES = [
    *("", "/search", "/search?q=the", "/search?q=make+america+great", "/speakers", "/claims", "/conflicts", "/drift"),
    *("/coverage", "/suggestions", "/speaker/1", "/speaker/30", "/claim/1", "/article/1", "/article/500"),
]
pytestmark = [
    pytest.mark.corpora,
    pytest.mark.timeout(1800),
    pytest.mark.skipif("QUOTES_SLOW_TESTS" not in os.environ, reason="takes ten minutes: set QUOTES_SLOW_TESTS"),
]


def documents():
    for name in ("polnear-dev", "polnear-train", "gum-dev", "gum-train"):
        with gzip.open(CORPORA / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def quotes(document):
    """The corpus's own relations."""
    text = document["text"]
    for found in document.get("attributions", []):
        parts = {role: tuple(TextSpan(*span) for span in found[role]) for role in ("contents", "cues", "sources")}
        if parts["contents"]:
            name = parts["sources"][0].of(text) if parts["sources"] else None
            kind = found.get("kind") if found.get("kind") in {"direct", "mixed", "indirect"} else "indirect"
            yield Quote(kind=kind, mention=name, speaker=Speaker(name) if name and name[0].isupper() else None, **parts)


@pytest.fixture(scope="module")
def thousand(tmp_path_factory, serving):
    if not CORPORA.is_dir():
        pytest.skip("the corpora do not stand beside the project")
    path = tmp_path_factory.mktemp("corpora") / "corpora.db"
    with Writer(path) as writer:
        added = 0
        for document in documents():
            outlet, published = document.get("publisher"), document.get("date")
            article = Article(
                text=document["text"],
                title=document.get("title"),
                outlet=outlet,
                published=published,
                name=document["id"],
            )
            extraction = Extraction(quotes=tuple(quotes(document)), marks=(), extractor="gold")
            writer.add(article, lambda _, extraction=extraction: extraction)
            added += 1
    assert added > 1000
    with serving(path) as address:
        yield address


@pytest.mark.parametrize("path", PAGES)
def test_corpora_pages_fit_and_report_no_error(watch, thousand, path):
    for viewport in ({"width": 1280, "height": 900}, PHONE):
        watched = watch(thousand + path, viewport=viewport)
        assert watched.page.locator("h1").count() == 1
        assert watched.overflow() <= 0
