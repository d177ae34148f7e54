import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.group.alignment import align, align_finely
from quotes.group.wording import read_wording

WORDS = "we will not attack attacked the road town of and 5 fifty million I he would … [he] “we” go, no can’t".split()
ANY = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60) | st.lists(
    st.sampled_from(WORDS), max_size=14
).map(" ".join)


def blocks(before, after):
    ours, theirs = read_wording(before), read_wording(after)
    keys = ours.keys, theirs.keys
    return [(tag, " ".join(keys[0][i:j]), " ".join(keys[1][k:m])) for tag, i, j, k, m in align_finely(ours, theirs)]


@pytest.mark.parametrize("of", [align, align_finely])
@given(before=ANY, after=ANY)
def test_every_word_of_both_is_in_exactly_one_block(of, before, after):
    ours, theirs = read_wording(before), read_wording(after)
    found = list(of(ours, theirs))
    assert [n for _, i, j, _, _ in found for n in range(i, j)] == list(range(len(ours.words)))
    assert [n for _, _, _, k, m in found for n in range(k, m)] == list(range(len(theirs.words)))
    assert all(ours.keys[i:j] == theirs.keys[k:m] for tag, i, j, k, m in found if tag == "equal")


@pytest.mark.parametrize("of", [align, align_finely])
@given(before=ANY, after=ANY)
def test_blocks_of_exchanged_wordings_are_the_same_exchanged(of, before, after):
    ours, theirs = read_wording(before), read_wording(after)
    mirrored = {"insert": "delete", "delete": "insert"}
    assert [(mirrored.get(tag, tag), i, j, k, m) for tag, k, m, i, j in of(theirs, ours)] == list(of(ours, theirs))


def test_words_that_stand_for_each_other_are_apart_from_the_others():
    assert blocks("We lost 5 men there", "He lost fifty brave women there") == [
        ("replace", "we", "he"),
        ("equal", "lost", "lost"),
        ("replace", "#5", "#50"),
        ("replace", "men", "brave women"),
        ("equal", "there", "there"),
    ]


def test_a_lone_function_word_does_not_part_two_long_changes():
    assert blocks("We met ten tall soldiers of their old guard", "We met those angry drivers of that lorry there") == [
        ("equal", "we met", "we met"),
        ("replace", "#10 tall soldiers of their old guard", "those angry drivers of that lorry there"),
    ]


def test_very_long_texts_are_aligned_in_time():
    before, after = "we go on and on " * 2000, "we go and on on " * 2000
    assert {tag for tag, *_ in blocks(before, after)} == {"equal", "insert", "delete"}
