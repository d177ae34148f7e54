"""How fast a stream of articles is read before any model sees it, or passed by as stored, and in what memory."""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from pathlib import Path

from quotes.readers import read

TEXT = "The mayor of the town said that the harbour road would stay closed. " * 40


def main(number: int) -> None:
    """Time reading so many made-up records of some 2.7 kB, then passing them by as stored."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.jsonl"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps({"id": f"r{i}", "text": f"{i} {TEXT}"}) + "\n" for i in range(number))
        print(f"{number:,} records, {path.stat().st_size / 1e6:,.0f} MB")
        for what, stored in (("read", False), ("passed by as stored", True)):
            started = time.process_time()
            count = sum(1 for _ in read([path], is_stored=lambda _, stored=stored: stored))
            seconds = time.process_time() - started
            most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"{what}: {count / seconds:,.0f} a second, {most:,.0f} MB at the most")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
