"""What the benchmarks have in common: what a command costs, what a machine is, a server to ask."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

QUOTES = [sys.executable, "-m", "quotes"]
_BETWEEN = 0.2
"""Seconds between two looks at a command."""

_PACKAGES = ("newsquotes", "onnxruntime", "spacy", "duckdb", "ray", "datasette")


@dataclass(slots=True)
class Cost:
    """Of a command and all processes that it starts: `seconds` by the clock, `processor` seconds of all cores.

    `megabytes` is the most that they held together at any time, memory that they share counted once.
    """

    seconds: float = 0.0
    processor: float = 0.0
    megabytes: int = 0

    def __add__(self, other: Cost) -> Cost:
        """The cost of one after the other."""
        return Cost(
            self.seconds + other.seconds, self.processor + other.processor, max(self.megabytes, other.megabytes)
        )


def cost_of(
    command: Sequence[str], on_look: Callable[[Cost], None] = lambda _: None, *, folder: Path | None = None
) -> tuple[Cost, str]:
    """What a command costs and what it prints; `on_look` is told what it has cost so far, several times a second.

    It runs in `folder`, by default here.
    Raises CalledProcessError when it fails.
    """
    found, began = Cost(), time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=folder) as process:
        while process.poll() is None:
            _look(psutil.Process(process.pid), found)
            found.seconds = time.perf_counter() - began
            on_look(found)
            with suppress(subprocess.TimeoutExpired):
                process.wait(_BETWEEN)
        found.seconds = time.perf_counter() - began
        printed = process.stdout.read() if process.stdout else ""
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return found, printed.strip()


@contextmanager
def watched() -> Iterator[Cost]:
    """What this process, and all that it starts, use inside; known when the context has ended."""
    found, own, began = Cost(), psutil.Process(), time.perf_counter()
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(_BETWEEN):
            _look(own, found)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield found
    finally:
        ended.set()
        thread.join()
        _look(own, found)
        found.seconds = time.perf_counter() - began


def _look(root: psutil.Process, found: Cost) -> None:
    """Take in what a command has used so far; processes that end meanwhile are passed over."""
    held, used = 0.0, 0.0
    with suppress(psutil.Error):
        for process in (root, *root.children(recursive=True)):
            with suppress(psutil.Error):
                memory = process.memory_full_info()
                held += getattr(memory, "pss", memory.rss)
                times = process.cpu_times()
                used += times.user + times.system + times.children_user + times.children_system
    found.megabytes = max(found.megabytes, round(held / 2**20))
    found.processor = max(found.processor, used)


def machine() -> dict[str, object]:
    """What was measured on, and which versions; `load` is how many processes wanted a core as it began."""
    return {
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count(),
        "memory_gb": round(psutil.virtual_memory().total / 2**30),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "packages": {name: version(name) for name in _PACKAGES},
        "day": time.strftime("%Y-%m-%d"),
        "load": round(os.getloadavg()[0], 1),
    }


def _processor() -> str:
    """Its name, with the widest sets of instructions that the model can use."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    facts = {name.strip(): value.strip() for name, found, value in (line.partition(":") for line in lines) if found}
    known = facts.get("flags", "").split()
    sets = [name for flag, name in (("amx_int8", "AMX"), ("avx512f", "AVX-512"), ("avx2", "AVX2")) if flag in known]
    return f"{facts.get('model name', platform.machine())} ({', '.join(sets)})"


@contextmanager
def serving(path: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """`quotes serve` of a database: its address, and its process, which ends with the context."""
    command = [sys.executable, "-u", "-m", "quotes", "serve", "--db", str(path), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            yield server.stdout.readline().partition(" ")[0] if server.stdout else "", server
        finally:
            server.terminate()
