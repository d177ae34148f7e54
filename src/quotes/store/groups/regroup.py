"""Utterances and claims of quotes about which something has changed, and of all that hangs together with them."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from quotes.group.cluster import Edge, Node, group
from quotes.store.groups.aggregates import write_claims
from quotes.store.groups.decisions import decided
from quotes.store.groups.edges import indexed_wording
from quotes.store.sql import numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from sqlite3 import Connection, Row

    from quotes.group.cluster import Groups
    from quotes.store.groups.decisions import Decided

JOINING = """(
    (kind IN ('identical', 'near', 'paraphrase') AND linked)
    OR (kind = 'fragment' AND contradiction IS NULL AND method != 'short/1')
)"""
"""Of the table `edge`, those that may put quotes into one utterance or claim."""


def regroup(conn: Connection, quote_ids: Iterable[int], *, stale: Iterable[int | None] = ()) -> None:
    """Group these quotes anew with all that they hang together with; `stale` are claims that may have lost quotes."""
    decisions = decided(conn)
    nodes = _Nodes(conn, decisions)
    nodes.reach(quote_ids)
    if nodes.rows:
        groups = group(nodes.nodes(), nodes.edges(), together=nodes.together, apart=nodes.apart)
        stale = {*stale, *_assign(conn, nodes, groups)}
        _place_fragments(conn, nodes, groups)
        claims = set(groups.claim.values()) | _contradicted_by(conn, nodes)
        write_claims(conn, claims, stale={claim for claim in stale if claim is not None})
    else:
        write_claims(conn, set(), stale={claim for claim in stale if claim is not None})


class _Nodes:
    """What hangs together: wordings by their first quotes, and quotes that stand for themselves.

    A short quote stands for itself, and so does one that people took out of its own wording.
    """

    def __init__(self, conn: Connection, decisions: Decided) -> None:
        self._conn = conn
        self.rows: dict[int, Row] = {}
        self._edges: dict[tuple[int, int], Row] = {}
        self.alone: set[int] = set()
        self.alone = self._taken_out(decisions.apart)
        # the first quote of a wording may be taken out of it: the next one then answers for its edges
        self._heirs = self._inherited()
        self._firsts = {heir: first for first, heir in self._heirs.items()}
        self.together = [self._pair(*pair) for pair in decisions.together]
        self.apart = [parted for pair in decisions.apart for parted in self._parted(*pair)]
        self._decided: dict[int, set[int]] = {}
        for a, b in self.together:
            self._decided.setdefault(a, set()).add(b)
            self._decided.setdefault(b, set()).add(a)

    def reach(self, quote_ids: Iterable[int]) -> None:
        """Take in these quotes' nodes and, by all edges that may join, whatever hangs on them."""
        frontier = {self.node_of(row) for row in self._fetch(quote_ids)}
        while frontier:
            new = frontier - self.rows.keys()
            self.rows |= {row["id"]: row for row in self._fetch(new)}
            ids = numbers(self._firsts.get(quote, quote) for quote in new - self.alone)
            found = self._conn.execute(
                f"SELECT * FROM edge WHERE a IN ({ids}) AND {JOINING} "
                f"UNION SELECT * FROM edge WHERE b IN ({ids}) AND {JOINING}"
            ).fetchall()
            ends = set().union(*(self._decided.get(quote, ()) for quote in new))
            for edge in found:
                self._edges[edge["a"], edge["b"]] = edge
                ends |= set(self.ends(edge))
            frontier = {self.node_of(row) for row in self._fetch(ends - self.rows.keys())} - self.rows.keys()
        self.together = [pair for pair in self.together if set(pair) <= self.rows.keys()]
        self.apart = [pair for pair in self.apart if set(pair) <= self.rows.keys()]

    def nodes(self) -> list[Node]:
        """What is to be grouped."""
        return [
            Node(quote, len(indexed_wording(row["text"]).words), row["fingerprint"]) for quote, row in self.rows.items()
        ]

    def edges(self) -> list[Edge]:
        """Edges between nodes, with what speaks against joining any two of them."""
        ids = numbers(self._firsts.get(quote, quote) for quote in self.rows.keys() - self.alone)
        against = self._conn.execute(f"SELECT * FROM edge WHERE a IN ({ids}) AND contradiction IS NOT NULL")
        found = []
        for row in (*self._edges.values(), *against):
            a, b = self.ends(row)
            if a != b and {a, b} <= self.rows.keys():
                found.append(Edge(a, b, row["kind"], row["score"], contradicts=row["contradiction"] is not None))
        return found

    def fragments(self) -> Mapping[tuple[int, int], Row]:
        """The edges to parts, as they are stored."""
        return {pair: row for pair, row in self._edges.items() if row["kind"] == "fragment"}

    def node_of(self, row: Row) -> int:
        """The quote that stands for a quote."""
        if row["id"] in self.alone or indexed_wording(row["text"]).short:
            return int(row["id"])
        return int(row["first"])

    def ends(self, edge: Row) -> tuple[int, int]:
        """The nodes that an edge joins."""
        return self._heirs.get(edge["a"], edge["a"]), self._heirs.get(edge["b"], edge["b"])

    def _inherited(self) -> dict[int, int]:
        rows = self._fetch(self.alone)
        return {row["id"]: row["first"] for row in rows if row["first"] is not None and row["first"] > row["id"]}

    def _fetch(self, quote_ids: Iterable[int]) -> list[Row]:
        return self._conn.execute(
            "SELECT id, text, fingerprint, utterance_id, claim_id, "
            "(SELECT min(id) FROM quote AS same WHERE same.fingerprint = quote.fingerprint "
            f"AND id NOT IN ({numbers(self.alone)})) AS first "
            f"FROM quote WHERE id IN ({numbers(quote_ids)})"
        ).fetchall()

    def _taken_out(self, apart: Iterable[tuple[int, int]]) -> set[int]:
        prints = {row["id"]: row["fingerprint"] for row in self._fetch({quote for pair in apart for quote in pair})}
        return {a for a, b in apart if prints[a] == prints[b]}

    def _parted(self, a: int, b: int) -> list[tuple[int, int]]:
        """What two quotes stand for that people set apart: their wordings, also where one was taken out of its own."""
        rows = {row["id"]: row for row in self._fetch((a, b))}
        if rows[a]["fingerprint"] == rows[b]["fingerprint"]:
            return [(a, self.node_of(rows[b]))]
        return list(product(self._stands_for(rows[a]), self._stands_for(rows[b])))

    def _stands_for(self, row: Row) -> set[int]:
        short = indexed_wording(row["text"]).short
        return {self.node_of(row)} if short or row["first"] is None else {self.node_of(row), int(row["first"])}

    def _pair(self, a: int, b: int) -> tuple[int, int]:
        rows = {row["id"]: row for row in self._fetch((a, b))}
        return self.node_of(rows[a]), self.node_of(rows[b])


