"""The best path through scores: the tags of words by BIO, and one choice along a stretch; arrays in, arrays out."""

from functools import cache

import numpy as np
import numpy.typing as npt

from quotes.encoder import TAGS, IntArray

Array = npt.NDArray[np.float32]
#: Half-open numbers of words, or half-open character offsets.
Span = tuple[int, int]

_IMPOSSIBLE = -1e9


def viterbi(scores: Array, paragraphs: IntArray, tags: tuple[str, ...] = TAGS) -> IntArray:
    """The best tag of each word, [N], for [N, tags] log probabilities, paragraph by paragraph.

    tags: "O", then a B- and an I- tag of each kind; an I- tag follows only the B- or I- tag of its kind. At
    the start of a paragraph it stays where a span of the last paragraph goes on, and becomes a B- elsewhere.
    """
    path: IntArray = scores.argmax(axis=1).astype(np.int32)
    starts = np.flatnonzero(np.diff(paragraphs, prepend=-1))
    lengths = np.diff(np.append(starts, len(paragraphs)))
    inner, allowed = _moves(tags)
    before = np.concatenate((path[:1], path[:-1]))
    astray = inner[path] & (before != path) & (before != path - 1)
    astray[starts] = False
    # where the best tag of each word may follow the one before, no other path is better
    searched = np.logical_or.reduceat(astray, starts) if len(starts) else np.zeros(0, dtype=np.bool_)
    _search(scores, np.stack((starts, lengths), axis=1)[searched], allowed, path)
    for at in starts.tolist():
        goes_on = at and path[at - 1] in (path[at], path[at] - 1)
        if inner[path[at]] and not goes_on:
            path[at] -= 1
    return path


@cache
def _moves(tags: tuple[str, ...]) -> tuple[npt.NDArray[np.bool_], Array]:
    """[tags] which of them are I- tags, and [tags, tags] what a step from one tag to the next costs."""
    inner = np.array([tag.startswith("I-") for tag in tags])
    allowed = np.zeros((len(tags), len(tags)), dtype=np.float32)
    for tag, name in enumerate(tags):
        if name.startswith("I-"):
            allowed[:, tag] = _IMPOSSIBLE
            allowed[[tag - 1, tag], tag] = 0
    return inner, allowed


def _search(scores: Array, paragraphs: npt.NDArray[np.int64], allowed: Array, path: IntArray) -> None:
    """Write the best paths of paragraphs, [P, 2] first words and lengths, all of them a word at a time."""
    if not len(paragraphs):
        return
    starts, lengths = paragraphs[np.argsort(-paragraphs[:, 1], kind="stable")].T
    best = scores[starts]
    back = np.zeros(scores.shape, dtype=np.int8)
    final = np.zeros(len(starts), dtype=np.int64)
    for step in range(1, int(lengths[0]) + 1):
        going = int(np.searchsorted(-lengths, -step))
        final[going : len(best)] = best[going:].argmax(axis=1)
        if not going:
            break
        routes = best[:going, :, None] + allowed
        back[starts[:going] + step] = routes.argmax(axis=1)
        best = routes.max(axis=1) + scores[starts[:going] + step]
    current = final
    for step in range(int(lengths[0]) - 1, -1, -1):
        going = int(np.searchsorted(-lengths, -step))
        at = starts[:going] + step
        path[at] = current[:going]
        current[:going] = back[at, current[:going]]


def steady_path(scores: Array, penalty: float) -> IntArray:
    """The best choice for each row of [rows, choices], when every change of choice costs `penalty`."""
    choice: IntArray = scores.argmax(axis=1).astype(np.int32)
    if (choice == choice[0]).all():
        return choice
    best = scores[0]
    back = np.zeros(scores.shape, dtype=np.int32)
    stay = np.arange(scores.shape[1])
    for i in range(1, len(scores)):
        top = int(best.argmax())
        moved = best[top] - penalty > best
        back[i] = np.where(moved, top, stay)
        best = np.where(moved, best[top] - penalty, best) + scores[i]
    path = np.zeros(len(scores), dtype=np.int32)
    path[-1] = best.argmax()
    for i in range(len(scores) - 1, 0, -1):
        path[i - 1] = back[i, path[i]]
    return path


def log_softmax(scores: Array) -> Array:
    """Log probabilities along the last axis."""
    shifted = scores - scores.max(axis=-1, keepdims=True)
    result: Array = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return result


def spans_of(tags: IntArray, first: int) -> list[Span]:
    """Spans of words of the kind whose B- tag is `first`; its I- tag is the next."""
    starts = np.flatnonzero(tags == first)
    goes_on = np.append(tags == first + 1, False)
    stops = np.flatnonzero(~goes_on)
    ends = stops[np.searchsorted(stops, starts + 1)] if len(starts) else starts
    return list(zip(starts.tolist(), ends.tolist(), strict=True))
