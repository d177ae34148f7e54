"""The shipped model on made-up sentences, each a shape that news of any kind uses, and what is done to its spans."""

import hashlib

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.extract import extract, neural
from quotes.extract.marks import pair_marks
from quotes.extract.relation import MarkIndex

NLP = spacy.blank("en")


def found(text):
    """Sources, cues and contents of each quote, as text."""

    def words(spans):
        return [span.of(text) for span in spans]

    quotes = extract(NLP.make_doc(text), extractor="model").quotes
    return [(words(q.sources), words(q.cues), words(q.contents)) for q in quotes]


CASES = {
    "quotation after the cue": (
        "Odhiambo added, “The road is open again.”",
        [(["Odhiambo"], ["added"], ["“The road is open again.”"])],
    ),
    "quotation before the cue": (
        '"We saw nothing at all," she said.',
        [(["she"], ["said"], ['"We saw nothing at all,"'])],
    ),
    "quotation of one word": ("“No,” she said.", [(["she"], ["said"], ["“No,”"])]),
    "inverted source": (
        "“We saw nothing at all,” said the driver.",
        [(["the driver"], ["said"], ["“We saw nothing at all,”"])],
    ),
    "a quotation in two parts is one relation": (
        '"We saw nothing," she said, "and we heard nothing at all."',
        [(["she"], ["said"], ['"We saw nothing,"', '"and we heard nothing at all."'])],
    ),
    "a quotation taken up again in a sentence of its own is one relation": (
        "“The harbour is closed,” Odhiambo said. “It will open again in May.”",
        [(["Odhiambo"], ["said"], ["“The harbour is closed,”", "“It will open again in May.”"])],
    ),
    "two speakers in two paragraphs": (
        "“We saw nothing,” the driver said.\n\n“Nobody called us,” the captain said.",
        [
            (["the driver"], ["said"], ["“We saw nothing,”"]),
            (["the captain"], ["said"], ["“Nobody called us,”"]),
        ],
    ),
    "two speakers in one paragraph": (
        "“We saw nothing,” the driver said. “Nobody called us,” the captain added.",
        [
            (["the driver"], ["said"], ["“We saw nothing,”"]),
            (["the captain"], ["added"], ["“Nobody called us,”"]),
        ],
    ),
    "a quotation over two paragraphs": (
        "The captain said: “We left at dawn.\n\n“We came back at night.”",
        [(["The captain"], ["said"], ["“We left at dawn.", "“We came back at night.”"])],
    ),
    "a quotation inside a quotation": (
        "“He told me, ‘Go home,’ and I went,” she said.",
        [(["she"], ["said"], ["“He told me, ‘Go home,’ and I went,”"])],
    ),
    "a clause with a quotation in it": (
        "The minister said they are a “real and present” threat to the coast.",
        [(["The minister"], ["said"], ["they are a “real and present” threat to the coast"])],
    ),
    "a quotation and a clause with a cue each": (
        "“It was a good day,” he said, adding that he was tired.",
        [(["he"], ["said"], ["“It was a good day,”"]), (["he"], ["adding"], ["that he was tired"])],
    ),
    "indirect with that": (
        "Amina Odhiambo said that the road will open on Monday.",
        [(["Amina Odhiambo"], ["said"], ["that the road will open on Monday"])],
    ),
    "indirect without that": (
        "Critics say the plan is too expensive.",
        [(["Critics"], ["say"], ["the plan is too expensive"])],
    ),
    "indirect before its cue": (
        "The plan for the harbour is dead, he remarked.",
        [(["he"], ["remarked"], ["The plan for the harbour is dead"])],
    ),
    "an indirect question": (
        "The police asked whether anyone had seen the car.",
        [(["The police"], ["asked"], ["whether anyone had seen the car"])],
    ),
    "according to at the end": (
        "The harbour will open again in May, according to Radio Coast.",
        [(["Radio Coast"], ["according to"], ["The harbour will open again in May"])],
    ),
    "according to at the start": (
        "According to Radio Coast, the harbour will open again in May.",
        [(["Radio Coast"], ["According to"], ["the harbour will open again in May"])],
    ),
    "a quotation that nobody is said to have made": (
        "“We never knew what happened to him after that night.”",
        [([], [], ["“We never knew what happened to him after that night.”"])],
    ),
    "a belief": (
        "He believes the economy will recover next year.",
        [(["He"], ["believes"], ["the economy will recover next year"])],
    ),
    "apostrophes for quotation marks": (
        "'We saw nothing at all,' said the driver.",
        [(["the driver"], ["said"], ["'We saw nothing at all,'"])],
    ),
    "a mark that never closes": (
        'The driver said, "We saw nothing at all',
        [(["The driver"], ["said"], ['"We saw nothing at all'])],
    ),
    "a scare quote is no statement": ("The so-called “peace train” left the station at noon.", []),
    "a sentence without attribution": ("The weather was fine and the crews worked until noon.", []),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_model_finds_source_cue_and_content(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "cue", "begins"),
    [
        ("His claim that the harbour is safe surprised the crews.", "claim", "that the harbour is safe"),
        ("The mayor’s promise that nobody would lose a job was broken.", "promise", "that nobody would lose a job"),
    ],
)
def test_model_finds_what_a_noun_reports(text, cue, begins):
    ((sources, cues, (content,)),) = found(text)
    assert (len(sources), cues) == (1, [cue])
    assert content.startswith(begins)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("She said, “The road is open.”", "direct"),
        ("She said the road is “open again and safe” for all.", "mixed"),
        ("She said that the road is open.", "indirect"),
    ],
)
def test_model_s_quotes_are_of_a_kind(text, kind):
    assert [quote.kind for quote in extract(NLP.make_doc(text), extractor="model").quotes] == [kind]


