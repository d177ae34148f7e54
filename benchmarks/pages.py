"""Times the pages over HTTP on a made-up database, with readers side by side while articles are added.

    python benchmarks/pages.py [--quotes 1000000] [--readers 4] [--requests 400] [--database FILE] [--json]

An empty page is one that a server of the same kind sends without looking at anything, to as many readers: what HTTP
takes.

Rows are written directly: a million quotes of 20,000 speakers at 300 outlets, all as skewed as in the press (the words
too), one in six repeating an earlier one. The index of wordings that look-ups of what is like some words use is left
empty. A database that is there already is used again.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections import defaultdict
from contextlib import closing
from datetime import date, timedelta
from http import HTTPStatus
from itertools import accumulate
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING
from urllib.parse import quote as encode

from measuring import serving

from quotes.model import Article, Extraction, Quote, Speaker, TextSpan
from quotes.store.writer import Writer
from quotes.text import fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

COMMON = "the of to and in that we will is it for on not be with this are have they by was at as from our".split()
PER_ARTICLE = 20
SPEAKERS, OUTLETS, WORDS = 20_000, 300, 30_000
CUES = ("says", "says", "says", "claims", "denies", "asks")


def skewed(names: list[str], power: float) -> Callable[[int], list[str]]:
    """Draws names, the first most often, as Zipf found words to be."""
    weights = list(accumulate(1 / (rank + 1) ** power for rank in range(len(names))))
    return lambda number: random.choices(names, cum_weights=weights, k=number)


def make(path: Path, quotes: int) -> None:
    """Write a database of so many quotes."""
    random.seed(7)
    words = skewed([*COMMON, *(made_up(i) for i in range(WORDS))], 1.0)
    speaker = skewed(list(map(str, range(1, SPEAKERS + 1))), 0.8)
    outlet = skewed(list(map(str, range(1, OUTLETS + 1))), 0.8)
    with Writer(path):
        pass
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute("PRAGMA synchronous = OFF")
        conn.execute("PRAGMA cache_size = -400000")
        conn.execute("BEGIN")
        names = [(i, f"{made_up(i * 7).title()} {made_up(i).title()}", f"s{i}") for i in range(1, SPEAKERS + 1)]
        conn.executemany("INSERT INTO speaker (id, name, key) VALUES (?, ?, ?)", names)
        conn.execute("INSERT INTO alias (id, speaker_id, name, key) SELECT id, id, name, key FROM speaker")
        conn.executemany("INSERT INTO outlet VALUES (?, ?)", [(i, f"Outlet {i}") for i in range(1, OUTLETS + 1)])
        said: list[tuple[str, int]] = []
        for number in range(1, quotes // PER_ARTICLE + 1):
            _article(conn, number, words, speaker, outlet, said)
        conn.execute(
            "INSERT INTO claim (id, label, speaker_id, quotes, articles, outlets, sources, speakers, wordings, "
            "first_published, last_published, conflicts, contradicted) "
            "SELECT claim_id, min(quote.text), min(quote.speaker_id), count(*), count(*), count(*), count(*), 1, 1, "
            "min(published), max(published), 0, claim_id % 997 = 0 "
            "FROM quote JOIN article ON article.id = article_id GROUP BY claim_id"
        )
        conn.execute(
            "INSERT INTO conflict (claim_id, kind, a, b) SELECT claim_id, 'different persons', min(id), max(id) "
            "FROM quote WHERE claim_id % 50 = 0 GROUP BY claim_id HAVING count(*) > 1"
        )
        conn.execute("COMMIT")


def made_up(number: int) -> str:
    """A word that no other number gives."""
    syllables = "ba de fi go ku la me ni po ru sa te vi wo zu".split()
    word = ""
    number += 15
    while number:
        number, rest = divmod(number, 15)
        word += syllables[rest]
    return word


def _article(conn, number, words, speaker, outlet, said) -> None:  # noqa: ANN001, PLR0917
    published = str(date(2015, 1, 1) + timedelta(days=random.randrange(3650)))
    speakers = speaker(PER_ARTICLE)
    text, rows, spans = "", [], []
    for position in range(PER_ARTICLE):
        quote_id = (number - 1) * PER_ARTICLE + position + 1
        if said and random.random() < 1 / 6:
            content, claim = random.choice(said)
        else:
            content, claim = " ".join(words(12)), quote_id
            if random.random() < 0.1:
                said.append((content, claim))
        start = len(text) + 1
        text += f"“{content}”, said speaker {speakers[position]}. "
        kind = ("direct", "mixed", "indirect")[position % 3]
        rows.append(
            (
                quote_id,
                number,
                position,
                kind,
                content,
                int(speakers[position]),
                CUES[position % 6],
                fingerprint(content),
                claim,
            )
        )
        spans.append((quote_id, "content", 0, start, start + len(content), content))
    conn.execute(
        "INSERT INTO article (id, label, outlet_id, published, title, name, location, version, characters, text, "
        "text_hash, replaced, reader, extractor, added, family_id) VALUES (?,?,?,?,?,?,?,1,?,?,?,0,'made','made','',?)",
        (
            number,
            f"Article {number}",
            int(outlet(1)[0]),
            published,
            f"Article {number}",
            str(number),
            f"made:{number}",
            len(text),
            text,
            str(number),
            number,
        ),
    )
    conn.executemany(
        "INSERT INTO quote (id, article_id, position, kind, text, speaker_id, cue, cue_class, negated, fingerprint, "
        "claim_id, utterance_id) VALUES (?,?,?,?,?,?,'said',?,0,?,?,NULL)",
        rows,
    )
    conn.executemany("INSERT INTO span VALUES (?,?,?,?,?,?)", spans)


def addresses(path: Path, number: int) -> Iterator[tuple[str, str]]:
    """Page and address of so many requests, of each kind as many."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as conn:
        last = conn.execute("SELECT max(id) FROM quote").fetchone()[0]
        kinds = ("start", "search", "speaker", "claim")
        speaker = skewed(list(map(str, range(1, SPEAKERS + 1))), 0.8)
        for i in range(number):
            page = kinds[i % len(kinds)]
            quote_id = random.randrange(1, last)
            if page == "start":
                yield page, ""
            elif page == "speaker":
                yield page, f"/speaker/{speaker(1)[0]}"
            elif page == "claim":
                yield page, f"/claim/{quote_id}"
            else:
                found = conn.execute("SELECT text FROM quote WHERE id = ?", (quote_id,)).fetchone()[0].split()
                yield page, "/search?" + random.choice(_QUESTIONS)(found)


