"""How the cost of telling who is who grows with the number of mentions, in time and in memory.

    .venv/bin/python benchmarks/identity.py people.csv [--mentions 10000 100000]

Articles of ten mentions each are made up from the names of an authority file, drawn with Zipf's frequencies from a
fixed seed: four of five as the file has them, the rest mutated (a middle name left out, an initial, a title, another
spelling, the last name alone). Each size is a process of its own. Articles and quotes are stored with little more than
the names, without what search, browsing and grouping need. Prints the seconds of processor time that it took to tell
who is who, all and per thousand mentions, the memory at its height, and the names and speakers that came of it.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import time
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from quotes.model import Article, Extraction, PrintedRole, Quote, Speaker, TextSpan
from quotes.readers.authority import read_authority
from quotes.store.connection import transaction, writing
from quotes.store.people import People
from quotes.store.sql import insert

if TYPE_CHECKING:
    from collections.abc import Iterator
    from sqlite3 import Connection

MENTIONS_AN_ARTICLE = 10
MUTATED = 0.2
ROLES = ("Kenyan defense minister", "mayor of Riverton", "opposition leader", "Dutch foreign minister")
SPELLINGS = (("mm", "m"), ("ou", "u"), ("ee", "i"), ("q", "gh"), ("y", "i"), ("ss", "s"), ("kh", "h"), ("ei", "ey"))

ARTICLE = {
    "text": "",
    "text_hash": "",
    "label": "made up",
    "name": "made up",
    "version": 1,
    "characters": 0,
    "replaced": 0,
    "reader": "made/1",
    "extractor": "made/1",
    "added": "2026-01-01",
}
QUOTE = {"kind": "direct", "text": "", "negated": 0, "fingerprint": ""}


def mutate(name: str, dice: random.Random) -> str:
    """The name in a form that another article might print."""
    words = name.split()
    how = dice.randrange(5)
    if how == 0 and len(words) > 2:
        del words[dice.randrange(1, len(words) - 1)]
    elif how == 1 and len(words) > 1:
        words[0] = f"{words[0][0]}."
    elif how == 2:
        words = ["Minister", *words]
    elif how == 3:
        words = words[-1:]
    else:
        old, new = dice.choice(SPELLINGS)
        words = [word.replace(old, new) for word in words]
    return " ".join(words)


def articles(names: list[str], mentions: int) -> Iterator[tuple[Article, Extraction]]:
    """Made-up articles with so many mentions together."""
    dice = random.Random(0)
    weights = list(accumulate(1 / rank for rank in range(1, len(names) + 1)))
    for number in range(mentions // MENTIONS_AN_ARTICLE):
        drawn = dice.choices(names, cum_weights=weights, k=MENTIONS_AN_ARTICLE)
        said = [mutate(name, dice) if dice.random() < MUTATED else name for name in drawn]
        text, quotes, roles = "", [], []
        for position, name in enumerate(said):
            start = len(text)
            text += f"“Statement {number} {position}.” {name} said.\n"
            quotes.append(
                Quote(kind="direct", contents=(TextSpan(start, text.index("”", start) + 1),), speaker=Speaker(name))
            )
            if dice.random() < 0.1:
                words = frozenset(ROLES[hash_of(name) % len(ROLES)].casefold().split())
                roles.append(PrintedRole(name=name, words=words, start=start, end=start + 1))
        article = Article(text=text, path=f"{number}.txt", published=f"{2015 + number % 8}-01-01")
        yield article, Extraction(quotes=tuple(quotes), marks=(), extractor="made/1", roles=tuple(roles))


def hash_of(name: str) -> int:
    """A number that is the same in every process."""
    return sum(map(ord, name))


def measure(file: Path, mentions: int) -> None:
    """Fill a database in this process, and print the figures."""
    names = [person.name for person in read_authority(file)]
    random.Random(1).shuffle(names)
    spent = 0.0
    with TemporaryDirectory() as folder:
        path = Path(folder) / "people.db"
        with writing(path) as db:
            for trigger in [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]:
                db.execute(f'DROP TRIGGER "{trigger}"')
            people = People(db.conn)
            for article, extraction in articles(names, mentions):
                with transaction(db.conn):
                    spent += store(db.conn, people, article, extraction)
            made = [db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("alias", "speaker")]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    figures = f"{spent:8.2f}  {spent * 1000 / mentions:8.2f}  {memory:>4}  {made[0]:>8,}  {made[1]:>8,}"
    print(f"{mentions:>9,}  {figures}", flush=True)


def store(conn: Connection, people: People, article: Article, extraction: Extraction) -> float:
    """Store an article and its quotes; the seconds of processor time that it took to tell who speaks."""
    number = insert(conn, "article", {**ARTICLE, "location": article.path, "published": article.published})
    start = time.process_time()
    attributions = people.attribute(number, extraction, article.text)
    spent = time.process_time() - start
    for position, told in enumerate(attributions):
        quote = {**QUOTE, "article_id": number, "position": position, "speaker_name": told.name}
        insert(conn, "quote", {**quote, "alias_id": told.alias, "speaker_id": told.speaker})
    start = time.process_time()
    people.settle()
    return spent + time.process_time() - start


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--mentions", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--here", action="store_true", help="measure in this process")
    options = parser.parse_args()
    if options.here:
        for mentions in options.mentions:
            measure(options.file, mentions)
        return
    print(" mentions   seconds    /1,000    MB     names  speakers", flush=True)
    for mentions in options.mentions:
        command = [sys.executable, __file__, str(options.file), "--here", "--mentions", str(mentions)]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
