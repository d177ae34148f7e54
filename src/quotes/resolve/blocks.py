"""Which names are worth comparing: those that share a block, so that time grows with how common a name is.

A block is a letter for its kind and the sounds that its names share. A kind that joins long names to short ones has two
letters, a capital for the short: names of the one look for names of the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.lexicon import countries, word_list
from quotes.resolve.identity import long_first_name, name_words, sound
from quotes.resolve.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

_PREFIX = 3
_BODIES = frozenset(
    "campaign journal post times news radio press tribune herald network poll project state street pac house police "
    "republicans democrats officials critics supporters aides allies readers voters".split()
)
"""What else an organisation or a crowd is called."""


def is_body(name: str) -> bool:
    """Whether a name is that of an organisation, a crowd or a country, which is compared with no other name."""
    words = [fold(word).strip(".") for word in name.split()]
    if not words or all(word in countries() or word.removesuffix("s") in countries() for word in words):
        return True
    return not _BODIES.isdisjoint(words) or words[-1] in word_list("bodies")


def is_bare(name: str) -> bool:
    """Whether nothing but a last name is given."""
    return len(name_words(name)) == 1


def last_name(name: str) -> str | None:
    """The last name by its sound; None for a name without a letter."""
    words = name_words(name)
    return sound(words[-1]) if words else None


def blocks(name: str) -> frozenset[str]:
    """The blocks that a name is found in."""
    return frozenset(_keys(name, asking=False)) | word_blocks(name)


def asked_blocks(name: str) -> frozenset[str]:
    """The blocks in which the names stand that a name is compared with; one asks for another if that asks for it."""
    return frozenset(_keys(name, asking=True))


def word_blocks(name: str) -> frozenset[str]:
    """A block for each word of a name, by which it is found when some words of it are asked for."""
    return frozenset(f"w {sound(word)}" for word in name_words(name))


def bearers(last: str) -> str:
    """The block of the full names that end in a last name, given by its sound."""
    return f"l {last}"


def bare_names(last: str) -> str:
    """The block of the names that are nothing but a last name, given by its sound."""
    return f"L {last}"


def _keys(name: str, *, asking: bool) -> Iterator[str]:
    words = name_words(name)
    if not words or is_body(name):
        return
    sounds = [sound(word) for word in words]
    last = sounds[-1]
    if len(words) == 1:
        if not asking:
            yield bare_names(last)
        return
    if not asking:
        yield bearers(last)
    first = sound(long_first_name(words[0]))
    yield f"f {' '.join(sorted((first, last)))}"  # in either order: Li Wei and Wei Li
    yield from _initials(words[0], last, asking=asking)
    yield from _beginnings(sounds, asking=asking)


def _initials(first: str, last: str, *, asking: bool) -> Iterator[str]:
    """A. Hale with Amina Hale, and A. Hale with A. B. Hale."""
    initial = len(first) == 1
    if asking or initial:
        yield f"I {first[0]} {last}"
    if asking is initial:
        yield f"i {first[0]} {last}"


def _beginnings(sounds: list[str], *, asking: bool) -> Iterator[str]:
    """Amina Hale with Amina Hale Diaz, and long names with one another by their first three words."""
    short = len(sounds) == 2
    letter = "B" if short is not asking else "b"
    yield f"{letter} {' '.join(sounds[:2])}"
    if len(sounds) > _PREFIX:
        yield f"t {' '.join(sounds[:_PREFIX])}"
