"""What the Parquet files hold: a row an article, and a row a quote.

The columns are the fields of the values in `quotes.model`, with the few beside them that are described here. All
offsets count code points of the article's `text`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from quotes.adding import Reading
from quotes.batch.values import arrow_fields, from_plain, to_plain
from quotes.model import Article, Extraction, Quote
from quotes.text import fingerprint, hash_text, join_spans
from quotes.topics import Profile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FORMAT = "quotes-batch/1"
"""Name and version of the files' columns; files of another are not read."""

_LEFT_OUT = {"original", "fetched"}
"""Fields of an article that a batch has no use for: bytes are kept by `quotes add` alone."""

_OF_EXTRACTION = [field for field in arrow_fields(Extraction) if field.name != "quotes"]

ARTICLES = pa.schema(
    [
        pa.field("article", pa.string(), nullable=False),
        *(field for field in arrow_fields(Article) if field.name not in _LEFT_OUT),
        pa.field("text_hash", pa.string(), nullable=False),
        *_OF_EXTRACTION,
        *arrow_fields(Profile),
        pa.field("quotes", pa.int64(), nullable=False),
    ]
)
QUOTES = pa.schema(
    [
        pa.field("article", pa.string(), nullable=False),
        pa.field("position", pa.int64(), nullable=False),
        pa.field("text", pa.string(), nullable=False),
        pa.field("fingerprint", pa.string(), nullable=False),
        *arrow_fields(Quote),
    ]
)

DESCRIPTIONS: Mapping[str, str] = {
    "article": "Key of the article: a hash of where it was read and of its text, the same in every run.",
    "text_hash": "SHA-256 of the text's UTF-8 form.",
    "quotes": "How many quotes the article has.",
    "position": "The quote's place among those of its article, from 0.",
    "text": "Of an article its text as read; of a quote the words of its content, parts joined by an ellipsis.",
    "fingerprint": "Hash of the words alone: quotes that differ in case and punctuation only share it.",
}
"""The columns that no value in `quotes.model` has, and those that mean something else here."""


def rows_of(article: Article, reading: Reading) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The row of an article and those of its quotes."""
    text_hash = hash_text(article.text)
    key = hash_text("\0".join((article.url or article.path or "", text_hash))).partition(":")[2][:32]
    row = {
        **to_plain(article),
        **to_plain(reading.extraction),
        **to_plain(reading.profile),
        "article": key,
        "text_hash": text_hash,
        "quotes": len(reading.extraction.quotes),
    }
    return {name: row[name] for name in ARTICLES.names}, [
        _quote_row(quote, article.text, key, position) for position, quote in enumerate(reading.extraction.quotes)
    ]


def article_of(row: Mapping[str, Any]) -> Article:
    """The article of a row that `rows_of` made."""
    return from_plain(Article, dict(row))


def reading_of(row: Mapping[str, Any], quotes: Sequence[Mapping[str, Any]]) -> Reading:
    """What was found in an article, of the rows that `rows_of` made."""
    found = {**row, "quotes": [{**quote} for quote in quotes]}
    return Reading(from_plain(Extraction, found), from_plain(Profile, dict(row)))


def _quote_row(quote: Quote, text: str, key: str, position: int) -> dict[str, Any]:
    words = join_spans(quote.contents, text)
    return {"article": key, "position": position, "text": words, "fingerprint": fingerprint(words), **to_plain(quote)}
