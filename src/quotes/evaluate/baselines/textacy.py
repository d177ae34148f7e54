"""textacy's `direct_quotations`, given all that it reads but a true dependency parse.

It takes pairs of quotation marks in the order of the text, finds a reporting verb in the sentences around, and yields
the quotation if that verb has a subject. Parts of speech, lemmas and sentences are the model's. A subject is a relation
of a dependency parse, which no part of this package makes: without one, textacy finds nothing in any text. What stands
in for it here (`attach_subjects`) makes the noun phrase beside each verb its subject.
"""

from __future__ import annotations

from importlib import metadata
from itertools import groupby
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from textacy.extract.triples import direct_quotations

from quotes.extract.relation import Relation
from quotes.model import TextSpan
from quotes.pipeline import annotate_article

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.tokens import Doc, Span, Token

    from quotes.model import Article

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_IN_PHRASE = _NOMINAL | {"DET", "ADJ", "NUM"}
_BETWEEN = frozenset({"ADV", "AUX", "PART"})
"""What may stand between a subject and its verb: "she also said", "they have not said"."""


def version() -> str:
    """The library's version, and that of the subjects which it is given."""
    return f"textacy/{metadata.version('textacy')}+subjects/1"


def find_relations(article: Article) -> list[Relation] | None:
    """What `quotations` finds in an article, annotated by the shipped model."""
    doc, _ = annotate_article(article)
    return quotations(doc)


def quotations(doc: Doc) -> list[Relation] | None:
    """The direct quotations of a Doc with parts of speech, lemmas and sentences; its parse is overwritten.

    None for a Doc with an odd number of quotation marks, for which textacy raises ValueError; an apostrophe that is a
    token of its own ("the voters' choice") is one to it.
    """
    if sum(token.is_quote for token in doc) % 2:
        return None
    attach_subjects(doc)
    return [
        Relation(contents=tuple(_spans(content)), cues=tuple(_spans(cue)), sources=tuple(_spans(speaker)))
        for speaker, cue, content in direct_quotations(doc)
    ]


def attach_subjects(doc: Doc) -> None:
    """Give each verb the noun phrase beside it as its subject (nsubj), with the words of a name as compounds.

    Beside is before the verb with nothing but adverbs and auxiliaries between, else right after it, else the nearest
    before it in its sentence. Everything else hangs on the sentence's first verb, so that sentences stay as they are.
    """
    heads, labels = np.zeros(len(doc), dtype=np.int64), ["dep"] * len(doc)
    for sentence in doc.sents:
        verbs = [token.i for token in sentence if token.pos_ == "VERB"]
        root = verbs[0] if verbs else sentence.start
        heads[sentence.start : sentence.end] = root
        labels[root] = "ROOT"
        phrases = _phrases(sentence)
        for verb in verbs:
            subject = _subject(doc, verb, phrases)
            if subject is not None:
                phrases.remove(subject)
                *others, head = (i for i in range(*subject) if doc[i].pos_ in _NOMINAL)
                heads[head], labels[head] = verb, "nsubj"
                heads[others] = head
                for other in others:
                    labels[other] = "compound"
    hashes = [doc.vocab.strings.add(label) for label in labels]
    offsets = (heads - np.arange(len(doc))).astype(np.uint64)  # negative ones wrap, as spaCy has them
    parse = np.stack([offsets, np.array(hashes, dtype=np.uint64)], axis=1)
    doc.from_array(["HEAD", "DEP"], cast("Any", parse))


def _phrases(sentence: Span) -> list[tuple[int, int]]:
    """Token bounds of the runs of nouns, names, pronouns and what goes before them, with at least one of the three."""
    runs = (list(run) for inside, run in groupby(sentence, lambda token: token.pos_ in _IN_PHRASE) if inside)
    return [(run[0].i, run[-1].i + 1) for run in runs if any(token.pos_ in _NOMINAL for token in run)]


def _subject(doc: Doc, verb: int, phrases: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    before = [phrase for phrase in phrases if phrase[1] <= verb]
    if before and all(token.pos_ in _BETWEEN for token in doc[before[-1][1] : verb]):
        return before[-1]
    after = next((phrase for phrase in phrases if phrase[0] == verb + 1), None)
    return after or (before[-1] if before else None)


def _spans(tokens: Iterable[Token]) -> list[TextSpan]:
    """The stretches of text that tokens in order cover."""
    runs = groupby(enumerate(tokens), lambda numbered: numbered[1].i - numbered[0])
    bounds = ([token for _, token in run] for _, run in runs)
    return [TextSpan(run[0].idx, run[-1].idx + len(run[-1])) for run in bounds]
