"""The documents show what the commands really print."""

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from quotes.cli import COMMANDS, main

ROOT = Path(__file__).parent.parent
DOCUMENTS = ["README.md", *sorted(str(path.relative_to(ROOT)) for path in (ROOT / "docs").glob("*.md"))]
CODE = re.compile(r"\[\[\[cog.*?\]\]\]", re.DOTALL)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_docs_show_what_the_commands_print(document):
    cog = [sys.executable, "-m", "cogapp", "--check", "-P", "-I", "docs", document]
    environment = {**os.environ, "COLUMNS": "100"}
    result = subprocess.run(cog, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, f"{document} has drifted: run `make docs`.\n{result.stdout}{result.stderr}"


@pytest.mark.parametrize("name", COMMANDS)
def test_docs_name_every_command_and_option(name):
    reference = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
    _, _, rest = reference.partition(f"## quotes {name}\n")
    section = rest.partition("\n## ")[0]
    assert section
    for parameter in main.get_command(click.Context(main), name).params:
        for option in parameter.opts if isinstance(parameter, click.Option) else ():
            assert option in section


def test_docs_link_to_what_is_there():
    for document in DOCUMENTS:
        text = CODE.sub("", (ROOT / document).read_text(encoding="utf-8"))
        for target in [part.partition(")")[0].partition("#")[0] for part in text.split("](")[1:]]:
            if not target.startswith("http"):
                assert ((ROOT / document).parent / target).exists(), f"{document}: {target}"
