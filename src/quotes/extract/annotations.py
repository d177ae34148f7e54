"""The model's names, parts of speech, lemmas and sentences, written onto a spaCy Doc.

The model's words are BERT's: "don't" is three of them and two of spaCy's tokens, "U.S." is four and one. A token takes
the part of speech of the first word that begins in it, as the model learnt it, else of the word that it is a part of.
A sentence begins at a token when it begins at the token's first word. A name takes in the tokens that it touches.
"""

from __future__ import annotations

import gzip
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal, cast

import numpy as np
import spacy
import srsly
from spacy.lang.en.lemmatizer import EnglishLemmatizer
from spacy.lookups import Lookups

if TYPE_CHECKING:
    from collections.abc import Collection

    from spacy.tokens import Doc, Span, Token

    from quotes.extract.layers import Layers
    from quotes.words import IntArray

Layer = Literal["names", "pos", "lemmas", "sentences"]
LAYERS: tuple[Layer, ...] = ("names", "pos", "lemmas", "sentences")
"""names: `doc.ents`; pos: `token.pos_`; lemmas: `token.lemma_`; sentences: `token.is_sent_start` and so `doc.sents`."""

LABELS = {"PERSON": "PERSON", "ORGANIZATION": "ORG", "LOCATION": "LOC"}
"""spaCy's label of each of the model's names. Every place is LOC, as in those of spaCy's models that know one kind of
place: this one cannot tell a state (GPE) from a mountain range."""


def annotate(doc: Doc, layers: Layers, wanted: Collection[Layer] = LAYERS) -> None:
    """Set the wanted layers on a Doc of the text that `layers` is of, but for those that are set already.

    A layer counts as set when any token has it (`doc.has_annotation`). Lemmas are those of spaCy's English rules, by
    the part of speech that stands on the Doc; without any there are none. Never raises for a text.
    """
    if not len(doc):
        return
    starts, ends = _bounds(doc)
    if "pos" in wanted and not doc.has_annotation("POS"):
        _set_parts_of_speech(doc, layers, starts, ends)
    if "lemmas" in wanted and doc.has_annotation("POS") and not doc.has_annotation("LEMMA"):
        _set_lemmas(doc)
    if "sentences" in wanted and not (doc.has_annotation("SENT_START") or doc.has_annotation("DEP")):
        _set_sentences(doc, layers, starts)
    if "names" in wanted and not doc.has_annotation("ENT_IOB"):
        _set_names(doc, layers)


def _bounds(doc: Doc) -> tuple[IntArray, IntArray]:
    """Where each token starts and ends, in characters of the text."""
    starts = np.array([token.idx for token in doc], dtype=np.int32)
    return starts, starts + np.array([len(token) for token in doc], dtype=np.int32)


def _set_parts_of_speech(doc: Doc, layers: Layers, starts: IntArray, ends: IntArray) -> None:
    words = _words_of(layers.spans, starts, ends)
    for token, word, start in zip(doc, words.tolist(), starts.tolist(), strict=True):
        if token.is_space:
            token.pos_ = "SPACE"
        elif word < 0:
            token.pos_ = "X"  # characters that the model does not see, such as zero-width ones
        elif token.norm_ == "not" and layers.spans[word, 0] != start:
            token.pos_ = "PART"  # of "don't" and "cannot": the model's words are cut elsewhere
        else:
            token.pos_ = layers.parts_of_speech[word]


def _words_of(spans: IntArray, starts: IntArray, ends: IntArray) -> IntArray:
    """The word that tells about each token: the first to begin in it, else the one that it lies in; -1 for none."""
    if not len(spans):
        return np.full(len(starts), -1, dtype=np.int32)
    following = np.searchsorted(spans[:, 0], starts)
    begins = spans[np.minimum(following, len(spans) - 1), 0]
    own = (following < len(spans)) & (begins >= starts) & (begins < ends)
    around = following - 1
    covered = (around >= 0) & (spans[around, 1] > starts)
    return np.where(own, following, np.where(covered, around, -1)).astype(np.int32)


def _set_lemmas(doc: Doc) -> None:
    for token in doc:
        token.lemma_ = _lemma(token)


def _lemma(token: Token) -> str:
    lemmatizer = _lemmatizer()
    if token.pos_ == "AUX":  # the rules know verbs only; the norm of "'re" is "are", of "wo" in "won't" is "will"
        known: str = lemmatizer.lookups.get_table("lemma_exc")["verb"].get(token.norm_, [token.norm_])[0]
        return known
    if token.pos_ == "PART":
        return token.norm_  # "not" for "n't"
    # without a part of speech spaCy would warn, and give the small letters
    return lemmatizer.rule_lemmatize(token)[0] if token.pos else token.lower_


@cache
def _lemmatizer() -> EnglishLemmatizer:
    """spaCy's English rules with its tables, which spaCy leaves to a package of 98 MB."""
    lookups = Lookups()
    folder = files("quotes") / "data" / "lemmas"
    for name in ("lemma_rules", "lemma_exc", "lemma_index"):
        table = srsly.json_loads(gzip.decompress((folder / f"{name}.json.gz").read_bytes()).decode("utf-8"))
        if name == "lemma_index":  # its lists would be gone through for every form that is looked for
            table = {part_of_speech: frozenset(words) for part_of_speech, words in table.items()}
        lookups.add_table(name, table)
    lemmatizer = EnglishLemmatizer(spacy.blank("en").vocab, None, mode="rule")
    lemmatizer.initialize(lookups=lookups)
    return lemmatizer


def _set_sentences(doc: Doc, layers: Layers, starts: IntArray) -> None:
    words = np.array(layers.sentence_starts, dtype=np.int32)
    tokens = np.searchsorted(starts, layers.spans[words, 0], side="right") - 1
    before = np.where(words > 0, layers.spans[words - 1, 1], 0)
    begins = np.full(len(doc), -1, dtype=np.int64)
    begins[tokens[before <= starts[tokens]]] = 1
    begins[0] = 1
    # not token by token: each assignment of is_sent_start goes through the whole Doc
    doc.from_array(["SENT_START"], cast("Any", begins.astype(np.uint64)))


def _set_names(doc: Doc, layers: Layers) -> None:
    found: list[Span] = []
    for start, end, name in layers.names:
        span = doc.char_span(start, end, label=LABELS[name], alignment_mode="expand")
        assert span is not None, "characters of the Doc's own text always lie in tokens"
        # two names in one token: the first has it
        if not found or span.start >= found[-1].end:
            found.append(span)
    doc.ents = found
