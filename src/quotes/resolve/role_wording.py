"""What of the words around a name is the role itself: no clause, no second sentence, no half a name."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from quotes.lexicon import reporting_verbs, word_list
from quotes.resolve.names import fold
from quotes.resolve.roles import HONORIFICS, is_office, role_words

if TYPE_CHECKING:
    from quotes.model import PrintedRole

_SENTENCE = re.compile(r"(?<=[^\W\d_]{4})\.\s+(?=[A-Z])")
_LEADING = re.compile(r"(?:who\s+)?(?:is|was|now|currently|then|like)\s+(?:now\s+)?", re.IGNORECASE)
_CLAUSE = re.compile(r"\s(?:who|whom|whose|which|that|when|where|while)\s")
_WORD = re.compile(r"[^\W_][\w'’.\-]*")
_OPENING = frozenset({"a", "an", "the", "his", "her", "its", "their", "our", "my", "this", "one", "next", "last"})
_FINITE = frozenset({"is", "are", "was", "were", "has", "have", "had", "will", "would"})
_NO_OFFICE = frozenset({"former", "acting", "interim", "deputy", "vice", "prime"}) | HONORIFICS
"""Titles that say nothing of the office."""


def tidied(role: PrintedRole, text: str) -> PrintedRole | None:
    """The role without what stands around it; None where no office is left.

    "the lawyer for the city. Equally important" is cut to its sentence, "who was the chair" loses its first words, "an
    aide whom Mr" its last ones; "when she was mayor" and "praised the mayor" are clauses and no role.
    """
    for start, end in _sentences(text, role.start, role.end):
        bounds = _cut(text, start, end)
        if bounds is None:
            continue
        lost = role_words(text[role.start : role.end]) - role_words(text[slice(*bounds)])
        return replace(role, start=bounds[0], end=bounds[1], words=role.words - lost)
    return None


def _sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    breaks = [match.span() for match in _SENTENCE.finditer(text, start, end)]
    return list(zip([start, *(after for _, after in breaks)], [*(before for before, _ in breaks), end], strict=True))


def _cut(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The offsets of the role in a phrase; None for a clause, and for words without an office."""
    if leading := _LEADING.match(text, start, end):
        start = leading.end()
    if clause := _CLAUSE.search(text, start, end):
        end = clause.start()
    words = list(_WORD.finditer(text, start, end))
    while words and _dangles(words[-1].group()):
        words.pop()
        if len(words) > 1 and words[-2].group() == "to":  # "the first candidate to win a"
            del words[-2:]
    if not words or _begins_clause(words[0].group()):
        return None
    folded = [fold(word.group()) for word in words]
    if not _FINITE.isdisjoint(folded) or not any(_tells_office(word.strip(".")) for word in folded):
        return None
    last = words[-1].group()
    whole = last if fold(last) in word_list("titles") or last.count(".") > 1 else last.rstrip(".")
    return words[0].start(), words[-1].start() + len(whole)


def _tells_office(word: str) -> bool:
    return (is_office(word) and word not in _NO_OFFICE) or word == "counterpart"


def _dangles(word: str) -> bool:
    return fold(word) in word_list("function_words") or fold(word).strip(".") in {"mr", "mrs", "ms"}


def _begins_clause(word: str) -> bool:
    folded = fold(word)
    if folded in _OPENING:
        return False
    function = folded.partition("'")[0].partition("’")[0] in word_list("function_words")
    participle = word.islower() and word.endswith("ing") and word not in word_list("titles")
    return function or participle or folded in word_list("verbs") or word in reporting_verbs() or word == "along"
