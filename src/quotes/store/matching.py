"""What a person types as full-text queries that cannot go wrong, and where in a text the words stand."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from quotes.lexicon import word_list
from quotes.model import TextSpan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_ACCENT = "[\u0300-\u036f]"
# letters and digits with the accents on them: what SQLite's unicode61 takes for a word, but for the rarest scripts
_WORD = re.compile(f"(?:[^\\W_]{_ACCENT}*)+")
_BEFORE = f"(?<![^\\W_])(?<!{_ACCENT})"
_BETWEEN = r"[\W_]+"
_AFTER = r"(?![^\W_])"


class _Folding(dict[int, str]):
    """For str.translate: each character without its case and accent; one for one, so that offsets stay."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        decomposed = unicodedata.normalize("NFD", char.lower())
        base = "".join(part for part in decomposed if not unicodedata.combining(part))
        folded = unicodedata.normalize("NFC", base)
        self[code] = folded if len(folded) == 1 else char
        return self[code]


_FOLDING = _Folding()


def query_words(text: str) -> list[str]:
    """The words of a question in the form that `find_phrase` looks for, without accents and case."""
    return [re.sub(_ACCENT, "", word.translate(_FOLDING)) for word in _WORD.findall(text)]


def phrase(words: Iterable[str]) -> str:
    """FTS5: these words, one after the other; a word cannot hold what FTS5 reads as syntax."""
    return '"' + " ".join(words) + '"'


def all_of(words: Iterable[str]) -> str:
    """FTS5: each of these words."""
    return " AND ".join(f'"{word}"' for word in dict.fromkeys(words))


def any_of(words: Sequence[str]) -> str:
    """FTS5: any of these words; "of" and its like count only where there is nothing else."""
    return " OR ".join(f'"{word}"' for word in dict.fromkeys(telling(words) or words))


def telling(words: Iterable[str]) -> list[str]:
    """The words but for those that nearly every quote has (the, of)."""
    return [word for word in words if word not in word_list("function_words")]


def beginning(letters: str) -> str:
    """FTS5: any word that begins with these letters of a word of `query_words`."""
    return f'"{letters}"*'


def find_phrase(words: Sequence[str], text: str) -> Iterator[TextSpan]:
    """Where these words (of `query_words`) stand one after the other in a text, whatever is between them."""
    if not words:
        return
    accented = ("".join(f"{re.escape(char)}{_ACCENT}*" for char in word) for word in words)
    pattern = re.compile(_BEFORE + _BETWEEN.join(accented) + _AFTER)
    folded = _fold(text)
    match = pattern.search(folded)
    while match:
        yield TextSpan(match.start(), match.end())
        match = pattern.search(folded, match.start() + 1)


def _fold(text: str) -> str:
    lower = text.lower()
    # most English text has no accented letter, and this way is ten times as fast
    if len(lower) == len(text) and unicodedata.is_normalized("NFD", lower):
        return lower
    return text.translate(_FOLDING)
