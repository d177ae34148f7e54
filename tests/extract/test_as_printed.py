from hypothesis import example, given
from hypothesis import strategies as st

from quotes.extract import as_printed
from quotes.extract.marks import pair_marks
from quotes.extract.relation import Relation
from quotes.model import TextSpan

FRAGMENTS = (
    "HALE: ",
    "DIAZ: ",
    "Q: ",
    "A. ",
    "“",
    "”",
    '"',
    "\n",
    "\n\n",
    "Yes. ",
    "was quoted as saying ",
    "(x)\n",
    " ",
    "ß",
)


@st.composite
def texts_with_relations(draw):
    text = "".join(draw(st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=40)))
    ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).filter(lambda pair: pair[0] != pair[1])
    spans = st.lists(ends.map(lambda pair: TextSpan(*sorted(pair))), max_size=2).map(lambda found: tuple(sorted(found)))
    relation = st.builds(Relation, contents=spans.filter(bool), cues=spans, sources=spans)
    return text, draw(st.lists(relation, max_size=6))


@given(texts_with_relations())
@example(("HALE: HALE: \n(x)\nHALE: ", [Relation(contents=(TextSpan(0, 18), TextSpan(1, 2)))]))
def test_whatever_was_found_stays_inside_the_text_with_contents_in_order(case):
    text, relations = case
    for relation in as_printed(relations, pair_marks(text), text):
        assert relation.contents
        assert list(relation.contents) == sorted(relation.contents)
        for span in (*relation.contents, *relation.cues, *relation.sources):
            assert 0 <= span.start < span.end <= len(text)


@given(texts_with_relations())
@example(("(x)\n“\n“HALE: ", [Relation(contents=(TextSpan(0, 5),))]))
def test_a_second_time_changes_nothing(case):
    text, relations = case
    marks = pair_marks(text)
    once = as_printed(relations, marks, text)
    assert sorted(as_printed(once, marks, text), key=str) == sorted(once, key=str)
