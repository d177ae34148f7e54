"""What a text tells of itself completes what is known of the article."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from quotes.furniture import find_furniture
from quotes.language import detect_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.model import Article, Printed

_SINGLE = ("title", "published", "updated", "outlet")


def completed(article: Article) -> Article:
    """The article with its language, and with what its own head and tail print, where neither was known.

    What is printed there is told with its place in the text, taken or not: a page, a record or a manifest outranks it.
    """
    printed = [told for piece in find_furniture(article.text) for told in piece.printed]
    found: dict[str, Any] = {}
    for field in _SINGLE:
        first = next((told for told in printed if told.field == field), None)
        if first is not None and getattr(article, field) is None:
            found[field] = first.value
    if not article.authors:
        found["authors"] = tuple(dict.fromkeys(told.value for told in printed if told.field == "authors"))
    return replace(
        article,
        **found,
        language=article.language or detect_language(article.text),
        missing=tuple(name for name in article.missing if not found.get(name)),
        printed=tuple(_marked(printed, found)),
    )


def _marked(printed: Sequence[Printed], found: dict[str, Any]) -> list[Printed]:
    """Each with whether it was taken: the first of a field that has one value, every author."""
    taken = {field: next(told for told in printed if told.field == field) for field in found if field in _SINGLE}
    return [
        replace(told, taken=taken.get(told.field) is told or (told.field == "authors" and bool(found.get("authors"))))
        for told in printed
    ]
