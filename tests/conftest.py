"""What several tests share: the seeds, and a database that holds them."""

import shutil
from functools import partial
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
