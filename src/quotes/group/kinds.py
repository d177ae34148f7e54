"""What kind of change it is when some words of a statement stand for others, and whether it matters.

Everything is decided by closed tables and by the forms of words; nothing reads the sentence.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from quotes.group.quantities import is_number, is_ordinal, unit_of
from quotes.lexicon import lemmas, opposites, word_list, word_shifts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quotes.group.wording import Word

ChangeKind = Literal[
    "number", "negation", "name", "modal",
    "substitution", "cut", "addition", "mark", "ellipsis", "bracket", "pronoun", "tense",
]  # fmt: skip
"""number: an amount, its unit or a place in a row; negation: a negating word, or a word against its opposite; name:
one name for another; modal: will, may, must and their like; mark: the same words, across a quotation mark; ellipsis: a
cut that is shown; bracket: a writer's word in square brackets; pronoun: I for he, here for there; tense: another form
of the same verb."""

RANK: tuple[ChangeKind, ...] = (
    "number", "negation", "name", "modal",
    "substitution", "cut", "addition", "mark", "ellipsis", "bracket", "pronoun", "tense",
)  # fmt: skip
"""The kinds, what matters most first."""

MATTERS: frozenset[ChangeKind] = frozenset({"number", "negation", "name", "modal"})
"""The kinds that may turn the meaning round."""

_NEGATIONS = frozenset(
    "not no non never none nobody nothing neither nor nowhere without hardly barely scarcely rarely seldom "
    "unable lack zero".split()
)
_REFUSALS = frozenset("deny refuse reject fail decline lack oppose prevent stop cease avoid exclude".split())
_MODALS = frozenset("will would shall should may might can could must ought".split())
_SHIFTED = frozenset(map(frozenset, (("will", "would"), ("can", "could"), ("may", "might"), ("shall", "should"))))
_AUXILIARIES = frozenset("be am is are was were been being have has had having do does did to".split())
_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non", "anti", "de")
_LEAST_STEM = 4
_LONGEST_WITH_NAME = 8
_LONGEST_WITH_MODAL = 3
_LONGEST_WITH_OPPOSITE = 4


def matters(before: Sequence[Word], after: Sequence[Word], *, apart: bool) -> set[ChangeKind]:
    """The kinds of MATTERS that apply where `after` stands for `before`, of which one may be empty.

    `apart`: whether the words are a clause of their own, which leaves what the other wording says as it is; then a
    number, a negation or a modal in them tells nothing of it.
    """
    found: set[ChangeKind] = set()
    if apart and not (before and after):
        return found
    if numbers_differ(before, after):
        found.add("number")
    # not legal, illegal: the opposite of a negation is none
    if (_negations(before) + _negations(after)) % 2 != are_opposites(before, after):
        found.add("negation")
    longest = max(len(before), len(after))
    if longest <= _LONGEST_WITH_NAME and names_differ(before, after):
        found.add("name")
    if (longest <= _LONGEST_WITH_MODAL or (before and after)) and modals_differ(before, after):
        found.add("modal")
    return found


def may_matter(key: str, printed: str) -> bool:
    """Whether a word may matter whatever stands for it; of others only their opposites do."""
    return printed[0].isupper() or may_turn(key)


@lru_cache(maxsize=1 << 16)
def may_turn(key: str) -> bool:
    """Whether it is that of a number, a unit, a negation or a modal verb."""
    return key in _MODALS or is_number(key) or unit_of(key) is not None or _negates(key)


def shape(before: Sequence[Word], after: Sequence[Word], *, cut_is_shown: bool) -> ChangeKind:
    """How the words changed, whatever they mean: the kind that says the most.

    `cut_is_shown`: the wording without the words has an ellipsis in their place.
    """
    if any(word.bracketed for word in (*before, *after)):
        return "bracket"
    if not before or not after:
        return "ellipsis" if cut_is_shown else "cut" if before else "addition"
    if _is_shift(before, after):
        return "pronoun"
    return "tense" if _is_form(before, after) else "substitution"


def is_negating(word: Word) -> bool:
    """Whether it turns what it belongs to round: not, nobody, without, deny."""
    return _negates(word.key)


@lru_cache(maxsize=1 << 16)
def _negates(key: str) -> bool:
    return key in _NEGATIONS or not _REFUSALS.isdisjoint(lemmas(key, "verb"))


def is_light(word: Word) -> bool:
    """Whether it may stand between two changes without parting them: a function word that matters for nothing."""
    return word.weight < 1.0 and not (is_number(word.key) or word.key in _NEGATIONS or word.key in _MODALS)


def coarse(word: Word) -> str:
    """What two words share that stand for each other: both numbers, both modals, both pronouns, forms of one word."""
    return _coarse(word.key)


@lru_cache(maxsize=1 << 16)
def _coarse(key: str) -> str:
    if is_number(key):
        return "#"
    if key in _MODALS:
        return "will"
    if 0 in word_shifts().get(key, ()):
        return "he"
    return min(lemmas(key, "verb") or lemmas(key, "noun") or (key,))


def numbers_differ(before: Sequence[Word], after: Sequence[Word]) -> bool:
    """Whether the amounts are others; "one" and ordinals count against other numbers only ("one man", "a man")."""
    mine, others = ([word.key for word in part if is_number(word.key)] for part in (before, after))
    if sorted(mine) == sorted(others):
        return _units_differ(before, after)
    ours, theirs = Counter(mine) - Counter(others), Counter(others) - Counter(mine)
    weak = [key for key in (*ours, *theirs) if key == "#1" or is_ordinal(key) or not key.startswith("#")]
    return bool(ours and theirs) or len(weak) < len(ours) + len(theirs)


def _units_differ(before: Sequence[Word], after: Sequence[Word]) -> bool:
    ours, theirs = ({unit for word in part if (unit := unit_of(word.key))} for part in (before, after))
    return bool(ours and theirs) and ours != theirs


def modals_differ(before: Sequence[Word], after: Sequence[Word]) -> bool:
    """Whether other modal verbs stand there, but for the shift of reported speech: “I will” is he would."""
    ours, theirs = ([word for word in part if _is_modal(word)] for part in (before, after))
    if len(ours) == len(theirs):
        return any(
            a.key != b.key and not (frozenset((a.key, b.key)) in _SHIFTED and a.quoted != b.quoted)
            for a, b in zip(ours, theirs, strict=True)
        )
    return True


def _is_modal(word: Word) -> bool:
    return word.key in _MODALS and (word.starts or word.printed not in {"May", "Will"})


def _negations(part: Iterable[Word]) -> int:
    return sum(_negates(word.key) for word in part)


def are_opposites(before: Sequence[Word], after: Sequence[Word]) -> bool:
    """Whether a word stands for its opposite: rise and fall, legal and illegal; negating words are not looked at."""
    if max(len(before), len(after)) > _LONGEST_WITH_OPPOSITE:
        return False
    ours, theirs = ([word.key for word in part if not _negates(word.key)] for part in (before, after))
    return any(opposed(a, b) for a in ours for b in theirs)


@lru_cache(maxsize=1 << 17)
def opposed(one: str, other: str) -> bool:
    """Whether a word, by its key, is the opposite of another: it is known for that, or has un-, in- and the like."""
    a, b = _all_lemmas(one), _all_lemmas(other)
    if a & b:
        return False
    if any(opposites().get(word, frozenset()) & b for word in a):
        return True
    return any(
        longer == prefix + shorter and len(shorter) >= _LEAST_STEM
        for x in a
        for y in b
        for shorter, longer in (sorted((x, y), key=len),)
        for prefix in _PREFIXES
    )


@lru_cache(maxsize=1 << 16)
def may_oppose(key: str) -> bool:
    """Whether it is a word known for its opposite, or begins like one: of two that are opposites one does."""
    prefixed = any(key.startswith(prefix) and len(key) >= len(prefix) + _LEAST_STEM for prefix in _PREFIXES)
    return prefixed or not opposites().keys().isdisjoint(_all_lemmas(key))


@lru_cache(maxsize=1 << 16)
def _all_lemmas(key: str) -> frozenset[str]:
    return frozenset({key}).union(*(lemmas(key, part) for part in ("verb", "noun", "adj")))


def names_differ(before: Sequence[Word], after: Sequence[Word]) -> bool:
    """Whether one name stands for another that shares no word with it and is not its initials (UN, United Nations)."""
    sure = len(before) == len(after) == 1 and any(map(_is_name, (*before, *after)))
    ours, theirs = (
        [word for word in part if _is_name(word) or (sure and _may_be_name(word))] for part in (before, after)
    )
    if not ours or not theirs or {word.key for word in ours} & {word.key for word in theirs}:
        return False
    return not (_initials(ours) == theirs[0].key or _initials(theirs) == ours[0].key)


def _is_name(word: Word) -> bool:
    if not _may_be_name(word):
        return False
    if not word.starts:
        return True
    common = _all_lemmas(word.key) - {word.key} or lemmas(word.key, "adj") or lemmas(word.key, "adv")
    return not common


def _may_be_name(word: Word) -> bool:
    return (
        word.printed[0].isupper()
        and len(word.key) > 1
        and (not is_number(word.key) or (is_ordinal(word.key) and not word.starts))  # the Second Amendment
        and (not word.starts or word.key not in word_list("function_words"))
        and word.key not in _MODALS | _AUXILIARIES | _NEGATIONS
    )


def _initials(names: Sequence[Word]) -> str:
    return "".join(word.key[0] for word in names)


def _is_shift(before: Sequence[Word], after: Sequence[Word]) -> bool:
    """Whether each word stands for another of those that change with the speaker."""
    shifts = word_shifts()
    return len(before) == len(after) and all(
        shifts.get(a.key, frozenset()) & shifts.get(b.key, frozenset()) for a, b in zip(before, after, strict=True)
    )


def _is_form(before: Sequence[Word], after: Sequence[Word]) -> bool:
    """Whether both are forms of the same verbs, with or without auxiliaries."""
    ours, theirs = ([word.key for word in part if word.key not in _AUXILIARIES] for part in (before, after))
    if not ours and not theirs:
        return any(lemmas(a.key, "verb") & lemmas(b.key, "verb") for a in before for b in after)
    return len(ours) == len(theirs) and all(map(_are_forms, ours, theirs))


def _are_forms(a: str, b: str) -> bool:
    return a == b or frozenset((a, b)) in _SHIFTED or bool(lemmas(a, "verb") & lemmas(b, "verb"))
