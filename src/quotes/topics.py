"""What an article is about and how it is written: key terms and text statistics, by textacy, from an annotated Doc.

Both read parts of speech, lemmas and sentence starts (`quotes.extract.annotations` sets them) and never raise for a
text: a Doc without annotations, without words or in another script has no topics, and None where a figure has no
meaning. Importing textacy takes about two seconds, so it is loaded when the first Doc is read.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.tokens import Doc, Token

MOST_TOPICS = 10

_TERM_PARTS = frozenset({"NOUN", "PROPN", "ADJ"})
_LONGEST_TERM = 4
"""Words in a term: "Kenyan interior minister", not a whole title with its name."""

_HEAD = 1500
_MOST_CANDIDATES = 2000
_CHOSEN_FROM = 3 * MOST_TOPICS


@dataclass(frozen=True, slots=True)
class Topic:
    """A key term as the article prints it most often; of two scores of one article the higher is the better."""

    term: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """How much text there is, and how hard it is to read.

    `words` leaves out punctuation. `reading_ease` is Flesch's for English: 60 to 70 is plain, below 30 very hard, and
    a text without stops may lie far below 0.
    """

    sentences: int
    words: int
    reading_ease: float


@dataclass(frozen=True, slots=True)
class Profile:
    """Both, as they are stored with an article."""

    topics: tuple[Topic, ...] = ()
    statistics: Statistics | None = None


def profile(doc: Doc) -> Profile:
    """Topics and statistics of one Doc."""
    return Profile(tuple(topics(doc)), statistics(doc))


def topics(doc: Doc) -> list[Topic]:
    """Up to ten key terms of a Doc, the best first, by SGRank (Danesh, Sumner and Martin 2015).

    A term is up to four nouns, names and adjectives in a row that end in a noun or a name. Forms of one word count
    together, and a term that is printed only as a part of better ones is none. SGRank compares every candidate with
    every other, so only the head of an article is read: 1,500 tokens, fewer where nearly all are candidates.
    """
    words = _head([_word(token) for token in doc[:_HEAD]])
    places = _places(words)
    if not places:
        return []
    from textacy.extract.keyterms.sgrank import sgrank

    ranked = sgrank(
        cast("Doc", words),
        normalize=attrgetter("key"),
        ngrams=range(1, _LONGEST_TERM + 1),
        include_pos=_TERM_PARTS,
        window_size=_HEAD,
        topn=_CHOSEN_FROM,
    )
    return list(_chosen(doc, ranked, places))


def statistics(doc: Doc) -> Statistics | None:
    """Sentences, words and reading ease of a Doc; None without words or without sentence starts."""
    if not doc.has_annotation("SENT_START"):
        return None
    from textacy.text_stats import basics, readability

    words = basics.n_words(doc)
    if not words:
        return None
    try:
        return Statistics(
            sentences=basics.n_sents(doc),
            words=words,
            reading_ease=round(readability.flesch_reading_ease(doc, lang="en"), 1),
        )
    finally:
        # textacy remembers the last 128 Docs for good
        basics.n_sents.cache_clear()
        basics.n_syllables_per_word.cache_clear()


class _Word(NamedTuple):
    """What SGRank reads of a token, which it asks each one dozens of times; a Doc makes it anew each time.

    `key` is what forms of one word share. No term begins or ends in a word with `is_stop`: one that spaCy calls so, or
    that is part of no term.
    """

    i: int
    key: str
    pos_: str
    is_part: bool
    is_stop: bool
    is_punct: bool
    is_space: bool


def _word(token: Token) -> _Word:
    part_of_speech, punct, space = token.pos_, token.is_punct, token.is_space
    part = part_of_speech in _TERM_PARTS and not (punct or space)
    # the key of what is part of no term is never looked at
    key = (token.lemma_.lower() or token.lower_) if part else ""
    return _Word(token.i, key, part_of_speech, part, not part or token.is_stop, punct, space)


def _head(words: list[_Word]) -> list[_Word]:
    """The words that are read: SGRank's time grows with the square of the candidates in them."""
    run = candidates = 0
    for word in words:
        run = run + 1 if word.is_part else 0
        candidates += min(run, _LONGEST_TERM)
        if candidates > _MOST_CANDIDATES:
            return words[: word.i]
    return words


def _places(words: Sequence[_Word]) -> dict[str, list[tuple[int, int]]]:
    """The token bounds of everything that may be a term, by its key."""
    places: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    start = 0
    for i, word in enumerate(words):
        if not word.is_part:
            start = i + 1
        elif word.pos_ != "ADJ":
            for first in range(max(start, i + 1 - _LONGEST_TERM), i + 1):
                places[" ".join([part.key for part in words[first : i + 1]])].append((first, i + 1))
    return places


def _chosen(doc: Doc, ranked: Iterable[tuple[str, float]], places: dict[str, list[tuple[int, int]]]) -> Iterator[Topic]:
    taken: set[int] = set()
    number = 0
    for key, score in ranked:
        own = [bounds for bounds in places.get(key, ()) if taken.isdisjoint(range(*bounds))]
        if not own:
            continue
        printed = Counter(doc[start:end].text for start, end in own)
        yield Topic(printed.most_common(1)[0][0], score)
        taken.update(i for bounds in own for i in range(*bounds))
        number += 1
        if number == MOST_TOPICS:
            return
