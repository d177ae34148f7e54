"""Which files are shards, what each is called in the output, and which of them are done."""

from __future__ import annotations

import hashlib
import json
import os
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from quotes.batch.schema import FORMAT
from quotes.errors import BatchError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

KINDS = (".jsonl", ".jsonl.gz", ".parquet", ".warc", ".warc.gz")
"""How the names of shards end."""

_UNSAFE = re.compile(r"[^\w.-]+")
_LONGEST = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """One input file; `size` (bytes) and `modified` (nanoseconds) tell whether it is still what was read."""

    path: str
    size: int
    modified: int

    @property
    def name(self) -> str:
        """What the files of the output are called: the file's own name, and a hash of where it is."""
        stem = Path(self.path).name
        for kind in sorted(KINDS, key=len, reverse=True):
            stem = stem.removesuffix(kind)
        place = hashlib.sha256(os.fsencode(self.path)).hexdigest()
        return f"{_UNSAFE.sub('_', stem)[:_LONGEST]}-{place[:8]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """The done-mark of a shard: what was read, by what, and how much came of it."""

    shard: Shard
    extractor: str
    articles: int
    quotes: int
    faults: int
    words: int
    format: str = FORMAT


def find_shards(inputs: Iterable[str | Path], *, out: str | Path | None = None) -> list[Shard]:
    """The shards among files and folders, folders with all that is in them but for the output, sorted by path.

    Raises BatchError for an input that is none and for one that is not there.
    """
    paths = {path for name in inputs for path in _files(Path(name))}
    made = None if out is None else Path(os.path.abspath(out))  # noqa: PTH100
    return [_shard(path) for path in sorted(paths) if made not in Path(path).parents]


def _files(path: Path) -> Iterator[str]:
    if path.is_dir():
        found = [str(file) for file in path.rglob("*") if file.is_file() and file.name.lower().endswith(KINDS)]
        if not found:
            raise BatchError(f"{path} holds no shard; put {_known()} files into it.")
        yield from (os.path.abspath(file) for file in found)  # noqa: PTH100 - a link stays a link
    elif not path.is_file():
        raise BatchError(f"There is no file {path}; name {_known()} files or folders of them.")
    elif not path.name.lower().endswith(KINDS):
        raise BatchError(f"{path} is no shard; name {_known()} files, or read it with `quotes add`.")
    else:
        yield os.path.abspath(path)  # noqa: PTH100


def _shard(path: str) -> Shard:
    known = Path(path).stat()
    return Shard(path=path, size=known.st_size, modified=known.st_mtime_ns)


def _known() -> str:
    return ", ".join(KINDS)


class Output:
    """The folder that a batch writes: articles/, quotes/, faults/ and done/, a file a shard in each."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)

    def prepare(self) -> None:
        """Make the folders; raises BatchError where that cannot be."""
        try:
            for part in ("articles", "quotes", "faults", "done"):
                (self.folder / part).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise BatchError(
                f"{self.folder} cannot be written ({os.strerror(error.errno or 0).lower()}): name another --out."
            ) from error

    def articles(self, name: str) -> Path:
        """The articles of a shard."""
        return self.folder / "articles" / f"{name}.parquet"

    def quotes(self, name: str) -> Path:
        """The quotes of a shard."""
        return self.folder / "quotes" / f"{name}.parquet"

    def faults(self, name: str) -> Path:
        """What of a shard could not be read, with the reasons, as JSON lines."""
        return self.folder / "faults" / f"{name}.jsonl"

    def mark(self, done: Done) -> None:
        """Write the done-mark of a shard, whole or not at all."""
        write_whole(self._mark(done.shard.name), json.dumps(asdict(done), indent=1))

    def done(self, shard: Shard, extractor: str) -> Done | None:
        """The done-mark of a shard that was read as it is now, by this extractor."""
        done = self._read(self._mark(shard.name))
        return done if done and (done.shard, done.extractor, done.format) == (shard, extractor, FORMAT) else None

    def all_done(self) -> list[Done]:
        """Every shard that is whole, in the order of the shards' paths; raises BatchError for a folder of none."""
        found = [done for path in (self.folder / "done").glob("*.json") if (done := self._read(path))]
        if not found:
            raise BatchError(f"{self.folder} holds no finished shard; make some with `quotes batch INPUT --out` there.")
        return sorted(found, key=lambda done: done.shard.path)

    def _mark(self, name: str) -> Path:
        return self.folder / "done" / f"{name}.json"

    def _read(self, path: Path) -> Done | None:
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
            return Done(**{**found, "shard": Shard(**found["shard"])})
        except (FileNotFoundError, ValueError, TypeError, KeyError):
            return None


def write_whole(path: Path, text: str) -> None:
    """Put a text at a path so that nobody ever sees a part of it, not even after a crash."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    with temporary.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
