"""Two wordings side by side: how much they share, what changed, and whether a change turns the meaning round.

Words are compared in order, in their comparable form (`quotes.text.words`), so that marks, case, dashes and brackets do
not count. Words that carry little (the, of, and) count for little.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, Literal

from quotes.lexicon import word_list
from quotes.text import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

EdgeKind = Literal["identical", "near", "fragment"]
"""identical: word for word; near: a word cut, added or replaced; fragment: one is a part of the other."""

ChangeKind = Literal["cut", "added", "replaced"]
Matter = Literal["number", "negation", "name", "modal"]
"""What a change touches that may turn the meaning round."""

LINKED = 0.6
"""The score from which two wordings are linked; on labelled pairs of news quotes anything from 0.55 to 0.65 does."""

_LEAST_IN_FRAGMENT = 4.0
_LIGHT = 0.25
_LEAST_BEYOND = 4
_WORD = re.compile(r"\w+(?:['’ʼ]\w+)*")
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


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two wordings share: `score` is 0 to 1, `edge` None below LINKED.

    `contradicts` is true where a number, a negation, a name or a modal verb changed: near in form, and perhaps the
    opposite in meaning.
    """

    score: float
    edge: EdgeKind | None
    changes: tuple[Change, ...]

    @property
    def contradicts(self) -> bool:
        """Whether any change matters."""
        return any(change.matters for change in self.changes)

    def as_record(self) -> dict[str, Any]:
        """All of it as plain values, for JSON."""
        return {**asdict(self), "contradicts": self.contradicts}


@dataclass(frozen=True, slots=True)
class _Word:
    printed: str
    key: str
    weight: float
    starts: bool
    """Whether it begins a sentence, where a capital tells nothing."""


def compare(a: str, b: str) -> Comparison:
    """Compare two wordings; the score is the same in either order."""
    ours, theirs = _words(a), _words(b)
    if not ours or not theirs:
        return Comparison(0.0, None, ())
    matcher = SequenceMatcher(None, [w.key for w in ours], [w.key for w in theirs], autojunk=False)
    blocks = matcher.get_opcodes()
    shared = sum(word.weight for tag, i, j, _, _ in blocks if tag == "equal" for word in ours[i:j])
    mine, others = _weight(ours), _weight(theirs)
    alike = 2 * shared / (mine + others)
    # Without what stands before and after all that they share, one may be a part of the other.
    equal = [number for number, block in enumerate(blocks) if block[0] == "equal"]
    common = blocks[equal[0] : equal[-1] + 1] if equal else []
    within_mine = _weight([word for _, i, j, _, _ in common for word in ours[i:j]])
    within_others = _weight([word for _, _, _, k, m in common for word in theirs[k:m]])
    part = shared / max(within_mine, within_others, 1e-9) * shared / min(mine, others)
    score = max(alike, part if shared >= _LEAST_IN_FRAGMENT else 0.0)
    if alike == 1.0:
        return Comparison(1.0, "identical", ())
    is_part = score > alike
    edge: EdgeKind | None = ("fragment" if is_part else "near") if score >= LINKED else None
    changes = tuple(_changes(ours, theirs, _inner(blocks) if is_part else blocks))
    return Comparison(round(score, 4), edge, changes)


Opcode = tuple[str, int, int, int, int]


def _inner(blocks: Sequence[Opcode]) -> list[Opcode]:
    """The blocks without what only one of the two goes on saying, at some length, before or after."""
    first, last = 0, len(blocks)
    if blocks and _goes_on(blocks[0]):
        first = 1
    if last > first and _goes_on(blocks[-1]):
        last -= 1
    return list(blocks[first:last])


def _goes_on(block: Opcode) -> bool:
    tag, i, j, k, m = block
    return tag in ("insert", "delete") and max(j - i, m - k) >= _LEAST_BEYOND


def _words(text: str) -> list[_Word]:
    found: list[_Word] = []
    end = 0
    for match in _WORD.finditer(text):
        keys = words(match.group())
        if keys:
            key = keys[0]
            weight = _LIGHT if key in word_list("function_words") else 1.0
            starts = not found or any(mark in text[end : match.start()] for mark in '.!?:“"')
            found.append(_Word(match.group(), key, weight, starts))
        end = match.end()
    return found


def _weight(found: Sequence[_Word]) -> float:
    return sum(word.weight for word in found)


def _changes(ours: Sequence[_Word], theirs: Sequence[_Word], blocks: Sequence[Opcode]) -> Iterator[Change]:
    kinds: dict[str, ChangeKind] = {"delete": "cut", "insert": "added", "replace": "replaced"}
    for tag, i, j, k, m in blocks:
        if tag in kinds:
            before, after = ours[i:j], theirs[k:m]
            yield Change(kinds[tag], _printed(before), _printed(after), tuple(sorted(_matters(before, after))))


def _printed(part: Sequence[_Word]) -> str:
    return " ".join(word.printed for word in part)


def _matters(before: Sequence[_Word], after: Sequence[_Word]) -> set[Matter]:
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


def _numbers(part: Sequence[_Word]) -> set[str]:
    return {word.key for word in part if _NUMBER.search(word.key) or word.key in _NUMBER_WORDS}


def _modals(part: Sequence[_Word]) -> set[str]:
    return {stem for word in part if (stem := _stem(word)) in _MODALS}


def _negations(part: Sequence[_Word]) -> int:
    return sum(_stem(word) in _NEGATIONS or _CONTRACTED.search(word.printed.casefold()) is not None for word in part)


def _stem(word: _Word) -> str:
    """What stands before an apostrophe: "would" of "would've"."""
    return re.split("['’ʼ]", word.printed.casefold())[0]


def _names(part: Sequence[_Word]) -> set[str]:
    return {word.key for word in part if word.printed[0].isupper() and not word.starts and len(word.key) > 1}
