import json
import os
import signal
import subprocess
import sys

import pytest
from click.testing import CliRunner

from quotes.cli import main


@pytest.fixture
def quotes(quotes_by_model, by_rules):  # noqa: ARG001 - the rules are put in place before the command runs
    """`quotes_by_model` with the rules for the shipped extractor: for all that is not about what a model finds."""
    return quotes_by_model


@pytest.fixture
def quotes_by_model(tmp_path, monkeypatch):
    """Run `quotes ...` in an empty folder as a user does; the result has `exit_code`, `stdout` and `stderr`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("QUOTES_DB", raising=False)
    monkeypatch.setenv("COLUMNS", "100")

    def run(*arguments, input=None):
        result = CliRunner().invoke(main, [str(argument) for argument in arguments], input=input)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


@pytest.fixture
def rows():
    """The JSON lines of a result's standard output."""
    return lambda result: [json.loads(line) for line in result.stdout.splitlines()]


def _hear_interrupts():
    """As a terminal leaves it: what a shell starts in the background ignores Ctrl-C, and so would its children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class QuotesProcess:
    """`quotes` as a process of its own in a folder, at the head of a process group, as a terminal starts it."""

    def __init__(self, folder):
        self._folder = folder

    def start(self, *arguments):
        return subprocess.Popen(
            [sys.executable, "-m", "quotes", *map(str, arguments)],
            cwd=self._folder,
            env={key: value for key, value in os.environ.items() if key != "QUOTES_DB"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            preexec_fn=_hear_interrupts,  # noqa: PLW1509 - it touches no lock
        )

    def __call__(self, *arguments):
        process = self.start(*arguments)
        output, errors = process.communicate(timeout=120)
        return subprocess.CompletedProcess(arguments, process.returncode, output, errors)


@pytest.fixture
def quotes_process(tmp_path):
    """Runs the command as a process of its own."""
    return QuotesProcess(tmp_path)
