"""What each reading of a glyph costs; the cheapest sum over a paragraph wins.

A mark read as its shape and its neighbours say costs nothing. A quotation without its other mark costs 30, so that two
of them are dearer than one mark read against its neighbours (40).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from quotes.extract.marks.glyphs import Side, Token

Family = Literal["double", "single", "angle", "corner"]

FAMILIES: dict[str, Family] = {
    '"': "double", "“": "double", "”": "double", "„": "double", "``": "double", "''": "double", "’’": "double",
    "'": "single", "‘": "single", "’": "single", "`": "single", "‚": "single",
    "«": "angle", "»": "angle", "‹": "angle", "›": "angle",
    "「": "corner", "」": "corner", "『": "corner", "』": "corner",
}  # fmt: skip

CONTINUED = 1
EMPTY = 5
"""Of reading a doubled mark as a quotation of nothing."""
APOSTROPHE_FIRST = 8
"""Of reading two touching single marks as an apostrophe and a closing mark, beyond `halved`."""
IMPOSSIBLE = 1000

_OPENING = frozenset("“‘„‚`«‹「『") | {"``"}
_CLOSING = frozenset("”’»›」』")
_AGAINST_SHAPE = 20
_OPEN_AT: dict[Side, int] = {"opens": 0, "loose": 10, "tight": 12, "inner": 15, "closes": 40}
_CLOSE_AT: dict[Side, int] = {"closes": 0, "loose": 10, "tight": 10, "inner": 15, "opens": 40}
_UNNATURAL = 8
_NATURAL = frozenset({
    ('"', '"'), ("“", "”"), ("”", "”"), ("”", "“"), ("„", "”"), ("„", "“"), ("„", '"'), ("``", "''"), ("``", "’’"),
    ("``", "``"), ("''", "''"), ("’’", "’’"),
    ("'", "'"), ("‘", "’"), ("’", "’"), ("’", "‘"), ("‚", "’"), ("‚", "‘"), ("`", "'"), ("`", "’"), ("`", "`"),
    ("«", "»"), ("»", "«"), ("»", "»"), ("‹", "›"), ("›", "‹"), ("›", "›"),
    ("「", "」"), ("『", "』"),
})  # fmt: skip
_AS_USUAL = frozenset({("„", "“"), ("‚", "‘"), ("`", "`"), ("``", "``")})
"""Pairs whose closing glyph is elsewhere an opening one: no wrong-way mark here."""
_SCARE_QUOTE = 25
"""Characters: what a plural's apostrophe may still close."""


def opening(token: Token) -> int:
    """Of reading it as an opening mark."""
    if token.kind in _OPENING:
        cost = _OPEN_AT[token.side] // 3
    elif token.kind in _CLOSING:
        cost = _AGAINST_SHAPE + _OPEN_AT[token.side]
    else:
        cost = _OPEN_AT[token.side]
    if FAMILIES[token.kind] == "single" and token.cut_word:
        cost += 12
    return cost if token.measure == "no" else cost + 20


def closing(token: Token, opener: str, length: int) -> int:
    """Of reading it as the mark that closes what `opener` opened `length` characters before."""
    pair = (opener, token.kind)
    family = FAMILIES[opener]
    if FAMILIES[token.kind] != family or (family in {"angle", "corner"} and pair not in _NATURAL):
        return IMPOSSIBLE
    cost = 0 if pair in _NATURAL else _UNNATURAL
    if family == "single" and _is_plural(token):
        cost += 4 if length < _SCARE_QUOTE else 14
    return cost + _closing_shape(token, as_usual=pair in _AS_USUAL)


def halved(token: Token) -> int:
    """Of reading each of two touching glyphs as a mark of its own, beyond what is unusual about that."""
    return _CLOSE_AT[token.side]


def unopened(token: Token) -> int:
    """Of reading it as a closing mark without an opening one."""
    if FAMILIES[token.kind] != "single":
        return 30 + _closing_shape(token, as_usual=False)
    return 25 + _closing_shape(token, as_usual=False) if token.before in ",.!?…" else IMPOSSIBLE


def unclosed(opener: str) -> int:
    """Of leaving what it opened without a closing mark."""
    return 25 if FAMILIES[opener] == "single" else 30


def nesting(outer: str, inner: str) -> int:
    """Of a quotation inside a quotation: usual between families, doubtful within one."""
    if FAMILIES[outer] != FAMILIES[inner] or FAMILIES[outer] in {"angle", "corner"}:
        return 0
    return 12 if outer == inner else 6


def ignoring(token: Token) -> int:
    """Of reading it as no quotation mark: an apostrophe, or a sign for a measure."""
    if token.measure != "no":
        return 0 if token.measure == "sure" else 5 if FAMILIES[token.kind] == "single" else 10
    if FAMILIES[token.kind] != "single":
        return 60
    if token.side == "opens":
        return _ignoring_opener(token)
    if token.side == "closes":
        return _ignoring_closer(token)
    if token.side == "inner":
        return 0 if token.cut_word else 12
    return 10


def _ignoring_opener(token: Token) -> int:
    if token.cut_word:
        return 1
    if token.kind == "’":
        return 3
    if token.introduced:
        return 40
    # a name may begin with a glottal stop: ‘Ali, 'Abd al-Rahman
    return 10 if token.after.isupper() else 15


def _ignoring_closer(token: Token) -> int:
    if token.before in "sSzZxX":
        return 2
    if token.before in "nN":
        return 6
    return 8 if token.before.isalnum() else 30


def _closing_shape(token: Token, *, as_usual: bool) -> int:
    if as_usual:
        return _CLOSE_AT[token.side]
    if token.kind in _CLOSING:
        return _CLOSE_AT[token.side] // 3
    return _CLOSE_AT[token.side] + (_AGAINST_SHAPE if token.kind in _OPENING else 0)


def _is_plural(token: Token) -> bool:
    return token.before in "sS" and token.lower_after
