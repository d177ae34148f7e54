"""Runs the commands of README.md and docs/ for cog and prints them with what they really print."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
_FENCE = "```"


@cache
def folder() -> tempfile.TemporaryDirectory[str]:
    """A folder that looks like the project's root to the commands, where the examples leave their database."""
    made = tempfile.TemporaryDirectory(prefix="quotes-docs-")
    for name in ("seeds", "fixtures"):
        shutil.copytree(ROOT / name, Path(made.name, name))
    return made


def run(*commands: str, lines: int | None = None, language: str = "console") -> None:
    """Print a fenced session of the commands, run one after the other on one database; `lines` cuts each answer."""
    print(f"{_FENCE}{language}")
    for i, command in enumerate(commands):
        if i:
            print()
        print(f"$ {command}")
        answer = output(command).rstrip("\n").split("\n")
        print("\n".join(line.rstrip() for line in answer[:lines]))
        if lines is not None and len(answer) > lines:
            print("…")
    print(_FENCE)


def python(code: str) -> None:
    """Print a block of Python and, below it, what it prints."""
    process = [sys.executable, "-c", code]
    result = subprocess.run(process, cwd=folder().name, capture_output=True, text=True, check=True)
    print(f"{_FENCE}python\n{code.strip()}\n{_FENCE}\n\n{_FENCE}\n{result.stdout.strip()}\n{_FENCE}")


def output(command: str) -> str:
    """What a command of ours prints on standard output, run in `folder()`; raises when it fails."""
    words = shlex.split(command)
    assert words[0] == "quotes", f"only our own command is documented by running it, not {words[0]}"
    environment = {key: value for key, value in os.environ.items() if key != "QUOTES_DB"} | {"COLUMNS": "100"}
    process = [sys.executable, "-m", "quotes", *words[1:]]
    result = subprocess.run(process, cwd=folder().name, env=environment, capture_output=True, text=True, check=False)
    if result.returncode:
        raise RuntimeError(f"{command}: exit {result.returncode}\n{result.stderr}")
    return result.stdout


def reference() -> None:
    """Print the help of every command, as the command reference."""
    import click

    from quotes.cli import main

    context = click.Context(main)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        parts = command.commands if isinstance(command, click.Group) else {}
        for path in (name, *(f"{name} {part}" for part in parts)):
            print(f"\n## quotes {path}\n\n{_FENCE}\n{output(f'quotes {path} --help').rstrip()}\n{_FENCE}")
