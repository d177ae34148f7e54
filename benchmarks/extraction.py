"""How many words a second each step of extraction reads, beside baselines and the least that must be done.

    .venv/bin/python benchmarks/extraction.py [ARTICLES.jsonl[.gz]] [--words 20000] [--long 100000] [--json]

Without a file the articles in seeds/ are read again and again. Words are what stands between white space. The floor is
cutting the text into the model's pieces, without which nothing can be done; "onnxruntime alone" is what the model's
session takes for the very inputs that the step "model" gives it, run between its articles.

Each step is a process of its own, so that its peak memory is too. What it loads is loaded by the source's last 40
articles, before the clock starts. Time is that of the processor, on one core, so that other programs disturb it less.
textacy's quotations, topics and statistics read Docs that the model has annotated off the clock. "model, two processes"
is by the clock on the wall, from when both are at work: on a machine of two cores nothing else should be.

A second table shows the time per word of one long article, and of half as many words in one paragraph without a stop or
a mark, at a quarter, half and all of the length: where time is linear in the length, the three are alike.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import subprocess
import sys
import time
from functools import partial
from itertools import chain, cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from quotes.model import Article

    Step = Callable[[Article], object]

ROOT = Path(__file__).parent.parent
VOCABULARY = ROOT / "src/quotes/data/model/vocabulary.txt"
_STARTING = 40
"""Articles that are read before the clock starts: what a reading needs is loaded, and processes are started."""
_ROUNDS = 4
"""How often two processes read the same, so that it counts little that one is done before the other."""
_MEGABYTE = 2**20 if sys.platform == "darwin" else 2**10  # in the unit of ru_maxrss

# Nothing of the package is imported above: on Linux a new process's peak begins with that of the one that started it.


def pieces() -> Callable[[Iterable[Article]], float]:
    """The floor."""
    from quotes.words import WordReader

    reader = WordReader(VOCABULARY)
    return each(lambda article: reader.read(article.text))


def marks() -> Callable[[Iterable[Article]], float]:
    """Quotation marks alone."""
    from quotes.extract.marks import pair_marks

    return each(lambda article: pair_marks(article.text))


def regex() -> Callable[[Iterable[Article]], float]:
    """The baseline by a regular expression."""
    from quotes.evaluate.baselines.regex import find_relations

    return each(find_relations)


def rules() -> Callable[[Iterable[Article]], float]:
    """The extractor by rules."""
    from quotes.pipeline import extract_article

    return each(lambda article: extract_article(article, extractor="rules"))


def model() -> Callable[[Iterable[Article]], float]:
    """The shipped extractor, speakers resolved."""
    from quotes.pipeline import extract_article

    return each(extract_article)


def both() -> Callable[[Iterable[Article]], float]:
    """The shipped extractor in two processes: the seconds by the clock, of several rounds."""
    from quotes.pipeline import extract_articles

    def run(articles: Iterable[Article]) -> float:
        known = list(articles)
        stream = extract_articles(chain(islice(cycle(known), _STARTING), known * _ROUNDS), workers=2)
        for _ in islice(stream, _STARTING):
            pass
        began = time.perf_counter()
        for _ in stream:
            pass
        return (time.perf_counter() - began) / _ROUNDS

    return run


def beside_onnx(articles: Iterable[Article]) -> tuple[float, float]:
    """The seconds of the shipped extractor, and those of onnxruntime alone for the same inputs."""
    from onnxruntime import InferenceSession

    from quotes.pipeline import extract_article

    run, calls = InferenceSession.run, list[tuple[Any, ...]]()

    def recorded(*call: object) -> object:
        calls.append(call)
        return run(*call)

    whole = alone = 0.0
    for article in articles:
        calls.clear()
        with patch.object(InferenceSession, "run", recorded):
            whole += seconds(partial(extract_article, article))
        alone += seconds(lambda: [run(*call) for call in calls])
    return whole, alone


def adding() -> Callable[[Iterable[Article]], float]:
    """All that `quotes add` does before it writes."""
    from quotes.adding import read_article

    return each(read_article)


def textacy() -> Callable[[Iterable[Article]], float]:
    """The library's direct quotations."""
    from quotes.evaluate.baselines.textacy import quotations

    return each_annotated(quotations)


def topics() -> Callable[[Iterable[Article]], float]:
    """Key terms and text statistics."""
    from quotes.topics import profile

    return each_annotated(profile)


STEPS: dict[str, Callable[[], Callable[[Iterable[Article]], float]]] = {
    "cut into pieces": pieces,
    "pair marks": marks,
    "regex": regex,
    "rules": rules,
    "model": model,
    "model, two processes": both,
    "model, as add": adding,
    "textacy quotations": textacy,
    "topics, statistics": topics,
}
GROWING = ("cut into pieces", "pair marks", "regex", "rules", "model", "topics, statistics")


def seconds(work: Callable[[], object]) -> float:
    """How long the processor took."""
    began = time.process_time()
    work()
    return time.process_time() - began


