from __future__ import annotations

import contextlib
import io
import json
import runpy
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterable, Mapping

    Documents = list[dict[str, Any]]

FIXTURES = Path(__file__).parents[2] / "fixtures"
CORPORA = Path(__file__).parents[3] / "shared" / "corpora"


def _run(script: str, *arguments: object) -> str:
    """What a reference script prints, run in this process so that hundreds of examples stay cheap."""
    path = FIXTURES / "bench" / f"{script}.py"
    out = io.StringIO()
    with contextlib.ExitStack() as stack:
        stack.enter_context(mock.patch.object(sys, "argv", [str(path), *map(str, arguments)]))
        stack.enter_context(mock.patch.object(sys, "path", [str(path.parent), *sys.path]))
        stack.enter_context(contextlib.redirect_stdout(out))
        stack.enter_context(contextlib.redirect_stderr(io.StringIO()))
        stack.enter_context(contextlib.suppress(SystemExit))
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore", ResourceWarning)  # the scripts leave closing files to the end of the process
        runpy.run_path(str(path), run_name="__main__")
    return out.getvalue()


@pytest.fixture(scope="session")
def reference() -> Callable[..., str]:
    return _run


@pytest.fixture(scope="session")
def seeds_path() -> Path:
    return FIXTURES / "seeds" / "gold.jsonl"


@pytest.fixture(scope="session")
def seeds(seeds_path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in seeds_path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="session")
def write(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Iterable[Mapping[str, Any]]], Path]:
    """Write objects as JSON lines; a later call of the same name replaces the file."""
    folder = tmp_path_factory.mktemp("evaluate")

    def _write(name: str, objects: Iterable[Mapping[str, Any]]) -> Path:
        path = folder / name
        path.write_text("".join(json.dumps(value) + "\n" for value in objects), encoding="utf-8")
        return path

    return _write


SPEAKERS = [
    None,
    "",
    "he",
    "The minister",
    "of Iran",
    "Dr Ada King",
    "Ada",
    "King",
    "mathematician Ada King",
    "Tehran Times",
]


def _span(rng: random.Random, text: str) -> list[int]:
    start = rng.randrange(len(text))
    return [start, min(len(text), start + rng.choice([1, 3, 20, 150]))]


def _shifted(rng: random.Random, span: list[int], text: str) -> list[int]:
    start = min(max(0, span[0] + rng.randint(-40, 40)), len(text) - 1)
    return [start, min(max(start + 1, span[1] + rng.randint(-40, 40)), len(text))]


def _changed(rng: random.Random, gold: dict[str, Any], text: str) -> dict[str, Any]:
    relation = {role: [list(span) for span in gold[role]] for role in ("sources", "cues", "contents")}
    relation["speaker"] = rng.choice([gold.get("speaker"), *gold.get("speaker_names", []), *SPEAKERS])
    if rng.random() < 0.4:
        relation["contents"] = [_shifted(rng, span, text) for span in relation["contents"]]
    if rng.random() < 0.3:
        relation["sources"] = rng.choice([[], [_span(rng, text)], [_span(rng, text), _span(rng, text)]])
    return relation


def _random_relation(rng: random.Random, text: str) -> dict[str, Any]:
    relation = {role: [_span(rng, text) for _ in range(rng.randrange(3))] for role in ("sources", "cues", "contents")}
    return {**relation, "speaker": rng.choice(SPEAKERS)}


def _perturbed(rng: random.Random, gold: Documents) -> Documents:
    """Predictions as a bad extractor would make them: lost, moved, merged, doubled, misattributed and made up."""
    predictions = []
    for document in gold:
        text, relations = document["text"], []
        for attribution in document["attributions"]:
            fate = rng.random()
            if fate < 0.15:
                continue
            relations.append(_changed(rng, attribution, text))
            if fate > 0.85 and len(relations) > 1:
                merged = relations.pop(0)
                relations[-1]["contents"].extend(merged["contents"])
            elif fate > 0.75:
                relations.append(relations[-1])
        relations.extend(_random_relation(rng, text) for _ in range(rng.randrange(4)))
        rng.shuffle(relations)
        if rng.random() < 0.9:
            predictions.append({"id": document["id"], "attributions": relations})
    return predictions


def _made_up(rng: random.Random) -> Documents:
    """Documents of any characters, with relations anywhere, and predictions' kind of speakers as gold names."""
    pieces = [
        *"abcZ1_ \n",
        "“",
        "”",
        "«",
        "»",
        '"',
        "'",
        " said ",
        "ﬁ",
        "é",
        "e\u0301",
        "سلام",
        "中文",
        "😀",
        "\x00",
        "\u2028",
    ]
    documents = []
    for number in range(rng.randint(1, 3)):
        text = "".join(rng.choices(pieces, k=rng.randint(1, 60)))
        relations = [_random_relation(rng, text) for _ in range(rng.randrange(5))]
        for relation in relations:
            relation["speaker_names"] = rng.sample([name for name in SPEAKERS if name], 2)
            relation["required"] = rng.random() < 0.8
        documents.append({"id": f"d{number}", "text": text, "attributions": relations})
    return documents


@pytest.fixture(scope="session")
def perturbed() -> Callable[[random.Random, Documents], Documents]:
    return _perturbed


@pytest.fixture(scope="session")
def made_up() -> Callable[[random.Random], Documents]:
    return _made_up


@pytest.fixture(scope="session")
def corpora() -> Path:
    if not CORPORA.is_dir():
        pytest.skip("the corpora do not stand beside the project")
    return CORPORA
