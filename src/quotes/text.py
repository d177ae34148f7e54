"""Normalising, fingerprinting and hashing text without losing the way back to its offsets."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING

from quotes.model import TextSpan

if TYPE_CHECKING:
    from collections.abc import Iterable

_SURROGATE = re.compile("[\ud800-\udfff]")
_WORD = re.compile(r"\w+(?:['’ʼ]\w+)*")
_LETTERS = re.compile(r"\w+")
_INNER_APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)")
_APOSTROPHE = re.compile("['’ʼ]")
_SPACE = re.compile(r"\s+")

CUT = " … "
"""Joins the parts of a discontinuous content when it is shown as one string."""


def replace_surrogates(text: str) -> tuple[str, int]:
    """Put U+FFFD for every lone surrogate, one for one so that offsets stay; returns the text and how many."""
    return _SURROGATE.subn("\ufffd", text)


def hash_bytes(data: bytes) -> str:
    """SHA-256, tagged with its algorithm so that it may change."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


def hash_text(text: str) -> str:
    """SHA-256 of the text's UTF-8 form, tagged."""
    return hash_bytes(text.encode("utf-8"))


def words(text: str) -> list[str]:
    """The words of a text in their comparable form: compatibility-folded, case-folded, apostrophes dropped.

    What differs in quotation marks, case, spacing, dashes, ellipses, brackets and other punctuation alone gives the
    same words: “We won’t – ever” and "we won't, ever" both give ["we", "wont", "ever"].
    """
    folded = (text if text.isascii() else unicodedata.normalize("NFKC", text)).casefold()
    if "\u02bc" in folded:  # a letter to `re`, so that words may be made of it
        return [_APOSTROPHE.sub("", match) for match in _WORD.findall(folded)]
    # the same in one step, and in half the time
    found: list[str] = _LETTERS.findall(_INNER_APOSTROPHE.sub("", folded))
    return found


def fingerprint(text: str) -> str:
    """A tagged hash that two texts share exactly when their `words` are the same; of no words it is that of ""."""
    return fingerprint_of(words(text))


def fingerprint_of(own: Iterable[str]) -> str:
    """The fingerprint of texts with these `words`."""
    return "words-v1:" + hashlib.sha256(" ".join(own).encode("utf-8")).hexdigest()[:32]


def one_line(text: str) -> str:
    """The text with every run of white space as one space, for showing; offsets are lost."""
    return _SPACE.sub(" ", text).strip()


def join_spans(spans: Iterable[TextSpan], text: str) -> str:
    """The words of several spans as one string, with a cut between parts that stand apart."""
    return CUT.join(span.of(text) for span in spans)


def strip_span(start: int, end: int, text: str) -> TextSpan:
    """[start, end) without the white space at its ends; raises ValueError where it holds nothing else."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return TextSpan(start, end)
