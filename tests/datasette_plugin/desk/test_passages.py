from hypothesis import given
from hypothesis import strategies as st

from quotes.datasette_plugin.desk.passages import pieces
from quotes.model import TextSpan
from quotes.store.pages.articles import Relation, article
from quotes.store.pages.values import QuoteLine

LINE = dict.fromkeys(QuoteLine.__dataclass_fields__)


def relation(number, *, contents=(), cues=(), sources=()):
    spans = {"contents": contents, "cues": cues, "sources": sources}
    return Relation(
        quote=QuoteLine(**{**LINE, "id": number}),
        **{role: tuple(TextSpan(*span) for span in of_role) for role, of_role in spans.items()},
    )


def test_passages_tell_the_parts_of_an_article_s_quotes(told_connection):
    page = article(told_connection, 1)
    cut = pieces(page.text, page.relations, page.uncovered)
    assert [(piece.text, piece.roles, piece.quotes) for piece in cut if piece.roles] == [
        ("“We will open the bridge in May,”", ("content",), (1,)),
        ("Mayor Ana Ruiz", ("source",), (1,)),
        ("said", ("cue",), (1,)),
        ("“miracle", ("uncovered",), ()),
    ]


def test_passages_of_a_quote_in_a_quote_belong_to_both_the_inner_one_last():
    cut = pieces(
        "He said she said no.", [relation(7, contents=[(8, 19)]), relation(3, contents=[(17, 19)], cues=[(12, 16)])], []
    )
    assert [(piece.text, piece.roles, piece.quotes, piece.first_of) for piece in cut] == [
        ("He said ", (), (), ()),
        ("she ", ("content",), (7,), (7,)),
        ("said", ("content", "cue"), (7, 3), ()),
        (" ", ("content",), (7,), ()),
        ("no", ("content",), (7, 3), (3,)),
        (".", (), (), ()),
    ]


def test_passages_show_what_a_published_copy_leaves_out():
    assert [piece.text for piece in pieces("a" + " " * 200 + "b", [], [])] == ["a […] b"]


BOUNDS = st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(
    text=st.text(alphabet="ab “”\n", min_size=30, max_size=42),
    spans=st.lists(st.tuples(BOUNDS, BOUNDS, BOUNDS), max_size=6),
)
def test_passages_are_the_whole_text_whatever_the_spans(text, spans):
    relations = [
        relation(number, contents=[content], cues=[cue], sources=[source])
        for number, (content, cue, source) in enumerate(spans, 1)
    ]
    cut = pieces(text, relations, [])
    if " " * 40 not in text:
        assert "".join(piece.text for piece in cut) == text
    for piece in cut:
        assert bool(piece.quotes) == bool(piece.roles)
