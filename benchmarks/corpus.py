"""Makes many articles of few: each takes the paragraphs of one, and changes what makes it another article.

    .venv/bin/python benchmarks/corpus.py SOURCE --articles 10000 --out corpus/ [--paragraphs 3]

An article keeps most paragraphs of the one that it is made of; numbers are changed, some names are exchanged for others
of the corpus, and some paragraphs come from another article, so that there are copies, near copies, shared quotes and
conflicts, as there are in the news. SOURCE is whatever `quotes add` reads. The same command makes the same
files, and fewer articles are the first ones of more.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUMBER = re.compile(r"\b\d{2,3}\b")
_NAME = re.compile(r"\b[A-Z][a-z]+ [A-Z][a-z]+\b")
_OUTLETS = 200
_DAYS = 1000


def paragraphs_of(path: Path) -> list[list[str]]:
    """The paragraphs of each article of a file or folder, but for those without a word."""
    from quotes.model import Article
    from quotes.readers import read

    texts = [outcome.text for outcome in read([path]) if isinstance(outcome, Article)]
    return [
        paragraphs
        for text in texts
        if (paragraphs := [line for line in text.split("\n") if any(map(str.isalnum, line))])
    ]


def mutate(paragraphs: list[str], everything: list[list[str]], names: list[str], chance: random.Random) -> str:
    """A text made of one article and a little of another."""
    kept = [line for line in paragraphs if chance.random() > 0.1] or paragraphs[:1]
    if chance.random() < 0.3:
        other = chance.choice(everything)
        kept.insert(chance.randrange(len(kept) + 1), chance.choice(other))
    text = "\n\n".join(kept)
    if chance.random() < 0.7:
        text = _NUMBER.sub(lambda match: str(int(match.group()) + chance.choice((0, 0, 1, 7))), text)
        for old in sorted(set(_NAME.findall(text))):
            if chance.random() < 0.2:
                text = text.replace(old, chance.choice(names))
    return text


def articles(source: Path, *, paragraphs: int) -> Iterator[dict[str, str]]:
    """Articles without end, of at most so many paragraphs and one more."""
    chance = random.Random(0)
    everything = paragraphs_of(source)
    names = sorted({name for own in everything for line in own for name in _NAME.findall(line)})
    for number in count():
        own = chance.choice(everything)
        first = chance.randrange(max(1, len(own) - paragraphs + 1))
        day = chance.randrange(_DAYS)
        yield {
            "id": f"{number:06}",
            "text": mutate(own[first : first + paragraphs], everything, names, chance),
            "outlet": f"Outlet {chance.randrange(_OUTLETS)}",
            "published": f"{2020 + day // 360}-{day % 360 // 30 + 1:02}-{day % 30 % 28 + 1:02}",
        }


def write(source: Path, folder: Path, number: int, *, paragraphs: int = 10**6, shard: int = 1000) -> None:
    """Write so many articles into a folder, so many a file."""
    folder.mkdir(parents=True, exist_ok=True)
    made = islice(articles(source, paragraphs=paragraphs), number)
    for part in range(-(-number // shard)):
        with (folder / f"{part:04}.jsonl").open("w", encoding="utf-8") as out:
            out.writelines(json.dumps(row) + "\n" for row in islice(made, shard))


def main() -> None:
    """Write the corpus."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--paragraphs", type=int, default=10**6, help="at most so many of an article's paragraphs")
    parser.add_argument("--shard", type=int, default=1000, help="articles a file")
    options = parser.parse_args()
    write(options.source, options.out, options.articles, paragraphs=options.paragraphs, shard=options.shard)


if __name__ == "__main__":
    main()
