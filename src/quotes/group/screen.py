"""Which pairs of wordings are worth comparing, told from a few bits of each: millions of pairs share some key.

The signature of a wording has a bit for each stem of its content words, of 256. Nothing but the two signatures is
looked at, so that a pair gets one answer, whether it is asked about alone or among millions (`quotes.group.pairs`).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

BITS = 256
"""The bits of a signature."""

SHARE = (2, 5)
"""Two fifths of the stems of the one with fewer, which two near wordings share.

Of the 148 reworded quotes of quote-variants-dev that words link none shares fewer.
"""

LEAST_LIKELY = -4.8
"""The likelihood below which the meaning is not asked.

Of 2,500 pairs of quotes that share a key and more than a third of their rarer words (of 280 articles of polnear-train)
half are likelier; they hold 97 of 100 of those with a score by meaning of 0.7 and more, and all from 0.85 on. Of the
labelled pairs that are the same, 92 of 100 of the training set and 94 of the development set are likelier.
"""

#: A logistic regression, on the meaning's answers about the pairs above and 173 which share still more: 0.5 and more.
OF_SHORTER, OF_LONGER, SHORTER, LONGER, BIAS = 8.1, 6.1, 1.8, -1.1, -9.7

LOGARITHMS = tuple(math.log(number + 1) for number in range(BITS + 1))


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


def likelihood(a: int, b: int) -> float:
    """How likely two wordings of these signatures say the same, as log odds; the same in either order."""
    shared, (shorter, longer) = (a & b).bit_count(), sorted((a.bit_count(), b.bit_count()))
    return (
        OF_SHORTER * (shared / (shorter + 1))
        + OF_LONGER * (shared / (longer + 1))
        + SHORTER * LOGARITHMS[shorter]
        + LONGER * LOGARITHMS[longer]
        + BIAS
    )
