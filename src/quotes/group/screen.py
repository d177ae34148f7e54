"""Which pairs of wordings are worth comparing, told from a few bytes of each: millions of pairs share some key.

The signature of a wording has a bit for each stem of its content words, of 256; how alike two are is said by their
vectors (`quotes.group.vectors`). Nothing else is looked at, so that a pair gets one answer, whether it is asked about
alone or among millions (`quotes.group.pairs`).
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

ALIKE = 127 * 127
"""How alike a vector is to itself; what is unlike is about 0."""

LEAST_LIKELY = -5.6
"""The likelihood below which the meaning is not asked.

Of a million pairs of statements of polnear-train that share a key, eight in a hundred are likelier; by a sample, they
hold 90 of 100 of those with a score by meaning of 0.5 and more (113 of the 115 in the sample), and all from 0.8 on. Of
the labelled pairs that are the same, 99 of 100 of the training set and all of the development set are likelier.
"""

#: A logistic regression, on the meaning's answers about 4,572 of those pairs: 0.5 and more. The lengths' weights are
#: lower than it has them, since what it costs to ask hangs on the length: so the likeliest that can be asked hold more.
OF_SHORTER, OF_LONGER, SHORTER, LONGER, OF_ALIKE, BIAS = 6.7, 4.7, 0.5, -1.0, 5.5, -9.3

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


def likelihood(a: int, b: int, alike: int) -> float:
    """How likely two wordings of these signatures, so alike, say the same, in log odds; the same in either order."""
    shared, (shorter, longer) = (a & b).bit_count(), sorted((a.bit_count(), b.bit_count()))
    return (
        OF_SHORTER * (shared / (shorter + 1))
        + OF_LONGER * (shared / (longer + 1))
        + SHORTER * LOGARITHMS[shorter]
        + LONGER * LOGARITHMS[longer]
        + BIAS
        + OF_ALIKE * (alike / ALIKE)
    )
