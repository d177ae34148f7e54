"""`quotes compare`: pairs of wordings from a file, decided as grouping would."""

from __future__ import annotations

from pathlib import Path

import click

from quotes.cli.output import print_json


@click.command()
@click.argument("pairs", metavar="PAIRS", type=click.Path(path_type=Path))
def compare(pairs: Path) -> None:
    """Say of pairs of wordings whether they would be joined: a line of JSON out for each line of JSON in.

    PAIRS is a .jsonl or .jsonl.gz file of objects with the strings "a" and "b"; speakers, dates and other keys may
    stand beside them and decide nothing. Out come score (0 to 1), edge (identical, near, fragment, paraphrase, or null
    where the two would not be joined), contradiction (what differs that may turn the meaning round, or null),
    suggested (whether a person would be asked), and changes.

    \b
    quotes compare pairs.jsonl
    """
    from quotes.evaluate.records import read_lines
    from quotes.group.edges import decide

    records = read_lines(pairs).records
    print_json(decide(record.string("a"), record.string("b")).as_record() for record in records)
