"""Hand-made layers on hand-made Docs, and the model's layers on any text."""

import numpy as np
import pytest
import spacy
from hypothesis import example, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from quotes.extract import extract_with_layers
from quotes.extract.annotations import LAYERS, annotate
from quotes.extract.layers import Layers

NLP = spacy.blank("en")


def layers(text, *words, names=(), starts=()):
    """Layers of a text whose words, in its order, are given as "surface/POS"."""
    spans, tags, offset = [], [], 0
    for word in words:
        surface, _, tag = word.rpartition("/")
        offset = text.index(surface, offset)
        spans.append((offset, offset + len(surface)))
        tags.append(tag)
        offset += len(surface)
    return Layers(np.array(spans, dtype=np.int32).reshape(-1, 2), list(names), tags, list(starts))


def annotated(doc, found, wanted=LAYERS):
    annotate(doc, found, wanted)
    return doc


@pytest.mark.parametrize(
    ("tokens", "words", "expected"),
    [
        (["We", "go"], ["We/PRON", "go/VERB"], ["PRON", "VERB"]),
        # the token holds four words: the first tells
        (["U.S."], ["U/PROPN", "./PUNCT", "S/PROPN", "./PUNCT"], ["PROPN"]),
        # a word begins in the second token, but not at its start
        (["do", "n't"], ["don/AUX", "'/PUNCT", "t/X"], ["AUX", "PART"]),
        # the second token lies in the word
        (["can", "not"], ["cannot/AUX"], ["AUX", "PART"]),
        (["gon", "na"], ["gonna/VERB"], ["VERB", "VERB"]),
        (["she", "'s"], ["she/PRON", "'/AUX", "s/X"], ["PRON", "AUX"]),
        (["We", "\n\n", "go"], ["We/PRON", "go/VERB"], ["PRON", "SPACE", "VERB"]),
        # what the model does not see
        (["\u200b", "We"], ["We/PRON"], ["X", "PRON"]),
        (["\u200b"], [], ["X"]),
    ],
)
def test_annotate_gives_tokens_the_part_of_speech_of_their_words(tokens, words, expected):
    doc = Doc(NLP.vocab, tokens, spaces=[False] * len(tokens))
    for token, norm in zip(doc, [NLP.make_doc(token)[:1] for token in tokens], strict=True):
        token.norm_ = "not" if token.text in {"n't", "not"} else norm.text.lower()
    assert [token.pos_ for token in annotated(doc, layers(doc.text, *words))] == expected


def test_annotate_takes_lemmas_from_the_part_of_speech():
    doc = NLP.make_doc("They met at meetings in Nairobi")
    tags = ["They/PRON", "met/VERB", "at/ADP", "meetings/NOUN", "in/ADP", "Nairobi/PROPN"]
    lemmas = [token.lemma_ for token in annotated(doc, layers(doc.text, *tags))]
    assert lemmas == ["they", "meet", "at", "meeting", "in", "Nairobi"]


@pytest.mark.parametrize(
    ("text", "tags", "lemmas"),
    [
        ("They were", ["They/PRON", "were/AUX"], ["they", "be"]),
        ("We're", ["We/PRON", "'/AUX", "re/X"], ["we", "be"]),
        ("It won't", ["It/PRON", "won/AUX", "'/X", "t/X"], ["it", "will", "not"]),
        ("Can it", ["Can/AUX", "it/PRON"], ["can", "it"]),
    ],
)
def test_annotate_takes_lemmas_of_auxiliaries_from_those_of_verbs(text, tags, lemmas):
    assert [token.lemma_ for token in annotated(NLP.make_doc(text), layers(text, *tags))] == lemmas


def test_annotate_sets_no_lemmas_without_parts_of_speech():
    doc = NLP.make_doc("They met")
    assert not annotated(doc, layers(doc.text, "They/PRON", "met/VERB"), ["lemmas"]).has_annotation("LEMMA")


def test_annotate_begins_sentences_at_the_tokens_of_their_first_words():
    doc = NLP.make_doc("We go.  He stays.\n\nNo")
    words = ["We/X", "go/X", "./X", "He/X", "stays/X", "./X", "No/X"]
    sentences = [sentence.text for sentence in annotated(doc, layers(doc.text, *words, starts=[0, 3, 6])).sents]
    assert sentences == ["We go.  ", "He stays.\n\n", "No"]


def test_annotate_begins_no_sentence_inside_a_token():
    doc = Doc(NLP.vocab, ["We", "go.He", "stays"])
    words = ["We/X", "go/X", "./X", "He/X", "stays/X"]
    assert len(list(annotated(doc, layers(doc.text, *words, starts=[0, 3])).sents)) == 1