def each(step: Step) -> Callable[[Iterable[Article]], float]:
    """The seconds that one article after the other takes."""
    return lambda articles: sum(seconds(partial(step, article)) for article in articles)


def each_annotated(step: Callable[[Any], object]) -> Callable[[Iterable[Article]], float]:
    """The same of their Docs, annotated off the clock."""
    from quotes.pipeline import annotate_article

    def run(articles: Iterable[Article]) -> float:
        total = 0.0
        for article in articles:
            doc, _ = annotate_article(article)
            total += seconds(partial(step, doc))
        return total

    return run


def known_articles(source: Path) -> list[Article]:
    """The articles of a file or folder."""
    from quotes.model import Article
    from quotes.readers import read

    return [outcome for outcome in read([source]) if isinstance(outcome, Article)]


def sample(source: Path, words: int) -> list[Article]:
    """Articles of at least so many words in all, the same one more than once where there are not enough."""
    chosen: list[Article] = []
    for article in cycle(known_articles(source)):
        chosen.append(article)
        words -= len(article.text.split())
        if words <= 0:
            break
    return chosen


def long_article(source: Path, words: int) -> Article:
    """One article of so many words: several, one below the other."""
    from quotes.model import Article

    bounds = re.compile(r"\S+")
    text = "\n\n".join(article.text for article in sample(source, words))
    last = [match.end() for match in bounds.finditer(text)][words - 1]
    return Article(text=text[:last])


def paragraph(source: Path, words: int) -> Article:
    """So many words in one line, with nothing between them but spaces."""
    from quotes.model import Article

    found = [word for article in sample(source, 2 * words) for word in re.findall(r"[^\W\d_]+", article.text)]
    return Article(text=" ".join(found[:words]))


def measure(task: dict[str, Any]) -> dict[str, float]:
    """One step over the sample, or over a long text at each of several lengths; in this process."""
    source = Path(task["source"])
    run = STEPS[task["step"]]()
    run(known_articles(source)[-_STARTING:])
    if task["texts"] == "sample" and task["step"] == "model":
        took = dict(zip(("all", "alone"), beside_onnx(sample(source, task["words"])), strict=True))
    elif task["texts"] == "sample":
        took = {"all": run(sample(source, task["words"]))}
    else:
        make = {"article": long_article, "paragraph": paragraph}[task["texts"]]
        took = {str(words): run([make(source, words)]) for words in task["lengths"]}
    own, of_each = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {**took, "megabytes": (own + 2 * of_each) / _MEGABYTE}


def measured(**task: object) -> dict[str, float]:
    """The same in a process of its own."""
    command = [sys.executable, __file__, "--task", json.dumps(task)]
    result: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return result


def compare(source: Path, words: int) -> Iterator[dict[str, Any]]:
    """Words a second and megabytes of each step over the same articles."""
    articles = sample(source, words)
    total = sum(len(article.text.split()) for article in articles)
    for step in STEPS:
        found = measured(step=step, texts="sample", source=str(source), words=words)
        if "alone" in found:
            yield {"step": "onnxruntime alone", "words": total / found["alone"], "megabytes": found["megabytes"]}
        yield {"step": step, "words": total / found["all"], "megabytes": found["megabytes"]}


def show(rows: Iterable[dict[str, Any]]) -> None:
    """Print them, each beside the first."""
    floor = 0.0
    print(f"  {'step':20}  {'words/s':>9}  {'/ pieces':>9}  {'MB':>5}")
    for row in rows:
        floor = floor or row["words"]
        ratio = floor / row["words"]
        print(f"  {row['step']:20}  {row['words']:9,.0f}  {ratio:9.1f}  {row['megabytes']:5.0f}", flush=True)


def grow(source: Path, words: int) -> None:
    """Time per word as a text grows."""
    for texts, longest in (("article", words), ("paragraph", words // 2)):
        lengths = [longest // 4, longest // 2, longest]
        print(f"one {texts}, microseconds a word at so many words")
        print(f"  {'step':20}  " + "  ".join(f"{length:>9,}" for length in lengths) + f"  {'MB':>5}")
        for step in GROWING:
            found = measured(step=step, texts=texts, source=str(source), lengths=lengths)
            times = "  ".join(f"{1e6 * found[str(length)] / length:9.1f}" for length in lengths)
            print(f"  {step:20}  {times}  {found['megabytes']:5.0f}", flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", nargs="?", type=Path, default=ROOT / "seeds")
    parser.add_argument("--words", type=int, default=20_000)
    parser.add_argument("--long", type=int, default=100_000)
    parser.add_argument("--json", action="store_true", help="print the steps as JSON, and nothing else")
    parser.add_argument("--task", type=json.loads, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.task:
        print(json.dumps(measure(arguments.task)))
        return
    rows = compare(arguments.source, arguments.words)
    if arguments.json:
        print(json.dumps(list(rows)))
        return
    show(rows)
    print()
    grow(arguments.source, arguments.long)


if __name__ == "__main__":
    main()
