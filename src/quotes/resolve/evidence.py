"""Whether two names are one person's, by the names and by what is known beyond them: roles, dates, an authority file.

Only strong evidence joins two names without asking. The rest is suggested, with a score and reasons.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from quotes.lexicon import countries
from quotes.resolve.identity import compare_names, conflicting
from quotes.resolve.roles import is_office, kind_of_office, plain_field

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_RANKS = frozenset("top senior high-ranking leading former ex then new mr mr. mrs mrs. ms ms. dr dr. miss".split())
_YEARS = 4
"""A role printed so many years apart still speaks for one person."""

_CLOSE = 0.55
"""Names that are at least so alike are one person's if a role agrees; below it they differ in a first or last name."""

_FEW = 5
"""A last name alone is only suggested for so many people."""


@dataclass(frozen=True, slots=True)
class DatedRole:
    """A role as printed, by its words that carry meaning, and the year of the article, if known."""

    words: frozenset[str]
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the bearer of a name; `qid` is the person's number in Wikidata."""

    name: str
    qid: str | None = None
    roles: frozenset[DatedRole] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Link:
    """Two names that are or may be one person's; `automatic` where nobody need be asked."""

    score: float
    automatic: bool
    reasons: tuple[str, ...]


def weigh(a: Known, b: Known) -> Link | None:
    """What speaks for one person behind two names, None where it is hardly likely."""
    if a.qid and b.qid:
        return Link(1.0, automatic=True, reasons=(f"both are {a.qid}",)) if a.qid == b.qid else None
    match = compare_names(*sorted((a.name, b.name)))
    if match.verdict == "different":
        return None
    if abroad := _of_different_countries(a.roles, b.roles):
        return Link(round(match.score / 2, 4), automatic=False, reasons=(*match.reasons, abroad))
    shared = shared_role(a.roles, b.roles)
    reasons = (*match.reasons, *([f"both are called {shared}"] if shared else ())) or ("the names agree",)
    if match.verdict == "same":
        return Link(round(match.score, 4), automatic=True, reasons=reasons)
    if not shared:
        return Link(round(match.score, 4), automatic=False, reasons=reasons)
    sure = match.score >= _CLOSE and not conflicting(a.name, b.name)
    return Link(round((1 + match.score) / 2, 4), automatic=sure, reasons=reasons)


def owner_of_last_name(
    bare: Known, bearers: Mapping[int, Sequence[Known]], *, together: bool = False
) -> tuple[int | None, dict[int, Link]]:
    """To whom of several people a last name alone leads (None where that is open), and what speaks for each.

    It leads to the only one whose role agrees with one printed with the last name; where several bear the name, the
    role must say more than "President". Without roles it leads to the only one who bears it at all, if one article
    quotes both, as `together` says.
    """
    alone = len(bearers) == 1
    links: dict[int, Link] = {}
    for number, known in bearers.items():
        roles = frozenset[DatedRole]().union(*(one.roles for one in known))
        if _of_different_countries(bare.roles, roles):
            continue
        reasons = ["only the last name is given", *(["nobody else bears it"] if alone else [])]
        shared = shared_role(bare.roles, roles, specific=not alone)
        if shared:
            reasons.append(f"both are called {shared}")
        elif alone and together:
            reasons.append("an article has both")
        links[number] = Link(
            0.9 if shared else 0.5 if alone else 0.4, bool(shared) or (alone and together), tuple(reasons)
        )
    sure = [number for number, link in links.items() if link.automatic]
    if len(sure) == 1:
        return sure[0], links
    asked = {number: replace(link, score=min(link.score, 0.6), automatic=False) for number, link in links.items()}
    return None, asked if len(bearers) <= _FEW or sure else {}


def shared_role(a: Iterable[DatedRole], b: Iterable[DatedRole], *, specific: bool = True) -> str | None:
    """A role that two people have in common at about one time, for people to read; None where there is none.

    It is the same office with the same further words, or with more of them on one side; a `specific` one has at least
    one such word in common, as the country of a minister.
    """
    found = [
        min(_plain(one.words), _plain(other.words), key=lambda words: (len(words), sorted(words)))
        for one in a
        for other in b
        if _at_one_time(one.year, other.year) and _agree(one.words, other.words, specific=specific)
    ]
    return max((" ".join(sorted(words)) for words in found), key=lambda text: (len(text), text), default=None)


def _agree(a: frozenset[str], b: frozenset[str], *, specific: bool) -> bool:
    one, other = _plain(a), _plain(b)
    offices = [{kind_of_office(word) for word in words if is_office(word)} for words in (one, other)]
    if not offices[0] & offices[1]:
        return False
    rest, further = ({word for word in words if not is_office(word)} for words in (one, other))
    if not rest or not further:
        return not specific
    return rest <= further or further <= rest


@lru_cache(maxsize=1 << 14)
def _plain(words: frozenset[str]) -> frozenset[str]:
    return frozenset(countries().get(word, plain_field(word)) for word in words) - _RANKS


def _at_one_time(a: int | None, b: int | None) -> bool:
    return a is None or b is None or abs(a - b) <= _YEARS


def _of_different_countries(a: Iterable[DatedRole], b: Iterable[DatedRole]) -> str | None:
    one, other = (frozenset(_countries(roles)) for roles in (a, b))
    if not one or not other or one & other:
        return None
    return f"one is of {' and '.join(sorted(one))}, the other of {' and '.join(sorted(other))}"


def _countries(roles: Iterable[DatedRole]) -> set[str]:
    return {countries()[word] for role in roles for word in role.words if word in countries()}
