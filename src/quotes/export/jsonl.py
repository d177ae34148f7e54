"""A quote a line: what other programs read from the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quotes.export.attributions import to_pairs
from quotes.store import queries

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from quotes.store.rows import QuoteWithSpans


def rows(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    """Every quote of the database as its JSON object, article by article and in the order of the text.

    "contents", "sources" and "cues" are lists of [start, end), half-open offsets in code points of the article's text.
    "utterance" and "claim" are numbers, null in a database whose quotes are not grouped.
    """
    return map(to_row, queries.every_quote(connection))


def to_row(quote: QuoteWithSpans) -> dict[str, Any]:
    """One quote with the keys of the contract."""
    article = quote.article
    return {
        "id": quote.id,
        "article": {
            "id": article.id,
            "path": article.path,
            "url": article.url,
            "outlet": article.outlet,
            "title": article.title,
            "published": article.published,
        },
        "contents": to_pairs(quote.contents),
        "sources": to_pairs(quote.sources),
        "cues": to_pairs(quote.cues),
        "kind": quote.kind,
        "text": quote.text,
        "mention": quote.mention,
        "speaker": {"id": quote.speaker.id, "name": quote.speaker.name} if quote.speaker else None,
        "utterance": quote.utterance,
        "claim": quote.claim,
        "confidence": quote.confidence,
        "speaker_confidence": quote.speaker_confidence,
        "speaker_description": quote.speaker_description,
        "members": list(quote.members),
        "cue_class": quote.cue_class,
        "negated": quote.negated,
        "modality": quote.modality,
        "via": quote.via,
        "status": quote.status,
    }


def article_rows(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    """Every article as {"id", "path", "text"}: what the offsets of `rows` count into."""
    for article, text in queries.every_text(connection):
        yield {"id": article.id, "path": article.path, "text": text}
