"""What look-ups answer with: frozen values, as they stand in the database and with the words around them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from quotes.model import Kind, MarkStatus, Printed, TextSpan

Match = Literal["exact", "all words", "similar", "some words"]
"""exact: the words asked for, one after the other; all words: each of them somewhere in the quote; similar: nearly
these words, a part of them, or other words for the same; some words: any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRef:
    """Which article something stands in, as far as an answer has to tell it.

    `path` is relative to the database's folder. `version` counts the texts seen at one location from 1; `latest` is
    false when a later version is stored.
    """

    id: int
    label: str
    outlet: str | None
    published: str | None
    title: str | None
    path: str | None
    url: str | None
    name: str
    version: int
    latest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow(ArticleRef):
    """All that is stored about an article but its text; `quotes` counts what was found in it.

    `characters` counts code points, `replaced` the characters that the reader put U+FFFD for; `added` is in UTC.
    `missing` names what the page was asked for and does not tell; `archived` is where a web archive keeps it.
    `printed` is what the text's own head and tail print of such facts.
    """

    location: str
    language: str | None
    note: str | None
    characters: int
    text_hash: str
    raw_hash: str | None
    replaced: int
    reader: str
    extractor: str
    added: str
    authors: tuple[str, ...]
    updated: str | None
    correction: str | None
    archived: str | None
    missing: tuple[str, ...]
    printed: tuple[Printed, ...]
    quotes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerRef:
    """One speaker across articles, by the fullest name known."""

    id: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerRow(SpeakerRef):
    """A speaker with the number of their quotes and of the articles and outlets that print them."""

    quotes: int
    articles: int
    outlets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """A stretch of an article with the words around it in its paragraph; the three joined are a slice of the text."""

    before: str
    content: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteRow:
    """A quote as it is stored.

    `start` is where its first content begins in the article's text, `end` where its last ends.
    `speaker_name` is what the speaker is called in this article, `speaker.name` across all of them. `utterance` and
    `claim` are None until it is grouped. `members` are the names of those who say it together, with no `speaker`.
    """

    id: int
    article: ArticleRef
    kind: Kind
    text: str
    start: int
    end: int
    speaker: SpeakerRef | None
    speaker_name: str | None
    speaker_description: str | None
    members: tuple[str, ...] = ()
    speaker_confidence: float | None
    speaker_reason: str | None
    mention: str | None
    cue: str | None
    cue_class: str | None
    negated: bool
    modality: str | None
    via: str | None
    status: MarkStatus | None
    confidence: float | None
    fingerprint: str
    utterance: int | None
    claim: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteInContext(QuoteRow):
    """A quote with at most `queries.AROUND` characters of its paragraph on each side."""

    context: Context


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteWithSpans(QuoteRow):
    """A quote with the spans of each role, in the order of the text."""

    contents: tuple[TextSpan, ...]
    cues: tuple[TextSpan, ...]
    sources: tuple[TextSpan, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkRow:
    """A quotation as its marks show it; [`start`, `end`) is what stands between them, the glyphs None where missing."""

    start: int
    end: int
    opening: str | None
    closing: str | None
    status: MarkStatus
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownQuote(QuoteWithSpans):
    """A quote with its evidence: paragraph, marks, and the line and column where its content begins (from 1)."""

    context: Context
    line: int
    column: int
    marks: tuple[MarkRow, ...]
    extractor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The words asked for as an article prints them outside every quote."""

    article: ArticleRef
    start: int
    end: int
    context: Context


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The answer to "who said": the closest kind of match that any quote has (None when none has), and the quotes.

    `total` counts the matching quotes, of which `quotes` holds the first. `printed` are articles that have the words
    asked for one after the other, but not in a quote; the first such passage of each.
    """

    match: Match | None
    total: int
    quotes: tuple[QuoteInContext, ...]
    printed: tuple[Passage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much a database holds; `attributed` counts the quotes whose speaker has a name."""

    articles: int
    outlets: int
    speakers: int
    quotes: int
    attributed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """A claim as it is listed; `speaker` is to whom most of its quotes are attributed.

    `first_published` is the earliest date of its articles in this database, which need not be where it was first said.
    `outlets` counts the known ones, `sources` those that are independent of each other. `confidence` is the highest
    probability that one of its quotes is a statement so attributed, and 1 where one of them has none.
    """

    id: int
    label: str
    speaker: SpeakerRef | None
    quotes: int
    articles: int
    outlets: int
    sources: int
    speakers: int
    wordings: int
    first_published: str | None
    last_published: str | None
    conflicts: int
    contradicted: bool
    confidence: float
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictRow:
    """One claim attributed to two speakers by two articles; the quotes are one of each."""

    claim: int
    label: str
    kind: str
    a: QuoteRow
    b: QuoteRow


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedQuote:
    """A quote of another claim that may say the same; with a `contradiction` near words say another thing."""

    kind: str
    score: float
    contradiction: str | None
    quote: QuoteRow


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownClaim(ClaimRow):
    """A claim with its quotes, the earliest first and undated ones last, its conflicts, and what is only suggested."""

    members: tuple[QuoteRow, ...]
    disagreements: tuple[ConflictRow, ...]
    suggestions: tuple[SuggestedQuote, ...]
