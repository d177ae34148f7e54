"""Time and memory of grouping, by number of quotes: all anew (`quotes group`), and one more article after it.

    .venv/bin/python benchmarks/grouping.py [SOURCE.db] [--quotes 10000 100000] [--folder /tmp]

SOURCE is a database of real quotes, by default the seeds'. Statements are made of it: the beginning of one real quote
and the end of another, with most content words exchanged for others, so that they are unlike all others (where fewer
are exchanged, a million statements of some thousand quotes have hundreds each that begin alike, and are near). A third
of them is printed more than once, up to some hundred times (Zipf): word for word, with a word cut, replaced or added, a
number changed, or in part. Ten quotes stand in an article. Each number is measured in a process of its own, with two
that work for it; memory is the most that all three held together.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sqlite3
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from measuring import watched

from quotes.lexicon import word_list
from quotes.model import Article, Extraction, Quote, TextSpan
from quotes.store.writer import Writer
from quotes.text import fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from measuring import Cost

ROOT = Path(__file__).parent.parent
_IN_ARTICLE = 10
_WORKERS = 2


def statements(real: list[list[str]], number: int, seed: int) -> Iterator[str]:
    """So many quotes, those of one statement spread over the whole."""
    draw = random.Random(seed)
    light = word_list("function_words")
    pool = sorted({word for words in real for word in words if word.casefold() not in light and word.isalpha()})
    made: list[str] = []
    while len(made) < number:
        words = _unlike(real, pool, draw)
        made.append(" ".join(words))
        if draw.random() < 1 / 3:
            made.extend(" ".join(_variant(words, pool, draw)) for _ in range(min(300, int(draw.paretovariate(1.2)))))
    del made[number:]
    draw.shuffle(made)
    yield from made


def _unlike(real: list[list[str]], pool: list[str], draw: random.Random) -> list[str]:
    first, second = draw.choice(real), draw.choice(real)
    words = first[: max(4, len(first) // 2)] + second[len(second) // 2 :]
    return [draw.choice(pool) if draw.random() < 0.7 and len(word) > 3 else word for word in words]


def _variant(words: list[str], pool: list[str], draw: random.Random) -> list[str]:
    place = draw.randrange(len(words))
    return draw.choice(
        (
            words,
            words,
            words[:place] + words[place + 1 :],
            [*words[:place], draw.choice(pool), *words[place + 1 :]],
            [*words[:place], draw.choice(pool), *words[place:]],
            [*words[:place], str(draw.randrange(2, 900)), *words[place:]],
            words[len(words) // 4 : len(words) - len(words) // 5],
        )
    )


def articles(texts: list[str]) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Articles of ten quotes each, with the bounds of these."""
    for start in range(0, len(texts), _IN_ARTICLE):
        text, bounds = f"Paper {start} of the day.", []
        for number, words in enumerate(texts[start : start + _IN_ARTICLE]):
            text += f" Reporter {start} heard in room {number * start}: "
            bounds.append((len(text), len(text) + len(words)))
            text += f"{words}. It was {start + number} o'clock."
        yield text, bounds


def fill(path: Path, texts: list[str]) -> None:
    """A database of these quotes, without groups."""
    with Writer(path):
        pass
    conn = sqlite3.connect(path)
    conn.execute("PRAGMA synchronous = OFF")
    with conn:
        for number, (text, bounds) in enumerate(articles(texts), 1):
            conn.execute(
                "INSERT INTO article (id, label, name, location, version, characters, text, text_hash, replaced, "
                "reader, extractor, added) VALUES (?, ?, ?, ?, 1, ?, ?, ?, 0, 'made', 'made/1', '2024-01-01')",
                (number, str(number), str(number), str(number), len(text), text, str(number)),
            )
            for position, (start, end) in enumerate(bounds):
                cursor = conn.execute(
                    "INSERT INTO quote (article_id, position, kind, text, negated, fingerprint) "
                    "VALUES (?, ?, 'direct', ?, 0, ?)",
                    (number, position, text[start:end], fingerprint(text[start:end])),
                )
                span = (cursor.lastrowid, "content", 0, start, end, text[start:end])
                conn.execute("INSERT INTO span VALUES (?, ?, ?, ?, ?, ?)", span)
    conn.close()


def measure(path: Path, more: list[str]) -> tuple[Cost, float]:
    """What all take, and seconds of one core for one more article."""
    with ExitStack() as stack:
        with patch.object(Writer, "group"):  # or it would group what was stored without groups as it opens
            writer = stack.enter_context(Writer(path))
        began = time.perf_counter()
        with watched() as cost:
            writer.group(
                lambda step: print(f"  {time.perf_counter() - began:7.1f} s  {step}", flush=True), workers=_WORKERS
            )
        ((text, bounds),) = articles(more)
        quotes = tuple(Quote(kind="direct", contents=(TextSpan(*own),)) for own in bounds)
        began = time.process_time()
        writer.add(Article(text=text, name="more"), lambda _: Extraction(quotes=quotes, marks=(), extractor="made/1"))
        return cost, time.process_time() - began


def main() -> None:
    """Measure each number."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", nargs="?", type=Path)
    parser.add_argument("--quotes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        source = arguments.source or _seeds(Path(folder))
        with sqlite3.connect(source) as conn:
            real = [words for (text,) in conn.execute("SELECT text FROM quote") if len(words := text.split()) > 5]
        for number in arguments.quotes:
            path = Path(folder) / f"{number}.db"
            texts = list(statements(real, number + _IN_ARTICLE, seed=number))
            fill(path, texts[:number])
            with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
                cost, added = pool.submit(measure, path, texts[number:]).result()
            with sqlite3.connect(path) as conn:
                claims, edges = (conn.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in ("claim", "edge"))
            size = path.stat().st_size
            print(
                f"{number:9,} quotes  {cost.seconds:7.1f} s  {cost.processor:7.1f} s of all cores  "
                f"{cost.megabytes:6,} MB  "
                f"one more article {added:.3f} s  {claims:,} claims, {edges:,} edges, file {size / 2**20:,.0f} MB",
                flush=True,
            )
            path.unlink()


def _seeds(folder: Path) -> Path:
    from quotes.pipeline import extract_article
    from quotes.readers import read

    with Writer(folder / "seeds.db") as writer:
        for article in read([ROOT / "seeds"]):
            writer.add(article, extract_article)
    return folder / "seeds.db"


if __name__ == "__main__":
    main()
