"""What a person types as full-text queries that cannot go wrong, and where in a text the words stand."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from quotes.model import TextSpan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# letters and digits with the accents on them: what SQLite's unicode61 takes for a word, but for the rarest scripts
_WORD = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")


def query_words(text: str) -> list[str]:
    """The words of a question in the form that `find_phrase` compares, without accents and case."""
    return [_fold(match.group()) for match in _WORD.finditer(text)]


def phrase(words: Iterable[str]) -> str:
    """FTS5: these words, one after the other; a word cannot hold what FTS5 reads as syntax."""
    return '"' + " ".join(words) + '"'


def all_of(words: Iterable[str]) -> str:
    """FTS5: each of these words."""
    return " AND ".join(f'"{word}"' for word in dict.fromkeys(words))


def any_of(words: Iterable[str]) -> str:
    """FTS5: any of these words."""
    return " OR ".join(f'"{word}"' for word in dict.fromkeys(words))


def find_phrase(words: list[str], text: str) -> Iterator[TextSpan]:
    """Where these words (of `query_words`) stand one after the other in a text, whatever is between them."""
    matches = list(_WORD.finditer(text))
    folded = [_fold(match.group()) for match in matches]
    length = len(words)
    for index in range(len(folded) - length + 1 if words else 0):
        if folded[index] == words[0] and folded[index : index + length] == words:
            yield TextSpan(matches[index].start(), matches[index + length - 1].end())


def _fold(word: str) -> str:
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFD", word.lower())
    return unicodedata.normalize("NFC", "".join(char for char in decomposed if not unicodedata.combining(char)))
