"""Every benchmark in one command: its figures to docs/benchmarks.json, drawn in docs/benchmarks/*.svg.

    make benchmark
    .venv/bin/python benchmarks/report.py [SOURCE] [--sections speed ...] [--articles 1000 10000] [--folder FOLDER]
    .venv/bin/python benchmarks/report.py --draw

SOURCE, by default the articles in seeds/, is what the others measure on and what corpora are made of. The tables of
docs/benchmarks.md are made of the figures (`make docs`). A section that is measured again replaces what was known of
it; the others stay. Runs of many articles are kept in FOLDER and go on where they were stopped. `--draw` measures
nothing.

    speed       words a second of each step of reading on one core, beside cutting into pieces and onnxruntime alone
    engines     words a second of whole commands, by engine and number of processes
    growth      a made-up corpus of each number of articles all the way (full_run.py)
    start       look-ups as whole processes, beside a Python that does nothing (lookup_cold_start.py)
    pages       pages over HTTP by number of quotes, beside an empty page (pages.py)
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import corpus
import full_run
from measuring import QUOTES, cost_of, machine

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.axes import Axes

ROOT = Path(__file__).parent.parent
HERE = Path(__file__).parent
DOCS = ROOT / "docs"
KEPT = DOCS / "benchmarks.json"
ENGINES = (("local", 1), ("local", 2), ("ray", 1), ("ray", 2))
_WORDS = 60_000
_SHARDS = 8


def told(script: str, *arguments: object) -> Any:  # noqa: ANN401 - JSON
    """What another benchmark prints as JSON."""
    command = [sys.executable, str(HERE / script), *map(str, arguments), "--json"]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)


def speed(source: Path) -> Any:  # noqa: ANN401 - JSON
    """Words a second of each step."""
    return told("extraction.py", source)


def engines(source: Path) -> list[dict[str, Any]]:
    """What `quotes batch` takes for some of the source's articles, start and end of all processes included."""
    with tempfile.TemporaryDirectory() as made:
        folder, known = Path(made), corpus.paragraphs_of(source)
        length = sum(len(line.split()) for own in known for line in own) / len(known)
        number = max(_SHARDS, round(_WORDS / length))
        corpus.write(source, folder / "in", number, shard=-(-number // _SHARDS))
        found = []
        for engine, workers in ENGINES:
            out = f"{engine}{workers}"
            options = ["--engine", engine, "--workers", str(workers), "--json"]
            cost, printed = cost_of([*QUOTES, "batch", "in", "--out", out, *options], folder=folder)
            words = json.loads(printed.splitlines()[-1])["words"]
            found.append({"engine": engine, "workers": workers, "words": words, **asdict(cost)})
        return found


def growth(source: Path, sizes: list[int], folder: Path) -> list[dict[str, Any]]:
    """A corpus of each size all the way."""
    return [full_run.go(source, folder / str(size), size) for size in sizes]


def start() -> Any:  # noqa: ANN401 - JSON
    """Look-ups as whole processes."""
    return told("lookup_cold_start.py")


def pages(sizes: list[int], folder: Path) -> list[Any]:
    """Pages by number of quotes; the databases stay in the folder."""
    return [told("pages.py", "--quotes", size, "--database", folder / f"pages-{size}.db") for size in sizes]


def draw(figures: dict[str, Any]) -> None:
    """The plots of what is known."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams.update({
        "svg.hashsalt": "quotes", "svg.fonttype": "none", "font.size": 9, "axes.spines.top": False,
        "axes.spines.right": False, "axes.grid": True, "grid.alpha": 0.3, "axes.axisbelow": True,
    })  # fmt: skip
    if "speed" in figures:
        runs = figures.get("engines", {"figures": []})["figures"]
        _drawn("speed", partial(_draw_speed, figures["speed"]["figures"], runs))
    if "growth" in figures:
        _drawn("growth", partial(_draw_growth, figures["growth"]["figures"]))
    if "pages" in figures:
        _drawn("pages", partial(_draw_pages, figures["pages"]["figures"]))


def _drawn(name: str, plot: Callable[[Axes], None]) -> None:
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(7, 3.2), layout="constrained")
    plot(axes)
    (DOCS / "benchmarks").mkdir(exist_ok=True)
    figure.savefig(DOCS / "benchmarks" / f"{name}.svg", metadata={"Date": None})
    plt.close(figure)


def _draw_speed(steps: list[dict[str, Any]], runs: list[dict[str, Any]], axes: Axes) -> None:
    limits = ("cut into pieces", "onnxruntime alone")
    rows = [(step["step"], step["words"], step["step"] in limits) for step in steps if "textacy" not in step["step"]]
    rows += [(f"quotes batch, {run['engine']}, {run['workers']}", run["words"] / run["seconds"], False) for run in runs]
    rows.sort(key=lambda row: row[1])
    colours = ["#b0b0b0" if is_limit else "#2b6cb0" for _, _, is_limit in rows]
    bars = axes.barh([name for name, _, _ in rows], [words for _, words, _ in rows], color=colours)
    axes.bar_label(bars, labels=[f"{words:,.0f}" for _, words, _ in rows], padding=3, fontsize=8)
    axes.set_xscale("log")
    axes.set_xlabel("words a second (grey: what bounds it)")


def _draw_growth(runs: list[dict[str, Any]], axes: Axes) -> None:
    sizes = [run["articles"] for run in runs]
    for step in ("read", "utterances", "load", "group anew", "load again"):
        spent = [1000 * run["steps"][step]["cost"]["processor"] / run["articles"] for run in runs]
        axes.plot(sizes, spent, marker="o", label=step)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlabel("articles")
    axes.set_ylabel("milliseconds of a core, an article")
    axes.legend(frameon=False, ncols=5, fontsize=8, loc="lower center", bbox_to_anchor=(0.5, 1))


def _draw_pages(rows: list[dict[str, Any]], axes: Axes) -> None:
    sizes = [row["quotes"] for row in rows]
    for page in rows[0]["pages"]:
        medians = [row["pages"][page]["median"] for row in rows]
        axes.plot(sizes, medians, marker="o", linestyle="--" if page == "empty" else "-", label=page)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlabel("quotes in the database")
    axes.set_ylabel("median, milliseconds")
    axes.legend(frameon=False, ncols=5, fontsize=8, loc="lower center", bbox_to_anchor=(0.5, 1))


def main() -> None:
    """Measure what is asked for, keep it and draw it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", nargs="?", type=Path, default=ROOT / "seeds")
    parser.add_argument("--sections", nargs="+", choices=("speed", "engines", "growth", "start", "pages"))
    parser.add_argument("--articles", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--quotes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "quotes-benchmarks")
    parser.add_argument("--draw", action="store_true", help="draw what was measured before")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    figures = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    sections: dict[str, Callable[[], object]] = {
        "speed": partial(speed, options.source),
        "engines": partial(engines, options.source),
        "start": start,
        "pages": partial(pages, options.quotes, options.folder),
        "growth": partial(growth, options.source, options.articles, options.folder),
    }
    for name in [] if options.draw else options.sections or sections:
        print(f"== {name}", flush=True)
        known = machine()
        figures[name] = {"machine": known, "source": options.source.name, "figures": sections[name]()}
        KEPT.write_text(json.dumps(figures, indent=1) + "\n")
    draw(figures)


if __name__ == "__main__":
    main()
