"""Vectors without a network hang on the wording alone, and lead from a statement to others that say the like."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.group import vectors as module
from quotes.group.keys import IndexedWording, cell_keys, index_keys, meaning_keys, word_keys
from quotes.group.screen import ALIKE
from quotes.group.vectors import NEAREST, WIDTH, cells, likeness, vector, vectors
from quotes.text import words

FERRIES = "Boats can use the port again as soon as repairs on the quay are done"
HARBOUR = "The harbour will reopen to ferries once engineers have mended its pier"
TAX = "A duty on sugar should pay for school meals, said the treasurer"

said = [*words(FERRIES), *words(HARBOUR), *words(TAX), "münchen", "東京", ""]
statements = st.lists(st.sampled_from(said), max_size=40)


def of(text: str) -> module.Vectors:
    return vector(tuple(words(text)))


def test_vectors_are_of_one_length() -> None:
    found = vectors([words(text) for text in (FERRIES, HARBOUR, TAX)])
    assert found.shape == (3, WIDTH)
    assert found.dtype == np.int8
    assert np.linalg.norm(found.astype(float), axis=1) == pytest.approx([127] * 3, abs=2)


def test_vectors_of_no_known_word_are_zero_and_in_no_cell() -> None:
    found = vectors([(), ("",), ("東京",), ("the",)])
    assert not found.any()
    assert cells(found) == [[], [], [], []]


def test_vectors_of_other_words_for_the_same_are_nearer() -> None:
    assert likeness(of(HARBOUR), of(FERRIES)) > ALIKE // 3 > likeness(of(HARBOUR), of(TAX))


def test_vectors_likeness_is_at_most_that_of_a_vector_to_itself() -> None:
    assert ALIKE * 0.97 < likeness(of(HARBOUR), of(HARBOUR)) <= ALIKE


@settings(deadline=None)
@given(st.lists(statements, max_size=8))
def test_vectors_are_the_same_alone_and_among_others(many: list[list[str]]) -> None:
    found = vectors(many)
    assert found.tolist() == [vectors([own])[0].tolist() for own in many]
    assert cells(found) == [cells(row[None])[0] for row in found]


def test_vectors_are_the_same_when_the_words_that_are_kept_were_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    before = vectors([words(HARBOUR), words(TAX)]).tolist()
    monkeypatch.setattr(module, "_MOST_WORDS", 0)
    assert [vectors([words(text)])[0].tolist() for text in (HARBOUR, TAX)] == before


def test_vectors_cells_are_the_nearest() -> None:
    (own,) = cells(vectors([words(HARBOUR)]))
    assert len(own) == NEAREST
    (more,) = cells(vectors([[*words(HARBOUR), "today"]]))
    assert set(own) & set(more)


def test_vectors_lead_to_a_paraphrase_that_words_do_not_find() -> None:
    one, other = map(IndexedWording.of, (HARBOUR, FERRIES))
    assert not word_keys(one) & word_keys(other)
    assert not meaning_keys(one) & meaning_keys(other)
    ours, theirs = cell_keys(vectors([one.words, other.words]))
    assert ours & theirs


def test_vectors_keys_of_all_sorts_stand_in_the_index_but_a_short_wording_has_one() -> None:
    wordings = [IndexedWording.of(text) for text in (HARBOUR, "no comment", "…")]
    own = vectors([wording.words for wording in wordings])
    long, short, none = index_keys(wordings, own)
    assert long == word_keys(wordings[0]) | meaning_keys(wordings[0]) | cell_keys(own)[0]
    assert len(short) == 1
    assert not none


def test_vectors_are_the_same_in_every_process() -> None:
    code = (
        "from quotes.group.vectors import cells, vectors\nfrom quotes.text import words\n"
        f"found = vectors([words({HARBOUR!r})])\nprint(found[0].tolist(), cells(found)[0])"
    )
    found = vectors([words(HARBOUR)])
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == f"{found[0].tolist()} {cells(found)[0]}"
