"""How long a look-up takes as a whole process, from the shell's point of view, over databases of made-up quotes.

    .venv/bin/python benchmarks/lookup_cold_start.py [--quotes 1000 100000] [--runs 15] [--json]

Prints for each command the median in seconds and its ratio to an interpreter that does nothing and to one that imports
click. The databases are made anew in a temporary folder. The words are drawn with Zipf's frequencies from a fixed seed.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import time
from itertools import accumulate
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from quotes.model import Article, Extraction, Quote, Speaker, TextSpan
from quotes.store.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Iterator

QUOTES_AN_ARTICLE = 5
WORDS_A_QUOTE = 20
WORDS_AN_ARTICLE = 100
SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeiou"]
VOCABULARY = [f"{a}{b}{c}" for c in ("", "n", "ring", "d", "ly") for a in SYLLABLES for b in SYLLABLES]
FREQUENCIES = list(accumulate(1 / rank for rank in range(1, len(VOCABULARY) + 1)))
ASKED = "riverton keeps its promise"
"""Stands in one quote of a thousand."""


def make_database(path: Path, quotes: int) -> None:
    """Fill a database with so many quotes, of one speaker for every hundred.

    Their meanings are not compared: words that nobody knows take the model longest, and mean nothing.
    """
    dice = random.Random(0)
    with (
        patch("quotes.store.groups.comparing.MOST_WORDS", 0),
        Writer(path) as writer,
        writer.grouping_later(workers=2),
    ):
        for number in range(quotes // QUOTES_AN_ARTICLE):
            article, extraction = make_article(dice, number, speakers=max(1, quotes // 100))
            writer.add(article, lambda _, found=extraction: found)


def make_article(dice: random.Random, number: int, *, speakers: int) -> tuple[Article, Extraction]:
    """An article with its quotes, and words of its own after each."""
    text, quotes = "", []
    for position in range(QUOTES_AN_ARTICLE):
        asked = ASKED if (number * QUOTES_AN_ARTICLE + position) % 1000 == 0 else ""
        name = speaker(dice.randrange(speakers))
        quoted = f"“{asked} {words(dice, WORDS_A_QUOTE)}”"
        quotes.append(
            Quote(
                kind="direct",
                contents=(TextSpan(len(text), len(text) + len(quoted)),),
                sources=(TextSpan(len(text) + len(quoted) + 1, len(text) + len(quoted) + 1 + len(name)),),
                speaker=Speaker(name),
            )
        )
        text += f"{quoted} {name} said. {words(dice, WORDS_AN_ARTICLE // QUOTES_AN_ARTICLE)}.\n\n"
    article = Article(
        text=text, outlet=f"Outlet {number % 50}", published=f"2024-{number % 12 + 1:02}", path=f"{number}.txt"
    )
    return article, Extraction(quotes=tuple(quotes), marks=(), extractor="made/1")


def speaker(number: int) -> str:
    """A name that nobody else has."""
    return f"Ada {VOCABULARY[number].capitalize()}"


def words(dice: random.Random, number: int) -> str:
    """So many words in a row."""
    return " ".join(dice.choices(VOCABULARY, cum_weights=FREQUENCIES, k=number))


def seconds(command: list[str], runs: int) -> float:
    """The median over so many runs, after one that warms the file system's cache."""
    return median(list(timed(command, runs + 1))[1:])


def timed(command: list[str], runs: int) -> Iterator[float]:
    """How long each run took."""
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        yield time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quotes", type=int, nargs="+", default=[1_000, 100_000])
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--json", action="store_true", help="print JSON, and nothing else")
    options = parser.parse_args()
    found = measure(options.quotes, options.runs)
    if options.json:
        print(json.dumps(found))
        return
    nothing, click = found["python -c pass"], found["import click"]
    print(f"python -c pass {nothing:.3f} s, import click {click:.3f} s; medians of {options.runs} runs")
    print(f"{'quotes':>8}  {'command':32}  {'seconds':>7}  {'/ pass':>6}  {'/ click':>7}")
    for row in found["look-ups"]:
        took = row["seconds"]
        print(f"{row['quotes']:8}  {row['command']:32}  {took:7.3f}  {took / nothing:6.1f}  {took / click:7.1f}")


def measure(sizes: list[int], runs: int) -> dict[str, Any]:
    """Seconds of an interpreter that does nothing, of one that imports click, and of each look-up at each size."""
    found: dict[str, Any] = {
        "python -c pass": seconds([sys.executable, "-c", "pass"], runs),
        "import click": seconds([sys.executable, "-c", "import click"], runs),
        "look-ups": [],
    }
    with TemporaryDirectory() as folder:
        for quotes in sizes:
            database = Path(folder) / f"{quotes}.db"
            make_database(database, quotes)
            for look_up in (["who", ASKED], ["by", speaker(7)], ["show", "7"]):
                took = seconds([sys.executable, "-m", "quotes", *look_up, "--db", str(database)], runs)
                found["look-ups"].append({"quotes": quotes, "command": " ".join(look_up), "seconds": took})
    return found


if __name__ == "__main__":
    main()
