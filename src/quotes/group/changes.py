"""What changed from one wording to another, and whether it touches what may turn the meaning round."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quotes.group.wording import Word, Wording

Opcode = tuple[str, int, int, int, int]
"""equal, delete, insert or replace; then the half-open bounds in the one wording's words and in the other's."""

ChangeKind = Literal["cut", "added", "replaced"]
Matter = Literal["number", "negation", "name", "modal"]
"""What a change touches that may turn the meaning round."""

_NUMBER = re.compile(r"\d")
_NUMBER_WORDS = frozenset(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion "
    "half third quarter dozen double twice".split()
)
_NEGATIONS = frozenset("not no never none nobody nothing neither nor without cannot hardly barely".split())
_MODALS = frozenset("will would shall should may might can could must".split())
_CONTRACTED = re.compile(r"n[’'ʼ]?t$")


@dataclass(frozen=True, slots=True)
class Change:
    """One place where the wordings differ; `before` and `after` are as printed, and one of them may be empty."""

    kind: ChangeKind
    before: str
    after: str
    matters: tuple[Matter, ...] = ()


def align(ours: Wording, theirs: Wording) -> list[Opcode]:
    """What the two have in common and where they differ, in order; every word of both is in exactly one block."""
    a, b = ([word.key for word in wording.words] for wording in (ours, theirs))
    return list(SequenceMatcher(None, a, b, autojunk=False).get_opcodes())


def changes(ours: Wording, theirs: Wording, blocks: Sequence[Opcode]) -> Iterator[Change]:
    """What changed in each block that the two do not share."""
    kinds: dict[str, ChangeKind] = {"delete": "cut", "insert": "added", "replace": "replaced"}
    for tag, i, j, k, m in blocks:
        if tag in kinds:
            before, after = ours.words[i:j], theirs.words[k:m]
            yield Change(kinds[tag], _printed(before), _printed(after), tuple(sorted(_matters(before, after))))


def _printed(part: Sequence[Word]) -> str:
    return " ".join(word.printed for word in part)


def _matters(before: Sequence[Word], after: Sequence[Word]) -> set[Matter]:
    found: set[Matter] = set()
    if _numbers(before) != _numbers(after):
        found.add("number")
    if _negations(before) % 2 != _negations(after) % 2:
        found.add("negation")
    if _modals(before) != _modals(after):
        found.add("modal")
    names, others = (_names(part) for part in (before, after))
    if names and others and not names & others:
        found.add("name")
    return found


def _numbers(part: Sequence[Word]) -> set[str]:
    return {word.key for word in part if _NUMBER.search(word.key) or word.key in _NUMBER_WORDS}


def _modals(part: Sequence[Word]) -> set[str]:
    return {stem for word in part if (stem := _stem(word)) in _MODALS}


def _negations(part: Sequence[Word]) -> int:
    return sum(_stem(word) in _NEGATIONS or _CONTRACTED.search(word.printed.casefold()) is not None for word in part)


def _stem(word: Word) -> str:
    """What stands before an apostrophe: "would" of "would've"."""
    return re.split("['’ʼ]", word.printed.casefold())[0]


def _names(part: Sequence[Word]) -> set[str]:
    return {word.key for word in part if word.printed[0].isupper() and not word.starts and len(word.key) > 1}
