"""What changed from one wording to another: where, of what kind, and whether it may turn the meaning round."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal

from rapidfuzz.distance import Levenshtein

from quotes.group.kinds import MATTERS, RANK, ChangeKind, coarse, is_light, is_negating, matters, numbers_differ, shape
from quotes.group.quantities import is_number
from quotes.group.wording import read_wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from quotes.group.wording import Word, Wording

Opcode = tuple[str, int, int, int, int]
"""equal, delete, insert or replace; then the half-open bounds in the one wording's words and in the other's."""

Bounds = tuple[int, int]
"""Half-open bounds in a wording's words."""

_MOST_PAIRS = 250_000
_MOST_BETWEEN = 2
_LEAST_AROUND = 6
_LEAST_BEYOND = 4
_REACH_AHEAD = 6
_REACH_BACK = 3
_CONJUNCTIONS = frozenset({"and", "but", "or"})


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


def align(ours: Wording, theirs: Wording) -> list[Opcode]:
    """What the two have in common and where they differ, in order; every word of both is in exactly one block.

    The same blocks, with the sides exchanged, come out when the wordings are exchanged.
    """
    a, b = ours.keys, theirs.keys
    if b < a:
        return [_mirrored(block) for block in _opcodes(b, a)]
    return _opcodes(a, b)


def changes(ours: Wording, theirs: Wording, blocks: Sequence[Opcode] | None = None) -> list[Change]:
    """What changed, in the order of the text; of `blocks` alone, where they are given."""
    found: list[Change] = []
    for block in _fine(ours, theirs, align(ours, theirs) if blocks is None else blocks):
        if block[0] == "equal":
            found += _moved(ours, theirs, range(*block[1:3]), block[3])
        else:
            found.append(_change(ours, theirs, block))
    return found


def ranked(found: Iterable[Change]) -> list[Change]:
    """Changes with those that matter most first; within a kind in the order of the text."""
    return sorted(found, key=lambda change: RANK.index(change.kind))


def changed(before: str, after: str) -> list[Change]:
    """What changed from one text to another, in the order of the text."""
    return changes(read_wording(before), read_wording(after))


def in_common(before: str, after: str) -> float:
    """How much of the shorter of two texts stands in the other as well, in order: 0 to 1, by the weight of words."""
    ours, theirs = read_wording(before), read_wording(after)
    shared = sum(word.weight for tag, i, j, *_ in align(ours, theirs) if tag == "equal" for word in ours.words[i:j])
    shorter = min(sum(word.weight for word in wording.words) for wording in (ours, theirs))
    return shared / shorter if shorter else 0.0


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
    done = 0
    for tag, i, j, k, m in _fine(ours, theirs, align(ours, theirs)):
        if tag in {"delete", "replace"}:
            found.append(Piece("cut", _slice(ours, i, j)))
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


def _opcodes(a: Sequence[str], b: Sequence[str]) -> list[Opcode]:
    """By the longest runs in common, which reads best; of very long texts by the fewest changes, which is fast."""
    if len(a) * len(b) > _MOST_PAIRS:
        return [(op.tag, op.src_start, op.src_end, op.dest_start, op.dest_end) for op in Levenshtein.opcodes(a, b)]
    return list(SequenceMatcher(None, a, b, autojunk=False).get_opcodes())


def _mirrored(block: Opcode) -> Opcode:
    tag, i, j, k, m = block
    return {"insert": "delete", "delete": "insert"}.get(tag, tag), k, m, i, j


def _fine(ours: Wording, theirs: Wording, blocks: Sequence[Opcode]) -> Iterator[Opcode]:
    """The blocks as a reader would mark them: no lone "of" between two changes, and each changed word by itself."""
    for block in _without_islands(ours, blocks):
        if block[0] == "replace":
            yield from _parted(ours.words, theirs.words, block)
        else:
            yield block


def _without_islands(ours: Wording, blocks: Sequence[Opcode]) -> list[Opcode]:
    found: list[Opcode] = []
    for number, block in enumerate(blocks):
        tag, i, j, k, m = block
        around = [blocks[n] for n in (number - 1, number + 1) if 0 <= n < len(blocks)]
        island = (
            tag == "equal"
            and j - i <= _MOST_BETWEEN
            and len(around) == 2
            and all(map(is_light, ours.words[i:j]))
            and all(neighbour[0] == "replace" for neighbour in around)
            and sum(max(b[2] - b[1], b[4] - b[3]) for b in around) >= _LEAST_AROUND
        )
        if found and (island or (found[-1][0] == "replace" and tag == "replace")):
            _, i, _, k, _ = found.pop()
            found.append(("replace", i, j, k, m))
        else:
            found.append(block)
    return found


