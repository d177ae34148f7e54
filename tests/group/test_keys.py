"""What wordings share in the index hangs on the wordings alone."""

from __future__ import annotations

import subprocess
import sys

import pytest

from quotes.group.keys import IndexedWording, contained_short_keys, meaning_keys, sentences, short_key, word_keys

STATEMENT = "The harbour will reopen to ferries once the damaged northern pier has been repaired by engineers"


def of(text: str) -> IndexedWording:
    return IndexedWording.of(text)


@pytest.mark.parametrize(
    ("text", "short"),
    [("artificial crises", True), ("no comment", True), ("we will not give up", True), ("", True), (STATEMENT, False)],
)
def test_keys_a_wording_of_few_words_is_short(text: str, short: bool) -> None:
    assert of(text).short is short


@pytest.mark.parametrize(
    "other",
    [
        STATEMENT.upper(),
        STATEMENT.replace("ferries", "passenger ferries"),
        STATEMENT.replace("by engineers", "by contractors"),
        "the damaged northern pier has been repaired",
    ],
)
def test_keys_near_wordings_and_parts_share_a_key(other: str) -> None:
    assert word_keys(of(STATEMENT)) & word_keys(of(other))


def test_keys_unlike_wordings_share_none() -> None:
    other = of("Taxes on sugar rise next spring, the treasury confirmed to reporters in a short note")
    assert not word_keys(of(STATEMENT)) & word_keys(other)
    assert not meaning_keys(of(STATEMENT)) & meaning_keys(other)


def test_keys_other_words_for_the_same_share_a_meaning_key() -> None:
    other = of("Ferries can use the harbour again as soon as repairs to the pier are done")
    assert not word_keys(of(STATEMENT)) & word_keys(other)
    assert meaning_keys(of(STATEMENT)) & meaning_keys(other)


def test_keys_lead_from_a_statement_to_the_short_wordings_in_it() -> None:
    assert short_key(of("northern pier").content) in contained_short_keys(of(STATEMENT))
    assert short_key(of("southern pier").content) not in contained_short_keys(of(STATEMENT))


def test_keys_are_the_same_in_every_process() -> None:
    code = (
        "from quotes.group.keys import IndexedWording, word_keys, meaning_keys\n"
        f"w = IndexedWording.of({STATEMENT!r})\nprint(sorted(word_keys(w) | meaning_keys(w)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(sorted(word_keys(of(STATEMENT)) | meaning_keys(of(STATEMENT))))


def test_keys_fit_what_sqlite_keeps() -> None:
    keys = word_keys(of(STATEMENT)) | meaning_keys(of(STATEMENT))
    assert all(-(2**63) <= key < 2**63 for key in keys)


def test_keys_sentences_end_at_their_marks() -> None:
    assert sentences("“We agreed.” Now it rains! Why?") == ["“We agreed", "Now it rains", "Why?"]
