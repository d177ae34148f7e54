"""How many words a second the steps of extraction read, one after the other in one run, and the ratios between them.

    make benchmark
    .venv/bin/python benchmarks/extraction.py [ARTICLES.jsonl[.gz]] [--words 20000]

Without a file the articles in seeds/ are read again and again. Words are what stands between white space. The floor is
cutting the text into the model's pieces, without which nothing can be done.
"""

from __future__ import annotations

import argparse
import time
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

from quotes.encoder import WordReader
from quotes.extract.marks import pair_marks
from quotes.model import Article
from quotes.pipeline import extract_article
from quotes.readers import read

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parent.parent
VOCABULARY = ROOT / "src/quotes/data/model/vocabulary.txt"


def sample(source: Path, words: int) -> list[Article]:
    """Articles of at least so many words in all, the same one more than once where there are not enough."""
    known = [outcome for outcome in read([source]) if isinstance(outcome, Article)]
    chosen: list[Article] = []
    for article in cycle(known):
        chosen.append(article)
        words -= len(article.text.split())
        if words <= 0:
            return chosen
    return chosen


def main() -> None:
    """Time each step over the same articles, after a first article that loads what it needs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", nargs="?", type=Path, default=ROOT / "seeds")
    parser.add_argument("--words", type=int, default=20_000)
    arguments = parser.parse_args()
    articles = sample(arguments.source, arguments.words)
    words = sum(len(article.text.split()) for article in articles)
    reader = WordReader(VOCABULARY)
    steps: dict[str, Callable[[Article], object]] = {
        "cut into pieces": lambda article: reader.read(article.text),
        "pair marks": lambda article: pair_marks(article.text),
        "extract by rules": lambda article: extract_article(article, extractor="rules"),
        "extract by model": lambda article: extract_article(article, extractor="model"),
    }
    print(f"{len(articles)} articles, {words:,} words")
    print(f"  {'step':20}  {'words/s':>9}  {'/ pieces':>9}")
    floor = 0.0
    for name, step in steps.items():
        step(articles[0])
        began = time.perf_counter()
        for article in articles:
            step(article)
        seconds = time.perf_counter() - began
        floor = floor or seconds
        print(f"  {name:20}  {words / seconds:9,.0f}  {seconds / floor:9.1f}")


if __name__ == "__main__":
    main()