def _parted(ours: Sequence[Word], theirs: Sequence[Word], block: Opcode) -> Iterator[Opcode]:
    """A replaced stretch, with words that stand for each other (5 and 50, goes and went) apart from the others."""
    _, i, j, k, m = block
    a, b = ([coarse(word) for word in part] for part in (ours[i:j], theirs[k:m]))
    inner = _opcodes(a, b) if a <= b else [_mirrored(part) for part in _opcodes(b, a)]
    for tag, first, last, start, end in inner:
        if tag == "equal":
            for n in range(last - first):
                same = ours[i + first + n].key == theirs[k + start + n].key
                yield (
                    "equal" if same else "replace",
                    i + first + n,
                    i + first + n + 1,
                    k + start + n,
                    k + start + n + 1,
                )
        else:
            yield (tag, i + first, i + last, k + start, k + end)


def is_beyond(ours: Wording, theirs: Wording, block: Opcode) -> bool:
    """Whether one of the two goes on saying something else there, at some length, before or after all they share.

    What negates the words that it leads up to (it is not true that …) says something about them.
    """
    tag, i, j, k, m = block
    if tag not in {"insert", "delete"} or max(j - i, m - k) < _LEAST_BEYOND:
        return False
    wording, bounds = (ours, (i, j)) if j > i else (theirs, (k, m))
    if (i, k) == (0, 0):
        return not _negates(wording, range(bounds[1] - 1, bounds[0] - 1, -1)[:_REACH_AHEAD], 1)
    if (j, m) == (len(ours.words), len(theirs.words)):
        return not _negates(wording, range(*bounds)[:_REACH_BACK], 0)
    return False


def _negates(wording: Wording, places: range, gap: int) -> bool:
    """Whether there is a negation among the words at `places` before a break, or a conjunction, comes between."""
    for place in places:
        word = wording.words[place]
        if (place + gap in wording.breaks and 0 < place + gap < len(wording.words)) or word.key in _CONJUNCTIONS:
            return False
        if is_negating(word):
            return True
    return False


def _change(ours: Wording, theirs: Wording, block: Opcode) -> Change:
    _, i, j, k, m = block
    before, after = ours.words[i:j], theirs.words[k:m]
    apart = is_beyond(ours, theirs, block) or (_apart(ours, (i, j)) if before else _apart(theirs, (k, m)))
    kinds = matters(before, after, apart=apart)
    form = shape(before, after, cut_is_shown=(k in theirs.ellipses) if before else (i in ours.ellipses))
    if not (form == "substitution" and kinds):
        kinds.add(form)
    return _made(ours, theirs, ((i, j), (k, m)), kinds)


def _apart(wording: Wording, bounds: Bounds) -> bool:
    """Whether the words are a clause, or more, of their own: punctuation on both sides, and no short aside."""
    return bounds[1] - bounds[0] >= _LEAST_BEYOND and wording.breaks.issuperset(bounds)


def _moved(ours: Wording, theirs: Wording, equal: range, other: int) -> Iterator[Change]:
    """Words that both have, and one of them in quotation marks; not where all of a wording is quoted, or none of it."""
    if not (_is_mixed(ours) or _is_mixed(theirs)):
        return
    pairs = [(i, other + n) for n, i in enumerate(equal)]
    for differs, run in groupby(pairs, key=lambda pair: ours.words[pair[0]].quoted != theirs.words[pair[1]].quoted):
        if differs:
            places = list(run)
            (i, k), (j, m) = places[0], places[-1]
            change = _made(ours, theirs, ((i, j + 1), (k, m + 1)), {"mark"})
            yield replace(change, quoted=theirs.words[k].quoted)


def _is_mixed(wording: Wording) -> bool:
    return len({word.quoted for word in wording.words}) == 2


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
        if wording.text[start - 1 : start] == "[" and wording.text[end : end + 1] == "]":
            return start - 1, end + 1
        return start, end
    place = wording.words[first - 1].end if first else 0
    return place, place


def _slice(wording: Wording, first: int, last: int) -> str:
    start, end = _bounds(wording, first, last)
    return wording.text[start:end]
