"""Prints what the benchmarks measured (docs/benchmarks.json, by benchmarks/report.py) as tables, for cog."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


@cache
def _kept() -> dict[str, Any]:
    kept: dict[str, Any] = json.loads((Path(__file__).parent / "benchmarks.json").read_text(encoding="utf-8"))
    return kept


def _of(*sections: str, told: bool = True) -> Callable[[Callable[..., None]], Callable[[], None]]:
    """Prints a table of some sections, after a line that says what the first of them was measured on (`told`)."""

    def printing(table: Callable[..., None]) -> Callable[[], None]:
        def print_table() -> None:
            known = [_kept()[name] for name in sections if name in _kept()]
            if len(known) < len(sections):
                print("Not measured yet.")
                return
            if told:
                _tell(known[0]["machine"])
            table(*(section["figures"] for section in known))

        return print_table

    return printing


def _tell(machine: dict[str, Any]) -> None:
    packages = ", ".join(f"{name} {number}" for name, number in machine["packages"].items())
    busy = f"; {machine['load']:.0f} other processes wanted a core meanwhile" if machine["load"] >= 1 else ""
    print(
        f"Measured on {machine['day']}: {machine['processor']}, {machine['cores']} cores, {machine['memory_gb']} GB, "
        f"{machine['system'].partition(' ')[0]}, Python {machine['python']}, {packages}{busy}.\n"
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    print("| " + " | ".join(head) + " |")
    print("|---" + "|--:" * (len(head) - 1) + "|")
    for row in rows:
        print("| " + " | ".join(row) + " |")


@_of("speed")
def speed(rows: Any) -> None:  # noqa: ANN401 - JSON
    """Words a second of each step, beside the two limits."""
    words = {row["step"]: row["words"] for row in rows}
    floor, session = words["cut into pieces"], words["onnxruntime alone"]
    _table(
        ("step, on one core", "words a second", "of cutting into pieces", "of onnxruntime alone", "MB"),
        (
            (
                row["step"],
                f"{row['words']:,.0f}",
                f"{row['words'] / floor:.1%}",
                f"{row['words'] / session / _processes(row):.0%}" if row["step"].startswith(("model", "onnx")) else "",
                f"{row['megabytes']:,.0f}",
            )
            for row in rows
        ),
    )


def _processes(row: dict[str, Any]) -> int:
    return 2 if row["step"].endswith("two processes") else 1


@_of("engines")
def engines(runs: Any) -> None:  # noqa: ANN401 - JSON
    """Words a second of whole commands."""
    _table(
        ("engine", "processes", "words", "seconds", "words a second", "of a core's second", "MB of all"),
        (
            (
                run["engine"],
                str(run["workers"]),
                f"{run['words']:,}",
                f"{run['seconds']:.1f}",
                f"{run['words'] / run['seconds']:,.0f}",
                f"{run['words'] / run['processor']:,.0f}",
                f"{run['megabytes']:,}",
            )
            for run in runs
        ),
    )


_STEPS = {
    "read": "`quotes batch`",
    "read again": "the same again",
    "utterances": "`quotes batch group`",
    "load": "`quotes load`",
    "load again": "the same again",
    "add again": "`quotes add` of the same files",
    "group anew": "`quotes group`",
    "verify": "`quotes verify`",
}


@_of("growth")
def growth(runs: Any) -> None:  # noqa: ANN401 - JSON
    """What each step takes, by number of articles."""
    _table(
        ("", *(f"{run['articles']:,} articles" for run in runs)),
        ((name, *(_cost(run["steps"][step]["cost"]) for run in runs)) for step, name in _STEPS.items()),
    )


def _cost(cost: dict[str, float]) -> str:
    return f"{cost['processor']:,.{int(cost['processor'] < 10)}f} s · {cost['megabytes']:,.0f} MB"


@_of("growth", told=False)
def size(runs: Any) -> None:  # noqa: ANN401 - JSON
    """What came of each corpus, and how large it is."""
    counts = {"quote": "quotes", "speaker": "speakers", "utterance": "utterances", "claim": "claims", "edge": "edges"}
    sizes = {
        "texts": "the texts alone, MB",
        "parquet": "Parquet of articles and quotes, MB",
        "groups": "Parquet of utterances, MB",
        "database": "database, MB",
    }
    rows = [("words", *(f"{run['words']:,}" for run in runs))]
    rows += [(name, *(f"{run['counts'][table]:,}" for run in runs)) for table, name in counts.items()]
    rows += [(name, *(f"{run['megabytes'][kind]:,.1f}" for run in runs)) for kind, name in sizes.items()]
    rows += [("copying the database, s", *(f"{run['copy_seconds']:.2f}" for run in runs))]
    rows += [("`quotes serve` until its first page, ms", *(f"{run['pages']['until the first']:,.0f}" for run in runs))]
    rows += [
        (f"{page} page, ms", *(f"{run['pages'][page]:,.0f}" for run in runs))
        for page in ("start", "search", "speaker", "claim")
    ]
    rows += [("`quotes serve`, MB", *(f"{run['pages']['megabytes']:,}" for run in runs))]
    _table(("", *(f"{run['articles']:,} articles" for run in runs)), rows)


@_of("start")
def start(found: Any) -> None:  # noqa: ANN401 - JSON
    """Look-ups as whole processes."""
    nothing, click = found["python -c pass"], found["import click"]
    rows = [("", "`python -c pass`", f"{nothing:.3f}", "1.0", ""), ("", "`import click`", f"{click:.3f}", "", "1.0")]
    rows += [
        (
            f"{row['quotes']:,}",
            f"`quotes {row['command']}`",
            f"{row['seconds']:.3f}",
            f"{row['seconds'] / nothing:.1f}",
            f"{row['seconds'] / click:.1f}",
        )
        for row in found["look-ups"]
    ]
    _table(("quotes", "command", "seconds", "of doing nothing", "of importing click"), rows)


@_of("pages")
def pages(rows: Any) -> None:  # noqa: ANN401 - JSON
    """Pages over HTTP, by number of quotes."""
    names = list(rows[0]["pages"])
    _table(
        ("quotes", "database, MB", *(f"{name}, ms" for name in names)),
        (
            (
                f"{row['quotes']:,}",
                f"{row['megabytes']:,.0f}",
                *(_answers(row["pages"][name]) for name in names),
            )
            for row in rows
        ),
    )


def _answers(page: dict[str, float]) -> str:
    late = f", {page['late']} too late" if page["late"] else ""
    return f"{page['median']:.0f} ({page['95 %']:.0f}{late})"


_ARTICLES, _WORDS, _QUOTES = 200_000_000, 805, 26
"""How many articles the paper is about; words and quotes of one (PolNeAR's development part)."""


@_of("engines", "growth")
def paper(engines: Any, growth: Any) -> None:  # noqa: ANN401 - JSON
    """From the measured figures to two hundred million articles."""
    read = next(run for run in engines if (run["engine"], run["workers"]) == ("local", 1))
    run = growth[-1]
    quotes = run["counts"]["quote"]
    rate = read["words"] / read["processor"]
    grouping, loading = (1000 * run["steps"][step]["cost"]["processor"] / quotes for step in ("utterances", "load"))
    hours = _ARTICLES * _WORDS / rate / 3600
    _table(
        ("", "measured", "200 million articles"),
        (
            ("`quotes batch`, one process", f"{rate:,.0f} words a core's second", f"{hours:,.0f} core-hours"),
            (
                f"`quotes batch group`, at {run['articles']:,} articles",
                f"{grouping:.1f} ms of a core, a quote",
                f"{_ARTICLES * _QUOTES * grouping / 3.6e6:,.0f} core-hours",
            ),
            (
                f"`quotes load`, at {run['articles']:,} articles",
                f"{loading:.1f} ms of a core, a quote",
                f"{_ARTICLES * _QUOTES * loading / 3.6e6:,.0f} core-hours, if one file could hold them",
            ),
        ),
    )
