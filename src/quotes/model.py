"""The frozen values that everything else passes around.

Values carry no ids and do no I/O: identity is the store's concern. All offsets are half-open and count code points of
`Article.text` exactly as stored.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["direct", "mixed", "indirect"]
"""direct: all content words stand inside quotation marks, or are printed after a speaker's name as in a transcript;
mixed: some stand inside marks; indirect: none does."""

NameKind = Literal["person", "organization", "place"]

MarkStatus = Literal["closed", "continued", "unclosed", "unopened"]
"""closed: both marks stand in one paragraph; continued: the quotation runs on in the next paragraph, which opens it
again; unclosed and unopened: the other mark is missing in the source."""


UNCERTAIN = 0.7
"""Below it a probability is told wherever a quote is listed: of what lies below, on the whole, half is wrong."""


def doubts(quote: float | None, speaker: float | None) -> list[str]:
    """Says of which it is uncertain that it is right, by their probabilities: "uncertain quote (0.42)"."""
    found = (("quote", quote), ("speaker", speaker))
    return [f"uncertain {what} ({chance:.2f})" for what, chance in found if chance is not None and chance < UNCERTAIN]


@dataclass(frozen=True, slots=True, order=True)
class TextSpan:
    """A half-open, non-empty stretch of an article's text; raises ValueError for any other bounds."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"no span of text: [{self.start}, {self.end})")

    def of(self, text: str) -> str:
        """The words of the span in the text that it was found in."""
        return text[self.start : self.end]

    def overlaps(self, other: TextSpan) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What was last fetched from an address, so that it is asked for again only when it may have changed.

    `url` is the address as it was asked for and `location` the article that it led to (None for a feed, a sitemap or
    a failure). `status` is the HTTP status, None where no answer came; `etag` and `last_modified` are what the server
    tells versions apart by; `error` is why nothing was read. `when` (in UTC) and `failures`, how often it has failed
    since it was last read, are what the store adds.
    """

    url: str
    status: int | None = None
    location: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    error: str | None = None
    when: str | None = field(default=None, compare=False)
    failures: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, order=True)
class Printed:
    """What a text prints of its own metadata, in [`start`, `end`): a field's value in the form in which it is stored.

    `field` is one of Article's (published, updated, title, outlet, authors) or one that no other source has: date (of
    the page, for whatever reason), place and agency (of the dateline), original (the address of the text that this one
    copies), origin (who had it first, by name). `taken` says that the article's metadata have it from here.
    """

    field: str
    value: str
    start: int
    end: int
    taken: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article as it was read, frozen.

    `text` is a sequence of Unicode scalar values (the reader replaces lone surrogates and counts them in `replaced`).
    `published` is an ISO 8601 date or date and time as far as it is known ("2023", "2023-03-04"). Where the article
    came from does not make it another article: `name` (what the input calls it: a record's id, else the file's stem),
    `path` (of its file; of a record, the file's path, a slash and its id), `raw_hash` (of the bytes read) and
    `reader` are left out of equality.
    """

    text: str
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    published: str | None = None
    language: str | None = None
    note: str | None = None
    authors: tuple[str, ...] = ()
    updated: str | None = None
    correction: str | None = None
    name: str = field(default="", compare=False)
    path: str | None = field(default=None, compare=False)
    raw_hash: str | None = field(default=None, compare=False)
    reader: str = field(default="", compare=False)
    replaced: int = field(default=0, compare=False)
    missing: tuple[str, ...] = field(default=(), compare=False)
    printed: tuple[Printed, ...] = field(default=(), compare=False)
    original: bytes | None = field(default=None, compare=False, repr=False)
    fetched: Fetched | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """What tells that an article is stored without making anything of its bytes.

    It is when its path holds what bytes of this hash gave to one of `readers` before, and `known`, metadata by the
    names of Article's fields, tells nothing new.
    """

    path: str
    raw_hash: str
    readers: tuple[str, ...]
    known: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who a statement is attributed to, by the fullest name known; `reason` says how the mention led there."""

    name: str
    reason: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True, order=True)
class NameSpan:
    """A name as printed, [`start`, `end`), and what bears it."""

    start: int
    end: int
    kind: NameKind


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkPair:
    """A quotation as its marks show it.

    `opening` and `closing` are the glyphs (None where the source lacks one, or where a paragraph's quotation goes on in
    the next); [`start`, `end`) is what stands between them and may be empty. `level` is 0 for an outer quotation, 1 for
    one nested in it, and so on.
    """

    start: int
    end: int
    opening: TextSpan | None
    closing: TextSpan | None
    status: MarkStatus
    level: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """One attributed statement: an attribution relation of source, cue and content, as in PARC and PolNeAR.

    `sources`, `cues` and `contents` are in the order of the text and may be discontinuous; `contents` is never empty.
    `mention` is the source's words ("he"), `speaker` whom they lead to, `speaker_description` a source that has no name
    ("a senior official"), `members` the names of those who speak together, where the article tells them ("the two
    ministers": such a source has a description and no speaker), `via` the outer speaker when A says that B said.
    Probabilities are None where the extractor has no calibrated one. `status` is that of the content's quotation marks,
    None when it has none.
    """

    kind: Kind
    contents: tuple[TextSpan, ...]
    cues: tuple[TextSpan, ...] = ()
    sources: tuple[TextSpan, ...] = ()
    mention: str | None = None
    speaker: Speaker | None = None
    speaker_description: str | None = None
    members: tuple[str, ...] = ()
    speaker_confidence: float | None = None
    cue_class: str | None = None
    negated: bool = False
    modality: str | None = None
    via: str | None = None
    status: MarkStatus | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedRole:
    """A role that the article prints with somebody's name ("the mayor of Nairobi"), at [`start`, `end`) of its text.

    `name` is that of a `Speaker`, the fullest in the article. `words` are those that carry meaning, case-folded; the
    office of a counterpart, which the text leaves out, is among them.
    """

    name: str
    words: frozenset[str]
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What reading one article found, and the name and version of what read it.

    `names` is None where the extractor does not look for names. `roles` are in the order of the text.
    """

    quotes: tuple[Quote, ...]
    marks: tuple[MarkPair, ...]
    extractor: str
    names: tuple[NameSpan, ...] | None = None
    roles: tuple[PrintedRole, ...] = ()


@dataclass(frozen=True, slots=True)
class Position:
    """An office that somebody held, from its first to its last day, each an ISO 8601 date as exact as is known."""

    title: str
    start: str | None = None
    end: str | None = None


QID = re.compile(r"Q[1-9][0-9]{0,18}")
"""The form of a number in Wikidata."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """Somebody of an authority file; `qid` is the person's number in Wikidata."""

    qid: str
    name: str
    aliases: tuple[str, ...] = ()
    country: str | None = None
    positions: tuple[Position, ...] = ()
