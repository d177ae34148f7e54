"""Which name of a mention is that of the one who is mentioned, and which only says whose lawyer or wife it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quotes.lexicon import countries, lemmas, word_list
from quotes.resolve.capitals import find_names
from quotes.resolve.names import fold
from quotes.resolve.roles import is_office

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.resolve.people import NameMention

_OF_SOMEONE_ELSE = frozenset("in at on for from with by near to of about and or & that which who whom whose".split())
"""Before a name, these make it part of a longer phrase or a clause about someone else, or one of several people."""

_DETERMINERS = frozenset("the a an former then".split())

_AFTER_NAME = re.compile(r"(?:['’]s?)?\s*(?:$|[,(\-–—]|(?:(?:him|her|it)self$)|(?:who|of|from|at|in)\s)")
"""What may follow the name in a mention that bears it; "Byron's lawyer" and "Byron and Shelley" do not."""

_BEFORE_WHO = re.compile(
    r"(?:\sof(?:\s[A-Z][\w.]*){1,3})?\s*[,(–—-]?\s*(?:\([^)\n]{1,30}\),?\s)?"  # "Byron, who", "Byron (R-Utah), who"
    r"|,\s[^,.;:!?\n]{1,90},\s"  # "Byron, the mayor of Rome, who"
    r"|(?:,|\s(?:is|was))\s(?:an?|the|his|her)\s[^,.;:!?\n]{1,90}\s"  # "Byron is the mayor who"
)
"""What may stand between a name and the relative pronoun that means it."""

_KINDS_OF_PEOPLE = frozenset("republican democrat conservative liberal voter woman man official source critic".split())


def bears(text: str, start: int, end: int, name: NameMention) -> bool:
    """Whether a mention in [`start`, `end`) is of the one that bears a name in it.

    "The wife of Piet", "Piet's lawyer" and "Ada and Piet" are not.
    """
    if _is_of_someone_else(text[start : name.start].split()):
        return False
    return _AFTER_NAME.match(text, name.end, end) is not None


def relates_to(text: str, name: NameMention, at: int) -> bool:
    """Whether a who or which at an offset means the one named before: "Ada Byron, the mayor, who said"."""
    return _BEFORE_WHO.fullmatch(text, name.end, at) is not None


def is_kind_of_people(words: Sequence[str]) -> bool:
    """Whether a name is no body's but what many people are: "Americans", "Republicans", "Democrat"."""
    if len(words) > 1:
        return False
    word = fold(words[0])
    singular = word.removesuffix("s")
    return singular in _KINDS_OF_PEOPLE or (word != singular and singular in countries())


def is_plural(word: str) -> bool:
    """Whether a word is the plural of an ordinary noun and nothing else: "Founders", "Congressmen"; not "Times"."""
    nouns = lemmas(fold(word), "noun")
    return bool(nouns) and fold(word) not in nouns


def own_name(mention: str) -> str | None:
    """The name that a mention itself bears: the one that its first part ends in, else the one that the whole ends in.

    "Ada Byron, the mayor" and "the mayor, Ada Byron" bear one; "the mayor" and "a teacher in Nairobi" bear none.
    """
    for part in (mention.partition(",")[0], mention):
        names = find_names(part)
        office = bool(names) and len(names[-1].words) == 1 and is_office(fold(names[-1].words[0]))
        ends = bool(names) and not office and part.rstrip(". ").endswith(names[-1].words[-1].rstrip("."))
        if ends and not _is_of_someone_else(part[: names[-1].start].split()):
            return " ".join(names[-1].words)
    return None


def _is_of_someone_else(before: Sequence[str]) -> bool:
    """Whether words before a name make it part of a phrase about another: "a spokesman for President"."""
    for number, word in enumerate(reversed(before)):
        if word.endswith(","):
            return False
        if fold(word) in _OF_SOMEONE_ELSE:
            return True
        if number == 0 and fold(word) not in word_list("titles") | _DETERMINERS:
            return False
    return False
