"""Articles in, articles with what was found in them out; opens nothing and writes nothing."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, TypeVar

from quotes.extract import DEFAULT_EXTRACTOR, EXTRACTORS, WITHOUT_DOC, extract, extract_text, extract_with_layers
from quotes.language import is_english
from quotes.model import Extraction
from quotes.parallel import map_in_order, usable_cores
from quotes.resolve.within import resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable

    from spacy.language import Language
    from spacy.tokens import Doc

    from quotes.model import Article

__all__ = [
    "DEFAULT_EXTRACTOR",
    "EXTRACTORS",
    "annotate_article",
    "default_workers",
    "extract_article",
    "extract_articles",
    "read_articles",
]

T = TypeVar("T")

_MOST_WORKERS = 2
WORTHWHILE = 40_000
"""Characters of articles that are read here in about the time that a worker takes to start."""


@cache
def _language() -> Language:
    import spacy

    nlp = spacy.blank("en")
    nlp.max_length = 2**31
    return nlp


def default_workers() -> int:
    """A worker a core, two at the most, so that memory stays below 600 MB: each takes some 210."""
    return min(usable_cores(), _MOST_WORKERS)


def extract_article(article: Article, *, extractor: str = DEFAULT_EXTRACTOR, nested: bool = False) -> Extraction:
    """Find the quotes of one article and resolve their speakers; any text at all goes through.

    `nested` adds the statements inside statements. An article in another language than English has none: what the
    extractors would find there is nonsense.
    """
    if not is_english(article.language):
        return _unread(article)
    if extractor == WITHOUT_DOC:
        extraction, _ = extract_text(article.text, nested=nested)
    else:
        extraction = extract(_language().make_doc(article.text), extractor=extractor, nested=nested)
    return resolve(extraction, article.text)


def annotate_article(
    article: Article, *, extractor: str = DEFAULT_EXTRACTOR, nested: bool = False
) -> tuple[Doc, Extraction]:
    """The same, with the Doc of the article's text that the quotes were found in.

    It has names, parts of speech, lemmas and sentences from the same pass of the model
    (`quotes.extract.annotations`); none of them by an extractor without a model.
    """
    from quotes.extract.annotations import annotate

    doc = _language().make_doc(article.text)
    if not is_english(article.language):
        return doc, _unread(article)
    extraction, layers = extract_with_layers(doc, extractor=extractor, nested=nested)
    if layers is not None:
        annotate(doc, layers)
    return doc, resolve(extraction, article.text)


def _unread(article: Article) -> Extraction:
    return Extraction(quotes=(), marks=(), extractor=f"none/{article.language}")


def extract_articles(
    articles: Iterable[Article],
    *,
    extractor: str = DEFAULT_EXTRACTOR,
    nested: bool = False,
    workers: int = 1,
) -> Generator[tuple[Article, Extraction], None, None]:
    """Each article with its extraction, in the order given; the same whatever the number of workers."""
    read = partial(extract_article, extractor=extractor, nested=nested)
    for article, extraction in read_articles(read, articles, workers=workers):
        assert extraction is not None, "none is skipped"
        yield article, extraction


def read_articles(
    read: Callable[[Article], T],
    articles: Iterable[Article],
    *,
    workers: int = 1,
    skip: Callable[[Article], bool] = lambda _: False,
) -> Generator[tuple[Article, T | None], None, None]:
    """Each article with what `read` makes of it, in the order given and as soon as it is made.

    Where `skip` says yes the article is not read, and None stands in the answer's place. With several workers, `read`
    and its answers are pickled: a function of a module, such as `extract_article`, and values without a Doc. What needs
    the Doc is computed beside it, by a function that calls `annotate_article`. A few articles are taken ahead, and no
    process is started for fewer than are worth it. Raises WorkerDied when one of them is killed.
    """
    return map_in_order(
        read,
        articles,
        workers=workers,
        skip=skip,
        size=lambda article: len(article.text),
        worthwhile=WORTHWHILE,
    )
