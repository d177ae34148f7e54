"""From what readers hand over to rows: each article that is not stored yet is read by the model and stored whole."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from quotes import pipeline
from quotes.language import is_english
from quotes.readers import Skipped, Unchanged, Unreadable
from quotes.topics import Profile, profile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from quotes.errors import InputError
    from quotes.model import Article, Extraction
    from quotes.readers import Outcome
    from quotes.store.writer import Outcome as Stored
    from quotes.store.writer import Writer

MOST_KEPT = 1_000
"""How many faults and passed-over inputs a summary tells one by one; the others are counted."""


@dataclass(slots=True)
class Summary:
    """What became of the inputs.

    `outcomes` counts articles by what became of them ("added", "unchanged", "updated", "new version"), `reasons` what
    was passed over by why, and `unread` the articles stored this time that are not English, by their language.
    `skipped` and `errors` tell the first `MOST_KEPT` of what was passed over and of the faults, `faults` counts them.
    """

    outcomes: Counter[str] = field(default_factory=Counter)
    quotes: int = 0
    replaced: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    skipped: list[Skipped] = field(default_factory=list)
    unread: Counter[str] = field(default_factory=Counter)
    faults: int = 0
    errors: list[str] = field(default_factory=list)


class Reading(NamedTuple):
    """What is stored of an article besides itself."""

    extraction: Extraction
    profile: Profile


def add_all(
    outcomes: Iterable[Outcome],
    writer: Writer,
    *,
    workers: int | None = None,
    on_fault: Callable[[InputError], None] = lambda _: None,
    on_article: Callable[[str], None] = lambda _: None,
    on_stored: Callable[[Article, Stored], None] = lambda _article, _outcome: None,
) -> Summary:
    """Store each article that the readers hand over.

    Only a text that is not stored yet is read by the model. `workers` are those of `quotes.pipeline.read_articles`;
    None is as many as suit the machine. An article is stored before those after it have been read, so an exception
    leaves all that came before. `on_fault` hears at once of what cannot be read, `on_article` the name of each article
    that is done, `on_stored` each article and what became of it.
    """
    summary = Summary()

    def extracting(article: Article, reading: Reading | None) -> Extraction:
        # None: another process has removed the article since it was looked for
        extraction = (reading or read_article(article)).extraction
        summary.quotes += len(extraction.quotes)
        if not is_english(article.language):
            summary.unread[article.language or ""] += 1
        return extraction

    def profiling(article: Article, reading: Reading | None) -> Profile:
        return (reading or read_article(article)).profile

    articles = _articles(outcomes, summary, on_fault, on_article)
    read = pipeline.read_articles(
        read_article, articles, workers=workers or pipeline.default_workers(), skip=writer.holds
    )
    with closing(read):
        for article, reading in read:
            outcome = writer.add(
                article, partial(extracting, reading=reading), profile=partial(profiling, reading=reading)
            )
            summary.replaced += article.replaced
            summary.outcomes[outcome] += 1
            on_stored(article, outcome)
            on_article(article.name)
    return summary


def read_article(article: Article) -> Reading:
    """Quotes, those inside other statements too, topics and statistics of an article, from one pass of the model."""
    doc, extraction = pipeline.annotate_article(article, nested=True)
    return Reading(extraction, profile(doc))


def _articles(
    outcomes: Iterable[Outcome],
    summary: Summary,
    on_fault: Callable[[InputError], None],
    on_article: Callable[[str], None],
) -> Iterator[Article]:
    """The articles among what the readers hand over; the summary takes in the rest."""
    for outcome in outcomes:
        if isinstance(outcome, Unreadable):
            summary.faults += 1
            if summary.faults <= MOST_KEPT:
                summary.errors.append(str(outcome.error))
            on_fault(outcome.error)
        elif isinstance(outcome, Skipped):
            summary.reasons[outcome.reason] += 1
            if len(summary.skipped) < MOST_KEPT:
                summary.skipped.append(outcome)
        elif isinstance(outcome, Unchanged):
            summary.outcomes["unchanged"] += 1
            on_article(outcome.input)
        else:
            yield outcome
