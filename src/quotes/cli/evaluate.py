"""`quotes evaluate`: figures against gold, the mistakes behind them, and the floors that hold them up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from quotes.cli import options
from quotes.cli.output import count, note, print_json, print_table, printable
from quotes.evaluate import SCORERS
from quotes.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quotes.evaluate.floors import Measured
    from quotes.evaluate.report import Mistake, Report

_FILE = click.Path(path_type=Path)


@click.command()
@click.argument("gold", metavar="GOLD", type=_FILE)
@click.option(
    "--scorer",
    type=click.Choice(list(SCORERS)),
    default="attributions",
    show_default=True,
    help="What is measured; each reads gold of its own.",
)
@click.option("--predictions", type=_FILE, metavar="FILE", help="Score these instead of what quotes itself finds.")
@click.option(
    "--conflicts", type=_FILE, metavar="FILE", help="What quotes conflicts --json printed, for --scorer groups."
)
@click.option(
    "--extractor", metavar="NAME", help="What reads the gold's texts; a baseline too.  [default: the shipped one]"
)
@click.option("--baselines", "with_baselines", is_flag=True, help="Show what simpler methods and textacy reach, too.")
@click.option("--errors", "with_errors", is_flag=True, help="List every mistake with its words and its place.")
@click.option("--floors", type=_FILE, metavar="FILE", help="Fail when a figure is below its floor in this file.")
@click.option("--update-floors", is_flag=True, help="Record the figures in the floors file instead.")
@click.option("--lower", is_flag=True, help="With --update-floors: let floors fall.")
@click.option("--reason", metavar="TEXT", help="With --lower: why; it stays in the floors file.")
@options.json_lines
def evaluate(
    *,
    gold: Path,
    scorer: str,
    predictions: Path | None,
    conflicts: Path | None,
    extractor: str | None,
    with_baselines: bool,
    with_errors: bool,
    floors: Path | None,
    update_floors: bool,
    lower: bool,
    reason: str | None,
    as_json: bool,
) -> None:
    """Measure extraction, speakers or grouping against gold.

    GOLD is a .jsonl or .jsonl.gz file with a document a line. Without --predictions its texts are read by quotes
    itself. With --json the figures are the first line; each baseline is a line after it, then each mistake.

    \b
    quotes evaluate gold.jsonl --errors
    quotes evaluate gold.jsonl --baselines
    quotes evaluate gold.jsonl --predictions predictions.jsonl --json
    quotes evaluate fixtures/seeds/gold.jsonl --scorer seeds --floors fixtures/floors.json
    """
    from quotes.evaluate import run

    if with_baselines and scorer != "attributions":
        raise click.UsageError(f"--baselines goes with --scorer attributions, not with {scorer}.")
    _check_inputs(scorer, predictions=predictions, conflicts=conflicts, extractor=extractor)
    _check_floors_options(floors, update=update_floors, lower=lower, reason=reason)
    result = run.evaluate(gold, scorer=scorer, predictions=predictions, conflicts=conflicts, extractor=extractor)
    measured = result.measured.extractor or "FILE"
    baselines = run.compare(gold) if with_baselines else {}
    _warn(dict.fromkeys(warning for report in (result.report, *baselines.values()) for warning in report.warnings))
    if as_json:
        _print_json(result.report, baselines, with_errors=with_errors)
    else:
        _print_tables(result.report, {measured: result.report} | baselines, with_errors=with_errors)
    if floors is not None:
        _hold(floors, result.measured, update=update_floors, reason=reason)


def _check_inputs(scorer: str, *, predictions: Path | None, conflicts: Path | None, extractor: str | None) -> None:

    if conflicts is not None and scorer != "groups":
        raise click.UsageError(f"--conflicts goes with --scorer groups, not with {scorer}.")
    if predictions is not None:
        if extractor is not None:
            raise click.UsageError(
                "--extractor reads the gold's texts, which --predictions replaces: give one of the two."
            )
        return
    if extractor is not None:
        from quotes.evaluate.baselines import BASELINES
        from quotes.pipeline import EXTRACTORS

        known = (*EXTRACTORS, *BASELINES)
        if extractor not in known:
            raise click.BadParameter(f"{extractor!r} is none of {', '.join(known)}.", param_hint="--extractor")
        if extractor in BASELINES and SCORERS[scorer].reads != "attributions":
            raise click.UsageError(
                f"The baseline {extractor} finds statements; --scorer {scorer} measures something else."
            )


def _check_floors_options(floors: Path | None, *, update: bool, lower: bool, reason: str | None) -> None:
    if update and floors is None:
        raise click.UsageError("--update-floors needs --floors FILE.")
    if lower and not update:
        raise click.UsageError("--lower needs --update-floors.")
    if lower != bool(reason and reason.strip()):
        raise click.UsageError('--lower and --reason "..." go together: a lowered floor needs its reason.')


def _warn(warnings: Iterable[str]) -> None:
    for warning in warnings:
        note(f"warning: {warning}")


def _print_json(report: Report, baselines: Mapping[str, Report], *, with_errors: bool) -> None:
    click.echo(json.dumps(report.figures))
    for name, baseline in baselines.items():
        click.echo(json.dumps({"baseline": name, **baseline.figures}))
    if with_errors:
        print_json(report.errors)


def _print_tables(report: Report, compared: Mapping[str, Report], *, with_errors: bool) -> None:
    """The figures, and beside them those of other reports, unless there is only the one."""
    for number, (columns, rows) in enumerate(report.tables()):
        if number:
            click.echo()
        print_table(columns, rows)
    if len(compared) > 1:
        click.echo()
        _print_comparison(compared)
    if with_errors:
        click.echo()
        _print_errors(report.errors)


def _print_comparison(compared: Mapping[str, Report]) -> None:
    """A row each: F1 over all statements, and the recall of each kind."""
    paths = {name: f"content_{name}.f1" for name in ("token", "exact", "match")} | {"attribution": "attribution.f1"}
    paths |= {kind: f"{kind}.match_recall" for kind in get_args(Kind)}
    qualities = {name: report.qualities() for name, report in compared.items()}
    rows = [[name, *map(figures.get, paths.values())] for name, figures in qualities.items()]
    print_table(["extractor", *paths], rows)


def _print_errors(errors: Sequence[Mistake]) -> None:
    """Two lines a mistake, as its words are too long for a table's cell."""
    for mistake in errors:
        place = ",".join(f"{start}-{end}" for start, end in mistake.spans)
        differs = f"gold: {mistake.gold or '–'} | predicted: {mistake.predicted or '–'}"
        where = f"{mistake.document}:{place}" if place else mistake.document
        click.echo(printable(f"{mistake.error} {where} {differs}"))
        click.echo(f"    {printable(mistake.words)}")
    if not errors:
        note("No mistakes.")


def _hold(floors: Path, measured: Measured, *, update: bool, reason: str | None) -> None:
    from quotes.evaluate.floors import check_floors, update_floors

    if update:
        change = update_floors(floors, measured, reason=reason)
        note(f"{floors}: {count(change.raised, 'floor')} raised, {count(change.lowered, 'floor')} lowered.")
    else:
        check_floors(floors, measured)
        note(f"No figure is below its floor in {floors}.")
