"""Attribution JSONL: what `quotes extract` prints and `quotes evaluate` reads, a document a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quotes.text import join_spans

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quotes.model import Article, Extraction, Quote, TextSpan


def to_record(article: Article, extraction: Extraction) -> dict[str, Any]:
    """One document: its id (what the input calls it), its text as read, and its attributions.

    Spans are half-open offsets in code points of "text".
    """
    return {
        "id": article.name,
        "text": article.text,
        "attributions": [to_attribution(quote, article.text) for quote in extraction.quotes],
    }


def to_attribution(quote: Quote, text: str) -> dict[str, Any]:
    """One relation with the keys of the contract; "speaker" is a name or null."""
    return {
        "sources": to_pairs(quote.sources),
        "cues": to_pairs(quote.cues),
        "contents": to_pairs(quote.contents),
        "kind": quote.kind,
        "text": join_spans(quote.contents, text),
        "mention": quote.mention,
        "speaker": quote.speaker.name if quote.speaker else None,
        "speaker_description": quote.speaker_description,
        "members": list(quote.members),
        "speaker_confidence": quote.speaker_confidence,
        "confidence": quote.confidence,
        "cue_class": quote.cue_class,
        "negated": quote.negated,
        "modality": quote.modality,
        "via": quote.via,
        "status": quote.status,
    }


def to_pairs(spans: Iterable[TextSpan]) -> list[list[int]]:
    """Spans as JSON has them: [start, end), half-open."""
    return [[span.start, span.end] for span in spans]
