"""A real browser before `quotes serve`: headless Chromium, driven by Playwright."""

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESK = {"width": 1280, "height": 900}


def pytest_collection_modifyitems(items):
    missing = None
    if CHROMIUM is None:
        missing = "there is no chromium here: apt-get install chromium"
    else:
        try:
            import playwright  # noqa: F401
        except ImportError:
            missing = "there is no playwright here: pip install playwright"
    for item in items:
        if "/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
            if missing:
                item.add_marker(pytest.mark.skip(reason=missing))


@pytest.fixture(scope="module")
def browser():
    # a module's, not the session's: while it is open no other event loop can run
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@contextmanager
def _serving(path):
    command = [sys.executable, "-m", "quotes", "serve", "--db", path, "--port", "0"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            yield process.stdout.readline().partition(" ")[0]
        finally:
            process.terminate()


@pytest.fixture(scope="session")
def serving():
    """`quotes serve` in a process of its own, as a block that has the address of its first page."""
    return _serving


@pytest.fixture(scope="module")
def told(told_database):
    """The address of the pages over the database made by hand."""
    with _serving(told_database) as address:
        yield address


@pytest.fixture(scope="module")
def seeds(seeds_database):
    """The address of the pages over the seeds."""
    with _serving(seeds_database) as address:
        yield address


class Watched:
    """A page with everything that went wrong on it."""

    def __init__(self, page):
        self.page = page
        self.wrong = []
        self.asked = set()
        page.on(
            "console", lambda message: self.wrong.append(message.text) if message.type in {"error", "warning"} else 0
        )
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("dialog", self._dialog)
        page.on("request", lambda request: self.asked.add(request.url.split("/")[2]))

    def _dialog(self, dialog):
        self.wrong.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def overflow(self):
        """How many pixels the page is wider than the screen."""
        return self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.fixture
def watch(browser):
    """Open an address in a fresh window of some size and scheme; all that goes wrong in it fails the test."""
    opened = []

    def open_page(address, *, viewport=DESK, scheme="light", **options):
        context = browser.new_context(viewport=viewport, color_scheme=scheme, **options)
        watched = Watched(context.new_page())
        opened.append((context, watched))
        response = watched.page.goto(address)
        assert response.status == 200, address
        return watched

    yield open_page
    for context, watched in opened:
        assert watched.wrong == []
        assert len(watched.asked) <= 1, "pages load nothing from elsewhere"
        context.close()
