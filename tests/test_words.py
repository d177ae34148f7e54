"""Words: where they stand, their letter shapes, and where they are to quotation marks."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.words import SHAPES, STATES, WordReader, plain_spans, quotation_states, shape

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)


@pytest.fixture(scope="module")
def reader(shipped_model):
    return WordReader(shipped_model / "vocabulary.txt")


def surfaces(words, text):
    return [text[start:end] for start, end in words.spans]


def widths(words):
    return np.diff(words.piece_starts).tolist()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada Byron said no.", ["Ada", "Byron", "said", "no", "."]),
        ("“We’re off,” she said", ["“", "We", "’", "re", "off", ",", "”", "she", "said"]),
        ("U.S.-led", ["U", ".", "S", ".", "-", "led"]),
        ("a\tb\u00a0c\u2003d", ["a", "b", "c", "d"]),
        ("a\r\nb\n\n\nc", ["a", "b", "c"]),
        ("Łódź naïve Ünal", ["Łódź", "naïve", "Ünal"]),
        ("nai\u0308ve", ["nai\u0308ve"]),
        ("İstanbul ß ﬁn", ["İstanbul", "ß", "ﬁn"]),
        ("你好 a", ["你", "好", "a"]),
        ("go 😀 on", ["go", "😀", "on"]),
        ("\U0001d400\U0001d401 c", ["\U0001d400\U0001d401", "c"]),
        ("[SEP] [CLS]", ["[", "SEP", "]", "[", "CLS", "]"]),
    ],
)
def test_word_reader_tells_where_each_word_stands(reader, text, expected):
    assert surfaces(reader.read(text), text) == expected


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "\0", "\0\ufffd\u200b", "\u202e\u2069", "\ufeff", "\u0301", "\u2028"]
)
def test_word_reader_finds_no_words_where_nothing_is_to_be_seen(reader, text):
    words = reader.read(text)
    assert len(words) == 0
    assert words.spans.shape == (0, 2)
    assert words.piece_starts.tolist() == [0]


@pytest.mark.parametrize("hidden", ["\0", "\u202e", "\u200d", "\u0301", "\ufffd"])
def test_word_reader_keeps_its_place_beside_characters_that_it_does_not_see(reader, hidden):
    text = f"a{hidden} {hidden}b {hidden}{hidden} c"
    assert [surface.strip(hidden) for surface in surfaces(reader.read(text), text)] == ["a", "b", "c"]


@settings(deadline=None, max_examples=300)
@given(TEXTS)
def test_word_reader_s_pieces_are_those_of_the_tokenizer(reader, text):
    some = 20 * len(text)  # more than any text of its length has: a syllable of Korean has three
    assert reader.read(text).pieces.tolist() == reader.pieces(text, some)


def test_plain_text_is_cut_as_the_tokenizer_cuts_it(reader):
    plain = [char for char in map(chr, range(0x3000)) if plain_spans(char) is not None]
    assert {"a", "é", "Ж", " ", "\n", "\u00a0", "’", "—", "…", "€", "$"} <= set(plain)
    for char in plain:
        text = f"a{char}b {char} {char}{char}"
        # a character that nothing separates hides what is no plain one from the short cut
        expected = reader.read(f"{text} \u200b").spans
        assert (plain_spans(text) == expected).all(), hex(ord(char))


@pytest.mark.parametrize("char", ["\0", "\u0301", "\u200b", "\ufffd", "你", "؝", "\U0001f600"])
def test_what_is_no_plain_text_is_left_to_the_tokenizer(char):
    assert plain_spans(f"so {char}") is None


def test_half_a_character_is_no_plain_text():
    assert plain_spans("so \ud800") is None


@settings(deadline=None, max_examples=150)
@given(TEXTS)
def test_word_reader_s_words_stand_in_order_inside_any_text(reader, text):
    words = reader.read(text)
    spans = words.spans.tolist()
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert all(width >= 1 for width in widths(words))
    assert {len(words.paragraphs), len(words.shapes), len(words.states), len(words.stops)} == {len(words)}
    assert words.piece_starts[-1] == len(words.pieces)


@settings(deadline=None, max_examples=80)
@given(TEXTS)
def test_word_reader_leaves_out_no_letter(reader, text):
    covered = {i for start, end in reader.read(text).spans.tolist() for i in range(start, end)}
    assert all(i in covered for i, char in enumerate(text) if char.isascii() and char.isalnum())


@pytest.mark.parametrize("word", ["x" * 100_000, "\U0001d400" * 100_000])
def test_word_reader_takes_a_word_of_any_length_for_one_unknown_piece(reader, word):
    text = f"so {word} on"
    words = reader.read(text)
    assert surfaces(words, text) == ["so", word, "on"]
    assert widths(words) == [1, 1, 1]


def test_word_reader_counts_the_lines_that_have_words(reader):
    text = "one two\n\n \nthree\r\n\nfour"
    assert reader.read(text).paragraphs.tolist() == [0, 0, 1, 2]


def test_word_reader_marks_what_ends_a_sentence(reader):
    text = "No. Why? Go! Well; a, b: c…"
    words = reader.read(text)
    assert [word for word, stop in zip(surfaces(words, text), words.stops, strict=True) if stop] == [".", "?", "!"]


def test_word_reader_reads_small_and_large_letters_as_the_same_pieces(reader):
    assert reader.read("SENATE Senate").pieces.tolist() == reader.read("senate senate").pieces.tolist()


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("said", "lower"),
        ("ß", "lower"),
        ("Senate", "title"),
        ("Éric", "title"),
        ("NATO", "upper"),
        ("McCain", "mixed"),
        ("iPhone", "mixed"),
        ("1990s", "digit"),
        ("B2B", "digit"),
        ("٣", "digit"),
        ("A", "single capital"),
        ("I", "single capital"),
        (",", "punctuation"),
        ("“", "punctuation"),
        ("😀", "punctuation"),
        ("你", "lower"),
    ],
)
def test_shape_tells_what_letters_a_word_is_written_in(word, expected):
    assert SHAPES[shape(word)] == expected


STATE_CODES = dict(zip(".iocuSs", STATES, strict=True))
"""One letter a state: outside, inside, open, close, unclosed, single open, single close."""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She said no .", "...."),
        ("“ We go ” , she said", "oiic..."),
        ('" We go " , she " said "', "oiic..oic"),
        ("« We » „ go ”", "oicoic"),
        ("''We go'' now", "ooiicc."),
        ("``We go'' now", "ooiicc."),
        ("' 'We go", ".S.."),
        ("“We go", "ouu"),
        ("no” she", ".c."),
        ("”We go” , she said", "oiic..."),
        ("She said »no« .", "..oic."),
        ("„We go“ , she said", "oiic..."),
        ("“We go“ , she said", "oiic..."),
        ("she said“We go”", "..oiic"),
        ("no ”", ".c"),
        ("no” ”she", ".cou"),
        ("a “b “c” d", ".oioic."),
        ("he ‘goes’ on", ".S.s."),
        ("he 'goes' on", ".S.s."),
        ("“he ‘goes’ on”", "oiSisic"),
        ("don't we can’t", "......."),
        ("the drivers' pay", "...."),
        ("“a “b", "ouou"),
        ("", ""),
    ],
)
def test_quotation_states_follow_the_marks(reader, text, expected):
    words = reader.read(text)
    states = quotation_states(surfaces(words, text), words.spans.tolist())
    assert [STATES[state] for state in states] == [STATE_CODES[letter] for letter in expected]


def test_quotation_states_begin_anew_with_each_paragraph(reader):
    words = reader.read("“We go\nhome")
    assert [STATES[state] for state in words.states] == ["open", "unclosed", "unclosed", "outside"]
