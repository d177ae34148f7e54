from importlib.resources import files

import numpy as np
import pytest

from quotes.sentences import LONGEST, VECTOR, SentenceEncoder, covered

DATA = files("quotes") / "data"
ROAD = "We will close the mountain road before winter"


@pytest.fixture(scope="module")
def encoder():
    return SentenceEncoder(DATA / "meaning", DATA / "model" / "vocabulary.txt")


def test_sentences_have_vectors_of_length_one(encoder):
    found = encoder.vectors([ROAD, "", "…", "🐙", "a " * 1000])
    assert found.shape == (5, VECTOR)
    assert found.dtype == np.float32
    assert np.linalg.norm(found, axis=1) == pytest.approx(np.ones(5), abs=1e-4)


def test_sentences_have_the_same_vector_whatever_stands_beside_them(encoder):
    alone, beside = encoder.vectors([ROAD])[0], encoder.vectors(["Nobody came", ROAD, "a " * 500])[1]
    assert (alone == beside).all()
    assert (alone == encoder.read(ROAD).vector).all()


def test_sentences_that_say_the_same_are_nearer(encoder):
    road, same, other = encoder.vectors(
        [ROAD, "The road over the mountain is to be shut by winter", "The minister spoke of a new school tax"]
    )
    assert road @ same > 0.6 > road @ other


def test_sentences_are_read_up_to_their_longest(encoder):
    long = encoder.read("word " * (LONGEST + 50))
    assert long.pieces.shape == (LONGEST, VECTOR)
    assert long.rarity.shape == (LONGEST,)


def test_sentences_count_rare_pieces_for_more(encoder):
    the, _, glacier = encoder.read("the old glacier").rarity
    assert the < glacier <= 1


def test_sentences_cover_one_another(encoder):
    road, more, other = map(encoder.read, (ROAD, f"{ROAD}, and open a new school", "Nobody saw the whale"))
    assert covered(road, road) == pytest.approx((1.0, 1.0), abs=1e-4)
    ours, theirs = covered(road, more)
    assert ours > theirs > covered(road, other)[1]
    assert covered(road, encoder.read("")) == (0.0, 0.0)


def test_sentences_have_one_logit_in_either_order(encoder):
    assert encoder.logit(ROAD, "Nobody came") == encoder.logit("Nobody came", ROAD)
