from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.extract.marks import pair_marks, search
from quotes.model import MarkPair, TextSpan

if TYPE_CHECKING:
    from collections.abc import Iterator

GLYPHS = "\"'“”‘’„‚‟‛«»‹›「」『』`´′″‴＂＇〝〞〟❛❜❝❞⹂ˮ‵‶﹁﹂﹃﹄｢｣"
PIECES = [
    *GLYPHS, "''", "``", '""', "‘’", "'''", "s'", "’s", "6'2\"", "'90s", "word", "He said", ",", ".", "(", ")", "—",
    "…", " ", " ", "\n", "\n\n", "\r\n", "\u2029", "\u200f", "é", "你好",
]  # fmt: skip

pieces = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
texts = st.one_of(pieces, st.text(max_size=80), st.text(alphabet=st.characters(), max_size=40))


def extent(pair: MarkPair) -> tuple[int, int]:
    return (pair.opening.start if pair.opening else pair.start, pair.closing.end if pair.closing else pair.end)


def moved(pair: MarkPair, by: int) -> MarkPair:
    return replace(
        pair,
        start=pair.start + by,
        end=pair.end + by,
        opening=pair.opening and TextSpan(pair.opening.start + by, pair.opening.end + by),
        closing=pair.closing and TextSpan(pair.closing.start + by, pair.closing.end + by),
    )


@settings(deadline=None)
@given(texts)
def test_marks_stand_where_they_say(text: str) -> None:
    for pair in pair_marks(text):
        assert 0 <= pair.start <= pair.end <= len(text)
        for glyph in (pair.opening, pair.closing):
            assert glyph is None or set(glyph.of(text)) <= set(GLYPHS)
        assert pair.opening is None or pair.opening.end <= pair.start
        assert pair.closing is None or pair.end <= pair.closing.start


@settings(deadline=None)
@given(texts)
def test_marks_have_the_glyphs_that_their_status_tells(text: str) -> None:
    for pair in pair_marks(text):
        assert (pair.opening is not None, pair.closing is not None) == {
            "closed": (True, True),
            "continued": (True, False),
            "unclosed": (True, False),
            "unopened": (False, True),
        }[pair.status]


@settings(deadline=None)
@given(texts)
def test_marks_of_one_level_do_not_overlap_and_deeper_ones_lie_inside(text: str) -> None:
    pairs = pair_marks(text)
    assert [extent(pair)[0] for pair in pairs] == sorted(extent(pair)[0] for pair in pairs)
    for level in {pair.level for pair in pairs}:
        same = [pair for pair in pairs if pair.level == level]
        assert all(extent(one)[1] <= extent(other)[0] for one, other in pairwise(same))
    for inner in pairs:
        outer = [
            p for p in pairs if p.level == inner.level - 1 and p.start <= extent(inner)[0] and extent(inner)[1] <= p.end
        ]
        assert len(outer) == (inner.level > 0)


@settings(deadline=None)
@given(texts)
def test_marks_use_every_glyph_once(text: str) -> None:
    glyphs = [glyph for pair in pair_marks(text) for glyph in (pair.opening, pair.closing) if glyph]
    assert all(one.end <= other.start for one, other in pairwise(sorted(glyphs)))


@settings(deadline=None)
@given(texts)
def test_marks_are_the_same_every_time(text: str) -> None:
    assert pair_marks(text) == pair_marks(text)


@settings(deadline=None)
@given(pieces, pieces, pieces)
def test_marks_of_a_paragraph_are_its_own_affair(before: str, text: str, after: str) -> None:
    # a word in front: a paragraph that opens with a mark may continue the one before
    parts = [f"Word {part}" for part in (before, text, after)]
    expected: list[MarkPair] = []
    start = 0
    for part in parts:
        expected += [moved(pair, start) for pair in pair_marks(part)]
        start += len(part) + 2
    assert pair_marks("\n\n".join(parts)) == tuple(expected)


@settings(deadline=None)
@given(st.lists(st.sampled_from(["yes", "no, never", "we don't", "so it is."]), min_size=1, max_size=5))
def test_marks_set_cleanly_are_all_found(insides: list[str]) -> None:
    for opening, closing in ["“”", '""', "«»", "„“", ("``", "''"), ("''", "''")]:
        text = "He said " + " and then ".join(f"{opening}{inside}{closing}" for inside in insides)
        assert [text[pair.start : pair.end] for pair in pair_marks(text) if pair.status == "closed"] == insides


@pytest.mark.parametrize(
    "piece", ['"a', "“‘", '" ', "'s ", "«a „b ‘c “", "\"'", "''' ", '""', "“a\n\n", "a\n", "6'2\" "]
)
def test_marks_take_steps_in_proportion_to_the_text(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read = search._readings
    taken = 0

    def counted(*args: object) -> Iterator[object]:
        nonlocal taken
        for candidate in read(*args):  # type: ignore[arg-type]
            taken += 1
            yield candidate

    monkeypatch.setattr(search, "_readings", counted)
    steps = []
    for size in (200, 800):
        taken = 0
        pair_marks(piece * size)
        steps.append(taken)
    assert steps[1] <= 5 * steps[0]


def test_marks_survive_a_paragraph_of_many_thousand_glyphs() -> None:
    assert len(pair_marks("“a” " * 20_000)) == 20_000
