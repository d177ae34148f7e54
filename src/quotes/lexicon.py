"""Packaged word lists, each a frozen set or mapping of case-folded forms, read once from `quotes/data`."""

from __future__ import annotations

import gzip
import json
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

_VOWELS = "aeiou"

# importlib.resources would load tempfile and shutil, in every look-up
_DATA = Path(__file__).parent / "data"


def _lines(name: str) -> list[str]:
    """The entries of a word list: one a line, `#` starts a comment."""
    content = (_DATA / name).read_text(encoding="utf-8")
    bare = (line.partition("#")[0].strip() for line in content.splitlines())
    return [line for line in bare if line]


@cache
def word_list(name: str) -> frozenset[str]:
    """The words of `data/<name>.txt`: "titles", "bodies", "particles", "pronouns", "function_words", "verbs"."""
    return frozenset(word for line in _lines(f"{name}.txt") for word in line.split())


@cache
def common_words() -> tuple[str, ...]:
    """Whole words of general English, the most frequent first: those of the model's vocabulary, which is so ordered."""
    return tuple(
        word for word in (_DATA / "model/vocabulary.txt").read_text(encoding="utf-8").split() if word.isalpha()
    )


@cache
def countries() -> dict[str, str]:
    """The country that each name and adjective of `data/countries.txt` belongs to ("kenyan" is "kenya")."""
    return {word: line.split()[0] for line in _lines("countries.txt") for word in line.split()}


@cache
def reporting_verbs() -> dict[str, str]:
    """Every form of every reporting verb, with its cue class ("said" is "says", "denying" is "denies").

    `data/reporting_verbs.txt` gives a class, a colon and verbs as lemmas; irregular forms follow a lemma in brackets.
    """
    forms: dict[str, str] = {}
    for line in _lines("reporting_verbs.txt"):
        cue_class, _, entries = line.partition(":")
        for entry in entries.split():
            lemma, _, irregular = entry.partition("[")
            past = [form for form in irregular.rstrip("]").split(",") if form] or [_past(lemma)]
            for form in (lemma, _third_person(lemma), _participle(lemma), *past):
                forms.setdefault(form, cue_class.strip())
    return forms


@cache
def reporting_nouns() -> dict[str, str]:
    """Singular and plural of every noun that stands for a statement, with its cue class ("allegations" is "claims").

    `data/reporting_nouns.txt` gives a class, a colon and nouns in the singular.
    """
    forms: dict[str, str] = {}
    for line in _lines("reporting_nouns.txt"):
        cue_class, _, nouns = line.partition(":")
        for noun in nouns.split():
            forms.setdefault(noun, cue_class.strip())
            forms.setdefault(_third_person(noun), cue_class.strip())
    return forms


@cache
def opposites() -> dict[str, frozenset[str]]:
    """The words that turn a statement round when they stand for a word, by lemma (`data/opposites.txt`)."""
    found: dict[str, set[str]] = {}
    for line in _lines("opposites.txt"):
        a, b = line.split()
        found.setdefault(a, set()).add(b)
        found.setdefault(b, set()).add(a)
    return {word: frozenset(others) for word, others in found.items()}


@cache
def word_shifts() -> dict[str, frozenset[int]]:
    """The lines of `data/word_shifts.txt` that a word stands in: pronouns, and words of place and time."""
    found: dict[str, set[int]] = {}
    for number, line in enumerate(_lines("word_shifts.txt")):
        for word in line.split():
            found.setdefault(word, set()).add(number)
    return {word: frozenset(lines) for word, lines in found.items()}


@lru_cache(maxsize=1 << 16)
def lemmas(form: str, part_of_speech: str) -> frozenset[str]:
    """What a case-folded form may be a form of, as "verb", "noun" or "adj", itself included; empty where it is none.

    By the tables of spaCy's English lemmatizer, which are made from WordNet: exceptions, endings and known lemmas.
    """
    known = _lemma_table("index")[part_of_speech]
    found = {form} if form in known else set()
    found.update(_lemma_table("exc")[part_of_speech].get(form, ()))
    for ending, new in _lemma_table("rules")[part_of_speech]:
        stem = form.removesuffix(ending)
        if len(stem) < len(form) and stem + new in known:
            found.add(stem + new)
    return frozenset(found)


@cache
def _lemma_table(name: str) -> dict[str, Any]:
    table: dict[str, Any] = json.loads(gzip.decompress((_DATA / "lemmas" / f"lemma_{name}.json.gz").read_bytes()))
    return {part: frozenset(words) for part, words in table.items()} if name == "index" else table


def _third_person(lemma: str) -> str:
    if lemma.endswith(("s", "sh", "ch", "x", "z", "o")):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2] not in _VOWELS:
        return lemma[:-1] + "ies"
    return lemma + "s"


def _past(lemma: str) -> str:
    if lemma.endswith("e"):
        return lemma + "d"
    if lemma.endswith("y") and lemma[-2] not in _VOWELS:
        return lemma[:-1] + "ied"
    return lemma + "ed"


def _participle(lemma: str) -> str:
    if lemma.endswith("e") and not lemma.endswith("ee"):
        return lemma[:-1] + "ing"
    return lemma + "ing"
