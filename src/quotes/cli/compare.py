"""`quotes compare`: pairs of wordings from a file, scored."""

from __future__ import annotations

from pathlib import Path

import click

from quotes.cli.output import print_json


@click.command()
@click.argument("pairs", metavar="PAIRS", type=click.Path(path_type=Path))
def compare(pairs: Path) -> None:
    """Say of pairs of wordings how much they share: a line of JSON out for each line of JSON in.

    PAIRS is a .jsonl or .jsonl.gz file of objects with the strings "a" and "b". Out come score (0 to 1), edge
    (identical, near, fragment or null), changes, and whether one of them may turn the meaning round.

    \b
    quotes compare pairs.jsonl
    """
    from quotes.evaluate.records import read_lines
    from quotes.group.compare import compare as compare_words

    records = read_lines(pairs).records
    print_json(compare_words(record.string("a"), record.string("b")).as_record() for record in records)
