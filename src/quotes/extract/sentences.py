"""Sentences of a paragraph, found after its quotations: a stop inside quotation marks ends nothing by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.lexicon import word_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

    from quotes.extract.relation import MarkIndex

_STOPS = {".", "!", "?", "…", "..."}
_CLOSERS = set("\"'”’»)]") | {"''"}


def sentences(doc: Doc, marks: MarkIndex) -> Iterator[tuple[int, int]]:
    """Half-open token bounds of each sentence; a line break always ends one.

    A stop ends a sentence when it stands outside quotations, or when the quotation closes right after it and the next
    word starts with a capital letter: `"Go." He left.` is two sentences, `"Go!" he said.` is one.
    """
    start = 0
    for i, token in enumerate(doc):
        if "\n" in token.text_with_ws or _ends(doc, i, marks):
            if i + 1 > start:
                yield start, i + 1
            start = i + 1
    if start < len(doc):
        yield start, len(doc)


def _ends(doc: Doc, i: int, marks: MarkIndex) -> bool:
    token = doc[i]
    end = token.idx + len(token)
    if token.text in _STOPS and not marks.holds(token.idx, end):
        if i > 0 and not doc[i - 1].whitespace_ and f"{doc[i - 1].lower_}." in word_list("titles"):
            return False
        return i + 1 == len(doc) or doc[i + 1].text not in _CLOSERS
    if token.text in _CLOSERS and i > 0 and doc[i - 1].text[-1] in ".!?":
        return i + 1 < len(doc) and not doc[i + 1].text[0].islower() and not marks.holds(token.idx, end)
    return False
