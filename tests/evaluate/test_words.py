import pytest

from quotes.evaluate.words import WordIndex, quoted_mask
from quotes.model import TextSpan


@pytest.mark.parametrize(
    ("text", "mask"),
    [
        ("a “b c” d", "000111000"),
        ('a "b" c "d', "0001000001"),
        ("«a» b", "01000"),
        ("“a\nb” c", "0100000"),  # a paragraph's end closes
        ("a” b", "0000"),
        ("‘a’", "000"),  # single marks are apostrophes as often as not
        ("", ""),
    ],
)
def test_quoted_mask_is_what_stands_inside_double_marks(text, mask):
    assert "".join(map(str, quoted_mask(text))) == mask


@pytest.mark.parametrize(
    ("spans", "ids"),
    [
        ([(0, 3)], {0}),
        ([(2, 5)], {0, 1}),  # a part of a word is the word
        ([(3, 4)], set()),  # white space
        ([(0, 1), (8, 11)], {0, 2}),
        ([], set()),
    ],
)
def test_words_are_those_that_share_a_character_with_a_span(spans, ids):
    assert WordIndex("one two six").ids(TextSpan(*span) for span in spans) == ids


@pytest.mark.parametrize(
    ("span", "kind"), [((0, 3), "indirect"), ((4, 9), "direct"), ((0, 13), "mixed"), ((10, 13), "indirect")]
)
def test_words_tell_a_contents_kind(span, kind):
    index = WordIndex("one “two” six")
    assert index.kind(index.ids([TextSpan(*span)])) == kind
