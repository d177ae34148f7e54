"""Articles in, articles with what was found in them out; opens nothing and writes nothing."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from quotes.extract import DEFAULT_EXTRACTOR, EXTRACTORS, extract
from quotes.resolve.within import resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.language import Language

    from quotes.model import Article, Extraction

__all__ = ["DEFAULT_EXTRACTOR", "EXTRACTORS", "extract_article", "extract_articles"]


@cache
def _language() -> Language:
    import spacy

    nlp = spacy.blank("en")
    nlp.max_length = 2**31
    return nlp


def extract_article(article: Article, *, extractor: str = DEFAULT_EXTRACTOR) -> Extraction:
    """Find the quotes of one article and resolve their speakers; any text at all goes through."""
    extraction = extract(_language().make_doc(article.text), extractor=extractor)
    return resolve(extraction, article.text)


def extract_articles(
    articles: Iterable[Article], *, extractor: str = DEFAULT_EXTRACTOR
) -> Iterator[tuple[Article, Extraction]]:
    """Each article with its extraction, in the order given and one at a time."""
    for article in articles:
        yield article, extract_article(article, extractor=extractor)
