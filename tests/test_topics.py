"""Topics and statistics of Docs annotated by hand, and of any text at all."""

from __future__ import annotations

import logging
import time

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from quotes.model import Article
from quotes.pipeline import annotate_article
from quotes.topics import MOST_TOPICS, Statistics, profile, statistics, topics

NLP = spacy.blank("en")
TAGS = {"N": "NOUN", "P": "PROPN", "A": "ADJ", "V": "VERB", "D": "DET", ".": "PUNCT"}
LEMMAS = {"bridges": "bridge", "tolls": "toll", "crossed": "cross", "pays": "pay"}


def annotated(text: str) -> Doc:
    """A Doc of "word/tag" pairs; a full stop ends a sentence."""
    words, tags = zip(*(pair.rsplit("/", 1) for pair in text.split()), strict=True)
    starts = [number == 0 or words[number - 1] == "." for number in range(len(words))]
    lemmas = [LEMMAS.get(word.lower(), word) for word in words]
    return Doc(NLP.vocab, words=words, pos=[TAGS[tag] for tag in tags], lemmas=lemmas, sent_starts=starts)


def terms(text: str) -> list[str]:
    return [topic.term for topic in topics(annotated(text))]


NEWS = (
    "The/D toll/N bridge/N opened/V ./. Ana/P Lopez/P crossed/V the/D toll/N bridge/N ./. "
    "Nobody/N pays/V on/D new/A toll/N bridges/N ./. Ana/P Lopez/P likes/V rain/N ./."
)


def test_topics_come_with_the_best_first():
    found = topics(annotated(NEWS))
    assert [topic.term for topic in found][:2] == ["toll bridge", "Ana Lopez"]
    assert [topic.score for topic in found] == sorted((topic.score for topic in found), reverse=True)


def test_topics_count_forms_and_cases_of_a_word_together():
    assert terms("Bridges/N fell/V ./. A/D bridge/N fell/V ./. The/D bridge/N and/D rain/N ./.")[0] == "bridge"


def test_topics_end_in_a_noun_or_a_name():
    assert set(terms("The/D new/A bridge/N is/V new/A ./. A/D safe/A toll/N ./.")) == {"new bridge", "safe toll"}


def test_topics_that_are_parts_of_better_ones_are_none():
    found = terms(NEWS)
    assert "toll" not in found
    assert "Lopez" not in found


def test_topics_are_printed_so_in_the_text():
    doc = annotated(NEWS)
    assert all(topic.term in doc.text for topic in topics(doc))


def test_topics_are_ten_at_most():
    many = " ".join(f"{a}{b}/N and/V" for a in "bdfgk" for b in ("ale", "omp", "urn", "irk"))
    assert len(terms(many)) == MOST_TOPICS


def test_topics_are_the_same_at_each_reading():
    assert topics(annotated(NEWS)) == topics(annotated(NEWS))


@pytest.mark.parametrize("text", ["bridge/N ./.", "fell/V ./.", "new/A ./.", "./. ./."])
def test_topics_of_a_text_with_nothing_to_rank_are_none(text):
    assert terms(text) == []


@pytest.mark.parametrize("text", ["", "\n", "The toll bridge opened."])
def test_topics_of_a_doc_without_parts_of_speech_are_none(text):
    assert topics(NLP.make_doc(text)) == []


@pytest.mark.parametrize(
    "words",
    [["toll", "bridge"] * 50_000, [f"bridge{i}" for i in range(100_000)], (["a"] + ["toll"] * 3) * 25_000],
    ids=["two words", "all different", "short runs"],
)
def test_topics_of_a_text_of_nouns_alone_take_no_longer_than_its_head_does(words):
    doc = Doc(NLP.vocab, words=words, pos=["X" if word == "a" else "NOUN" for word in words])
    began = time.process_time()
    topics(doc)
    assert time.process_time() - began < 10


def test_statistics_count_sentences_and_words():
    # Flesch: 206.835 - 1.015 * 7 words / 2 sentences - 84.6 * 7 syllables / 7 words, syllables as hyphens may part them
    doc = annotated("The/D bridge/N fell/V ./. Nobody/N was/V on/D it/N ./.")
    assert statistics(doc) == Statistics(sentences=2, words=7, reading_ease=118.7)


@pytest.mark.parametrize("text", ["", "\n \n", "… “” !"])
def test_statistics_of_a_text_without_words_are_none(text):
    doc = NLP.make_doc(text)
    for token in doc:
        token.is_sent_start = token.i == 0
    assert statistics(doc) is None


def test_statistics_without_sentence_starts_are_none_and_leave_the_doc_alone(caplog):
    doc = NLP.make_doc("The bridge fell. Nobody was on it.")
    with caplog.at_level(logging.WARNING):
        assert statistics(doc) is None
    assert not doc.has_annotation("SENT_START")
    assert caplog.records == []


def test_statistics_keep_no_doc():
    from textacy.text_stats import basics

    statistics(annotated(NEWS))
    assert [function.cache_info().currsize for function in (basics.n_sents, basics.n_syllables_per_word)] == [0, 0]


TEXTS = [
    "",
    " ",
    "word",
    "1 2 3 4.",
    "中文新闻。他说：“好”。",
    "قال الوزير ذلك.",
    "😀 😀",
    "“",
    "a" * 5000,
    "\n\n\n",
    "N.A.T.O. U.S.",
]


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_profile_of_any_text_as_the_model_annotates_it(text):
    doc, _ = annotate_article(Article(text=text))
    found = profile(doc)
    assert all(topic.term in text for topic in found.topics)
    assert (found.statistics is None) == (not any(char.isalnum() or char == "😀" for char in text))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["toll", "Bridge", "U.S.", "-", "3", "“", "\n", "ß", "\u200b"]),
            st.sampled_from([*TAGS.values(), "X", ""]),
        ),
        max_size=40,
    ),
    st.booleans(),
)
def test_profile_of_any_annotations(tokens, split):
    words, tags = [word for word, _ in tokens], [tag for _, tag in tokens]
    doc = Doc(NLP.vocab, words=words, pos=tags, sent_starts=[split or number == 0 for number in range(len(words))])
    found = profile(doc)
    assert len(found.topics) <= MOST_TOPICS
    assert all(topic.term in doc.text for topic in found.topics)
