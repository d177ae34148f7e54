"""Candidates for names from a service that speaks the OpenRefine reconciliation API, version 0.2.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quotes.errors import ServiceFailed
from quotes.model import QID

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PERSON = "Q5"
"""The type "human" in Wikidata."""

_BATCH = 20
_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """Whom a service holds to bear a name; `score` is the service's own, `sure` where it calls this the match."""

    id: str
    name: str
    score: float
    sure: bool
    description: str | None = None


def reconcile(
    url: str, names: Sequence[str], *, kind: str | None = PERSON, limit: int = 3
) -> Iterator[list[Candidate]]:
    """The candidates for each name, in its order, the best first.

    `kind` is the type asked for, None for any. Only the names are sent. Raises ServiceFailed.
    """
    for first in range(0, len(names), _BATCH):
        batch = names[first : first + _BATCH]
        asked = {"type": kind} if kind else {}
        queries = {f"q{number}": {"query": name, "limit": limit, **asked} for number, name in enumerate(batch)}
        answer = _ask(url, queries)
        for number in range(len(batch)):
            yield _candidates(answer.get(f"q{number}"), url)[:limit]


def _ask(url: str, queries: dict[str, dict[str, Any]]) -> dict[str, Any]:
    import httpx

    try:
        response = httpx.post(url, data={"queries": json.dumps(queries)}, timeout=_SECONDS, follow_redirects=True)
        response.raise_for_status()
        answer = response.json()
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise ServiceFailed(
            f"{url} does not answer as a reconciliation service ({error}): check the address."
        ) from error
    if not isinstance(answer, dict):
        raise _unlike(url)
    return answer


def _candidates(answer: object, url: str) -> list[Candidate]:
    if not isinstance(answer, dict) or not isinstance(answer.get("result"), list):
        raise _unlike(url)
    try:
        found = [
            Candidate(
                str(one["id"]),
                str(one["name"]),
                float(one["score"]),
                bool(one.get("match")),
                str(one["description"]) if one.get("description") else None,
            )
            for one in answer["result"]
        ]
    except (KeyError, TypeError, ValueError) as error:
        raise _unlike(url) from error
    if not all(QID.fullmatch(one.id) for one in found):
        raise ServiceFailed(f"{url} gives other numbers than Wikidata's: ask a service for Wikidata.")
    return sorted(found, key=lambda one: (not one.sure, -one.score, one.id))


def _unlike(url: str) -> ServiceFailed:
    return ServiceFailed(f"{url} does not answer in the form of the reconciliation API 0.2: check the address.")
