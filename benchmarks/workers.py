"""Words a second of `quotes.pipeline.extract_articles` by number of workers, beside onnxruntime's own threads.

    .venv/bin/python benchmarks/workers.py [ARTICLES.jsonl[.gz]] [--words 60000] [--workers 1 2 4]

"workers" are processes of one onnxruntime thread each, their start and the loading of the model included; "threads" is
the model alone in this process, each operation shared out among so many threads. Memory is the largest of this process
and of one worker, as the system counts it (`ru_maxrss`); run it on an otherwise idle machine.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from pathlib import Path

from extraction import sample

from quotes.encoder import Encoder
from quotes.pipeline import extract_articles

ROOT = Path(__file__).parent.parent
_UNIT = 1 if sys.platform == "darwin" else 1024  # bytes


def main() -> None:
    """Time both ways for each number."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", nargs="?", type=Path, default=ROOT / "seeds")
    parser.add_argument("--words", type=int, default=60_000)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    arguments = parser.parse_args()
    articles = sample(arguments.source, arguments.words)
    words = sum(len(article.text.split()) for article in articles)
    print(f"{len(articles)} articles, {words:,} words")
    for number in arguments.workers:
        began = time.perf_counter()
        for _ in extract_articles(articles, workers=number):
            pass
        print(f"  workers {number:2}  {words / (time.perf_counter() - began):9,.0f} words/s")
    for number in arguments.workers:
        encoder = Encoder(ROOT / "src/quotes/data/model", threads=number)
        began = time.perf_counter()
        for _ in encoder.read(article.text for article in articles):
            pass
        print(f"  threads {number:2}  {words / (time.perf_counter() - began):9,.0f} words/s, the model alone")
    for who, name in ((resource.RUSAGE_SELF, "this process"), (resource.RUSAGE_CHILDREN, "a worker")):
        print(f"  {name}: {resource.getrusage(who).ru_maxrss * _UNIT // 2**20:,} MB at the most")


if __name__ == "__main__":
    main()
