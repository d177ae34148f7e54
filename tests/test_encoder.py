"""Windows and batches, and that the model reads a text alike alone and among others."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes import encoder
from quotes.encoder import Window, make_batch, plan_windows
from quotes.words import SHAPES, STATES, WordReader


@pytest.fixture(scope="module")
def model(shipped_model):
    return encoder.Encoder(shipped_model)


@pytest.fixture(scope="module")
def reader(shipped_model):
    return WordReader(shipped_model / "vocabulary.txt")


def widths(words):
    return np.diff(words.piece_starts).tolist()


def planned(reader, text, **options):
    words = reader.read(text)
    return words, plan_windows(words, **options)


def taken(words, window):
    """Pieces of a window with [CLS] and one [SEP] a paragraph."""
    paragraphs = words.paragraphs[window.end - 1] - words.paragraphs[window.context] + 1
    return words.piece_starts[window.end] - words.piece_starts[window.context] + 1 + paragraphs


PARAGRAPHS = st.lists(
    st.lists(st.sampled_from(["we", "go", "antidisestablishmentarianism", ".", "?"]), min_size=1, max_size=40),
    max_size=12,
).map(lambda paragraphs: "\n".join(" ".join(words) for words in paragraphs))


@settings(deadline=None, max_examples=100)
@given(PARAGRAPHS, st.integers(20, 64), st.integers(0, 8))
def test_plan_windows_gives_each_word_to_one_window_and_keeps_within_bounds(reader, text, limit, context):
    words, windows = planned(reader, text, limit=limit, context=context)
    assert [i for w in windows for i in range(w.start, w.end)] == list(range(len(words)))
    for window in windows:
        assert 0 <= window.context <= window.start
        left = words.piece_starts[window.start] - words.piece_starts[window.context]
        assert left <= context
        assert taken(words, window) <= limit


def test_plan_windows_keeps_paragraphs_whole_where_they_fit(reader):
    words, windows = planned(reader, "\n".join(["we go on ."] * 9), limit=22, context=0)
    # four words and a [SEP] each: four of them and [CLS] are 21 pieces
    assert windows == [Window(0, 0, 16), Window(16, 16, 32), Window(32, 32, 36)]
    assert all(taken(words, window) <= 22 for window in windows)


def test_plan_windows_reads_what_stands_before_a_window_again(reader):
    _, windows = planned(reader, "\n".join(["we go on ."] * 6), limit=22, context=7)
    assert windows[0].context == 0
    # seven pieces: a paragraph's four words, the word before it, and a [SEP] after each
    assert [window.start - window.context for window in windows[1:]] == [5] * (len(windows) - 1)


def test_plan_windows_cuts_a_long_paragraph_after_its_last_stop_that_fits(reader):
    words, windows = planned(reader, "we go on now . " * 10, limit=20, context=0)
    assert all(words.stops[window.end - 1] for window in windows)
    assert [window.end - window.start for window in windows] == [15, 15, 15, 5]


def test_plan_windows_cuts_where_the_window_ends_when_no_stop_is_near(reader):
    _, windows = planned(reader, "no . " + "we " * 40, limit=20, context=0)
    assert [window.end - window.start for window in windows] == [18, 18, 6]


def test_plan_windows_plans_none_for_no_words(reader):
    assert planned(reader, "")[1] == []


@pytest.mark.parametrize("piece", ["word ", "word and said. ", "antidisestablishmentarianism ", ". ", "“", "a\n"])
def test_plan_windows_makes_windows_in_proportion_to_the_text(reader, piece):
    counts = [len(planned(reader, piece * size)[1]) for size in (12_500, 50_000)]
    assert counts[1] <= 4 * counts[0] + 1


def test_make_batch_lays_out_paragraphs_between_their_marks(reader):
    words = reader.read("“We go\nAntidisestablishmentarianism on")
    (width,) = {width for width in widths(words) if width > 1}
    batch = make_batch(reader, [(words, Window(0, 0, 5)), (words, Window(1, 2, 3))])
    long = words.pieces[3 : 3 + width].tolist()
    first = [reader.cls, *words.pieces[:3], reader.sep, *long, words.pieces[-1], reader.sep]
    second = [reader.cls, *words.pieces[1:3], reader.sep]
    assert batch.pieces.tolist() == [first, second + [reader.pad] * (len(first) - len(second))]
    assert batch.attended.sum(axis=1).tolist() == [len(first), len(second)]
    assert [firsts.tolist() for firsts in batch.firsts] == [[1, 2, 3, 5, 5 + width], [1, 2]]


def test_make_batch_gives_every_piece_the_features_of_its_word(reader):
    words = reader.read("“We go\nAntidisestablishmentarianism on")
    batch = make_batch(reader, [(words, Window(0, 0, 5))])
    (width,) = {width for width in widths(words) if width > 1}
    title = ["title"] * width
    assert [SHAPES[i] for i in batch.shapes[0]] == [
        *("special", "punctuation", "title", "lower", "special", *title, "lower", "special")
    ]
    outside = ["outside"] * width
    assert [STATES[i] for i in batch.states[0]] == [
        *("outside", "open", "unclosed", "unclosed", "outside", *outside, "outside", "outside")
    ]


def test_encoder_asks_for_the_words_that_each_window_owns(reader):
    words = reader.read("we go on .\nthey stay .")
    windows = [Window(0, 0, 2), Window(2, 4, 7)]
    batch = make_batch(reader, [(words, window) for window in windows])
    # [CLS] first; the second window sees "on . [SEP]" before its own words
    places = [encoder._own_places(*pair).tolist() for pair in zip(batch.firsts, windows, strict=True)]
    assert places == [[0, 1, 2], [0, 4, 5, 6]]


STORY = (
    "“The harbour is closed,” Amina Odhiambo said. “It will open again in May.”\n"
    "The minister said the crews are a “real and present” danger to the coast.\n"
    "According to Radio Coast, nobody has seen the letter.\n"
)
HEADS = ("tags", "names", "pos", "sentences", "vectors", "nulls")


def test_encoder_reads_a_text_among_others_to_the_bit_as_it_reads_it_alone(model):
    texts = [STORY, "Nothing.", STORY * 12, "", "“Go,” he said."]
    for text, among_others in zip(texts, model.read(texts), strict=True):
        (alone,) = model.read([text])
        assert all(np.array_equal(getattr(among_others, head), getattr(alone, head)) for head in (*HEADS, "bounds"))


def test_encoder_reads_a_window_as_it_would_without_those_beside_it(model):
    first, second = (STORY.replace("\n", " ") * 3 + "\n" for _ in range(2))
    (together,), (alone,) = model.read([first + second]), model.read([first])
    assert together.bounds[0].tolist() == alone.bounds[0].tolist()
    assert len(together.bounds) > len(alone.bounds)
    assert np.array_equal(together.tags[: alone.bounds[0, 1]], alone.tags[: alone.bounds[0, 1]])


def test_encoder_reads_the_same_every_time(model):
    (one,), (other,) = model.read([STORY]), model.read([STORY])
    assert all(np.array_equal(getattr(one, head), getattr(other, head)) for head in HEADS)


def test_encoder_reads_a_text_in_parts_as_it_reads_the_whole(model, monkeypatch):
    monkeypatch.setattr(encoder, "PART", 2)
    (whole,), parts = model.read([STORY * 40]), list(model.read_parts(STORY * 40))
    assert len(parts) > 1
    assert [len(part.bounds) for part in parts[:-1]] == [2] * (len(parts) - 1)
    for head in HEADS:
        assert np.array_equal(np.concatenate([getattr(part, head) for part in parts]), getattr(whole, head))
    assert np.array_equal(np.concatenate([part.words.spans for part in parts]), whole.words.spans)
    assert np.array_equal(np.concatenate([part.words.pieces for part in parts]), whole.words.pieces)
    assert list(model.read_parts(" \n ")) == []


def test_encoder_says_something_finite_of_every_word(model):
    (reading,) = model.read([STORY * 12])
    assert len(reading.bounds) > 1
    for head in HEADS:
        assert np.isfinite(getattr(reading, head)).all()
        assert np.abs(getattr(reading, head).reshape(len(getattr(reading, head)), -1)).max(axis=1).all()
    assert reading.windows.tolist() == sorted(reading.windows)
    assert (reading.bounds[reading.windows, 1] > np.arange(len(reading.words))).all()


def test_encoder_gives_a_reading_of_nothing_for_a_text_of_nothing(model):
    readings = list(model.read(["", " \n "]))
    assert [len(reading.words) for reading in readings] == [0, 0]
    assert [reading.vectors.shape for reading in readings] == [(0, 4, encoder.POINTER_WIDTH)] * 2
    assert list(model.read([])) == []


def test_encoder_takes_no_text_of_a_stream_before_its_reading_is_asked_for(model):
    taken = []

    def stream():
        for number in range(3):
            taken.append(number)
            yield STORY

    ahead = [len(taken) - number for number, _ in enumerate(model.read(stream()))]
    assert ahead == [1, 1, 1]
