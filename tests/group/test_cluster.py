"""From edges to utterances and claims: what joins, and what never does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.group.cluster import Edge, Node, group

if TYPE_CHECKING:
    from quotes.group.link import Kind


def nodes(*lengths: int) -> list[Node]:
    """Nodes 1, 2, 3 … of these lengths."""
    return [Node(quote=i, length=length, fingerprint=f"f{i}") for i, length in enumerate(lengths, 1)]


def edge(a: int, b: int, kind: Kind, score: float = 0.9, *, contradicts: bool = False) -> Edge:
    return Edge(a, b, kind, score, contradicts=contradicts)


@pytest.mark.parametrize(
    ("lengths", "edges", "options", "utterances", "claims"),
    [
        pytest.param((9, 9), [], {}, [1, 2], [1, 2], id="alone"),
        pytest.param((9, 9, 9), [edge(1, 2, "near"), edge(2, 3, "near")], {}, [1, 1, 1], [1, 1, 1], id="near"),
        pytest.param(
            (9, 9, 9),
            [edge(1, 2, "near", 0.9), edge(2, 3, "near", 0.8), edge(1, 3, "near", contradicts=True)],
            {},
            [1, 1, 3],
            [1, 1, 3],
            id="a chain holds no contradiction",
        ),
        pytest.param((4, 9), [edge(1, 2, "fragment")], {}, [1, 1], [1, 1], id="a part goes to its statement"),
        pytest.param(
            (4, 9, 9), [edge(1, 2, "fragment"), edge(1, 3, "fragment")], {}, [1, 2, 3], [1, 2, 3], id="a part of two"
        ),
        pytest.param(
            (4, 9, 9),
            [edge(1, 2, "fragment"), edge(1, 3, "fragment"), edge(2, 3, "near")],
            {},
            [1, 1, 1],
            [1, 1, 1],
            id="a part of two wordings of one statement",
        ),
        pytest.param(
            (3, 6, 9),
            [edge(1, 2, "fragment"), edge(2, 3, "fragment"), edge(1, 3, "fragment")],
            {},
            [1, 1, 1],
            [1, 1, 1],
            id="a part of a part",
        ),
        pytest.param(
            (5, 9, 9),
            [edge(1, 2, "fragment"), edge(2, 3, "near"), edge(1, 3, "near", contradicts=True)],
            {},
            [1, 2, 2],
            [1, 2, 2],
            id="a part contradicts another wording of its statement",
        ),
        pytest.param(
            (3, 5, 6, 9),
            [
                edge(2, 4, "fragment"),
                edge(3, 4, "fragment"),
                edge(2, 3, "near", contradicts=True),
                edge(1, 2, "fragment"),
            ],
            {},
            [1, 1, 3, 3],
            [1, 1, 3, 3],
            id="two parts of one statement contradict each other",
        ),
        pytest.param((9, 9), [edge(1, 2, "paraphrase")], {}, [1, 2], [1, 1], id="paraphrases are one claim"),
        pytest.param(
            (9, 9, 9),
            [edge(1, 2, "paraphrase", 0.9), edge(2, 3, "paraphrase", 0.8)],
            {},
            [1, 2, 3],
            [1, 1, 3],
            id="a chain of paraphrases does not hold",
        ),
        pytest.param(
            (9, 9, 9),
            [edge(1, 2, "paraphrase"), edge(2, 3, "paraphrase", 0.8), edge(1, 3, "paraphrase", 0.7)],
            {},
            [1, 2, 3],
            [1, 1, 1],
            id="three that are all paraphrases",
        ),
        pytest.param((9, 9), [], {"together": [(1, 2)]}, [1, 2], [1, 1], id="people join"),
        pytest.param((9, 9), [edge(1, 2, "near")], {"apart": [(1, 2)]}, [1, 2], [1, 2], id="people part near words"),
        pytest.param((9, 9), [edge(1, 2, "paraphrase")], {"apart": [(1, 2)]}, [1, 2], [1, 2], id="people part a claim"),
        pytest.param(
            (9, 9, 9),
            [edge(1, 2, "near"), edge(2, 3, "near", 0.8)],
            {"apart": [(1, 3)]},
            [1, 1, 3],
            [1, 1, 3],
            id="parted by people, and through no other either",
        ),
    ],
)
def test_cluster_groups(
    lengths: tuple[int, ...], edges: list[Edge], options: dict[str, Any], utterances: list[int], claims: list[int]
) -> None:
    groups = group(nodes(*lengths), edges, **options)
    assert [groups.utterance[i] for i in sorted(groups.utterance)] == utterances
    assert [groups.claim[i] for i in sorted(groups.claim)] == claims


def test_cluster_tells_which_fragments_found_a_place() -> None:
    edges = [edge(1, 2, "fragment"), edge(3, 4, "fragment"), edge(3, 5, "fragment")]
    assert group(nodes(4, 9, 4, 9, 9), edges).placed == {(1, 2)}


kinds = st.sampled_from(["near", "fragment", "paraphrase"])


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[Node], list[Edge], list[int]]:
    size = draw(st.integers(2, 7))
    lengths = draw(st.lists(st.integers(4, 9), min_size=size, max_size=size))
    pairs = [(a, b) for b in range(1, size + 1) for a in range(1, b)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True))
    scores = st.sampled_from([0.6, 0.7, 0.8, 0.9])
    edges = [edge(a, b, draw(kinds), draw(scores), contradicts=draw(st.booleans())) for a, b in chosen]
    return nodes(*lengths), edges, draw(st.permutations(range(1, size + 1)))


@given(graphs())
def test_cluster_does_not_hang_on_the_numbers_of_quotes(graph: tuple[list[Node], list[Edge], list[int]]) -> None:
    own, edges, numbers = graph
    new = dict(enumerate(numbers, 1))
    moved = [Node(new[node.quote], node.length, node.fingerprint) for node in own]
    turned = [
        Edge(min(new[e.a], new[e.b]), max(new[e.a], new[e.b]), e.kind, e.score, contradicts=e.contradicts)
        for e in reversed(edges)
    ]
    before, after = group(own, edges), group(moved, turned)
    for ours, theirs in ((before.utterance, after.utterance), (before.claim, after.claim)):
        together = {(a, b) for a in ours for b in ours if ours[a] == ours[b]}
        assert together == {(a, b) for a in ours for b in ours if theirs[new[a]] == theirs[new[b]]}
