"""What reading an input can come to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from quotes.model import Article

if TYPE_CHECKING:
    from quotes.errors import InputError

DEFAULT_MAX_BYTES = 20_000_000
"""The size limit of a file, or of one line of a JSONL file; `--max-size` counts in megabytes of a million bytes."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something that could not be read, and why; everything else is read all the same.

    `input` names the file, folder or manifest as the user gave it.
    """

    input: str
    error: InputError


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was passed over, which is no error; `reason` says why in a few words ("unknown type")."""

    input: str
    reason: str


@dataclass(frozen=True, slots=True)
class Unchanged:
    """An article that is stored as it stands, which its bytes alone told: nothing was made of them."""

    input: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """An article that is not in the file which names it, but at a web address; `reading` goes there."""

    url: str


Outcome: TypeAlias = Article | Unreadable | Skipped | Unchanged
