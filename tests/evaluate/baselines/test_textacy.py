"""textacy's quotations on Docs annotated by hand."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc
from textacy.extract.triples import direct_quotations

from quotes.evaluate.baselines.textacy import attach_subjects, find_relations, quotations
from quotes.model import Article

VOCAB = spacy.blank("en").vocab


def annotated(*words: tuple[str, str]) -> Doc:
    """A Doc of one sentence a "." outside quotation marks, from words with their parts of speech."""
    starts, quoted, start = [], False, True
    for word, _ in words:
        starts.append(start)
        quoted ^= word == '"'
        start = word == "." and not quoted
    lemmas = {"said": "say", "told": "tell", "is": "be"}
    return Doc(
        VOCAB,
        words=[word for word, _ in words],
        pos=[pos for _, pos in words],
        lemmas=[lemmas.get(word, word) for word, _ in words],
        sent_starts=starts,
    )


def quoted(*words: str) -> list[tuple[str, str]]:
    return [('"', "PUNCT"), *((word, "X") for word in words), ('"', "PUNCT")]


def found(doc: Doc) -> list[tuple[str, str, str]] | None:
    relations = quotations(doc)
    if relations is None:
        return None

    def words(spans):
        return " … ".join(span.of(doc.text) for span in spans)

    return [(words(relation.sources), words(relation.cues), words(relation.contents)) for relation in relations]


MILL = quoted("The", "mill", "is", "closed", ",")


def test_textacy_finds_nothing_without_a_parse():
    doc = annotated(*MILL, ("Ada", "PROPN"), ("said", "VERB"), (".", "PUNCT"))
    assert list(direct_quotations(doc)) == []


def test_textacy_takes_the_phrase_before_the_verb():
    doc = annotated(*MILL, ("Mayor", "PROPN"), ("Ada", "PROPN"), ("also", "ADV"), ("said", "VERB"), (".", "PUNCT"))
    assert found(doc) == [("Mayor Ada", "said", '" The mill is closed , "')]


def test_textacy_takes_the_phrase_right_behind_the_verb():
    doc = annotated(*MILL, ("said", "VERB"), ("the", "DET"), ("mayor", "NOUN"), (".", "PUNCT"))
    assert found(doc) == [("mayor", "said", '" The mill is closed , "')]


def test_textacy_takes_the_nearest_phrase_of_the_sentence_else():
    doc = annotated(
        ("Ada", "PROPN"), (",", "PUNCT"), ("a", "DET"), ("miller", "NOUN"), (",", "PUNCT"), ("said", "VERB"), *MILL,
        (".", "PUNCT"),
    )  # fmt: skip
    assert found(doc) == [("miller", "said", '" The mill is closed , "')]


def test_textacy_gives_up_a_text_with_an_odd_number_of_marks():
    doc = annotated(*MILL, ("said", "VERB"), ("the", "DET"), ("millers", "NOUN"), ("'", "PART"), ("wives", "NOUN"))
    assert found(doc) is None


def test_textacy_subjects_leave_sentences_as_they_are():
    doc = annotated(
        ("Ada", "PROPN"), ("left", "VERB"), (".", "PUNCT"), ("No", "DET"), ("rain", "NOUN"), (".", "PUNCT"),
        ("He", "PRON"), ("said", "VERB"), ("so", "ADV"), (".", "PUNCT"),
    )  # fmt: skip
    before = [sentence.text for sentence in doc.sents]
    attach_subjects(doc)
    assert [sentence.text for sentence in doc.sents] == before == ["Ada left .", "No rain .", "He said so ."]
    assert [(token.text, token.head.text) for token in doc if token.dep_ == "nsubj"] == [
        ("Ada", "left"),
        ("He", "said"),
    ]


def test_textacy_takes_any_text():
    for text in ("", " ", "“", "said", "中文。", "“” " * 50):
        assert find_relations(Article(text=text)) in ([], None)


def test_textacy_reads_an_article_with_the_shipped_model():
    text = "“The mill is closed for good,” Ada Byron said on Monday."
    relations = find_relations(Article(text=text))
    assert relations is not None
    (relation,) = relations
    assert [span.of(text) for span in relation.contents] == ["“The mill is closed for good,”"]
    assert [span.of(text) for span in relation.cues] == ["said"]
    assert [span.of(text) for span in relation.sources] == ["Ada Byron"]
