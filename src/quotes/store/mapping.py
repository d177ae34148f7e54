"""From SQL rows to values, and the columns that each value needs."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from quotes.model import Printed, TextSpan
from quotes.resolve.joint import members_of
from quotes.store.rows import ArticleRef, ArticleRow, SpeakerRef, SpeakerRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Row = Mapping[str, Any]

ARTICLE_REF = """
    article.id AS article_id, article.label, outlet.name AS outlet, article.published, article.title, article.path,
    article.url, article.name AS article_name, article.version,
    NOT EXISTS (
        SELECT 1 FROM article AS later WHERE later.location = article.location AND later.version > article.version
    ) AS latest"""

ARTICLE = f"""{ARTICLE_REF},
    article.location, article.language, article.note, article.characters, article.text_hash, article.raw_hash,
    article.replaced, article.reader, article.extractor, article.added,
    article.authors, article.updated, article.correction, article.archived, article.missing, article.printed,
    (SELECT count(*) FROM quote WHERE quote.article_id = article.id) AS quotes"""

QUOTE = f"""
    quote.*, speaker.name AS speaker,
    (SELECT min(span.start) FROM span WHERE span.quote_id = quote.id AND span.role = 'content') AS start,
    (SELECT max(span.end) FROM span WHERE span.quote_id = quote.id AND span.role = 'content') AS "end",
    {ARTICLE_REF}"""

FROM_ARTICLE = "FROM article LEFT JOIN outlet ON outlet.id = article.outlet_id"

JOIN_QUOTE = """
    JOIN article ON article.id = quote.article_id
    LEFT JOIN outlet ON outlet.id = article.outlet_id
    LEFT JOIN speaker ON speaker.id = quote.speaker_id"""

SPEAKER = """
    SELECT speaker.id, speaker.name, count(*) AS quotes,
        count(DISTINCT article.id) AS articles, count(DISTINCT article.outlet_id) AS outlets
    FROM speaker
    JOIN quote ON quote.speaker_id = speaker.id
    JOIN article ON article.id = quote.article_id"""

_REF_FIELDS = "label outlet published title path url version".split()
_ARTICLE_FIELDS = (
    "location language note characters text_hash raw_hash replaced reader extractor added updated correction archived "
    "quotes".split()
)
_QUOTE_FIELDS = (
    "id kind text start end speaker_name speaker_description speaker_confidence speaker_reason "
    "mention cue cue_class modality via status confidence fingerprint".split()
)
_ROLES = {"content": "contents", "cue": "cues", "source": "sources"}


def article_ref(row: Row) -> ArticleRef:
    """Of the columns ARTICLE_REF."""
    return ArticleRef(**_ref_fields(row))


def article_row(row: Row) -> ArticleRow:
    """Of the columns ARTICLE."""
    lists: dict[str, Any] = {name: tuple(json.loads(row[name] or "[]")) for name in ("authors", "missing")}
    printed = tuple(Printed(**told) for told in json.loads(row["printed"] or "[]"))
    return ArticleRow(**_ref_fields(row), **{name: row[name] for name in _ARTICLE_FIELDS}, **lists, printed=printed)


def speaker_row(row: Row) -> SpeakerRow:
    """Of the columns of SPEAKER."""
    return SpeakerRow(**{name: row[name] for name in ("id", "name", "quotes", "articles", "outlets")})


def quote_fields(row: Row) -> dict[str, Any]:
    """The fields of a QuoteRow, of the columns QUOTE."""
    speaker = None if row["speaker_id"] is None else SpeakerRef(id=row["speaker_id"], name=row["speaker"])
    fields = {name: row[name] for name in _QUOTE_FIELDS}
    fields |= {"utterance": row["utterance_id"], "claim": row["claim_id"]}
    fields["members"] = members_of(row["speaker_description"] or "") if speaker is None else ()
    return {**fields, "negated": bool(row["negated"]), "speaker": speaker, "article": article_ref(row)}


def spans_by_role(rows: Iterable[Row]) -> dict[str, Any]:
    """`contents`, `cues` and `sources`, of rows with role, start and end in the order of their numbers."""
    found: defaultdict[str, list[TextSpan]] = defaultdict(list)
    for row in rows:
        found[row["role"]].append(TextSpan(row["start"], row["end"]))
    return {field: tuple(found[role]) for role, field in _ROLES.items()}


def _ref_fields(row: Row) -> dict[str, Any]:
    fields = {name: row[name] for name in _REF_FIELDS}
    return {**fields, "id": row["article_id"], "name": row["article_name"], "latest": bool(row["latest"])}
