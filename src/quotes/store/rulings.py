"""What people's judgements of speakers say, taken together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from quotes.resolve.clusters import Ruling
from quotes.store import judgements

if TYPE_CHECKING:
    from collections.abc import Iterable
    from sqlite3 import Connection

    from quotes.store.judgements import Judgement

AT = " @ "
"""Between a name's key and the location of the article that a split holds for."""

PAIRS = ("same", "different", "apart")


@dataclass(frozen=True, slots=True)
class Rulings:
    """The judgements of speakers that are in force.

    `pairs` say who is one person, in the order in which that was decided. `splits` are names that mean another person
    in one article, by the key and the article's location. `names` and `qids` are by key, the last decision's; a QID of
    None is the decision that the person is none of the authority file's.
    """

    last: int
    pairs: tuple[Ruling, ...]
    splits: frozenset[tuple[str, str]]
    names: dict[str, str]
    qids: dict[str, str | None]

    def key(self, key: str, places: Iterable[str | None]) -> tuple[str, str | None]:
        """The key of the alias that a name in an article leads to, and the place if it is split off there."""
        place = next((place for place in places if place and (key, place) in self.splits), None)
        return (f"{key}{AT}{place}", place) if place else (key, None)


def rulings(conn: Connection, known: Rulings | None = None) -> Rulings:
    """Read them, unless those `known` are the last."""
    last = int(conn.execute("SELECT coalesce(max(id), 0) FROM judgement").fetchone()[0])
    if known is not None and known.last == last:
        return known
    found = judgements.in_force(conn, "speaker")
    return Rulings(
        last,
        tuple(_ruling(one) for one in found if one.decision in PAIRS),
        frozenset((one.a, one.b) for one in found if one.decision == "split" and one.b),
        {one.a: one.b for one in found if one.decision == "rename" and one.b},
        {one.a: one.b for one in found if one.decision == "qid"},
    )


def _ruling(judgement: Judgement) -> Ruling:
    return Ruling(cast("Ruling", judgement).decision, judgement.a, judgement.b)
