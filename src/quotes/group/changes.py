"""What changed from one wording to another: where, of what kind, and whether it may turn the meaning round."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal

from quotes.group.alignment import LEAST_BEYOND, align_finely, is_beyond
from quotes.group.kinds import MATTERS, RANK, ChangeKind, are_opposites, matters, numbers_differ, shape
from quotes.group.quantities import is_number
from quotes.group.wording import read_wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from quotes.group.alignment import Opcode
    from quotes.group.wording import Wording

Bounds = tuple[int, int]
"""Half-open bounds in a wording's words."""


@dataclass(frozen=True, slots=True)
class Change:
    """One place where the wordings differ.

    `kinds` are all that apply, what matters most first. [`before_start`, `before_end`) is the place in the first text,
    `after_start` and `after_end` the same in the second; `before` and `after` are what is printed there, and where
    words were cut or added one of them is empty.
    """

    kinds: tuple[ChangeKind, ...]
    before: str
    after: str
    before_start: int
    before_end: int
    after_start: int
    after_end: int
    quoted: bool | None = None
    """Of words that moved across a quotation mark: whether they stand inside marks afterwards."""

    @property
    def kind(self) -> ChangeKind:
        """The kind that matters most."""
        return self.kinds[0]

    @property
    def matters(self) -> tuple[ChangeKind, ...]:
        """The kinds of it that may turn the meaning round."""
        return tuple(kind for kind in self.kinds if kind in MATTERS)

    def as_record(self) -> dict[str, Any]:
        """All of it as plain values, for JSON."""
        moved = {} if self.quoted is None else {"quoted": self.quoted}
        return {
            "kinds": list(self.kinds),
            "before": self.before,
            "after": self.after,
            "before_span": [self.before_start, self.before_end],
            "after_span": [self.after_start, self.after_end],
            **moved,
        }


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text that shows both wordings at once."""

    kind: Literal["same", "cut", "added"]
    text: str


def changes(ours: Wording, theirs: Wording, blocks: Sequence[Opcode] | None = None) -> list[Change]:
    """What changed, in the order of the text; of `blocks` alone, where they are given."""
    found: list[Change] = []
    for block in align_finely(ours, theirs, blocks):
        if block[0] == "equal":
            found += _moved(ours, theirs, range(*block[1:3]), block[3])
        else:
            found.append(_change(ours, theirs, block))
    return found


def matters_of(ours: Wording, theirs: Wording, blocks: Sequence[Opcode]) -> set[ChangeKind]:
    """The kinds of what changed in these blocks that may turn the meaning round; far sooner known than `changes`."""
    found: set[ChangeKind] = set()
    for block in align_finely(ours, theirs, blocks):
        tag, i, j, k, m = block
        if tag == "equal":
            continue
        if ours.may_matter(i, j) or theirs.may_matter(k, m):
            found |= matters(ours.words[i:j], theirs.words[k:m], apart=_is_apart(ours, theirs, block))
        elif tag == "replace" and are_opposites(ours.words[i:j], theirs.words[k:m]):
            found.add("negation")
    return found


def ranked(found: Iterable[Change]) -> list[Change]:
    """Changes with those that matter most first; within a kind in the order of the text."""
    return sorted(found, key=lambda change: RANK.index(change.kind))


def changed(before: str, after: str) -> list[Change]:
    """What changed from one text to another, in the order of the text."""
    return changes(read_wording(before), read_wording(after))


def changed_altogether(before: str, after: str) -> Change:
    """One change that stands for all where a statement is made in other words; only its numbers are compared."""
    ours, theirs = read_wording(before), read_wording(after)
    kinds: set[ChangeKind] = {"substitution"}
    if all(any(is_number(key) for key in wording.keys) for wording in (ours, theirs)):
        kinds |= {"number"} if numbers_differ(ours.words, theirs.words) else set()
    return _made(ours, theirs, ((0, len(ours.words)), (0, len(theirs.words))), kinds)


def pieces(before: str, after: str) -> list[Piece]:
    """The second text with what was cut from the first put in, where it stood.

    What is not cut, joined, is the second text; what is cut are stretches of the first.
    """
    ours, theirs = read_wording(before), read_wording(after)
    found: list[Piece] = []
    done = cut_from = 0
    for tag, i, j, k, m in align_finely(ours, theirs):
        if tag in {"delete", "replace"}:
            if not found or found[-1].kind != "cut":
                cut_from = i
            else:
                found.pop()
            found.append(Piece("cut", _slice(ours, cut_from, j)))
        if k < m:
            start, end = _bounds(theirs, k, m)
            if done < start:
                found.insert(len(found) - (tag == "replace"), Piece("same", after[done:start]))
            found.append(Piece("same" if tag == "equal" else "added", after[start:end]))
            done = end
    if done < len(after):
        found.append(Piece("same", after[done:]))
    return _merged(found)


def _merged(found: Sequence[Piece]) -> list[Piece]:
    """Neighbours of one kind as one piece."""
    return [Piece(kind, "".join(p.text for p in group)) for kind, group in groupby(found, key=lambda piece: piece.kind)]


def _change(ours: Wording, theirs: Wording, block: Opcode) -> Change:
    _, i, j, k, m = block
    before, after = ours.words[i:j], theirs.words[k:m]
    kinds = matters(before, after, apart=_is_apart(ours, theirs, block))
    form = shape(before, after, cut_is_shown=(k in theirs.ellipses) if before else (i in ours.ellipses))
    if not (form == "substitution" and kinds):
        kinds.add(form)
    return _made(ours, theirs, ((i, j), (k, m)), kinds)


def _is_apart(ours: Wording, theirs: Wording, block: Opcode) -> bool:
    _, i, j, k, m = block
    return is_beyond(ours, theirs, block) or (_apart(ours, (i, j)) if j > i else _apart(theirs, (k, m)))


def _apart(wording: Wording, bounds: Bounds) -> bool:
    """Whether the words are a clause, or more, of their own: punctuation on both sides, and no short aside."""
    return bounds[1] - bounds[0] >= LEAST_BEYOND and wording.breaks.issuperset(bounds)


def _moved(ours: Wording, theirs: Wording, equal: range, other: int) -> Iterator[Change]:
    """Words that both have, and one of them in quotation marks; not where all of a wording is quoted, or none of it."""
    if not (ours.partly_quoted or theirs.partly_quoted):
        return
    pairs = [(i, other + n) for n, i in enumerate(equal)]

    def quoted(pair: tuple[int, int]) -> bool | None:
        """Whether a word that moved now stands inside marks; None where it did not move."""
        before, after = ours.words[pair[0]].quoted, theirs.words[pair[1]].quoted
        return None if before == after else after

    for now_quoted, run in groupby(pairs, key=quoted):
        if now_quoted is not None:
            places = list(run)
            (i, k), (j, m) = places[0], places[-1]
            yield replace(_made(ours, theirs, ((i, j + 1), (k, m + 1)), {"mark"}), quoted=now_quoted)


def _made(ours: Wording, theirs: Wording, places: tuple[Bounds, Bounds], kinds: set[ChangeKind]) -> Change:
    before_start, before_end = _bounds(ours, *places[0])
    after_start, after_end = _bounds(theirs, *places[1])
    return Change(
        kinds=tuple(sorted(kinds, key=RANK.index)),
        before=ours.text[before_start:before_end],
        after=theirs.text[after_start:after_end],
        before_start=before_start,
        before_end=before_end,
        after_start=after_start,
        after_end=after_end,
    )


def _bounds(wording: Wording, first: int, last: int) -> tuple[int, int]:
    """Where the words stand; of none, where they would."""
    if first < last:
        start, end = wording.words[first].start, wording.words[last - 1].end
        return _with_brackets(wording.text, start, end)
    place = wording.words[first - 1].end if first else 0
    return place, place


def _with_brackets(text: str, start: int, end: int) -> Bounds:
    """The bounds, and beyond them the brackets that belong to what stands there."""
    inner = text[start:end]
    opens, closes = text[start - 1 : start] == "[", text[end : end + 1] == "]"
    missing = inner.count("]") - inner.count("[")
    if opens and closes and not missing:
        return start - 1, end + 1
    return start - (opens and missing == 1), end + (closes and missing == -1)


def _slice(wording: Wording, first: int, last: int) -> str:
    start, end = _bounds(wording, first, last)
    return wording.text[start:end]