def test_model_finds_the_same_quote_far_into_an_article():
    filler = "The weather was fine and the crews worked until noon.\n\n" * 60
    (quote,) = found(filler + CASES["inverted source"][0] + "\n\n" + filler)
    assert [quote] == CASES["inverted source"][1]


def on_mark(text, content):
    start = text.index(content)
    span = neural._on_mark(start, start + len(content), text, MarkIndex(pair_marks(text)))
    return span and span.of(text)


@pytest.mark.parametrize(
    ("text", "content", "expected"),
    [
        # both marks, one of them, none
        ("“We go,” she said.", "We go", "“We go,”"),
        ("“We go,” she said.", "We go,", "“We go,”"),
        ("“We go,” she said.", "“We go,”", "“We go,”"),
        ("She said, “We go.”", "We go", "“We go.”"),
        ("«We go», she said.", "We go", "«We go»"),
        ("``We go,'' she said.", "We go", "``We go,''"),
        # a mark at one end of the content alone is the content's too
        ("She said “we go” on Monday.", "we go” on Monday", "“we go” on Monday"),
        ("She said all of us “go home.”", "all of us “go home", "all of us “go home.”"),
        ("“We go", "We go", "“We go"),
        # but not where other words of the quotation stand between
        ("She said “we go home.”", "go home", "go home.”"),
        ("“We go home,” she said.", "We go", "“We go"),
        # what stands before a content is none of it
        ("She said: we go.", ": we go", "we go"),
        ("She said — we go.", "— we go", "we go"),
        # and nothing is nothing
        ("She said: “…”", "“…”", None),
        ("She said, .", ", .", None),
    ],
)
def test_contents_take_in_the_marks_at_their_ends(text, content, expected):
    assert on_mark(text, content) == expected


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        ("Ada Byron, said", "Ada Byron,", ["Ada Byron"]),
        ("to Ada — said", " Ada — ", ["Ada"]),
        (": Ada", ": Ada", ["Ada"]),
        # a full stop may be part of a name
        ("Ada Jr. said", "Ada Jr.", ["Ada Jr."]),
        ("Ada , : said", ", :", []),
    ],
)
def test_sources_and_cues_are_trimmed(text, span, expected):
    start = text.index(span)
    assert [found.of(text) for found in neural._trimmed([(start, start + len(span))], text)] == expected


@settings(deadline=None, max_examples=40)
@given(st.text() | st.text(st.sampled_from(" \n“”\"'‘’.,abS saidHe\0\u202e\u0301😀")))
def test_model_takes_any_text_and_keeps_every_span_inside_it(text):
    extraction = extract(NLP.make_doc(text), extractor="model")
    for quote in extraction.quotes:
        assert 0 < quote.confidence < 1
        assert any(char.isalnum() for content in quote.contents for char in content.of(text))
        for span in (*quote.sources, *quote.cues, *quote.contents):
            assert 0 <= span.start < span.end <= len(text)
            assert not span.of(text)[0].isspace()


def test_version_is_told_by_the_model_s_bytes(shipped_model):
    digest = hashlib.sha256((shipped_model / "model.onnx").read_bytes()).hexdigest()
    assert neural.version() == f"model/{digest[:12]}"
    assert extract(NLP.make_doc("Nothing."), extractor="model").extractor == neural.version()


def test_neural_reads_a_long_text_in_parts_and_finds_the_same(monkeypatch):
    text = "\n\n".join(text for text, _ in CASES.values()) * 4
    whole, layers = neural.find_with_layers(text, pair_marks(text))
    monkeypatch.setattr("quotes.encoder.PART", 3)
    relations, joined = neural.find_with_layers(text, pair_marks(text))
    assert relations == whole
    assert len(joined.spans) == len(joined.parts_of_speech) == len(layers.spans)
    assert (joined.spans == layers.spans).all()
    assert joined.names == layers.names
    assert joined.sentence_starts == layers.sentence_starts
