import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.group.wording import read_wording

TEXTS = st.text(alphabet="abTw Ii.,!?…“”‘’'\"[]()$%€05n’tsd-–\n\u202e\x1bäß", max_size=60)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("We won’t go", "we will not go"),
        ("can't", "can not"),
        ("cannot", "can’t"),
        ("dont", "do not"),
        ("I'll, you're, we've, I'm", "I will you are we have I am"),
        ("it's", "it is"),
        ("Let's go", "let us go"),
        ("the U.S.", "the US"),
        ("[T]he road", "the road"),
        ("expect[ed]", "expected"),
        ("The Road —", "the road"),
        ("ｗｅ", "we"),
    ],
)
def test_words_that_are_the_same_in_full_have_the_same_keys(a, b):
    assert read_wording(a).keys == read_wording(b).keys


def test_a_possessive_is_a_word_and_its_ending():
    assert read_wording("the mayor’s house").keys == ("the", "mayor", "'s", "house")


@pytest.mark.parametrize("text", ["important", "government", "want", "hunt", "can"])
def test_no_negation_is_read_into_a_word(text):
    assert read_wording(text).keys == (text,)


def test_words_know_what_stands_around_them():
    wording = read_wording("He said “we [the council] … will stay.” Good")
    assert [word.printed for word in wording.words if word.quoted] == ["we", "the", "council", "will", "stay"]
    assert [word.printed for word in wording.words if word.bracketed] == ["the", "council"]
    assert [word.printed for word in wording.words if word.starts] == ["He", "we", "will", "Good"]
    assert [wording.words[gap].printed for gap in wording.ellipses] == ["will"]
    assert sorted(wording.breaks) == [0, 3, 5, 7, 8]


@given(TEXTS)
def test_words_are_stretches_of_the_text_in_order(text):
    wording = read_wording(text)
    places = [place for word in wording.words for place in (word.start, word.end)]
    assert places == sorted(places)
    assert all(word.printed == text[word.start : word.end] != "" for word in wording.words)
    assert all(word.key for word in wording.words)
    covered = {place for word in wording.words for place in range(word.start, word.end)}
    assert all(place in covered for place, char in enumerate(text) if char.isalnum())
