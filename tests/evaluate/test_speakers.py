from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.evaluate import SCORERS, JsonLines, read_lines

if TYPE_CHECKING:
    from pathlib import Path

    from quotes.evaluate import Report

TEXT = "Ada King came. She said it works. A guard said no. I said yes."
#       0         1         2         3         4         5         6
SHE = {"cue_span": [19, 23], "source_span": [15, 18], "gold_name": "Ada King", "needs_link": True}
GUARD = {"cue_span": [42, 46], "source_span": [34, 41], "gold_name": None, "names_in_chain": []}
I_SAID = {"cue_span": [53, 57], "source_span": [51, 52], "gold_name": None, "first_person": True}

NAMES = [
    "Ada King", "King", "Ada", "Dr. Ada King", "the mathematician Ada King", "Ada King's", "Bob Ray", "Prime Minister",
    "a guard", "Guard", "he", "", None,
]  # fmt: skip


def score(*answers: dict) -> Report:
    return SCORERS["speakers"].score(
        JsonLines.of("gold", [{"id": "a", "text": TEXT, "items": [SHE, GUARD, I_SAID]}]),
        JsonLines.of("predictions", [{"id": "a", "attributions": list(answers)}]),
    )


def dumped(gold: Path, predictions: Path) -> str:
    return json.dumps(SCORERS["speakers"].score(read_lines(gold), read_lines(predictions)).figures)


def span(rng: random.Random) -> list[int]:
    start = rng.randrange(len(TEXT) - 1)
    return [start, rng.randint(start + 1, min(len(TEXT), start + 8))]


def item(rng: random.Random) -> dict:
    return {
        "cue_span": span(rng),
        "source_span": span(rng),
        "gold_name": rng.choice(NAMES),
        "names_in_chain": rng.choice([None, [], rng.sample(NAMES, 2)]),
        "first_person": rng.random() < 0.1,
        "second_person": rng.random() < 0.1,
        "needs_link": rng.random() < 0.5,
    }


def answer(rng: random.Random) -> dict:
    cues, sources = ([span(rng) for _ in range(rng.randrange(3))] for _ in range(2))
    return {"cues": cues, "sources": sources, "speaker": rng.choice(NAMES)}


@settings(deadline=None, max_examples=150)
@given(rng=st.randoms(use_true_random=False))
def test_speakers_are_the_references(rng, write, reference):
    documents = [{"id": f"d{n}", "text": TEXT, "items": [item(rng) for _ in range(rng.randrange(5))]} for n in range(3)]
    answers = [{"id": f"d{n}", "attributions": [answer(rng) for _ in range(rng.randrange(8))]} for n in range(1, 4)]
    gold, predictions = write("items.jsonl", documents), write("answers.jsonl", answers)
    assert dumped(gold, predictions) == reference("score_speakers", gold, predictions, "--json").strip()


@pytest.mark.corpora
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_speakers_of_a_corpus_are_the_references(seed, corpora, write, reference):
    rng, gold = random.Random(seed), corpora / "gum-speaker-dev.jsonl.gz"
    predictions = []
    for record in read_lines(gold).records:
        answers = []
        for item in record.data["items"]:
            names = [item["gold_name"], *(item["names_in_chain"] or []), "Dr Bob Ray", None]
            answers.append({"cues": [item["cue_span"]], "sources": [item["source_span"]], "speaker": rng.choice(names)})
        predictions.append({"id": record.data["id"], "attributions": rng.sample(answers, len(answers) * 3 // 4)})
    path = write("speakers.jsonl", predictions)
    assert dumped(gold, path) == reference("score_speakers", gold, path, "--json").strip()


def test_speakers_leave_out_the_first_person():
    assert score().figures["items"] == 2


def test_speakers_take_the_answer_at_the_cue_before_one_at_the_source():
    at_source = {"cues": [], "sources": [[15, 18]], "speaker": "Bob Ray"}
    at_cue = {"cues": [[19, 23]], "sources": [], "speaker": "Ada King"}
    assert score(at_source, at_cue).figures["named"] == {"n": 1, "recall": 100.0, "precision": 100.0}
    assert score(at_source).figures["needs_link"] == {"n": 1, "recall": 0.0, "precision": 0.0}


def test_speakers_without_an_answer_lower_recall_and_not_precision():
    unknown = {"cues": [[19, 23]], "sources": [], "speaker": None}
    assert score(unknown).figures["named"] == {"n": 1, "recall": 0.0, "precision": None}


@pytest.mark.parametrize(
    ("speaker", "right"),
    [(None, 100.0), ("a guard", 100.0), ("Guard", 100.0), ("Bob Ray", 0.0)],
)
def test_speakers_whom_nobody_names_must_not_get_anothers_name(speaker, right):
    report = score({"cues": [[42, 46]], "sources": [], "speaker": speaker})
    assert report.figures["unnamed"] == {"n": 1, "right": right}


def test_speakers_list_who_was_not_found_and_who_was_taken_for_another():
    report = score({"cues": [[19, 23]], "sources": [], "speaker": "Bob Ray"})
    assert [(e.error, e.spans, e.words, e.gold, e.predicted) for e in report.errors] == [
        ("speaker", ((15, 18),), "She", "Ada King", "Bob Ray"),
        ("missed", ((34, 41),), "A guard", None, None),
    ]
