"""The best path through scores: the tags of words by BIO, and one choice along a stretch; arrays in, arrays out."""

from bisect import bisect_left

import numpy as np
import numpy.typing as npt

from quotes.encoder import TAGS
from quotes.words import IntArray

Array = npt.NDArray[np.float32]
#: Half-open numbers of words, or half-open character offsets.
Span = tuple[int, int]


def viterbi(scores: Array, paragraphs: IntArray, tags: tuple[str, ...] = TAGS) -> IntArray:
    """The best tag of each word, [N], for [N, tags] log probabilities, paragraph by paragraph.

    tags: "O", then a B- and an I- tag of each kind; an I- tag follows only the B- or I- tag of its kind. At
    the start of a paragraph it stays where a span of the last paragraph goes on, and becomes a B- elsewhere.
    """
    path: IntArray = scores.argmax(axis=1).astype(np.int32)
    inner = [tag.startswith("I-") for tag in tags]
    begins = np.diff(paragraphs, prepend=-1) != 0
    _mend(path, scores, begins, inner)
    starts = np.flatnonzero(begins)
    own, last = path[starts], path[starts - 1]
    goes_on = (starts > 0) & ((last == own) | (last == own - 1))
    path[starts[np.array(inner)[own] & ~goes_on]] -= 1
    return path


def _mend(path: IntArray, scores: Array, begins: npt.NDArray[np.bool_], inner: list[bool]) -> None:
    """From the best tag of each word to the best path, where an I- tag cannot follow the tag before it.

    Between two words that begin a paragraph, or whose own best tag is no I-, lies a stretch of which a path is the best
    of the whole paragraph's, if its first tag may stand where it stands; if not, the stretch is one with that before.
    """
    inside = np.array(inner)[path]
    before = np.concatenate((path[:1], path[:-1]))
    astray = np.flatnonzero(inside & (before != path) & (before != path - 1) & ~begins).tolist()
    if not astray:
        return
    free = np.flatnonzero(begins | ~inside).tolist()
    end = 0
    for at in astray:
        if at < end:
            continue
        number = bisect_left(free, at)
        end = free[number] if number < len(free) else len(path)
        while True:
            start = free[number - 1]
            path[start:end] = _best_path(scores[start:end].tolist(), inner)
            first = path[start]
            if begins[start] or not inner[first] or path[start - 1] in (first, first - 1):
                break
            number -= 1
            del free[number]


def _best_path(rows: list[list[float]], inner: list[bool]) -> list[int]:
    """The best path through words of a paragraph, the first of which may have any tag.

    In lists: for a handful of tags numpy's calls take three times as long.
    """
    best, origins = rows[0], list[list[int]]()
    for row in rows[1:]:
        top = best.index(max(best))
        origins.append([(i if best[i] > best[i - 1] else i - 1) if inner[i] else top for i in range(len(row))])
        best = [best[origin] + score for origin, score in zip(origins[-1], row, strict=True)]
    found = [best.index(max(best))]
    for origin in reversed(origins):
        found.append(origin[found[-1]])
    return found[::-1]


def steady_path(scores: Array, penalty: float) -> list[int]:
    """The best choice for each row of [rows, choices], when every change of choice costs `penalty`."""
    path: list[int] = scores.argmax(axis=1).tolist()
    if path.count(path[0]) == len(path):
        return path
    best = scores[0]
    back = np.zeros(scores.shape, dtype=np.int32)
    stay = np.arange(scores.shape[1])
    for i in range(1, len(scores)):
        top = int(best.argmax())
        moved = best[top] - penalty > best
        back[i] = np.where(moved, top, stay)
        best = np.where(moved, best[top] - penalty, best) + scores[i]
    path[-1] = int(best.argmax())
    for i in range(len(scores) - 1, 0, -1):
        path[i - 1] = int(back[i, path[i]])
    return path


def softmax(scores: Array) -> Array:
    """Probabilities along the last axis."""
    raised: Array = scores - scores.max(axis=-1, keepdims=True)
    np.exp(raised, out=raised)
    raised /= raised.sum(axis=-1, keepdims=True)
    return raised


def spans_of(tags: IntArray, first: int) -> list[Span]:
    """Spans of words of the kind whose B- tag is `first`; its I- tag is the next."""
    starts = np.flatnonzero(tags == first)
    goes_on = np.append(tags == first + 1, False)
    stops = np.flatnonzero(~goes_on)
    ends = stops[np.searchsorted(stops, starts + 1)] if len(starts) else starts
    return list(zip(starts.tolist(), ends.tolist(), strict=True))
