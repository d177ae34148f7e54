import pytest

from quotes.extract.marks import pair_marks
from quotes.extract.relation import MarkIndex, Relation
from quotes.extract.statements import LEAST_SURE_OF_ACTS, is_statement, with_whole_cue
from quotes.model import TextSpan


def span(words, text):
    return TextSpan(text.index(words), text.index(words) + len(words))


def kept(text, content, cue=None, source=None, *, verbs=(), confidence=0.9):
    relation = Relation(
        contents=(span(content, text),),
        cues=(span(cue, text),) if cue else (),
        sources=(span(source, text),) if source else (),
        confidence=confidence,
    )
    offsets = [text.index(verb) for verb in verbs]
    return is_statement(relation, text, MarkIndex(pair_marks(text)), offsets)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("to", False), ("He was", True), ("“No”", True), ("it", False), ("On Monday", False), ("the end", True)],
)
def test_function_words_alone_state_nothing_unless_they_are_quoted(text, expected):
    assert kept(text, text) is expected


def test_an_act_without_verb_or_quotation_mark_is_no_statement_unless_it_is_likely():
    text = "She inspected the honour guard"
    assert not kept(text, "the honour guard", "inspected", "She", confidence=LEAST_SURE_OF_ACTS - 0.1)
    assert kept(text, "the honour guard", "inspected", "She", confidence=LEAST_SURE_OF_ACTS + 0.1)


def test_a_known_cue_a_verb_or_a_quotation_mark_make_a_statement():
    assert kept("She criticized the honour guard", "the honour guard", "criticized", "She", confidence=0.3)
    text = "She inspected whether guards came"
    assert kept(text, "whether guards came", "inspected", "She", verbs=["came"], confidence=0.3)
    assert kept("She inspected “the guard”", "“the guard”", "inspected", "She", confidence=0.3)


@pytest.mark.parametrize("cue", ["is worth noting", "should be noted", "bears repeating"])
def test_what_the_author_remarks_is_nobody_s_statement(cue):
    text = f"It {cue} that the road is closed"
    assert not kept(text, "that the road is closed", cue, verbs=["is closed"])


def test_a_source_makes_a_remark_a_statement():
    text = "He said it was worth noting that the road is closed"
    assert kept(text, "that the road is closed", "was worth noting", "He", verbs=["is closed"])


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("It was reported that the road is closed", "was reported"),
        ("It is not yet known whether the road is closed", "is not yet known"),
        ("It that the road is closed", "It"),
    ],
)
def test_it_alone_is_no_cue(text, cue):
    at = text.index("that") if "that" in text else text.index("whether")
    relation = Relation(contents=(TextSpan(at, len(text)),), cues=(TextSpan(0, 2),))
    assert [found.of(text) for found in with_whole_cue(relation, text).cues] == [cue]
