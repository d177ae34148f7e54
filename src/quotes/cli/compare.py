"""`quotes compare`: pairs of wordings from a file, decided as grouping would."""

from __future__ import annotations

from pathlib import Path
from typing import Any

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

    print_json(_told(record.string("a"), record.string("b")) for record in read_lines(pairs).records)


def _told(a: str, b: str) -> dict[str, Any]:
    from quotes.group.compare import compare as compare_words
    from quotes.group.edges import decide

    changes = [change.as_record() for change in compare_words(a, b).changes]
    return {**decide(a, b).as_record(), "changes": changes}
