"""What a text tells of itself completes what is known of the article."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from quotes.language import detect_language

if TYPE_CHECKING:
    from quotes.model import Article


def completed(article: Article) -> Article:
    """The article, with its language where none was known."""
    return article if article.language else replace(article, language=detect_language(article.text))
