"""The noun phrase next to a reporting verb, guessed from capitals and word lists alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.lexicon import word_list

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

Bounds = tuple[int, int]
"""Half-open token bounds."""

_LONGEST = 8
_DETERMINERS = frozenset("the a an his her their its our my this that another one some two".split())
_BETWEEN = frozenset("also then later has have had once again on in reportedly further already".split())
_LINKS = frozenset("of for 's ’s ' ’ - and".split())
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())


def phrase_before(doc: Doc, start: int, cue: int, inside: Sequence[bool]) -> Bounds | None:
    """The subject that ends before token `cue`; `inside` tells for the tokens from `start` which are quoted.

    Adverbs and weekdays between the two are passed over. After a comma (", a lawyer, said") it is the first phrase of
    the sentence instead.
    """
    end = cue
    while end > start and (doc[end - 1].lower_ in _BETWEEN | _DAYS or doc[end - 1].lower_.endswith("ly")):
        end -= 1
    if end == start or inside[end - 1 - start]:
        return None
    if doc[end - 1].text == ",":
        return phrase_after(doc, start, end)
    return _grow_left(doc, start, end)


def phrase_after(doc: Doc, start: int, end: int) -> Bounds | None:
    """The phrase that starts at token `start` and runs to a comma, a stop, a preposition or a verb-like word."""
    stop = start
    while stop < min(end, start + _LONGEST) and _belongs(doc, stop, first=stop == start):
        stop += 1
        if doc[stop - 1].lower_ in word_list("pronouns"):
            break
    return (start, stop) if stop > start and _names_someone(doc, start, stop) else None


def _grow_left(doc: Doc, start: int, end: int) -> Bounds | None:
    last = doc[end - 1]
    if last.lower_ in word_list("pronouns"):
        return end - 1, end
    if not last.is_alpha:
        return None
    begin = end - 1
    capitals = _capitalised(last.text)
    while begin > max(start, end - _LONGEST):
        token = doc[begin - 1]
        if token.lower_ in _DETERMINERS:
            return begin - 1, end
        if not (
            _capitalised(token.text) or token.lower_ in _LINKS or token.lower_ in word_list("titles") or not capitals
        ):
            break
        if not (token.is_alpha or token.lower_ in _LINKS) or token.lower_ in word_list("function_words") - _LINKS:
            break
        begin -= 1
        capitals = capitals or _capitalised(token.text)
    while begin < end - 1 and doc[begin].lower_ in _LINKS:
        begin += 1
    return (begin, end) if _names_someone(doc, begin, end) else None


def _belongs(doc: Doc, i: int, *, first: bool) -> bool:
    token = doc[i]
    if first:
        return token.is_alpha and (
            token.lower_ not in word_list("function_words") or token.lower_ in _DETERMINERS | word_list("pronouns")
        )
    if token.lower_ in _LINKS | word_list("particles") - {"and"}:
        return True
    return token.is_alpha and (_capitalised(token.text) or token.lower_ not in word_list("function_words"))


def _names_someone(doc: Doc, start: int, stop: int) -> bool:
    """Whether a phrase looks like a person or a body: a pronoun, a determiner, a capital or a title in it."""
    if doc[start].lower_ in _DETERMINERS | word_list("pronouns"):
        return any(token.is_alpha for token in doc[start:stop])
    return any(_capitalised(token.text) or token.lower_ in word_list("titles") for token in doc[start:stop])


def _capitalised(text: str) -> bool:
    return text[:1].isupper()
