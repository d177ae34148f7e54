"""Frozen values as Arrow types and back, told by their annotations, so that a new field needs no second place."""

from __future__ import annotations

import types
from dataclasses import fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Hashable

V = TypeVar("V")

_PLAIN = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_(), bytes: pa.binary()}


def arrow_fields(kind: type) -> list[pa.Field]:
    """A field for each of a dataclass's own, in their order, nullable where None is allowed."""
    return [_field(name, hint) for name, hint in _hints(kind).items()]


def to_plain(value: object) -> Any:  # noqa: ANN401 - plain data of any shape
    """A value as Arrow takes it: dataclasses as dictionaries, tuples and sets as lists."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [to_plain(part) for part in value]
    return value


def from_plain(kind: type[V], plain: dict[str, Any]) -> V:
    """The dataclass of this kind that `to_plain` made plain; keys that it lacks are passed over."""
    values = {name: _value(hint, plain[name]) for name, hint in _hints(kind).items() if name in plain}  # type: ignore[arg-type]
    return kind(**values)


@cache
def _hints(kind: Hashable) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}  # type: ignore[arg-type]


def _field(name: str, hint: object) -> pa.Field:
    inner = _not_none(hint)
    return pa.field(name, _type(inner), nullable=inner is not hint)


def _type(hint: Any) -> pa.DataType:  # noqa: ANN401 - an annotation
    if hint in _PLAIN:
        return _PLAIN[hint]
    origin = get_origin(hint)
    if origin is Literal:
        return pa.string()
    if origin in (tuple, frozenset):
        return pa.list_(pa.field("element", _type(get_args(hint)[0]), nullable=False))
    if is_dataclass(hint):
        return pa.struct(arrow_fields(hint))  # type: ignore[arg-type]
    raise TypeError(f"no Arrow type for {hint}")


def _value(hint: Any, plain: Any) -> Any:  # noqa: ANN401 - an annotation and its data
    hint = _not_none(hint)
    origin = get_origin(hint)
    if plain is None or hint in _PLAIN or origin is Literal:
        return plain
    if origin in (tuple, frozenset):
        return origin(_value(get_args(hint)[0], part) for part in plain)
    return from_plain(hint, plain)


def _not_none(hint: Any) -> Any:  # noqa: ANN401 - an annotation
    """What else than None an annotation allows."""
    if get_origin(hint) in (Union, types.UnionType):
        (inner,) = (part for part in get_args(hint) if part is not type(None))
        return inner
    return hint
