"""Pictures of the pages for README.md and docs/browse.md: `make screenshots` runs this over the demo's database.

Needs chromium (apt-get install chromium) and playwright; it downloads nothing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent / "screenshots"
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
SHOTS = {
    # name: path, width, height, scheme
    "start": ("", 1180, 900, "light"),
    "search": ("/search?q=on your side with all its might", 1180, 640, "light"),
    "speaker": ("/speaker/2", 1180, 900, "light"),
    "claim": ("/claim/2", 1180, 1150, "light"),
    "article": ("/article/1", 1180, 900, "light"),
    "article-dark": ("/article/1", 1180, 640, "dark"),
    "coverage": ("/coverage", 1180, 520, "light"),
    "phone": ("/claim/2", 390, 844, "light"),
}


def main(database: str) -> None:
    """Write a PNG for each of SHOTS."""
    HERE.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "quotes", "serve", "--db", database, "--port", "0"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as server:
        assert server.stdout is not None
        try:
            _shoot(server.stdout.readline().partition(" ")[0])
        finally:
            server.terminate()


def _shoot(address: str) -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("There is no chromium here: apt-get install chromium.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for name, (path, width, height, scheme) in SHOTS.items():
            page: Page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            page.goto(address + path)
            if name == "article":
                page.locator(".text .piece.cue").first.hover()
            page.screenshot(path=HERE / f"{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
