"""Shards of made-up articles."""

import json

import pytest

FIRST = "“We will open the harbour again in May,” Amina Odhiambo, the mayor of Nairobi, said on Friday."
SECOND = "Amina Odhiambo said, “We will open the harbour again in early May.” Nobody else spoke."
THIRD = "“The bridge over the river was never closed,” Peter Lindqvist told reporters."


def write_shard(path, texts, **metadata):
    """A JSONL file of texts, each with an id, an outlet and a date of its own."""
    rows = [
        {"id": f"{path.stem}-{n}", "text": text, "outlet": f"Outlet {n}", "published": f"2023-03-0{n + 1}", **metadata}
        for n, text in enumerate(texts)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def shards(tmp_path):
    """Two shards of three articles; FIRST stands in both."""
    folder = tmp_path / "in"
    folder.mkdir()
    write_shard(folder / "a.jsonl", [FIRST, THIRD])
    write_shard(folder / "b.jsonl", [SECOND])
    return folder
