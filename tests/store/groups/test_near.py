"""Pairs of near wordings: few of very many are compared, and no contradiction is missed for it."""

from __future__ import annotations

import random
from itertools import combinations

import pytest

from quotes.group.cluster import Edge, Node, group
from quotes.store.groups.near import Batch, Found, compare

WORDS = "money for new tram lines in the eastern districts of the town before the long summer began".split()


def wordings(*beginnings: str) -> dict[int, str]:
    """Of each beginning as many wordings as WORDS can be put with one of them left out."""
    texts = (
        " ".join((beginning, *WORDS[:place], *WORDS[place + 1 :]))
        for beginning in beginnings
        for place in range(len(WORDS))
    )
    return dict(enumerate(texts, 1))


def compared(texts: dict[int, str], seed: int) -> tuple[Found, list[set[str]]]:
    """What is found of all pairs in some order, and the third words of each utterance."""
    order = list(texts)
    random.Random(seed).shuffle(order)
    pairs = list(combinations(order, 2))
    found = compare(Batch(pairs, texts, [0.0] * len(pairs)))
    nodes = [Node(number, len(text.split()), str(number)) for number, text in texts.items()]
    edges = [Edge(a, b, edge.kind, edge.score, contradicts=bool(edge.contradiction)) for a, b, edge in found.edges]
    together: dict[int, set[str]] = {}
    for number, utterance in group(nodes, edges).utterance.items():
        together.setdefault(utterance, set()).add(texts[number].split()[2])
    return found, list(together.values())


def test_near_wordings_of_one_statement_are_one_by_few_of_their_pairs() -> None:
    texts = wordings("We gave him", "They gave him")
    found, utterances = compared(texts, seed=1)
    assert utterances == [{"him"}]
    assert len(found.edges) < 4 * len(texts) < len(texts) ** 2 / 4


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(
    ("beginnings", "one", "other"),
    [
        # what names nobody is near to both
        pytest.param(("We gave Smith", "We gave Jones", "We gave", "We gave"), "Smith", "Jones", id="names"),
        pytest.param(("We gave 5", "We gave 50", "We gave the"), "5", "50", id="numbers"),
        pytest.param(("It will bring us", "It will never bring us"), "bring", "never", id="negations"),
        pytest.param(("We will raise", "We will lower", "We will", "We will"), "raise", "lower", id="opposites"),
        pytest.param(("It is legal", "It is illegal", "It is", "It is"), "legal", "illegal", id="prefixes"),
    ],
)
def test_near_wordings_that_contradict_each_other_are_never_one(
    beginnings: tuple[str, ...], one: str, other: str, seed: int
) -> None:
    _, utterances = compared(wordings(*beginnings), seed)
    assert not [words for words in utterances if {one, other} <= words]
