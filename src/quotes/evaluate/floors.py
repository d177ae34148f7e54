"""Floors: the figures that may not be lost, with the digest of the gold that they were measured on.

A floors file holds, for each scorer and gold file, the gold's digest, the extractor, and the lowest value that each
figure may take. Everything measured is deterministic, so there is no tolerance. Floors rise by `update_floors`;
lowering one takes a reason, which stays in the file's history. After trafilatura's `eval_gate.py`.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes.errors import EvaluationError, FloorMissed, InputMissing

if TYPE_CHECKING:
    from collections.abc import Mapping

    Floor = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What one run measured; `extractor` is None when the predictions came from a file."""

    scorer: str
    gold: Path
    digest: str
    extractor: str | None
    qualities: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Change:
    """What `update_floors` did: how many figures have a higher floor or a first one, and how many a lower or none."""

    raised: int
    lowered: int


def check_floors(path: Path, measured: Measured) -> None:
    """Raise FloorMissed unless the gold is the recorded one and no figure is below its floor."""
    floor = _find(_load(path), _key(path, measured))
    if floor is None:
        raise FloorMissed(f"{path} has no floors of {_name(measured)}; record them with --update-floors.")
    if floor["digest"] != measured.digest:
        raise FloorMissed(
            f"{path} was recorded on another {measured.gold} ({floor['digest']}, now {measured.digest}); restore the "
            'gold, or record floors on the new one with --update-floors --lower --reason "...".'
        )
    if measured.extractor and floor["extractor"] and floor["extractor"] != measured.extractor:
        raise FloorMissed(
            f"{path} has the floors of {_name(measured)} for the extractor {floor['extractor']}, not for "
            f"{measured.extractor}; add --extractor {floor['extractor']}, or keep other floors in a file of their own."
        )
    missed = [
        f"{name} is {_shown(measured.qualities.get(name))} (floor {least})"
        for name, least in floor["figures"].items()
        if _is_below(measured.qualities.get(name), least)
    ]
    if missed:
        raise FloorMissed(
            f"{_name(measured)} is below its floors in {path}: {', '.join(missed)}; mend what lowered it, or record "
            'why with --update-floors --lower --reason "...".'
        )


def update_floors(path: Path, measured: Measured, *, reason: str | None = None, today: str | None = None) -> Change:
    """Record what was measured as the new floors, in a new file where there is none.

    Without a reason, FloorMissed is raised, and nothing written, when a figure would be lowered or lost or the gold has
    changed. With one, what was and what is now is added to the history under `today` (an ISO date).
    """
    content = _load(path) if path.exists() else {"floors": [], "history": []}
    key = _key(path, measured)
    old = _find(content, key)
    figures = {name: value for name, value in measured.qualities.items() if value is not None}
    new: Floor = {
        "scorer": measured.scorer,
        "gold": key[1],
        "digest": measured.digest,
        "extractor": measured.extractor,
        "figures": figures,
    }
    before: Mapping[str, float] = old["figures"] if old else {}
    lowered = {
        name: [least, figures.get(name)] for name, least in before.items() if _is_below(figures.get(name), least)
    }
    if old and (lowered or old["digest"] != measured.digest):
        if not reason:
            raise FloorMissed(_refusal(path, measured, lowered))
        content["history"].append(_event(old, new, lowered, reason=reason, today=today))
    content["floors"] = sorted(
        [*(floor for floor in content["floors"] if floor is not old), new],
        key=lambda floor: (floor["gold"], floor["scorer"]),
    )
    try:
        path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise EvaluationError(f"{path} cannot be written ({reason}); name another file with --floors.") from error
    raised = sum(name not in before or value > before[name] for name, value in figures.items())
    return Change(raised, len(lowered))


def _load(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputMissing(f"{path} cannot be read ({reason}); check --floors, or add --update-floors.") from error
    except ValueError:
        content = None
    if not (isinstance(content, dict) and {"floors", "history"} <= content.keys()):
        raise EvaluationError(f"{path} is no floors file; restore it, or name another with --floors.")
    return content


def _key(path: Path, measured: Measured) -> tuple[str, str]:
    """The scorer, and the gold file as seen from the floors file, so that both may stand anywhere."""
    gold = os.path.relpath(measured.gold.resolve(), path.resolve().parent)
    return measured.scorer, Path(gold).as_posix()


def _find(content: Mapping[str, Any], key: tuple[str, str]) -> Floor | None:
    return next((floor for floor in content["floors"] if (floor["scorer"], floor["gold"]) == key), None)


def _is_below(value: float | None, least: float) -> bool:
    return value is None or value < least


def _shown(value: float | None) -> str:
    return "not measured" if value is None else str(value)


def _name(measured: Measured) -> str:
    return f"{measured.scorer} on {measured.gold}"


def _refusal(path: Path, measured: Measured, lowered: Mapping[str, list[float | None]]) -> str:
    if lowered:
        changes = ", ".join(f"{name} from {old} to {_shown(new)}" for name, (old, new) in lowered.items())
        why = f"would be lowered: {changes}"
    else:
        why = "were recorded on another gold"
    return f'{path}: floors of {_name(measured)} {why}; if that is meant, add --lower --reason "...".'


def _event(
    old: Floor, new: Floor, lowered: Mapping[str, list[float | None]], *, reason: str, today: str | None
) -> dict[str, Any]:
    changed = {name: [old[name], new[name]] for name in ("digest", "extractor") if old[name] != new[name]}
    return {
        "date": today or datetime.now(tz=UTC).date().isoformat(),
        "reason": reason,
        "scorer": new["scorer"],
        "gold": new["gold"],
        **changed,
        "figures": dict(lowered),
    }
