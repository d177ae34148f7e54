"""Numbers as they are written in news: 5, five, 1,000, 1.5bn, "two hundred and fifty", 50%, $5 million, 3rd, dozens."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_SMALL = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
_SCALES = {
    "hundred": 100, "dozen": 12, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "k": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "b": 10**9, "bn": 10**9, "tn": 10**12,
}  # fmt: skip
_WRITTEN_SCALES = frozenset("hundred dozen thousand million billion trillion".split())
_ORDINALS = {
    word: value
    for value, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), start=1
    )
}
_VAGUE = frozenset("tens dozens hundreds thousands millions billions double twice triple quarter couple".split())
_UNITS = {
    "%": "%", "percent": "%", "$": "$", "dollar": "$", "€": "€", "euro": "€", "£": "£", "pound": "£", "¥": "¥",
    "yen": "¥", "₹": "₹", "rupee": "₹", "₽": "₽", "rouble": "₽", "ruble": "₽",
    "second": "second", "minute": "minute", "hour": "hour", "day": "day", "week": "week", "month": "month",
    "year": "year", "decade": "decade", "mile": "mile", "km": "km", "kilometer": "km", "kilometre": "km",
    "meter": "metre", "metre": "metre", "foot": "foot", "feet": "foot", "ton": "ton", "tonne": "tonne", "kg": "kg",
    "kilo": "kg", "kilogram": "kg",
}  # fmt: skip
SIGNS = "$€£¥₹₽"
"""Signs that stand before an amount."""

_DIGITS = re.compile(r"(\d+(?:[.,]\d+)*)(.*)", re.DOTALL)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_ORDINAL_ENDINGS = frozenset({"st", "nd", "rd", "th"})
_LONGEST = 40


def is_number(key: str) -> bool:
    """Whether a word's key is that of a number, an ordinal or a vague amount (dozens)."""
    return key.startswith("#") or key in _VAGUE


def is_ordinal(key: str) -> bool:
    """Whether it says which in a row: "first" and "3rd"."""
    return key.startswith("#no. ")


def unit_of(form: str) -> str | None:
    """The unit that a word names, in one form for singular and plural."""
    return _UNITS.get(form) or _UNITS.get(form.removesuffix("s"))


def quantity(forms: Sequence[str], at: int) -> tuple[str, int] | None:
    """The key of the number that begins with word `at`, and how many words it takes; None where none begins there.

    `forms` are case-folded words that follow one another with no more than a space or a hyphen between them. Numbers
    that are written otherwise and mean the same have one key: "five" and "5", "$5m" and "5 million dollars".
    """
    sign = forms[at] if forms[at] in SIGNS else ""
    first = at + 1 if sign else at
    if first == len(forms):
        return None
    if forms[first] in _ORDINALS:
        return f"#no. {_ORDINALS[forms[first]]}", first + 1 - at
    amount, end = _value(forms, first)
    if amount is None:
        written = _DIGITS.fullmatch(forms[first])
        if not written:
            return None
        if written[2] in _ORDINAL_ENDINGS:
            return f"#no. {written[1].lstrip('0')}", first + 1 - at
        end = first + 1
    unit, end = (_UNITS[sign], end) if sign else _unit(forms, end)
    return f"#{forms[first] if amount is None else amount} {unit}".rstrip(), end - at


def _unit(forms: Sequence[str], end: int) -> tuple[str, int]:
    """The unit that follows an amount, in one form for singular and plural, and where it ends."""
    if end == len(forms):
        return "", end
    if forms[end] == "per" and forms[end + 1 : end + 2] == ["cent"]:
        return "%", end + 2
    if forms[end] == "percentage" and forms[end + 1 : end + 2] in (["point"], ["points"]):
        return "points", end + 2
    unit = unit_of(forms[end])
    return (unit, end + 1) if unit else ("", end)


def _value(forms: Sequence[str], at: int) -> tuple[Fraction | None, int]:
    """The value of the number that begins with word `at`, and where it ends."""
    if forms[at] == "half":
        if forms[at + 1 : at + 2] == ["a"] and forms[at + 2 : at + 3] and forms[at + 2] in _WRITTEN_SCALES:
            return Fraction(_SCALES[forms[at + 2]], 2), at + 3
        return Fraction(1, 2), at + 1
    if forms[at] in {"a", "an"}:
        following = forms[at + 1 : at + 2]
        return _sum(forms, at + 1) if following and following[0] in _WRITTEN_SCALES else (None, at)
    return _sum(forms, at)


def _sum(forms: Sequence[str], at: int) -> tuple[Fraction | None, int]:
    """Of parts that grow smaller, as they are said: two million, three hundred and twenty-five."""
    total = part = Fraction(0)
    least: int | None = None  # the smallest value that a next word must stay below
    end = at
    while end < len(forms):
        form = forms[end]
        if form in _WRITTEN_SCALES:
            scale = _SCALES[form]
            part = (part or Fraction(1)) * scale
            least = scale
            if scale >= 1000:
                total, part = total + part, Fraction(0)
        elif (value := _amount(form)) is not None and (least is None or value < least):
            part += value
            least = 10 if form in _TENS else 1 if form in _SMALL else 0
        elif not (form == "and" and _goes_on(forms, end, least)):
            break
        end += 1
    return (total + part, end) if end > at else (None, at)


def _goes_on(forms: Sequence[str], conjunction: int, least: int | None) -> bool:
    """Whether "and" stands inside a number: two hundred and five."""
    following = forms[conjunction + 1 : conjunction + 2]
    return least is not None and least >= 100 and bool(following) and following[0] in (_SMALL | _TENS)


def _amount(form: str) -> Fraction | None:
    """The value of a single word: seven, 1,000, 1.5bn."""
    if form in _SMALL:
        return Fraction(_SMALL[form])
    if form in _TENS:
        return Fraction(_TENS[form])
    written = _DIGITS.fullmatch(form)
    if not written or len(form) > _LONGEST or not _GROUPED.fullmatch(written[1]):
        return None
    if written[2] and (written[2] not in _SCALES or written[2] in _WRITTEN_SCALES):
        return None
    return Fraction(written[1].replace(",", "")) * _SCALES.get(written[2], 1)
