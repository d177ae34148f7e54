"""What holds for every command."""

import click
import pytest

from quotes import __version__
from quotes.cli import COMMANDS, main

CONTEXT = click.Context(main)


def test_help_lists_every_command_with_its_line(quotes):
    result = quotes("--help")
    assert result.exit_code == 0
    words = " ".join(result.stdout.split())
    for name, line in COMMANDS.items():
        assert f"{name} {line}" in words


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_loads_and_its_help_begins_as_the_list_says(name, quotes):
    command = main.get_command(CONTEXT, name)
    assert command.name == name
    result = quotes(name, "--help")
    assert result.exit_code == 0
    assert COMMANDS[name].rstrip(".").split()[0] in result.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_help(name):
    for parameter in main.get_command(CONTEXT, name).params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"quotes {name} {parameter.opts[0]}"


@pytest.mark.parametrize("name", ["who", "by", "show", "speakers", "articles", "verify", "add", "evaluate"])
def test_every_look_up_takes_json(name):
    assert any("--json" in parameter.opts for parameter in main.get_command(CONTEXT, name).params)


def test_version_is_the_package_s(quotes):
    assert quotes("--version").stdout == f"quotes, version {__version__}\n"


def test_an_unknown_command_is_wrong_usage(quotes):
    result = quotes("whom")
    assert result.exit_code == 2
    assert "No such command 'whom'." in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [["who", "x"], ["by", "x"], ["show", "1"], ["speakers"], ["articles"], ["verify"], ["export"], ["remove", "1"]],
    ids=lambda arguments: arguments[0],
)
def test_a_look_up_without_a_database_says_how_to_make_one(arguments, quotes, tmp_path):
    result = quotes(*arguments)
    assert result.exit_code == 1
    assert result.stderr == (
        "Error: There is no database at quotes.db: "
        "make one with `quotes add INPUT --db quotes.db`, or name another with --db.\n"
    )
    assert not (tmp_path / "quotes.db").exists()


def test_the_database_can_be_named_by_the_environment(quotes, filled_database, monkeypatch):
    monkeypatch.setenv("QUOTES_DB", str(filled_database))
    assert quotes("verify").exit_code == 0
