"""Which pairs of wordings are worth comparing, told from a few bits of each: millions of pairs share some key.

The signature of a wording has a bit for each stem of its content words, of 256. What two signatures have in common is
hardly less than what the wordings have in common, and may be more; nothing else is looked at, so that one pair gets
one answer, whether it is asked about alone or among millions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

BITS = 256
"""The bits of a signature."""

LEAST_STEMS = 3
"""What two statements share that may say the same in other words; 8 of 10 labelled pairs that do share it."""

SHARE = (2, 5)
"""Two fifths of the stems of the one with fewer, which two near wordings share.

Of the 148 reworded quotes of quote-variants-dev that words link none shares fewer.
"""


def signature(hashes: Iterable[int]) -> int:
    """The signature of a wording, by the hashes of its stems."""
    bits = 0
    for value in hashes:
        bits |= 1 << (value % BITS)
    return bits


def may_be_near(a: int, b: int) -> bool:
    """Whether two wordings of these signatures may have nearly the same words, or one be a part of the other."""
    least, of = SHARE
    return of * (a & b).bit_count() >= least * min(a.bit_count(), b.bit_count())


def worth_comparing(a: int, b: int) -> bool:
    """Whether two wordings of these signatures may be alike in any way."""
    return (a & b).bit_count() >= LEAST_STEMS or may_be_near(a, b)
