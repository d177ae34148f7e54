"""Two wordings word by word: what they share, and where one has other words, more words, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cydifflib import SequenceMatcher
from rapidfuzz.distance import Levenshtein

from quotes.group.kinds import coarse, is_light, is_negating

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quotes.group.wording import Word, Wording

Opcode = tuple[str, int, int, int, int]
"""equal, delete, insert or replace; then the half-open bounds in the one wording's words and in the other's."""

LEAST_BEYOND = 4
"""The words that make a clause, or more, of their own and no aside."""

_MOST_PAIRS = 250_000
_MOST_BETWEEN = 2
_LEAST_AROUND = 6
_REACH_AHEAD = 6
_REACH_BACK = 3
_CONJUNCTIONS = frozenset({"and", "but", "or"})


def align(ours: Wording, theirs: Wording) -> list[Opcode]:
    """What the two have in common and where they differ, in order; every word of both is in exactly one block.

    The same blocks, with the sides exchanged, come out when the wordings are exchanged.
    """
    a, b = ours.keys, theirs.keys
    if b < a:
        return [_mirrored(block) for block in _opcodes(b, a)]
    return _opcodes(a, b)


def align_finely(ours: Wording, theirs: Wording, blocks: Sequence[Opcode] | None = None) -> Iterator[Opcode]:
    """The blocks as a reader would mark them: no lone "of" between two changes, and each changed word by itself.

    Of `blocks`, which are some of what `align` gives, or of all.
    """
    for block in _without_islands(ours, align(ours, theirs) if blocks is None else blocks):
        if block[0] == "replace":
            yield from _parted(ours.words, theirs.words, block)
        else:
            yield block


def is_beyond(ours: Wording, theirs: Wording, block: Opcode) -> bool:
    """Whether one of the two goes on saying something else there, at some length, before or after all they share.

    What negates the words that it leads up to (it is not true that …) says something about them.
    """
    tag, i, j, k, m = block
    if tag not in {"insert", "delete"} or max(j - i, m - k) < LEAST_BEYOND:
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


def _opcodes(a: Sequence[str], b: Sequence[str]) -> list[Opcode]:
    """By the longest runs in common, which reads best; of very long texts by the fewest changes, which is fast."""
    if len(a) * len(b) > _MOST_PAIRS:
        return [(op.tag, op.src_start, op.src_end, op.dest_start, op.dest_end) for op in Levenshtein.opcodes(a, b)]
    return list(SequenceMatcher(None, a, b, autojunk=False).get_opcodes())


def _mirrored(block: Opcode) -> Opcode:
    tag, i, j, k, m = block
    return {"insert": "delete", "delete": "insert"}.get(tag, tag), k, m, i, j


def _without_islands(ours: Wording, blocks: Sequence[Opcode]) -> list[Opcode]:
    found: list[Opcode] = []
    for number, block in enumerate(blocks):
        tag, i, j, k, m = block
        joins = _is_island(ours, blocks, number) if tag == "equal" else tag == "replace" and found[-1:] != []
        if joins and found[-1][0] == "replace":
            _, i, _, k, _ = found.pop()
            found.append(("replace", i, j, k, m))
        else:
            found.append(block)
    return found


def _is_island(ours: Wording, blocks: Sequence[Opcode], number: int) -> bool:
    """Whether a word or two that both have stand alone between long changes, and carry little."""
    _, i, j, *_ = blocks[number]
    if j - i > _MOST_BETWEEN or not 0 < number < len(blocks) - 1:
        return False
    around = (blocks[number - 1], blocks[number + 1])
    return (
        all(neighbour[0] == "replace" for neighbour in around)
        and sum(max(b[2] - b[1], b[4] - b[3]) for b in around) >= _LEAST_AROUND
        and all(map(is_light, ours.words[i:j]))
    )


def _parted(ours: Sequence[Word], theirs: Sequence[Word], block: Opcode) -> Iterator[Opcode]:
    """A replaced stretch, with words that stand for each other (5 and 50, goes and went) apart from the others."""
    _, i, j, k, m = block
    if j - i == m - k == 1:
        yield block
        return
    a, b = ours[i:j], theirs[k:m]
    if [word.key for word in b] < [word.key for word in a]:
        inner = [_mirrored(part) for part in _opcodes(_coarse(b, "<"), _coarse(a, ">"))]
    else:
        inner = _opcodes(_coarse(a, "<"), _coarse(b, ">"))
    for tag, first, last, start, end in inner:
        if tag == "equal":
            for n in range(last - first):
                same = a[first + n].key == b[start + n].key
                place = (i + first + n, i + first + n + 1, k + start + n, k + start + n + 1)
                yield ("equal" if same else "replace", *place)
        else:
            yield (tag, i + first, i + last, k + start, k + end)


def _coarse(part: Sequence[Word], side: str) -> list[str]:
    """What words have in common with those that may stand for them; a lone function word has nothing, on its side."""
    return [f"{side}{word.key}" if (kind := coarse(word)) == word.key and is_light(word) else kind for word in part]
