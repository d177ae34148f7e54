"""What several tests share: the seeds, and a database that holds them."""

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"


@pytest.fixture(scope="session")
def seeds_database(tmp_path_factory):
    """A database with the five seed articles, made once; tests that write take `filled_database`."""
    from quotes.pipeline import extract_article
    from quotes.readers import read
    from quotes.store.writer import Writer

    path = tmp_path_factory.mktemp("seeds") / "quotes.db"
    with Writer(path) as writer:
        for article in read([SEEDS]):
            writer.add(article, extract_article)
    return path


@pytest.fixture
def filled_database(seeds_database, tmp_path):
    """A copy of the seeds' database that a test may change."""
    path = tmp_path / "quotes.db"
    shutil.copy(seeds_database, path)
    return path
