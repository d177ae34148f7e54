"""The rules on made-up sentences, each a shape that news uses."""

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.extract import extract

NLP = spacy.blank("en")


def found(text):
    extraction = extract(NLP.make_doc(text), extractor="rules")

    def words(spans):
        return [span.of(text) for span in spans]

    return [(words(q.sources), words(q.cues), words(q.contents)) for q in extraction.quotes]


def kinds(text):
    return [quote.kind for quote in extract(NLP.make_doc(text), extractor="rules").quotes]


CASES = {
    "quotation after the cue": (
        "Odhiambo added, “The road is open again.”",
        [(["Odhiambo"], ["added"], ["“The road is open again.”"])],
    ),
    "quotation before the cue": (
        '"We saw nothing at all," she said.',
        [(["she"], ["said"], ['"We saw nothing at all,"'])],
    ),
    "inverted source": (
        '"We saw nothing at all," said Piet van der Berg, a driver.',
        [(["Piet van der Berg"], ["said"], ['"We saw nothing at all,"'])],
    ),
    "a quotation in two parts is one relation": (
        '"We saw nothing," she said, "and we heard nothing at all."',
        [(["she"], ["said"], ['"We saw nothing,"', '"and we heard nothing at all."'])],
    ),
    "a clause with a quotation in it": (
        "The minister said they are a “real and present” threat to the coast.",
        [(["The minister"], ["said"], ["they are a “real and present” threat to the coast"])],
    ),
    "a quotation that the clause goes on after": (
        "The minister said “it is necessary” to thank the crews.",
        [(["The minister"], ["said"], ["“it is necessary” to thank the crews"])],
    ),
    "a closing mark without its opening": (
        "The minister said “it is necessary” to thank the crews.” He left.",
        [(["The minister"], ["said"], ["“it is necessary” to thank the crews.”"])],
    ),
    "indirect with that": (
        "Amina Odhiambo said that the road will open on Monday.",
        [(["Amina Odhiambo"], ["said"], ["the road will open on Monday"])],
    ),
    "indirect with a weekday between": (
        "Amina Odhiambo said on Sunday that the road will open soon.",
        [(["Amina Odhiambo"], ["said"], ["the road will open soon"])],
    ),
    "a weekday before the cue": (
        "Odhiambo on Sunday said the road will open soon.",
        [(["Odhiambo"], ["said"], ["the road will open soon"])],
    ),
    "told someone that": (
        "Odhiambo told the visiting crews that the road will open soon.",
        [(["Odhiambo"], ["told"], ["the road will open soon"])],
    ),
    "cue and source at the end": (
        "The plan for the harbour is dead, he remarked.",
        [(["he"], ["remarked"], ["The plan for the harbour is dead"])],
    ),
    "according to at the end": (
        "The harbour will open again in May, according to Radio Coast.",
        [(["Radio Coast"], ["according to"], ["The harbour will open again in May"])],
    ),
    "according to at the start": (
        "According to Radio Coast, the harbour will open again in May.",
        [(["Radio Coast"], ["According to"], ["the harbour will open again in May"])],
    ),
    "an abbreviated title ends no sentence": (
        "Odhiambo said the raid on Gen. Deeb was a crime.",
        [(["Odhiambo"], ["said"], ["the raid on Gen. Deeb was a crime"])],
    ),
    "a dateline is no source": (
        "NAIROBI (Radio Coast) — Odhiambo said the road will open soon.",
        [(["Odhiambo"], ["said"], ["the road will open soon"])],
    ),
    "a capitalised verb form is a name": ("The United States is “open for all now” to visitors.", []),
    "a scare quote is no statement": ("The so-called “peace train” left the station at noon.", []),
    "a heading in quotation marks is no statement": ("“We are grateful to all”\n\nThe crews left at noon.", []),
    "a passive is no statement of its subject": ("The driver was told to leave.", []),
    "a noun that looks like a verb": ("The reports were late again.", []),
    "a reporting verb inside a quotation is no cue": ("“He said the road is open.”", []),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_rules_find_source_cue_and_content(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She said, “The road is open.”", ["direct"]),
        ("She said the road is “open again and safe” for all.", ["mixed"]),
        ("She said that the road is open.", ["indirect"]),
    ],
)
def test_extract_tells_the_kinds_apart_by_the_marks(text, expected):
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("text", "cue_class", "negated"),
    [
        ("She said, “The road is open.”", "says", False),
        ("She denied, “The road is open.”", "denies", False),
        ("The harbour will open again in May, according to Radio Coast.", "says", False),
        ("She vowed, “The road will be open.”", "promises", False),
    ],
)
def test_extract_classes_the_cue(text, cue_class, negated):
    (quote,) = extract(NLP.make_doc(text), extractor="rules").quotes
    assert (quote.cue_class, quote.negated) == (cue_class, negated)


def test_extract_keeps_a_quote_whose_mark_never_closes():
    (quote,) = extract(NLP.make_doc("She said, “The road is open and we are glad of it."), extractor="rules").quotes
    assert quote.status == "unclosed"


@settings(deadline=None, max_examples=60)
@given(st.text() | st.text(st.sampled_from(" \n“”\"'‘’.,abS saidHe\0")))
def test_extract_takes_any_text_and_keeps_every_span_inside_it(text):
    extraction = extract(NLP.make_doc(text), extractor="rules")
    for quote in extraction.quotes:
        for span in (*quote.sources, *quote.cues, *quote.contents):
            assert 0 <= span.start < span.end <= len(text)


def test_extract_names_what_it_was_read_with():
    assert extract(NLP.make_doc("Nothing."), extractor="rules").extractor == "rules/1"
