import json

import pytest
from click.testing import CliRunner

from quotes.cli import main


@pytest.fixture
def quotes(tmp_path, monkeypatch):
    """Run `quotes ...` in an empty folder; the result has `exit_code`, `stdout`, `stderr` and `rows` of JSON lines."""
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