def test_annotate_labels_names_as_spacy_does():
    text = "Ada Byron of Radio Coast is in Nairobi"
    names = [(0, 9, "PERSON"), (13, 24, "ORGANIZATION"), (31, 38, "LOCATION")]
    doc = annotated(NLP.make_doc(text), layers(text, *(f"{word}/X" for word in text.split()), names=names))
    assert [(span.text, span.label_) for span in doc.ents] == [
        ("Ada Byron", "PERSON"),
        ("Radio Coast", "ORG"),
        ("Nairobi", "LOC"),
    ]


def test_annotate_gives_a_token_with_two_names_to_the_first():
    doc = Doc(NLP.vocab, ["Byron/Odhiambo"])
    names = [(0, 5, "PERSON"), (6, 14, "LOCATION")]
    annotate(doc, layers(doc.text, "Byron/X", "Odhiambo/X", names=names))
    assert [(span.text, span.label_) for span in doc.ents] == [("Byron/Odhiambo", "PERSON")]


def test_annotate_keeps_each_layer_that_is_set():
    text = "Ada runs. Go"
    words = ["Ada/PROPN", "runs/VERB", "./PUNCT", "Go/VERB"]
    found = layers(text, *words, names=[(0, 3, "PERSON")], starts=[0, 3])
    for layer, own in {
        "pos": {"pos": ["X", "X", "X", "X"]},
        "lemmas": {"pos": ["X"] * 4, "lemmas": ["a", "b", "c", "d"]},
        "sentences": {"sent_starts": [True, True, False, False]},
        "names": {"ents": ["O", "B-ORG", "O", "O"]},
    }.items():
        doc = annotated(Doc(NLP.vocab, ["Ada", "runs", ".", "Go"], **own), found)
        kept = {
            "pos": [token.pos_ for token in doc],
            "lemmas": [token.lemma_ for token in doc],
            "sent_starts": [token.is_sent_start for token in doc],
            "ents": [f"{token.ent_iob_}-{token.ent_type_}".removesuffix("-") for token in doc],
        }
        assert all(kept[key] == value for key, value in own.items()), layer
        assert {"pos", "lemmas", "sent_starts", "ents"} == {key for key, value in kept.items() if value}


def test_annotate_keeps_the_sentences_of_a_parse():
    doc = Doc(NLP.vocab, ["We", "go", "He", "stays"], heads=[1, 1, 3, 3], deps=["nsubj", "ROOT", "nsubj", "ROOT"])
    annotate(doc, layers(doc.text, "We/PRON", "go/VERB", "He/PRON", "stays/VERB", starts=[0]))
    assert [sentence.text for sentence in doc.sents] == ["We go", "He stays"]


def test_annotate_sets_only_what_is_wanted():
    doc = annotated(NLP.make_doc("We go"), layers("We go", "We/PRON", "go/VERB", starts=[0]), ["pos"])
    assert [doc.has_annotation(name) for name in ("POS", "LEMMA", "SENT_START", "ENT_IOB")] == [True, *[False] * 3]


PIECES = st.sampled_from(
    ["Ada Byron", "don't", "cannot", "U.S.", "\u200b", "😀", "\u202e", "\ufeff", "\n", " ", "́", "“", "w" * 150]
)
TEXTS = st.text(max_size=40) | st.lists(PIECES | st.text(max_size=4), max_size=20).map("".join)


@settings(deadline=None, max_examples=150)
@given(TEXTS)
@example("")
@example("\u200b")
@example("w" * 2000)
def test_annotate_takes_what_the_model_says_of_any_text(text):
    doc = NLP.make_doc(text)
    _, found = extract_with_layers(doc)
    annotate(doc, found)
    for token in doc:
        assert token.pos_
        assert (token.pos_ == "SPACE") == token.is_space
    if len(doc):
        assert "".join(sentence.text_with_ws for sentence in doc.sents) == text
        assert {span.label_ for span in doc.ents} <= {"PERSON", "ORG", "LOC"}


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(min_size=1, max_size=6), min_size=1, max_size=12), st.data())
def test_annotate_takes_tokens_of_any_cut(words, data):
    spaces = data.draw(st.lists(st.booleans(), min_size=len(words), max_size=len(words)))
    doc = Doc(NLP.vocab, words, spaces=spaces)
    _, found = extract_with_layers(doc)
    annotate(doc, found)
    assert all(token.pos_ for token in doc)
