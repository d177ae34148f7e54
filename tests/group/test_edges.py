"""What grouping decides of two wordings; the texts are made up."""

import gzip
import json
import re
from pathlib import Path

import pytest

from quotes.group.edges import decide

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [
        ("The road is closed.", "“the road is closed”", "identical"),
        (
            "We will close the old mountain road to all heavy lorries from Monday morning until the end of the harvest",
            "We will close the old mountain road to heavy lorries from Monday morning until the end of the harvest",
            "near",
        ),
        (
            "the bridge over the northern river must be closed to lorries at once",
            "I told the council that the bridge over the northern river must be closed to lorries at once, and nobody",
            "fragment",
        ),
        ("The road is closed.", "Nobody was hurt in the fire at the mill.", None),
        ("", "The road is closed.", None),
        ("…", "!", None),
    ],
)
def test_edges_are_the_same_in_either_order(a, b, kind):
    assert [decide(a, b).kind, decide(b, a).kind] == [kind, kind]


def test_edges_of_settled_words_do_not_ask_the_meaning(monkeypatch):
    monkeypatch.setattr("quotes.group.meaning.score", lambda _: pytest.fail("asked"))
    assert decide("The road is closed.", "the road is closed").score == 1.0
    assert decide("", "The road is closed.").score == 0.0


def test_edges_tell_what_may_turn_the_meaning_round():
    a = "We found that 5 people died in the old mill on the northern bank of the river that night, and nobody helped"
    found = decide(a, a.replace("5", "50"))
    assert (found.kind, found.contradiction, found.suggested) == ("near", "number", False)


def test_edges_of_short_statements_in_other_words_are_only_suggested():
    found = decide("close the mountain road", "shut down the mountain road")
    assert found.kind is None


def test_edges_are_plain_values_in_json():
    record = decide("We go now", "we go now!").as_record()
    assert record == {"score": 1.0, "edge": "identical", "contradiction": None, "suggested": False}


def swapped(texts):
    swaps = [
        (r"\d[\d,.]*", lambda m: f"7{m.group()}"),
        (r"\b(?:is|are|was|were|will|would|should|have|has)\b(?! not|n|['’])", lambda m: f"{m.group()} not"),
        (r" not\b(?! only)", lambda _: ""),
        (r"\b(?:will|would|could|should|must)\b(?!n)", lambda _: "might"),
        (r"(?<=[a-z] )[A-Z][a-z]{3,}", lambda _: "Wellington"),
    ]
    changed = ((text, re.sub(pattern, new, text, count=1)) for text in texts for pattern, new in swaps)
    return [(a, b) for a, b in changed if a != b]


def read(name):
    with gzip.open(CORPORA / name, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest.mark.corpora
@pytest.mark.skipif(not CORPORA.exists(), reason="needs the corpora beside the project")
def test_edges_of_swapped_numbers_names_negations_and_modals_are_never_without_a_flag():
    pairs = read("quote-variants-dev.jsonl.gz")
    texts = sorted({pair[side] for pair in pairs for side in "ab" if 8 <= len(pair[side].split()) <= 80})
    changed = swapped(texts)[::3]
    assert len(changed) >= 200
    assert [(a, b) for a, b in changed if (found := decide(a, b)).kind and not found.contradiction] == []


@pytest.mark.corpora
@pytest.mark.skipif(not CORPORA.exists(), reason="needs the corpora beside the project")
def test_edges_join_reworded_quotes_and_little_else():
    pairs = read("quote-variants-dev.jsonl.gz")
    joined = [(pair["label"], decide(pair["a"], pair["b"]).kind is not None) for pair in pairs]
    right = sum(label == 1 for label, together in joined if together)
    assert right >= 0.97 * sum(together for _, together in joined)
    assert right >= 0.95 * sum(label == 1 for label, _ in joined)


@pytest.mark.corpora
@pytest.mark.skipif(not CORPORA.exists(), reason="needs the corpora beside the project")
def test_edges_rank_claims_in_other_words_above_what_is_only_related():
    pairs = read("claim-pairs-dev.jsonl.gz")
    found = [(pair["label"] in ("same", "partial"), decide(pair["a"], pair["b"])) for pair in pairs]
    ranked = [right for right, _ in sorted(found, key=lambda one: -one[1].score)]
    hits = [sum(ranked[:place]) / place for place, right in enumerate(ranked, start=1) if right]
    assert sum(hits) / len(hits) >= 0.68
    joined = [right for right, edge in found if edge.kind]
    assert sum(joined) >= 0.87 * len(joined)
    assert sum(joined) >= 0.2 * sum(right for right, _ in found)
