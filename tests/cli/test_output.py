"""What standard output gets, whatever stands behind it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from quotes.cli.output import moment

FULL = Path("/dev/full")


@pytest.mark.parametrize(
    ("date", "shown"),
    [
        (None, ""),
        ("2023", "2023"),
        ("2023-03-04", "2023-03-04"),
        ("2023-03-04T10:30:00Z", "2023-03-04 10:30 UTC"),
        ("2023-03-04T10:30:59.5+00:00", "2023-03-04 10:30 UTC"),
        ("2023-03-04T10:30:00+03:30", "2023-03-04 10:30 +03:30"),
        ("2023-03-04T10:30", "2023-03-04 10:30"),
    ],
)
def test_output_of_a_date_is_for_people(date, shown):
    assert moment(date) == shown


WORDS = "on your side with all its might"


def run(*arguments, database, encoding="utf-8", out=subprocess.PIPE):
    """A process of its own, as standard output is that of a process."""
    environment = {**os.environ, "QUOTES_DB": str(database), "PYTHONIOENCODING": encoding, "COLUMNS": "100"}
    command = [sys.executable, "-m", "quotes", *arguments]
    return subprocess.run(command, env=environment, stdout=out, stderr=subprocess.PIPE, check=False)


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has a disk that is always full")
@pytest.mark.parametrize("arguments", [["articles"], ["speakers", "--json"], ["export"], ["export", "--format", "csv"]])
def test_output_to_a_full_disk_is_told_in_one_sentence(arguments, filled_database):
    with FULL.open("w") as full:
        result = run(*arguments, database=filled_database, out=full)
    assert result.returncode == 1
    assert result.stderr.decode() == (
        "Error: The answer cannot be written to its end (no space left on device); "
        "free some disk space, or send it elsewhere.\n"
    )


@pytest.mark.parametrize("arguments", [["export"], ["who", "the", "--limit", "100"], ["who", "the", "--json"]])
def test_output_whose_reader_has_gone_ends_in_silence(arguments, filled_database):
    reader, writer = os.pipe()
    os.close(reader)
    result = run(*arguments, database=filled_database, out=writer)
    os.close(writer)
    assert result.stderr == b""


def test_output_in_a_narrow_encoding_escapes_what_it_lacks(filled_database):
    answer = run("who", WORDS, database=filled_database, encoding="latin-1")
    assert (answer.returncode, answer.stderr) == (0, b"")
    assert "\\u201cThe Ministry of Defense" in answer.stdout.decode("latin-1")


@pytest.mark.parametrize("arguments", [["who", WORDS, "--json"], ["export"], ["articles", "--json"]])
def test_output_as_json_says_the_same_in_every_encoding(arguments, filled_database):
    answers = [run(*arguments, database=filled_database, encoding=encoding) for encoding in ("utf-8", "ascii")]
    wide, narrow = ([json.loads(line) for line in answer.stdout.decode().split("\n") if line] for answer in answers)
    assert narrow == wide
    assert wide