def _assign(conn: Connection, nodes: _Nodes, groups: Groups) -> set[int | None]:
    """Write each quote's utterance and claim; the claims that quotes have left."""
    left: set[int | None] = set()
    for quote, row in nodes.rows.items():
        new = (groups.utterance[quote], groups.claim[quote])
        if quote == row["first"] and quote not in nodes.alone and not indexed_wording(row["text"]).short:
            where, which = f"fingerprint = ? AND id NOT IN ({numbers(nodes.alone)})", row["fingerprint"]
        else:
            where, which = "id = ?", quote
        changed = f"{where} AND (utterance_id IS NOT ? OR claim_id IS NOT ?)"
        leaving = conn.execute(f"SELECT DISTINCT claim_id FROM quote WHERE {changed}", (which, *new))
        left |= {claim for (claim,) in leaving}
        conn.execute(f"UPDATE quote SET utterance_id = ?, claim_id = ? WHERE {changed}", (*new, which, *new))
    return left


def _place_fragments(conn: Connection, nodes: _Nodes, groups: Groups) -> None:
    for (a, b), row in nodes.fragments().items():
        linked = int(nodes.ends(row) in groups.placed)
        if linked != row["linked"]:
            conn.execute("UPDATE edge SET linked = ? WHERE a = ? AND b = ?", (linked, a, b))


def _contradicted_by(conn: Connection, nodes: _Nodes) -> set[int]:
    """Claims elsewhere that have nearly the words of one of these nodes, and say something else."""
    ids = numbers(nodes.rows)
    rows = conn.execute(
        "SELECT quote.claim_id FROM edge JOIN quote ON quote.id IN (edge.a, edge.b) "
        f"WHERE edge.contradiction IS NOT NULL AND (edge.a IN ({ids}) OR edge.b IN ({ids}))"
    )
    return {claim for (claim,) in rows if claim is not None}
