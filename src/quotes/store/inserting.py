"""The rows of what an article holds: its quotes with their spans, its quotation marks, its key terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.store.overlap import most_overlapping
from quotes.store.sql import insert
from quotes.text import fingerprint, join_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from sqlite3 import Connection

    from quotes.model import Article, Extraction, Quote
    from quotes.store.people import Attribution
    from quotes.topics import Topic


def insert_quote(conn: Connection, quote: Quote, attribution: Attribution, text: str, *, place: tuple[int, int]) -> int:
    """The number of the quote; `place` is the number of its article, and which of its quotes it is, from 0."""
    roles = {"content": quote.contents, "cue": quote.cues, "source": quote.sources}
    words = join_spans(quote.contents, text)
    quote_id = insert(
        conn,
        "quote",
        {
            "article_id": place[0],
            "position": place[1],
            "kind": quote.kind,
            "text": words,
            "alias_id": attribution.alias,
            "speaker_id": attribution.speaker,
            "speaker_name": attribution.name,
            "speaker_description": quote.speaker_description,
            "speaker_confidence": quote.speaker_confidence,
            "speaker_reason": attribution.reason,
            "mention": join_spans(quote.sources, text) if quote.sources else quote.mention,
            "cue": join_spans(quote.cues, text) or None,
            "cue_class": quote.cue_class,
            "negated": int(quote.negated),
            "modality": quote.modality,
            "via": quote.via,
            "status": quote.status,
            "confidence": quote.confidence,
            "fingerprint": fingerprint(words),
        },
    )
    spans = [
        (quote_id, role, number, span.start, span.end, span.of(text))
        for role, of_role in roles.items()
        for number, span in enumerate(of_role)
    ]
    conn.executemany("INSERT INTO span VALUES (?, ?, ?, ?, ?, ?)", spans)
    return quote_id


def insert_marks(
    conn: Connection, article: Article, extraction: Extraction, *, article_id: int, quote_ids: Sequence[int]
) -> None:
    """The pairs of quotation marks of an article, each with the quote that it belongs to most."""
    owners = most_overlapping(extraction.marks, [quote.contents for quote in extraction.quotes])
    for mark, owner in zip(extraction.marks, owners, strict=True):
        insert(
            conn,
            "mark",
            {
                "article_id": article_id,
                "start": mark.start,
                "end": mark.end,
                "opening": mark.opening.of(article.text) if mark.opening else None,
                "closing": mark.closing.of(article.text) if mark.closing else None,
                "status": mark.status,
                "level": mark.level,
                "quote_id": None if owner is None else quote_ids[owner],
            },
        )


def insert_topics(conn: Connection, topics: Iterable[Topic], *, article_id: int) -> None:
    """The key terms of an article, the most telling first."""
    rows = [(article_id, rank, topic.term, topic.score) for rank, topic in enumerate(topics, 1)]
    conn.executemany("INSERT INTO topic VALUES (?, ?, ?, ?)", rows)
