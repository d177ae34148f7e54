import gzip
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.group.compare import compare

CORPUS = Path(__file__).parents[3] / "shared" / "corpora" / "quote-variants-dev.jsonl.gz"


def changes(a, b):
    return [(c.kinds, c.before, c.after) for c in compare(a, b).changes]


@pytest.mark.parametrize(
    ("a", "b", "edge"),
    [
        ("The road is closed.", "“the road is closed”", "identical"),
        ("The road — all of it — is closed", "The road, all of it, is closed.", "identical"),
        ("We [the council] will close the road", "We, the council, will close the road", "identical"),
        ("We will close the old road today", "We will close the road today", "near"),
        ("We will close the old road today", "We will shut the old road today", "near"),
        (
            "the bridge must be closed at once",
            "I told the council that the bridge must be closed at once, and nobody there listened to me at all",
            "fragment",
        ),
        ("closed roads", "We were told that all closed roads would open in the early morning of Friday", None),
        ("The road is closed.", "Nobody was hurt in the fire.", None),
        ("", "The road is closed.", None),
        ("…", "!", None),
        ("We lost 1 000 men", "We lost 1,000 men", "identical"),
        ("We lost five men", "We lost 5 men", "near"),
    ],
)
def test_two_wordings_are_linked_by_what_they_share(a, b, edge):
    assert compare(a, b).edge == edge
    assert compare(b, a).edge == edge


def test_changes_are_told_as_printed():
    assert changes("We will not close the Old road today", "We will close the new road very soon, today") == [
        (("negation", "cut"), "not", ""),
        (("substitution",), "Old", "new"),
        (("addition",), "", "very soon"),
    ]


@pytest.mark.parametrize(
    ("a", "b", "matters"),
    [
        ("we found that 5 people died there", "we found that 50 people died there", ("number",)),
        ("we found that five people died there", "we found that fifty people died there", ("number",)),
        ("they will attack the town at dawn", "they will not attack the town at dawn", ("negation",)),
        ("they can win the race at home", "they can’t win the race at home", ("negation",)),
        ("they would’ve won the race at home", "they may’ve won the race at home", ("modal",)),
        ("they will win the race at home", "they may win the race at home", ("modal",)),
        ("we know that Hale won the race", "we know that Diaz won the race", ("name",)),
        ("we know that she won the race", "we know that he won the race", ()),
    ],
)
def test_a_change_that_may_turn_the_meaning_round_is_flagged(a, b, matters):
    found = compare(a, b)
    assert found.edge == "near"
    assert tuple(sorted({matter for change in found.changes for matter in change.matters})) == matters
    assert found.contradicts is bool(matters)


def test_what_a_longer_quote_says_besides_is_no_change():
    a = "the bridge must be closed at once"
    assert changes(a, "I told the whole council that the bridge must be closed at once") == []
    assert changes(a, "I told the whole council that the bridge must not be closed at once") == [
        (("negation", "addition"), "", "not")
    ]


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_two_texts_can_be_compared_in_either_order(a, b):
    found = compare(a, b)
    assert 0.0 <= found.score <= 1.0
    assert compare(b, a).score == pytest.approx(found.score, abs=0.34)


@pytest.mark.skipif(not CORPUS.exists(), reason="needs the corpora beside the project")
def test_swapped_numbers_names_negations_and_modals_are_never_linked_without_a_flag():
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        pairs = [json.loads(line) for line in lines]
    texts = sorted({pair[side] for pair in pairs for side in "ab" if 8 <= len(pair[side].split()) <= 80})
    swaps = [
        (r"\d[\d,.]*", lambda m: f"7{m.group()}"),
        (r"\b(?:is|are|was|were|will|would|should|have|has)\b(?! not|n|['’])", lambda m: f"{m.group()} not"),
        (r" not\b(?! only)", lambda _: ""),
        (r"\b(?:will|would|could|should|must)\b(?!n)", lambda _: "might"),
        (r"(?<=[a-z] )[A-Z][a-z]{3,}", lambda _: "Wellington"),
        (r"\bwill\b", lambda _: "would"),
        (r"\bcan\b", lambda _: "could"),
        (r"\b(?:two|three|four|five|six|seven|ten)\b", lambda _: "eleven"),
        (r"\bmillion\b", lambda _: "billion"),
        (r"\bpercent\b", lambda _: "percentage points"),
        (r"\bdollars\b", lambda _: "euros"),
        (r"\b(\w+)n[’']t\b", lambda m: {"ca": "can", "wo": "will"}.get(m[1], m[1])),
        (r"\b(is|are|was|were)\b(?! no)", lambda m: f"{m[0]} no longer"),
        (r"\bno\b", lambda _: "some"),
        (r"\bwith\b", lambda _: "without"),
        (r"\bmore\b", lambda _: "less"),
    ]
    changed = [
        (text, swapped)
        for text in texts
        for pattern, new in swaps
        if (swapped := re.sub(pattern, new, text, count=1)) != text
    ]
    assert len(changed) >= 200
    linked = [(a, b, compare(a, b)) for a, b in changed]
    assert [(a, b) for a, b, found in linked if found.edge and not found.contradicts] == []
