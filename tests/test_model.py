import pytest

from quotes.model import Article, Speaker, TextSpan


def test_text_span_gives_the_words_between_its_half_open_bounds():
    assert TextSpan(4, 9).of("She said so.") == "said "


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 3), (5, 2)])
def test_text_span_refuses_bounds_that_hold_no_character(start, end):
    with pytest.raises(ValueError, match="no span of text"):
        TextSpan(start, end)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (TextSpan(0, 5), False),  # ends where [5, 9) starts
        (TextSpan(0, 6), True),
        (TextSpan(6, 8), True),
        (TextSpan(8, 20), True),
        (TextSpan(9, 20), False),
    ],
)
def test_text_span_overlaps_when_a_character_is_shared(other, expected):
    assert TextSpan(5, 9).overlaps(other) is expected
    assert other.overlaps(TextSpan(5, 9)) is expected


def test_article_is_the_same_wherever_it_was_read_from():
    assert Article(text="A.", outlet="X", path="/a/1.txt", name="1") == Article(text="A.", outlet="X", path="/b/2.txt")
    assert Article(text="A.", outlet="X") != Article(text="A.", outlet="Y")


def test_speaker_is_the_same_whatever_led_to_the_name():
    assert Speaker("Ada Byron", "named in full") == Speaker("Ada Byron", "the last speaker named before")
