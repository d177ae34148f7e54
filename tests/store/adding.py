"""A process of its own that adds made-up articles: adding.py DATABASE ARTICLES [die N | limit BYTES].

With `die` it kills itself (SIGKILL) at its Nth SQL statement, with `limit` no file may grow beyond so many bytes.
"""

from __future__ import annotations

import os
import resource
import signal
import sqlite3
import sys
from itertools import count
from typing import TYPE_CHECKING, Any

from quotes.errors import QuotesError
from quotes.model import Article, Extraction, MarkPair, Quote, Speaker, TextSpan
from quotes.store.writer import Writer
from quotes.topics import Profile, Statistics, Topic

if TYPE_CHECKING:
    from collections.abc import Iterator


def articles(number: int) -> Iterator[Article]:
    for i in range(number):
        yield Article(
            text=f"“Statement {i} is made,” said Speaker {'abc'[i % 3]}. " * 40,
            outlet=f"Outlet {i % 4}",
            name=str(i),
            path=f"{i}.txt",
        )


def extract(article: Article) -> Extraction:
    length = len(article.text) // 40
    quoted = article.text.index("”") + 1
    quotes, marks = [], []
    for start in range(0, len(article.text), length):
        name = TextSpan(start + length - len("Speaker a. "), start + length - len(". "))
        content = TextSpan(start, start + quoted)
        speaker = Speaker(name.of(article.text))
        quotes.append(Quote(kind="direct", contents=(content,), sources=(name,), speaker=speaker))
        opening, closing = TextSpan(start, start + 1), TextSpan(content.end - 1, content.end)
        marks.append(MarkPair(start=start + 1, end=closing.start, opening=opening, closing=closing, status="closed"))
    return Extraction(quotes=tuple(quotes), marks=tuple(marks), extractor="made/1")


def profile(_: Article) -> Profile:
    return Profile(
        (Topic("Statement", 0.5), Topic("Speaker", 0.25)), Statistics(sentences=40, words=280, reading_ease=90)
    )


def die_at(statement: int) -> None:
    connect, statements = sqlite3.connect, count(1)

    def trace(_: str) -> None:
        if next(statements) == statement:
            os.kill(os.getpid(), signal.SIGKILL)

    def traced(*args: Any, **options: Any) -> sqlite3.Connection:
        connection = connect(*args, **options)
        connection.set_trace_callback(trace)
        return connection

    sqlite3.connect = traced  # type: ignore[assignment]


def main(database: str, number: str, mode: str = "", bound: str = "0") -> None:
    if mode == "die":
        die_at(int(bound))
    if mode == "limit":
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(bound), int(bound)))
    try:
        with Writer(database) as writer:
            for article in articles(int(number)):
                sys.stdout.write(f"{writer.add(article, extract, profile=profile)}\n")
                sys.stdout.flush()
    except QuotesError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main(*sys.argv[1:])
