"""What may be loaded when: look-ups start cold, so the heavy packages stay out of their way."""

import subprocess
import sys

import pytest

HEAVY = {
    "spacy",
    "textacy",
    "numpy",
    "onnxruntime",
    "trafilatura",
    "sqlite_utils",
    "datasette",
    "thinc",
    "httpx",
    "feedparser",
    "lxml",
}


def loaded(code):
    """The top-level modules that a fresh interpreter holds after running `code`."""
    script = f"import sys\n{code}\nprint(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(result.stdout.splitlines()[-1].split())


def test_import_quotes_loads_no_third_party_package():
    assert not loaded("import quotes") & (HEAVY | {"click", "rich"})


def test_marks_load_without_spacy():
    assert not loaded("from quotes.extract.marks import pair_marks") & HEAVY


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["who", "words"], ["by", "name"], ["show", "1"], ["speakers"], ["articles"], ["export"], ["verify"]],
    ids=lambda arguments: arguments[0],
)
def test_help_and_lookups_load_nothing_heavy(arguments, filled_database):
    call = f"from quotes.cli import main\nmain({[*arguments]!r}, standalone_mode=False)"
    environment = f"import os\nos.environ['QUOTES_DB'] = {str(filled_database)!r}\n"
    assert not loaded(environment + call) & HEAVY
