"""From edges to utterances and claims, so that the order in which quotes arrive makes no difference.

Utterances are what identical and near edges connect, with the fragments of them: a fragment goes where the statement
that holds it is, and stays alone where it is a part of two different ones. Claims are utterances that paraphrases join,
the surest first, as long as more than half of the pairs across two claims are paraphrases: chains do not hold.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

from quotes.group.sets import Sets

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

    from quotes.group.link import Kind

_MORE_THAN = 0.5


@dataclass(frozen=True, slots=True)
class Node:
    """A wording, or a quote that stands for itself; `fingerprint` and `quote` order what is equally long."""

    quote: int
    length: float
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Edge:
    """Between the quotes `a` and `b` of two nodes; in a fragment `a` is the part."""

    a: int
    b: int
    kind: Kind
    score: float
    contradicts: bool = False


@dataclass(slots=True)
class Groups:
    """For each node's quote the first quote of its utterance and of its claim, and the fragments that found a place."""

    utterance: dict[int, int] = field(default_factory=dict)
    claim: dict[int, int] = field(default_factory=dict)
    placed: set[tuple[int, int]] = field(default_factory=set)


def group(
    nodes: Sequence[Node],
    edges: Sequence[Edge],
    *,
    together: Iterable[tuple[int, int]] = (),
    apart: Iterable[tuple[int, int]] = (),
) -> Groups:
    """Utterances and claims of nodes; `together` and `apart` are what people decided, by the nodes' quotes.

    What people set apart is joined by no edge, neither directly nor through others.
    """
    by_quote = {node.quote: node for node in nodes}
    parted = _both_ways(apart)
    cores = Sets(by_quote)
    _join_near(cores, edges, by_quote, parted)
    placed = _join_fragments(cores, edges, by_quote, parted)
    claims = _join_claims(cores, edges, by_quote, together=together, parted=parted)
    return Groups(
        utterance={quote: cores.find(quote) for quote in by_quote},
        claim={quote: claims.find(quote) for quote in by_quote},
        placed=placed,
    )


def _both_ways(pairs: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    found: defaultdict[int, set[int]] = defaultdict(set)
    for a, b in pairs:
        found[a].add(b)
        found[b].add(a)
    return found


def _order(edge: Edge, by_quote: Mapping[int, Node]) -> tuple[Hashable, ...]:
    """The highest score first; what is equal is ordered by the wordings, not by the numbers of quotes."""
    return (-edge.score, *sorted((by_quote[edge.a].fingerprint, by_quote[edge.b].fingerprint)))


def _join_near(
    cores: Sets, edges: Sequence[Edge], by_quote: Mapping[int, Node], parted: Mapping[int, set[int]]
) -> None:
    """Kruskal's way, refusing what would put a contradiction or what people set apart into one utterance."""
    against = _against([edge for edge in edges if edge.kind == "near"], parted)
    joining = [edge for edge in edges if edge.kind in ("identical", "near") and not edge.contradicts]
    _join_in_order(cores, sorted(joining, key=lambda edge: _order(edge, by_quote)), against)


def _against(edges: Iterable[Edge], parted: Mapping[int, set[int]]) -> dict[int, set[int]]:
    """What each quote may not be joined with: what contradicts it, and what people set apart."""
    found = {quote: set(others) for quote, others in parted.items()}
    for edge in edges:
        if edge.contradicts:
            found.setdefault(edge.a, set()).add(edge.b)
            found.setdefault(edge.b, set()).add(edge.a)
    return found


def _join_in_order(cores: Sets, edges: Iterable[Edge], against: Mapping[int, set[int]]) -> None:
    members = cores.members()
    for edge in edges:
        a, b = sorted((cores.find(edge.a), cores.find(edge.b)), key=lambda root: len(members[root]))
        if a == b or _refused(members[a], b, cores, against):
            continue
        cores.join(a, b)
        members[cores.find(a)] = members.pop(a) + members.pop(b)


def _refused(members: Iterable[int], other: int, sets: Sets, against: Mapping[int, set[int]]) -> bool:
    return any(sets.find(foe) == other for member in members for foe in against.get(member, ()))


def _join_fragments(
    cores: Sets, edges: Sequence[Edge], by_quote: Mapping[int, Node], parted: Mapping[int, set[int]]
) -> set[tuple[int, int]]:
    """Each core goes to the one core that is no part of another and holds it, if there is just one."""
    members = cores.members()
    against = _against([edge for edge in edges if edge.kind in ("near", "fragment")], parted)
    size = {
        root: max((by_quote[q].length, by_quote[q].fingerprint) for q in quotes) for root, quotes in members.items()
    }
    holders: defaultdict[int, set[int]] = defaultdict(set)
    fragments = [edge for edge in edges if edge.kind == "fragment" and not edge.contradicts]
    for edge in fragments:
        a, b = sorted((cores.find(edge.a), cores.find(edge.b)), key=lambda root: size[root])
        if a != b and not _refused(members[a], b, cores, against):
            holders[a].add(b)
    tops: dict[int, frozenset[int]] = {}
    # the longest first: of two parts of one statement that contradict each other it is the one that goes there
    for root in sorted(members, key=lambda root: size[root], reverse=True):
        tops[root] = frozenset().union(*(tops[holder] for holder in holders[root])) or frozenset((root,))
        home = next(iter(tops[root]))
        if home == root or len(tops[root]) > 1:
            continue
        if _refused(members[root], cores.find(home), cores, against):
            tops[root] = frozenset((root,))
        else:
            cores.join(root, home)
    return {(edge.a, edge.b) for edge in fragments if cores.find(edge.a) == cores.find(edge.b)}


def _join_claims(
    utterances: Sets,
    edges: Sequence[Edge],
    by_quote: Mapping[int, Node],
    *,
    together: Iterable[tuple[int, int]],
    parted: Mapping[int, set[int]],
) -> Sets:
    members = utterances.members()
    against: defaultdict[int, set[int]] = defaultdict(set)
    for quote, others in parted.items():
        for other in others:
            against[utterances.find(quote)].add(utterances.find(other))
    scores: dict[tuple[int, int], float] = {}
    for edge in edges:
        a, b = sorted((utterances.find(edge.a), utterances.find(edge.b)))
        if edge.contradicts:
            against[a].add(b)
            against[b].add(a)
        elif edge.kind == "paraphrase" and a != b:
            scores[a, b] = max(edge.score, scores.get((a, b), 0.0))
    claims = Sets(members)
    for a, b in together:
        claims.join(utterances.find(a), utterances.find(b))
    names = {root: min(by_quote[quote].fingerprint for quote in quotes) for root, quotes in members.items()}
    order = sorted(scores, key=lambda pair: (-scores[pair], *sorted((names[pair[0]], names[pair[1]]))))
    _join_by_average(claims, order, against)
    joined = Sets(quote for quotes in members.values() for quote in quotes)
    for root, quotes in members.items():
        for quote in quotes:
            joined.join(quote, claims.find(root))
    return joined


def _join_by_average(claims: Sets, order: Sequence[tuple[int, int]], against: Mapping[int, set[int]]) -> None:
    members, alike = claims.members(), set(order)
    for a, b in order:
        ours, theirs = claims.find(a), claims.find(b)
        if ours == theirs or _refused(members[ours], theirs, claims, against):
            continue
        across = list(product(members[ours], members[theirs]))
        paired = sum((min(pair), max(pair)) in alike for pair in across)
        if paired > _MORE_THAN * len(across):
            claims.join(ours, theirs)
            members[claims.find(ours)] = members.pop(ours) + members.pop(theirs)
