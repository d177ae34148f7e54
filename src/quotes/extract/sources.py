"""Sources of which the model names only the first word: "the" of "the governor" says of nobody who it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from quotes.extract.paths import Span
    from quotes.words import Words

_ARTICLES = frozenset({"the", "a", "an"})


def with_noun_phrase(
    source: Span, others: Sequence[Span], text: str, words: Words, *, nominal: npt.NDArray[np.bool_]
) -> Span:
    """A source, and of one that is an article alone the noun phrase that it begins.

    others: the cues and contents of the statement, which are no part of it. nominal: [N], whether each word is an
    adjective, a noun, a name or a number.
    """
    start, end = source
    if text[start:end].casefold() not in _ARTICLES:
        return source
    stop = min((other for other, _ in others if other >= end), default=len(text))
    first = int(np.searchsorted(words.spans[:, 0], start))
    inside = nominal & (words.spans[:, 1] <= stop) & (words.paragraphs == words.paragraphs[first])
    last = first + 1 + int(np.argmin(np.append(inside[first + 1 :], False)))
    return start, int(words.spans[last - 1, 1])
