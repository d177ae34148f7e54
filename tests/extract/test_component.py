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


@pytest.fixture(scope="module")
def by_model():
    pipeline = spacy.blank("en")
    pipeline.add_pipe("quotes")
    return pipeline


def layers_of(doc):
    """Names, parts of speech, lemmas and sentences as they stand on a Doc."""
    return (
        [(span.text, span.label_) for span in doc.ents],
        [token.pos_ for token in doc],
        [token.lemma_ for token in doc],
        [token.is_sent_start for token in doc],
    )


def test_component_sets_names_parts_of_speech_lemmas_and_sentences(by_model):
    doc = by_model("Ada Byron said the roads were open. She left for Nairobi.")
    assert [(span.text, span.label_) for span in doc.ents] == [("Ada Byron", "PERSON"), ("Nairobi", "LOC")]
    assert [(token.text, token.pos_, token.lemma_) for token in doc][2:6] == [
        ("said", "VERB", "say"),
        ("the", "DET", "the"),
        ("roads", "NOUN", "road"),
        ("were", "AUX", "be"),
    ]
    assert [sentence.text for sentence in doc.sents] == [
        "Ada Byron said the roads were open.",
        "She left for Nairobi.",
    ]


def test_component_by_rules_sets_no_layer(nlp):
    doc = nlp(TEXT)
    assert not any(doc.has_annotation(name) for name in ("ENT_IOB", "POS", "LEMMA", "SENT_START"))


def test_component_sets_the_layers_that_its_config_lists():
    pipeline = spacy.blank("en")
    pipeline.add_pipe("quotes", config={"layers": ["pos"]})
    doc = pipeline(TEXT)
    assert doc.has_annotation("POS")
    assert not any(doc.has_annotation(name) for name in ("ENT_IOB", "LEMMA", "SENT_START"))


def test_component_finds_the_same_quotes_with_and_without_layers(by_model):
    pipeline = spacy.blank("en")
    pipeline.add_pipe("quotes", config={"layers": []})
    doc = pipeline(TEXT)
    assert quotes_of(doc) == quotes_of(by_model(TEXT))
    assert not doc.has_annotation("POS")


def test_component_refuses_a_layer_that_there_is_not():
    with pytest.raises(ValueError, match=r"^There is no layer 'tags': take one of names, pos, lemmas, sentences\.$"):
        spacy.blank("en").add_pipe("quotes", config={"layers": ["tags"]})


def test_component_keeps_what_components_before_it_have_set():
    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer", config={"punct_chars": [","]})
    pipeline.add_pipe("entity_ruler").add_patterns([{"label": "WORD", "pattern": "road"}])
    pipeline.add_pipe("quotes")
    doc = pipeline(TEXT)
    assert [sentence.text for sentence in doc.sents] == [
        "Ada Byron said, “",
        "We go now and here.” He left. The road is open again,",
        "she added.",
    ]
    assert [(span.text, span.label_) for span in doc.ents] == [("road", "WORD")]
    assert doc.has_annotation("POS")
    assert doc.has_annotation("LEMMA")


def test_component_s_layers_survive_doc_bin(by_model):
    attributes = ["ENT_IOB", "ENT_TYPE", "POS", "LEMMA", "SENT_START"]
    packed = DocBin(docs=[by_model(TEXT)], attrs=attributes).to_bytes()
    (doc,) = DocBin().from_bytes(packed).get_docs(by_model.vocab)
    assert layers_of(doc) == layers_of(by_model(TEXT))


def test_component_s_layers_survive_other_processes(by_model):
    texts = [TEXT, "", "Nothing here."]
    docs = list(by_model.pipe(texts, n_process=2, batch_size=1))
    assert [layers_of(doc) for doc in docs] == [layers_of(by_model(text)) for text in texts]
    assert [quotes_of(doc) for doc in docs] == [quotes_of(by_model(text)) for text in texts]


def test_component_s_layers_go_to_disk_and_to_bytes(tmp_path):
    pipeline = spacy.blank("en")
    pipeline.add_pipe("quotes", config={"layers": ["pos", "names"]})
    pipeline.to_disk(tmp_path / "pipeline")
    from_bytes = spacy.blank("en")
    from_bytes.add_pipe("quotes")
    from_bytes.from_bytes(pipeline.to_bytes())
    for loaded in (spacy.load(tmp_path / "pipeline"), from_bytes):
        assert loaded.get_pipe("quotes").layers == ("pos", "names")
        assert layers_of(loaded(TEXT)) == layers_of(pipeline(TEXT))


@settings(deadline=None, max_examples=40)
@given(st.text())
def test_component_with_the_model_takes_any_text(by_model, text):
    doc = by_model(text)
    assert doc.text == text
    assert all(token.pos_ for token in doc)
