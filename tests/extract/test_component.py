import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import DocBin

from quotes.extract import extract
from quotes.extract.component import QuoteFinder, quotes_of

TEXT = "Ada Byron said, “We go now and here.” He left. The road is open again, she added."


@pytest.fixture(scope="module")
def nlp():
    pipeline = spacy.blank("en")
    pipeline.add_pipe("quotes", config={"extractor": "rules"})
    return pipeline


def test_component_is_found_by_its_name_in_any_english_pipeline(nlp):
    assert nlp.pipe_names == ["quotes"]
    assert isinstance(nlp.get_pipe("quotes"), QuoteFinder)


def test_component_writes_a_group_of_spans_for_each_role(nlp):
    doc = nlp(TEXT)
    contents, cues, sources = (doc.spans[f"quotes/{role}"] for role in ("content", "cue", "source"))
    assert [(span.id, span.label_, span.text) for span in contents] == [
        (0, "direct", "“We go now and here.”"),
        (1, "indirect", "The road is open again"),
    ]
    assert [(span.id, span.text) for span in cues] == [(0, "said"), (1, "added")]
    assert [(span.id, span.text) for span in sources] == [(0, "Ada Byron"), (1, "she")]


def test_component_s_quotes_are_those_of_extract(nlp):
    assert quotes_of(nlp(TEXT)) == extract(nlp.make_doc(TEXT), extractor="rules").quotes


def test_component_s_quotes_are_none_where_it_has_not_run(nlp):
    assert quotes_of(nlp.make_doc(TEXT)) == ()


def test_component_run_again_leaves_the_same(nlp):
    doc = nlp(TEXT)
    before = quotes_of(doc)
    assert quotes_of(nlp.get_pipe("quotes")(doc)) == before


def test_component_s_quotes_survive_doc_bin(nlp):
    packed = DocBin(docs=[nlp(TEXT)]).to_bytes()
    (doc,) = DocBin().from_bytes(packed).get_docs(nlp.vocab)
    assert quotes_of(doc) == quotes_of(nlp(TEXT))


def test_component_s_quotes_survive_other_processes(nlp):
    docs = list(nlp.pipe([TEXT, "Nothing here.", TEXT], n_process=2, batch_size=1))
    assert [quotes_of(doc) for doc in docs] == [quotes_of(nlp(TEXT)), (), quotes_of(nlp(TEXT))]


def test_component_s_settings_go_to_disk(nlp, tmp_path):
    nlp.to_disk(tmp_path / "pipeline")
    loaded = spacy.load(tmp_path / "pipeline")
    assert loaded.get_pipe("quotes").extractor == "rules"
    assert quotes_of(loaded(TEXT)) == quotes_of(nlp(TEXT))


def test_component_s_settings_go_to_bytes(nlp):
    loaded = spacy.blank("en")
    loaded.add_pipe("quotes")
    loaded.from_bytes(nlp.to_bytes())
    assert loaded.get_pipe("quotes").extractor == "rules"
    assert quotes_of(loaded(TEXT)) == quotes_of(nlp(TEXT))


def test_component_refuses_an_extractor_that_there_is_not():
    with pytest.raises(ValueError, match=r"^There is no extractor 'magic': take one of "):
        spacy.blank("en").add_pipe("quotes", config={"extractor": "magic"})


def test_component_keeps_exact_characters_where_tokens_are_coarser(nlp):
    doc = nlp.make_doc(TEXT)
    with doc.retokenize() as retokenizer:
        retokenizer.merge(doc.char_span(TEXT.index("here"), TEXT.index("He left") + 2, alignment_mode="expand"))
    annotated = nlp.get_pipe("quotes")(doc)
    for group in annotated.spans.values():
        assert len(group) == len(group.attrs["offsets"])
    for quote in quotes_of(annotated):
        assert all(span.end <= len(TEXT) for span in quote.contents)


@settings(deadline=None, max_examples=30)
@given(st.text())
def test_component_takes_any_text(nlp, text):
    assert quotes_of(nlp(text)) == extract(nlp.make_doc(text), extractor="rules").quotes
