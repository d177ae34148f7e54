"""A made-up corpus all the way: read, grouped, loaded, checked and served, each step again for nothing to do.

    .venv/bin/python benchmarks/full_run.py SOURCE --articles 100000 --folder FOLDER [--out FIGURES.json]

The corpus is made of SOURCE by `corpus.py`, articles of a paragraph and some of another one. The steps are the commands
that a user types; each costs what is told by `measuring.py`. What is done is kept in FOLDER with its figures, so that
the same command goes on where it was stopped, within a step too; what it had cost until then is counted.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import sqlite3
import time
import urllib.request
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from statistics import median
from typing import Any

import corpus
import psutil
from measuring import QUOTES, Cost, cost_of, machine, serving

PARAGRAPHS = 1
_KEPT_EVERY = 10.0
"""Seconds after which what a step has cost so far is kept."""

_ASKED = 40
"""Pages of each kind that are asked for."""


class Run:
    """The steps of a run, each done once; `figures` is what they cost."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept = folder / "figures.json"
        self.figures: dict[str, Any] = json.loads(self._kept.read_text()) if self._kept.exists() else {"steps": {}}

    def step(self, name: str, *command: str) -> None:
        """Run a command of `quotes` unless it was run to its end."""
        known = self.figures["steps"].get(name, {})
        if known.get("done"):
            return
        shown = " ".join(("quotes", *command))
        before = Cost(**known.get("cost", {}))
        last = time.monotonic()

        def keep(cost: Cost) -> None:
            nonlocal last
            if time.monotonic() - last > _KEPT_EVERY:
                last = time.monotonic()
                self.keep(name, command=shown, cost=asdict(before + cost), done=False)

        cost, printed = cost_of([*QUOTES, *command], keep, folder=self._folder)
        self.keep(name, command=shown, cost=asdict(before + cost), done=True, printed=printed[-500:])
        told = before + cost
        print(f"{name:16} {told.seconds:9.1f} s  {told.processor:9.1f} s of cores  {told.megabytes:6,} MB", flush=True)

    def keep(self, name: str, **figures: object) -> None:
        """Write down what is known of a step."""
        self.figures["steps"][name] = figures
        self._write()

    def note(self, **figures: object) -> None:
        """Write down what holds for the whole run."""
        self.figures |= figures
        self._write()

    def _write(self) -> None:
        new = self._kept.with_suffix(".new")
        new.write_text(json.dumps(self.figures, indent=1) + "\n")
        new.replace(self._kept)


def go(source: Path, folder: Path, articles: int) -> dict[str, Any]:
    """Do what is not done, and give back the figures."""
    folder.mkdir(parents=True, exist_ok=True)
    run = Run(folder)
    shards, found, db = "corpus", "found", "quotes.db"
    if "articles" not in run.figures:
        corpus.write(source, folder / shards, articles, paragraphs=PARAGRAPHS, shard=min(2000, max(1, articles // 2)))
        run.note(articles=articles, source=source.name, **machine())
    run.step("read", "batch", shards, "--out", found)
    run.step("read again", "batch", shards, "--out", found)
    run.step("utterances", "batch", "group", found)
    run.step("load", "load", found, "--db", db)
    run.step("load again", "load", found, "--db", db)
    run.step("add again", "add", shards, "--db", db)
    run.step("group anew", "group", "--db", db)
    run.step("verify", "verify", "--db", db)
    run.note(**measured(folder / found, folder / db), pages=pages(folder / db))
    return run.figures


def measured(found: Path, db: Path) -> dict[str, Any]:
    """How much came of it, and how large it is beside what it came of."""
    with closing(sqlite3.connect(db)) as conn:
        counts = {
            table: conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("quote", "speaker", "alias", "edge", "utterance", "claim", "conflict")
        }
        texts = conn.execute("SELECT sum(length(CAST(text AS blob))) FROM article").fetchone()[0]
    marks = [json.loads(path.read_text()) for path in (found / "done").glob("*.json")]
    began = time.perf_counter()
    shutil.copyfile(db, db.with_suffix(".copy"))
    copied = time.perf_counter() - began
    db.with_suffix(".copy").unlink()
    return {
        "words": sum(mark["words"] for mark in marks),
        "counts": counts,
        "megabytes": {
            "texts": texts / 1e6,
            "parquet": sum(path.stat().st_size for path in found.glob("[aq]*/*.parquet")) / 1e6,
            "groups": sum(path.stat().st_size for path in found.glob("groups/*.parquet")) / 1e6,
            "database": db.stat().st_size / 1e6,
        },
        "copy_seconds": copied,
    }


def pages(db: Path) -> dict[str, float]:
    """Milliseconds until a server answers first, and the median of its answers, one after the other; its memory."""
    draw = random.Random(1)
    with closing(sqlite3.connect(db)) as conn:
        quotes = [row for (row,) in conn.execute("SELECT id FROM quote")]
        drawn = [
            conn.execute("SELECT text, speaker_id, claim_id FROM quote WHERE id = ?", (draw.choice(quotes),)).fetchone()
            for _ in range(_ASKED)
        ]
    asked = {
        "start": ["/" for _ in drawn],
        "search": [f"/search?q={'+'.join(re.findall('[a-z]+', text)[:4])}" for text, _, _ in drawn],
        "speaker": [f"/speaker/{speaker}" for _, speaker, _ in drawn if speaker],
        "claim": [f"/claim/{claim}" for _, _, claim in drawn],
    }
    began = time.perf_counter()
    with serving(db) as (base, server):
        _ask(base)
        found = {"until the first": 1000 * (time.perf_counter() - began)}
        for page, addresses in asked.items():
            found[page] = 1000 * median([_ask(base + address) for address in addresses])
        found["megabytes"] = round(psutil.Process(server.pid).memory_info().rss / 2**20)
    return found


def _ask(address: str) -> float:
    began = time.perf_counter()
    with urllib.request.urlopen(address) as response:
        response.read()
    return time.perf_counter() - began


def main() -> None:
    """Run what is not done, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--out", type=Path, help="where the figures go besides")
    options = parser.parse_args()
    figures = go(options.source, options.folder, options.articles)
    print(json.dumps({name: value for name, value in figures.items() if name != "steps"}, indent=1))
    if options.out:
        options.out.write_text(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
