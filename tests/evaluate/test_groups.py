from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.evaluate import SCORERS, JsonLines, read_lines
from quotes.evaluate.groups import score_groups

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from quotes.evaluate import Report

TEXT = "One two. Three four. Five six. Seven eight."
#       0         1         2         3         4
FIRST, SECOND, THIRD, FOURTH = [0, 7], [9, 19], [21, 29], [31, 42]


def gold(span: list[int], group: str | None, *, also: tuple[str, ...] = (), loose: bool = False) -> dict[str, Any]:
    return {"contents": [span], "group": group, "also": list(also), "group_loose": loose}


def row(number: int, span: list[int], *, claim: object = None, utterance: object = None) -> dict[str, Any]:
    article = {"id": 7, "path": "gold.jsonl/a.txt", "url": None}
    return {"id": number, "article": article, "contents": [span], "claim": claim, "utterance": utterance}


def score(attributions: list[dict], rows: list[dict]) -> Report:
    return SCORERS["groups"].score(
        JsonLines.of("gold", [{"id": "a", "text": TEXT, "attributions": attributions}]), JsonLines.of("rows", rows)
    )


def assert_as_the_reference(gold: Path, rows: Path, printed: str, *, conflicts: int = 0) -> None:
    figures = score_groups(read_lines(gold), read_lines(rows), conflicts=conflicts).figures
    assert printed.splitlines()[-1] == (
        f"groups: B-cubed P {figures['precision']:.3f} R {figures['recall']:.3f} F1 {figures['f1']:.3f} (bar 0.85) "
        f"over {figures['quotes']} quotes; conflict rows {figures['conflicts']} (bar: 2 or more)"
    )


def exported(rng: random.Random, predictions: list[dict]) -> list[dict]:
    """Each relation as an exported quote, put in a claim, an utterance or nothing at random."""
    rows = []
    found = [(document["id"], relation) for document in predictions for relation in document["attributions"]]
    for number, (name, relation) in enumerate(found, 1):
        article = rng.choice(
            [
                {"id": 1, "path": f"seeds/{name}.txt", "url": "http://example.org/x.html"},
                {"id": 1, "path": None, "url": f"http://example.org/{name}.html"},
                {"id": name},
            ]
        )
        claim = rng.choice([None, 0, rng.randint(1, 20), f"c{rng.randint(1, 5)}"])
        utterance = rng.choice([None, rng.randint(1, 20)])
        row = {"id": number, "article": article, "claim": claim, "utterance": utterance}
        rows.append({**row, "contents": relation["contents"]})
    return rows


@settings(deadline=None, max_examples=40)
@given(rng=st.randoms(use_true_random=False))
def test_groups_of_a_bad_extractor_are_the_references(rng, seeds, seeds_path, perturbed, write, reference):
    rows = write("export.jsonl", exported(rng, perturbed(rng, seeds)))
    assert_as_the_reference(seeds_path, rows, reference("score_groups", seeds_path, rows))


def test_groups_of_the_gold_groups_themselves_are_the_references(seeds, seeds_path, write, reference):
    rows = [
        {"id": n, "article": {"id": document["id"]}, "contents": quote["contents"], "claim": quote["group"]}
        for n, (document, quote) in enumerate((d, q) for d in seeds for q in d["attributions"])
    ]
    path = write("perfect.jsonl", rows)
    assert_as_the_reference(seeds_path, path, reference("score_groups", seeds_path, path))


def test_groups_of_no_quotes_are_the_references(seeds_path, write, reference):
    rows = write("nothing.jsonl", [])
    assert_as_the_reference(seeds_path, rows, reference("score_groups", seeds_path, rows))


def test_groups_count_the_lines_of_conflicts_as_the_reference(seeds_path, write, reference):
    rows, conflicts = write("nothing.jsonl", []), write("conflicts.jsonl", [{"utterance": 1}, {"utterance": 2}])
    assert_as_the_reference(seeds_path, rows, reference("score_groups", seeds_path, rows, conflicts), conflicts=2)


def test_groups_average_over_quotes_what_their_companions_share():
    attributions = [gold(FIRST, "x"), gold(SECOND, "x"), gold(THIRD, "y"), gold(FOURTH, None)]
    rows = [row(1, FIRST, claim=1), row(2, SECOND, claim=2), row(3, THIRD, claim=2), row(4, FOURTH)]
    # precision: 1, 1/2, 1/2, 1; recall: 1/2, 1/2, 1, 1
    assert score(attributions, rows).figures == {
        "precision": 0.75,
        "recall": 0.75,
        "f1": 0.75,
        "quotes": 4,
    }


def test_groups_take_the_utterance_where_there_is_no_claim():
    attributions = [gold(FIRST, "x"), gold(SECOND, "x")]
    assert score(attributions, [row(1, FIRST, utterance=5), row(2, SECOND, utterance=5)]).figures["recall"] == 1.0


def test_groups_count_a_statement_of_several_parts_where_its_company_is():
    attributions = [gold(FIRST, "x", also=("y",)), gold(SECOND, "y")]
    assert score(attributions, [row(1, FIRST, claim=1), row(2, SECOND, claim=1)]).figures["precision"] == 1.0


def test_groups_leave_out_loose_quotes():
    assert score([gold(FIRST, "x", loose=True)], [row(1, FIRST)]).figures["quotes"] == 0


def test_groups_list_what_was_missed_split_and_mixed():
    attributions = [gold(FIRST, "x"), gold(SECOND, "x"), gold(THIRD, "y"), gold(FOURTH, "z")]
    rows = [row(1, FIRST, claim=1), row(2, SECOND, claim=2), row(3, THIRD, claim=2)]
    assert [(e.error, e.words, e.gold, e.predicted) for e in score(attributions, rows).errors] == [
        ("missed", "Seven eight", "z", None),
        ("split", "One two", "x", "1, of 1, 2"),
        ("split", "Three four", "x", "2, of 1, 2"),
        ("mixed", "Three four", "x", "2, which holds x, y"),
        ("mixed", "Five six", "y", "2, which holds x, y"),
    ]


@pytest.mark.parametrize(
    "article", [{"path": "in/b.txt", "id": 1}, {"path": None, "url": "http://b.org/b", "id": 1}, {"id": "b"}]
)
def test_groups_warn_of_articles_that_the_gold_lacks(article):
    report = score([gold(FIRST, "x")], [{**row(1, FIRST), "article": article}])
    assert report.warnings == ("1 exported articles are not in the gold file.",)
