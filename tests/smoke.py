"""Run against an installed wheel, outside the checkout: `python smoke.py SEEDS` walks through what a newcomer does.

Not collected by pytest; `.ci/run` calls it with the interpreter that the wheel was installed into.
"""

import asyncio
import json
import re
import subprocess
import sys
import sysconfig
from importlib.metadata import entry_points
from pathlib import Path

QUOTES = Path(sysconfig.get_path("scripts"), "quotes")


def quotes(*arguments: str) -> str:
    """Standard output of the installed command; fails the smoke test when the command does."""
    return subprocess.run([QUOTES, *arguments, "--db", "smoke.db"], check=True, capture_output=True, text=True).stdout


def main(seeds: str) -> None:
    """Add, look up, export and verify the seeds; load the Datasette plugin with its files."""
    import quotes as package

    assert "site-packages" in package.__file__, f"not the installed package: {package.__file__}"
    first = json.loads(quotes("add", seeds, "--json"))
    assert (first["added"], first["errors"]) == (5, []), first
    again = json.loads(quotes("add", seeds, "--json"))
    assert (again["added"], again["unchanged"]) == (0, 5), again

    who = [json.loads(line) for line in quotes("who", "on your side with all its might", "--json").splitlines()]
    assert len({row["article"]["id"] for row in who}) == 4, who
    rows = [json.loads(line) for line in quotes("export", "--format", "jsonl").splitlines()]
    assert len(rows) == first["quotes"], (len(rows), first)
    quotes("verify")

    (plugin,) = (point for point in entry_points(group="datasette") if point.name == "quotes")
    plugin.load()
    asyncio.run(pages())
    print(f"smoke test: {len(rows)} quotes from the installed wheel")


async def pages() -> None:
    """The first page, its style and its script are in the wheel."""
    from quotes.datasette_plugin.serving import application

    datasette = application(Path("smoke.db"))
    await datasette.invoke_startup()
    page = (await datasette.client.get("/smoke/-/quotes")).text
    assert "Most repeated claims" in page, page
    for file in re.findall(r'(?:href|src)="(/-/static-plugins/[^"]+)"', page):
        assert (await datasette.client.get(file)).status_code == 200, file


if __name__ == "__main__":
    main(sys.argv[1])
