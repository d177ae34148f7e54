"""Utterances and claims of all quotes at once."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING

from quotes.group.cluster import Edge, Node, group
from quotes.group.sets import Sets
from quotes.store.groups.aggregates import write_every_claim
from quotes.store.groups.decisions import decided
from quotes.store.groups.regroup import JOINING, regroup

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from sqlite3 import Connection

    from quotes.store.groups.wordings import Wordings

_EDGES = "SELECT a, b, kind, score, contradiction IS NOT NULL, linked FROM edge WHERE"


def assign(conn: Connection, wordings: Wordings) -> None:
    """Give every quote its utterance and claim, and count these; then again those that people decided about."""
    utterances: dict[int, int] = {}
    claims: dict[int, int] = {}
    placing: list[tuple[int, int, int]] = []
    for nodes, edges, parts in _hanging_together(conn, wordings):
        groups = group(nodes, edges)
        utterances |= groups.utterance
        claims |= groups.claim
        placing += [(int(pair in groups.placed), *pair) for pair, linked in parts if linked != (pair in groups.placed)]
    conn.executemany("UPDATE edge SET linked = ? WHERE a = ? AND b = ?", placing)
    rows = ((utterances.get(node, node), claims.get(node, node), quote) for quote, node in _nodes(wordings))
    conn.executemany("UPDATE quote SET utterance_id = ?, claim_id = ? WHERE id = ?", rows)
    write_every_claim(conn)
    decisions = decided(conn)
    touched = {quote for pair in chain(decisions.together, decisions.apart) for quote in pair}
    if touched:
        regroup(conn, touched)


def _hanging_together(
    conn: Connection, wordings: Wordings
) -> Iterator[tuple[list[Node], list[Edge], list[tuple[tuple[int, int], bool]]]]:
    """What edges connect, a component at a time, with the parts of statements in it and whether these are placed."""
    joining = [(_node(wordings, a), _node(wordings, b), *rest) for a, b, *rest in conn.execute(f"{_EDGES} {JOINING}")]
    sets = Sets({number for a, b, *_ in joining if a != b for number in (a, b)})
    for a, b, *_ in joining:
        if a != b:
            sets.join(a, b)
    edges: defaultdict[int, list[Edge]] = defaultdict(list)
    parts: defaultdict[int, list[tuple[tuple[int, int], bool]]] = defaultdict(list)
    against = conn.execute(f"{_EDGES} contradiction IS NOT NULL AND NOT {JOINING}")
    for a, b, kind, score, contradicts, linked in chain(joining, against):
        if a != b and a in sets and b in sets and sets.find(a) == sets.find(b):
            edges[sets.find(a)].append(Edge(a, b, kind, score, contradicts=bool(contradicts)))
            if kind == "fragment" and not contradicts:
                parts[sets.find(a)].append(((a, b), bool(linked)))
    for root, numbers in sets.members().items():
        nodes = [_as_node(wordings, number) for number in numbers]
        yield nodes, edges.pop(root), parts.pop(root, [])


def _as_node(wordings: Wordings, number: int) -> Node:
    wording = wordings.known[wordings.firsts.get(number, number)]
    return Node(number, len(wording.words.split()), wording.fingerprint)


def _nodes(wordings: Wordings) -> Iterable[tuple[int, int]]:
    return ((quote, _node(wordings, quote)) for quote in sorted(chain(wordings.texts, wordings.firsts)))


def _node(wordings: Wordings, quote: int) -> int:
    """The quote that stands for a quote: the first of its wording, unless that is short."""
    first = wordings.firsts.get(quote, quote)
    return quote if wordings.is_short(first) else first
