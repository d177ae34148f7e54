"""The same on a cluster of worker processes, one of which is killed in the middle."""

from __future__ import annotations

import os
import signal
import threading
import time
from contextlib import suppress
from functools import partial
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.batch.conftest import FIRST, SECOND, THIRD, write_shard

from quotes.batch.local import local
from quotes.batch.on_ray import on_ray
from quotes.batch.run import run
from quotes.batch.shards import Output
from quotes.errors import BatchError

ray = pytest.importorskip("ray", reason="Ray is an extra: pip install 'newsquotes[ray]'")
pytestmark = pytest.mark.filterwarnings("ignore")  # Ray's own


def tables(folder):
    return {
        path.name: pq.read_table(path).to_pylist()
        for kind in ("articles", "quotes")
        for path in (folder / kind).glob("*")
    }


def actors():
    """Process numbers of Ray's workers that hold the model."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            words = path.read_bytes()
            if words.startswith(b"ray::") and (b"_Reader" in words or b"MapWorker" in words):
                found.append(int(path.parent.name))
    return found


def test_ray_finds_what_this_machine_finds_also_when_a_worker_is_killed(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(6):
        write_shard(folder / f"{number}.jsonl", [FIRST, SECOND, THIRD] * 3, note=f"shard {number}")
    killed = []

    def kill_one():
        end = time.monotonic() + 120
        while not killed and time.monotonic() < end:
            done = list((tmp_path / "ray" / "done").glob("*.json"))
            for process in actors() if done else []:
                os.kill(process, signal.SIGKILL)
                killed.append(process)
                break
            time.sleep(0.02)

    assassin = threading.Thread(target=kill_one)
    assassin.start()
    summary = run([folder], tmp_path / "ray", partial(on_ray, address=None, workers=2))
    assassin.join()
    assert killed
    assert not list((tmp_path / "ray").glob("*/.*"))
    assert (summary.done, summary.articles, summary.faults) == (6, 54, 0)
    run([folder], tmp_path / "local", partial(local, workers=1))
    assert tables(tmp_path / "ray") == tables(tmp_path / "local")
    assert len(Output(tmp_path / "ray").all_done()) == 6
    assert run([folder], tmp_path / "ray", partial(on_ray, address=None, workers=2)).done == 0


def test_ray_says_so_when_no_cluster_answers(shards, tmp_path):
    for address in ("127.0.0.1:1", "nowhere"):
        with pytest.raises(BatchError) as error:
            run([shards], tmp_path / "out", partial(on_ray, address=address, workers=1))
        assert str(error.value) == f"No Ray cluster answers at {address}; start one, or leave --address out."