_QUESTIONS: list[Callable[[list[str]], str]] = [
    lambda words: "q=" + encode(" ".join(words[3:7])),  # a few words as printed
    lambda words: "q=" + encode(" ".join(random.sample(words, 4))),  # in another order
    lambda words: "q=" + encode(random.choice(words)),  # one word, often one that nearly all quotes have
    lambda words: "q=" + encode(" ".join([*words[:3], "unheardof"])),  # some of them
    lambda words: f"q={encode(words[5])}&outlet={random.randrange(1, OUTLETS)}&kind=direct",
    lambda _words: f"speaker={random.randrange(1, SPEAKERS)}&since=2018&until=2020",
    lambda _words: f"kind=indirect&cue_class=denies&outlet={random.randrange(1, OUTLETS)}",
]


def write_on(path: Path, done: threading.Event, added: list[int]) -> None:
    """Add articles, one after the other, as `quotes add` does."""
    while not done.is_set():
        with Writer(path) as writer:
            for _ in range(50):
                number = time.time_ns()
                text = f"“The bridge {number} is open,” said the mayor. " * 20
                quotes = tuple(
                    Quote(kind="direct", contents=(TextSpan(i + 1, i + 10),), speaker=Speaker("Made Up"))
                    for i in range(0, len(text) - 50, 60)
                )
                article = Article(text=text, name=str(number), outlet="Outlet 1", published="2025-01-01")
                writer.add(article, lambda _, quotes=quotes: Extraction(quotes=quotes, marks=(), extractor="made"))
                added.append(1)
                if done.is_set():
                    return


def read(base: str, asked: list[tuple[str, str]], times: defaultdict[str, list[float]]) -> None:
    """Ask one address after the other, and note how long each answer takes, and which say that they took too long."""
    for page, address in asked:
        start = time.perf_counter()
        try:
            with urllib.request.urlopen(base + address) as response:
                response.read()
        except urllib.error.HTTPError as error:
            if error.code != HTTPStatus.SERVICE_UNAVAILABLE:
                raise
            times[f"{page}, late"].append(0.0)
        times[page].append(time.perf_counter() - start)


def ask(base: str, asked: list[tuple[str, str]], readers: int) -> dict[str, list[float]]:
    """Seconds that each answer took, by page; so many ask side by side."""
    times: defaultdict[str, list[float]] = defaultdict(list)
    read(base, asked[:8], defaultdict(list))
    threads = [threading.Thread(target=read, args=(base, asked[i::readers], times)) for i in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def measure(path: Path, readers: int, requests: int) -> dict[str, list[float]]:
    """The same of a database that is written to meanwhile."""
    with serving(path) as (base, _):
        done = threading.Event()
        writer = threading.Thread(target=write_on, args=(path, done, []))
        writer.start()
        times = ask(base, list(addresses(path, requests)), readers)
        done.set()
        writer.join()
    return times


_EMPTY = """
import socket, uvicorn
async def app(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})
bound = socket.create_server(("127.0.0.1", 0))
print(bound.getsockname()[1], flush=True)
uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off")).run([bound])
"""


def empty(readers: int, requests: int) -> dict[str, list[float]]:
    """The same of a page with nothing on it."""
    with subprocess.Popen([sys.executable, "-c", _EMPTY], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        base = f"http://127.0.0.1:{server.stdout.readline().strip()}"
        times = ask(base, [("empty", "/")] * requests, readers)
        server.terminate()
    return times


def main() -> None:
    """Make the database where there is none, and print how long each page takes."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quotes", type=int, default=1_000_000)
    parser.add_argument("--readers", type=int, default=4)
    parser.add_argument("--requests", type=int, default=400)
    parser.add_argument("--database", type=Path, help="[default: one in the folder for temporary files]")
    parser.add_argument("--json", action="store_true", help="print JSON, and nothing else")
    options = parser.parse_args()
    database = options.database or Path(tempfile.gettempdir()) / f"quotes-pages-{options.quotes}.db"
    if not database.exists():
        make(database, options.quotes)
    times = {**measure(database, options.readers, options.requests), **empty(options.readers, options.requests)}
    figures = {
        page: {
            "median": 1000 * median(took),
            "95 %": 1000 * quantiles(took, n=20)[-1],
            "late": len(times.get(f"{page}, late", ())),
        }
        for page, took in times.items()
        if not page.endswith(", late")
    }
    if options.json:
        print(json.dumps({"quotes": options.quotes, "megabytes": database.stat().st_size / 1e6, "pages": figures}))
        return
    for page, figure in figures.items():
        print(f"{page:8} median {figure['median']:5.0f} ms, 95 % {figure['95 %']:5.0f} ms, {figure['late']} late")


if __name__ == "__main__":
    main()
